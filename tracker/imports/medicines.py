"""The medicines of an archive read back, each with its doses."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Final

from tracker.domain.archives import KeptMedicine
from tracker.domain.limits import DOSE_NOTE_LIMIT, MEDICINE_LIMIT
from tracker.domain.medicines import (
    MOST_MEDICINES,
    ChangedBy,
    Dose,
    Medicine,
    MedicineRefused,
    clean_medicine,
)
from tracker.domain.words import N_
from tracker.imports import cells
from tracker.imports.structure import Place

CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


def read_medicines(place: Place) -> tuple[KeptMedicine, ...]:
    """Read the medicines; the first that can't be is refused."""
    found = tuple(_medicine(each) for each in place.each())
    if len(found) > MOST_MEDICINES:
        place.refuse(N_("at most %(most)d medicines can be noted."), most=MOST_MEDICINES)
    return found


def read_amount(place: Place) -> Decimal:
    """Read a dose in milligrams."""
    dose = place.read(cells.read_dose)
    return dose or place.refuse(N_("a dose is a number of milligrams above 0."))


def read_clock(place: Place) -> time:
    """Read a time of day."""
    return time.fromisoformat(place.match(CLOCK))


def _medicine(place: Place) -> KeptMedicine:
    parts = place.members("name", "start", "end", "at", "doses", "created_at")
    doses = [_dose(each) for each in parts["doses"].each()]
    medicine = Medicine(
        name=parts["name"].text(MEDICINE_LIMIT, 1),
        start=parts["start"].day(),
        end=parts["end"].maybe(Place.day),
        at=parts["at"].maybe(read_clock),
        doses=tuple(dose for dose, _at in doses),
    )
    _demand_sound(place, medicine)
    return KeptMedicine(medicine, parts["created_at"].instant(), tuple(at for _dose, at in doses))


def _dose(place: Place) -> tuple[Dose, datetime]:
    parts = place.members("start", "dose_mg", "by", "note", "created_at")
    dose = Dose(
        start=parts["start"].day(),
        dose_mg=read_amount(parts["dose_mg"]),
        by=parts["by"].choice(ChangedBy),
        note=parts["note"].text(DOSE_NOTE_LIMIT),
    )
    return dose, parts["created_at"].instant()


def _demand_sound(place: Place, medicine: Medicine) -> None:
    starts: Sequence[object] = [dose.start for dose in medicine.doses]
    if starts != sorted(dose.start for dose in medicine.doses):
        place.refuse(N_("its doses must stand by day."))
    try:
        clean_medicine(medicine)
    except MedicineRefused as refused:
        place.refuse(refused.text, **refused.values)
