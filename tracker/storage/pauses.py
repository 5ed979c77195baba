"""Pauses as rows: days on which no entry is expected."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from tracker.storage.models import pauses


@dataclass(frozen=True, slots=True)
class Pause:
    """Half-open days without expectation; `end` is None while the pause runs."""

    id: str
    start: date
    end: date | None
    reason: str = ""


def list_pauses(session: Session, owner: str) -> Sequence[Pause]:
    """Return the person's pauses by start; one statement."""
    query = (
        select(pauses.c.id, pauses.c.start_day, pauses.c.end_day, pauses.c.reason)
        .where(pauses.c.owner == owner)
        .order_by(pauses.c.start_day, pauses.c.id)
    )
    return [Pause(*row) for row in session.execute(query)]


def new_pause(start: date, end: date | None, reason: str = "") -> Pause:
    """Return a pause under a fresh id."""
    return Pause(secrets.token_urlsafe(16), start, end, reason)


def add_pause(session: Session, owner: str, pause: Pause, now: datetime) -> None:
    """Store a new pause."""
    session.execute(
        insert(pauses).values(owner=owner, id=pause.id, created_at=now, **_columns(pause))
    )


def change_pause(session: Session, owner: str, pause: Pause) -> bool:
    """Put `pause` in the place of the one with its id; return False where there is none."""
    mine = update(pauses).where(pauses.c.owner == owner, pauses.c.id == pause.id)
    found = session.execute(mine.values(**_columns(pause)).returning(pauses.c.id))
    return found.first() is not None


def remove_pause(session: Session, owner: str, pause_id: str) -> bool:
    """Delete the pause with this id; return False where there is none."""
    mine = delete(pauses).where(pauses.c.owner == owner, pauses.c.id == pause_id)
    return session.execute(mine.returning(pauses.c.id)).first() is not None


def _columns(pause: Pause) -> dict[str, object]:
    return {"start_day": pause.start, "end_day": pause.end, "reason": pause.reason}
