"""What a person can do with medicines: note one, change its days or dose, stop, remove, undo."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from tracker.domain.medicines import (
    MOST_MEDICINES,
    Dose,
    Medicine,
    MedicineRefused,
    clean_medicine,
    with_dose,
)
from tracker.domain.people import Account
from tracker.domain.spans import ONE_DAY
from tracker.domain.words import N_
from tracker.storage import audit, medicines
from tracker.storage.database import Session
from tracker.storage.medicines import StoredMedicine


def list_all(session: Session, owner: Account) -> Sequence[StoredMedicine]:
    """Return the owner's medicines by first day, with the ids they are changed by."""
    return medicines.list_medicines(session, owner.id)


def find(session: Session, owner: Account, medicine_id: str) -> StoredMedicine | None:
    """Return the owner's medicine with this id; None where there is none."""
    known = medicines.list_medicines(session, owner.id)
    return next((stored for stored in known if stored.id == medicine_id), None)


def add(session: Session, owner: Account, medicine: Medicine, now: datetime) -> str:
    """Store a new medicine with its doses; return its id.

    Raises:
        MedicineRefused: it can't be, or there are too many.
    """
    medicines.hold(session, owner.id)
    if len(medicines.list_medicines(session, owner.id)) >= MOST_MEDICINES:
        raise MedicineRefused(
            N_("At most %(most)d medicines can be noted. Remove one first."), most=MOST_MEDICINES
        )
    made = medicines.add_medicine(session, owner.id, medicine, now)
    _done(session, owner, "medicine.added", made, now)
    return made


def change(
    session: Session, owner: Account, medicine_id: str, medicine: Medicine, now: datetime
) -> bool:
    """Give the medicine of this id other days, name or time; return False where there is none.

    Its doses stay as they are.

    Raises:
        MedicineRefused: it can't be so, or a dose would lie outside its days.
    """
    stored = _own(session, owner, medicine_id)
    if stored is None:
        return False
    changed = clean_medicine(replace(medicine, doses=stored.medicine.doses))
    if changed != stored.medicine:
        medicines.change_medicine(session, owner.id, medicine_id, changed)
        _done(session, owner, "medicine.changed", medicine_id, now)
    return True


def stop(session: Session, owner: Account, medicine_id: str, last_day: date, now: datetime) -> bool:
    """Let `last_day` be the last on which it is taken; return False where there is none.

    Raises:
        MedicineRefused: that is before its first day, or before a dose.
    """
    stored = _own(session, owner, medicine_id)
    if stored is None:
        return False
    stopped = clean_medicine(replace(stored.medicine, end=last_day + ONE_DAY))
    medicines.change_medicine(session, owner.id, medicine_id, stopped)
    _done(session, owner, "medicine.stopped", medicine_id, now)
    return True


def add_dose(session: Session, owner: Account, medicine_id: str, dose: Dose, now: datetime) -> bool:
    """Note a dose, or one that was taken away; return False where there is no such medicine.

    Raises:
        MedicineRefused: another begins on that day, or it lies outside the medicine's days.
    """
    stored = _own(session, owner, medicine_id)
    if stored is None:
        return False
    clean_medicine(replace(stored.medicine, doses=with_dose(stored.medicine, dose)))
    medicines.add_dose(session, owner.id, medicine_id, dose, now)
    _done(session, owner, "dose.added", medicine_id, now)
    return True


def remove_dose(
    session: Session, owner: Account, medicine_id: str, start: date, now: datetime
) -> Dose | None:
    """Take the dose from `start` away and return it, for `add_dose`; None where there is none."""
    stored = _own(session, owner, medicine_id)
    known = () if stored is None else stored.medicine.doses
    found = next((dose for dose in known if dose.start == start), None)
    if found is None:
        return None
    medicines.remove_dose(session, owner.id, medicine_id, found)
    _done(session, owner, "dose.removed", medicine_id, now)
    return found


def remove(session: Session, owner: Account, medicine_id: str, now: datetime) -> Medicine | None:
    """Remove the medicine and return it; `bring_back` undoes it. None where there is none."""
    stored = _own(session, owner, medicine_id)
    if stored is None:
        return None
    medicines.mark_removed(session, owner.id, medicine_id, now)
    _done(session, owner, "medicine.removed", medicine_id, now)
    return stored.medicine


def bring_back(session: Session, owner: Account, medicine_id: str, now: datetime) -> bool:
    """Bring a removed medicine back with its doses; return False where there is none."""
    if not medicines.mark_removed(session, owner.id, medicine_id, None):
        return False
    _done(session, owner, "medicine.restored", medicine_id, now)
    return True


def _own(session: Session, owner: Account, medicine_id: str) -> StoredMedicine | None:
    """Return what is about to be changed, and let nobody else change it meanwhile."""
    medicines.hold(session, owner.id)
    return find(session, owner, medicine_id)


def _done(session: Session, owner: Account, verb: str, medicine_id: str, now: datetime) -> None:
    audit.record(session, owner.id, verb, owner.id, now, medicine=medicine_id)
