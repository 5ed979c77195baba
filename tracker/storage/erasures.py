"""Erasing a person: all rows go, a random id and a date stay."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete, insert, select

from tracker.disk import append
from tracker.storage import grants, studies
from tracker.storage.database import Session
from tracker.storage.models import accounts, erasures, metadata

LINE: Final = re.compile(r"(\S{1,40}) (\d{4}-\d\d-\d\dT[0-9:.]{8,15}[+-][0-9:]{5})\n?")


def erase(session: Session, owner: str, now: datetime) -> None:
    """Delete every row of a person, the audit chain included; what others let them read ends.

    Only who stands in `erasures` may be deleted from append-only tables, so that comes first.
    """
    done = session.scalar(select(erasures.c.owner).where(erasures.c.owner == owner))
    if done is None:
        session.execute(insert(erasures).values(owner=owner, at=now))
    grants.end_all_held(session, owner, now)
    studies.forget_member(session, owner)
    for table in reversed(metadata.sorted_tables):
        if "owner" in table.columns and table is not erasures:
            session.execute(delete(table).where(table.c.owner == owner))
    session.execute(delete(accounts).where(accounts.c.id == owner))


def note(file: Path, owners: Iterable[str], now: datetime) -> None:
    """Add people to the list outside the database, on the disk before the rows go."""
    append(file, "".join(f"{owner} {now.isoformat()}\n" for owner in owners), LINE)


def listed(file: Path) -> Mapping[str, datetime]:
    """Return who was erased, and when, as the list outside the database says.

    Each line is `OWNER INSTANT`; where there is no list, nobody was. Of what a power cut left
    of lines on their way nobody was erased yet: they are written again before that.
    """
    if not file.exists():
        return {}
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    whole = (match for match in map(LINE.fullmatch, lines) if match)
    return {match[1]: datetime.fromisoformat(match[2]) for match in whole}
