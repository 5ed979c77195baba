"""Measurements as rows: whole digits and how many of them stand after the point."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from tracker.domain.measurements import Bound, Measurement, Value
from tracker.storage.models import measurements
from tracker.storage.questionnaires import AnyRow

OF_OWNER: Final = (
    select(
        measurements.c.id,
        measurements.c.name,
        measurements.c.bound,
        measurements.c.digits,
        measurements.c.places,
        measurements.c.unit,
        measurements.c.day,
        measurements.c.note,
    )
    .where(measurements.c.owner == bindparam("owner"))
    .order_by(
        measurements.c.day,
        measurements.c.created_at,
        measurements.c.name,
        measurements.c.unit,
        measurements.c.bound,
        measurements.c.digits,
        measurements.c.places,
        measurements.c.note,
    )
)


@dataclass(frozen=True, slots=True)
class StoredMeasurement:
    """A measurement and the public id it is changed by."""

    id: str
    measurement: Measurement


def list_measurements(session: Session, owner: str) -> Sequence[StoredMeasurement]:
    """Return the person's measurements by day, with their ids; one statement."""
    found = session.execute(OF_OWNER, {"owner": owner})
    return [StoredMeasurement(row.id, read_measurement(row)) for row in found]


def read_measurement(row: AnyRow) -> Measurement:
    """Return the measurement of a row with the columns of `OF_OWNER`."""
    return Measurement(
        name=row.name,
        value=Value(Decimal(row.digits).scaleb(-row.places), Bound(row.bound)),
        day=row.day,
        unit=row.unit,
        note=row.note,
    )


def add_measurement(session: Session, owner: str, told: Measurement, now: datetime) -> str:
    """Store a new measurement and return its id."""
    made = secrets.token_urlsafe(16)
    session.execute(
        insert(measurements).values(owner=owner, id=made, created_at=now, **_columns(told))
    )
    return made


def change_measurement(session: Session, owner: str, its_id: str, told: Measurement) -> bool:
    """Put `told` in the place of the one with this id; return False where there is none."""
    table = measurements
    mine = update(table).where(table.c.owner == owner, table.c.id == its_id)
    found = session.execute(mine.values(**_columns(told)).returning(table.c.id))
    return found.first() is not None


def remove_measurement(session: Session, owner: str, its_id: str) -> bool:
    """Delete the measurement with this id; return False where there is none."""
    table = measurements
    mine = delete(table).where(table.c.owner == owner, table.c.id == its_id)
    return session.execute(mine.returning(table.c.id)).first() is not None


def _columns(told: Measurement) -> dict[str, object]:
    exponent = told.value.size.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return {
        "name": told.name,
        "bound": told.value.bound.value,
        "digits": int(told.value.size.scaleb(places)),
        "places": places,
        "unit": told.unit,
        "day": told.day,
        "note": told.note,
    }
