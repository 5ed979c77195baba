"""What a person can do with measurements: note one, change it, take it away, bring it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.measurements import Measurement, Series, all_series, clean_measurement
from tracker.domain.people import Account
from tracker.storage import audit, measurements, phases
from tracker.storage.database import Session
from tracker.storage.measurements import StoredMeasurement


@dataclass(frozen=True, slots=True)
class Noted:
    """All measurements as they are stored, oldest first, and the series that they make."""

    stored: Sequence[StoredMeasurement]
    series: Sequence[Series]


def list_all(session: Session, who: Account) -> Noted:
    """Return the person's measurements; two statements."""
    stored = measurements.list_measurements(session, who.id)
    known = [one.measurement for one in stored]
    return Noted(stored, all_series(known, phases.load_phases(session, who.id)))


def find(session: Session, who: Account, its_id: str) -> StoredMeasurement | None:
    """Return the person's measurement with this id; None where there is none."""
    known = measurements.list_measurements(session, who.id)
    return next((stored for stored in known if stored.id == its_id), None)


def add(session: Session, who: Account, told: Measurement, today: date, now: datetime) -> str:
    """Store a measurement, new or taken away before; return its id.

    Raises:
        MeasurementRefused: its day has not come.
    """
    cleaned = clean_measurement(told, today)
    made = measurements.add_measurement(session, who.id, cleaned, now)
    audit.record(session, who.id, "measurement.added", who.id, now, measurement=made)
    return made


def change(
    session: Session,
    who: Account,
    its_id: str,
    told: Measurement,
    today: date,
    now: datetime,
) -> bool:
    """Put `told` in the place of the one with this id; return False where there is none.

    Raises:
        MeasurementRefused: its day has not come.
    """
    stored = find(session, who, its_id)
    if stored is None:
        return False
    cleaned = clean_measurement(told, today)
    if cleaned != stored.measurement:
        measurements.change_measurement(session, who.id, its_id, cleaned)
        audit.record(session, who.id, "measurement.changed", who.id, now, measurement=its_id)
    return True


def remove(session: Session, who: Account, its_id: str, now: datetime) -> Measurement | None:
    """Take it away and return it, for `add` to bring back; None where there is none."""
    stored = find(session, who, its_id)
    if stored is None:
        return None
    measurements.remove_measurement(session, who.id, its_id)
    audit.record(session, who.id, "measurement.removed", who.id, now, measurement=its_id)
    return stored.measurement
