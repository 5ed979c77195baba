"""Readings as rows: counted up within an hour, listed for the owner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, case, literal_column, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from tracker.domain.readings import Reader, ReaderKind, Reading, Seen, hour_of
from tracker.storage.models import readings
from tracker.storage.questionnaires import AnyRow

# Both databases read PostgreSQL's ON CONFLICT; prebuilt, for a page of a list counts many at once.
_INSERT: Final = postgresql.insert(readings)
_COUNT: Final = _INSERT.on_conflict_do_update(
    index_elements=readings.primary_key,
    set_={
        "times": readings.c.times + literal_column("1"),
        # Two machines' clocks may differ.
        "first_at": case(
            (_INSERT.excluded.first_at < readings.c.first_at, _INSERT.excluded.first_at),
            else_=readings.c.first_at,
        ),
        "last_at": case(
            (_INSERT.excluded.last_at > readings.c.last_at, _INSERT.excluded.last_at),
            else_=readings.c.last_at,
        ),
    },
).returning(readings.c.owner, readings.c.times)
_OF_OWNER: Final = (
    select(readings)
    .where(readings.c.owner == bindparam("owner"))
    .order_by(readings.c.hour.desc(), readings.c.last_at.desc(), readings.c.reader, readings.c.what)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A reading as it was counted; `is_first` where it was the first of its hour."""

    owner: str
    is_first: bool


def count(
    session: Session, owners: Iterable[str], reader: Reader, what: Seen, now: datetime
) -> Sequence[Counted]:
    """Count one reading of `what` for each of `owners`; one statement.

    The owners are written in order, so that two readers never wait for each other.
    """
    rows = [
        {
            "owner": owner,
            "reader": reader.id,
            "what": what.value,
            "hour": hour_of(now),
            "reader_kind": reader.kind.value,
            "reader_name": reader.name,
            "times": 1,
            "first_at": now,
            "last_at": now,
        }
        for owner in sorted(set(owners))
    ]
    return [Counted(owner, times == 1) for owner, times in session.execute(_COUNT, rows)]


def list_readings(session: Session, owner: str, limit: int, offset: int) -> Sequence[Reading]:
    """Return readings of an owner's diary, newest first, after the first `offset`."""
    asked = {"owner": owner, "limit": limit, "offset": offset}
    return [_read(row) for row in session.execute(_OF_OWNER, asked)]


def _read(row: AnyRow) -> Reading:
    return Reading(
        reader=Reader(row.reader, row.reader_name, ReaderKind(row.reader_kind)),
        what=Seen(row.what),
        hour=row.hour,
        times=row.times,
        first_at=row.first_at,
        last_at=row.last_at,
    )
