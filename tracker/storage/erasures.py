"""Erasing a person: all rows go, a random id and a date stay."""

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert, select

from tracker.storage.database import Session
from tracker.storage.models import accounts, erasures, metadata


def erase(session: Session, owner: str, now: datetime) -> None:
    """Delete every row of a person, the audit chain included.

    Only who stands in `erasures` may be deleted from append-only tables, so that comes first.
    """
    done = session.scalar(select(erasures.c.owner).where(erasures.c.owner == owner))
    if done is None:
        session.execute(insert(erasures).values(owner=owner, at=now))
    for table in reversed(metadata.sorted_tables):
        if "owner" in table.columns and table is not erasures:
            session.execute(delete(table).where(table.c.owner == owner))
    session.execute(delete(accounts).where(accounts.c.id == owner))


def note(file: Path, owners: Iterable[str], now: datetime) -> None:
    """Add people to the list outside the database, on the disk before the rows go."""
    descriptor = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.writelines(f"{owner} {now.isoformat()}\n" for owner in owners)
        opened.flush()
        os.fsync(opened.fileno())


def listed(file: Path) -> Mapping[str, datetime]:
    """Return who was erased, and when, as the list outside the database says.

    Each line is `OWNER INSTANT`; where there is no list, nobody was.
    """
    if not file.exists():
        return {}
    lines = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return {owner: datetime.fromisoformat(at) for owner, at in lines}
