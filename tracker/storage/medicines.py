"""Medicines as rows: each with its doses, those removed kept for a while."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from tracker.domain.medicines import (
    UG_A_MG,
    ChangedBy,
    Dose,
    Medicine,
    clean_medicine,
    whole_micrograms,
)
from tracker.storage.models import accounts, doses, medicines
from tracker.storage.questionnaires import AnyRow

OF_OWNER: Final = (
    select(
        medicines.c.id,
        medicines.c.name,
        medicines.c.start_day,
        medicines.c.end_day,
        medicines.c.usual_minute,
        medicines.c.created_at,
        doses.c.start_day.label("dose_day"),
        doses.c.dose_ug,
        doses.c.changed_by,
        doses.c.note,
        doses.c.created_at.label("dose_created_at"),
    )
    .outerjoin_from(
        medicines,
        doses,
        and_(doses.c.owner == medicines.c.owner, doses.c.medicine == medicines.c.id),
    )
    .where(medicines.c.owner == bindparam("owner"), medicines.c.removed_at.is_(None))
    .order_by(medicines.c.start_day, medicines.c.created_at, medicines.c.id, doses.c.start_day)
)


@dataclass(frozen=True, slots=True)
class StoredMedicine:
    """A medicine, the public id it is changed by, and when it and its doses were noted."""

    id: str
    medicine: Medicine
    created_at: datetime
    doses_at: tuple[datetime, ...]


def list_medicines(session: Session, owner: str) -> Sequence[StoredMedicine]:
    """Return the person's medicines by first day, with their ids; one statement."""
    rows = session.execute(OF_OWNER, {"owner": owner}).all()
    return [_read(list(group)) for _id, group in groupby(rows, key=lambda row: row.id)]


def load_medicines(session: Session, owner: str) -> tuple[Medicine, ...]:
    """Return the person's medicines by first day; one statement."""
    return tuple(stored.medicine for stored in list_medicines(session, owner))


def hold(session: Session, owner: str) -> None:
    """Let two changes of one person's medicines follow each other."""
    session.execute(select(accounts.c.id).where(accounts.c.id == owner).with_for_update())


def add_medicine(
    session: Session, owner: str, medicine: Medicine, now: datetime, *doses_at: datetime
) -> str:
    """Store a new medicine and return its id; `doses_at` where its doses were noted before.

    Raises:
        MedicineRefused: it, or one of its doses, can't be.
    """
    clean_medicine(medicine)
    made = secrets.token_urlsafe(16)
    session.execute(
        insert(medicines).values(owner=owner, id=made, created_at=now, **_columns(medicine))
    )
    rows = [
        _dose_row(owner, made, dose, at)
        for dose, at in zip(medicine.doses, doses_at or [now] * len(medicine.doses), strict=True)
    ]
    if rows:
        session.execute(insert(doses), rows)
    return made


def change_medicine(session: Session, owner: str, medicine_id: str, medicine: Medicine) -> None:
    """Put name, days and time of `medicine` in the place of those of this id."""
    mine = update(medicines).where(medicines.c.owner == owner, medicines.c.id == medicine_id)
    session.execute(mine.values(**_columns(medicine)))


def add_dose(session: Session, owner: str, medicine_id: str, dose: Dose, now: datetime) -> None:
    """Store a dose of the medicine of this id."""
    session.execute(insert(doses), [_dose_row(owner, medicine_id, dose, now)])


def remove_dose(session: Session, owner: str, medicine_id: str, dose: Dose) -> None:
    """Delete a dose of the medicine of this id."""
    session.execute(
        delete(doses).where(
            doses.c.owner == owner,
            doses.c.medicine == medicine_id,
            doses.c.start_day == dose.start,
        )
    )


def mark_removed(
    session: Session, owner: str, medicine_id: str, removed_at: datetime | None
) -> bool:
    """Remove the medicine of this id, or bring it back; False where it doesn't stand so."""
    column = medicines.c.removed_at
    stands = column.is_(None) if removed_at is not None else column.is_not(None)
    mine = update(medicines).where(
        medicines.c.owner == owner, medicines.c.id == medicine_id, stands
    )
    found = session.execute(mine.values(removed_at=removed_at).returning(medicines.c.id))
    return found.first() is not None


def _read(rows: Sequence[AnyRow]) -> StoredMedicine:
    first = rows[0]
    medicine = Medicine(
        name=first.name,
        start=first.start_day,
        end=first.end_day,
        at=None if first.usual_minute is None else time(*divmod(first.usual_minute, 60)),
        doses=tuple(_doses(rows)),
    )
    times = tuple(row.dose_created_at for row in rows if row.dose_day is not None)
    return StoredMedicine(first.id, medicine, first.created_at, times)


def _doses(rows: Sequence[AnyRow]) -> Iterator[Dose]:
    for row in rows:
        if row.dose_day is not None:
            amount = Decimal(row.dose_ug) / UG_A_MG
            yield Dose(row.dose_day, amount, ChangedBy(row.changed_by), row.note)


def _columns(medicine: Medicine) -> dict[str, Any]:
    at = medicine.at
    return {
        "name": medicine.name,
        "start_day": medicine.start,
        "end_day": medicine.end,
        "usual_minute": None if at is None else at.hour * 60 + at.minute,
    }


def _dose_row(owner: str, medicine_id: str, dose: Dose, now: datetime) -> dict[str, Any]:
    return {
        "owner": owner,
        "medicine": medicine_id,
        "start_day": dose.start,
        "dose_ug": whole_micrograms(dose.dose_mg),
        "changed_by": dose.by.value,
        "note": dose.note,
        "created_at": now,
    }
