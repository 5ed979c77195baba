"""What was taken as FHIR MedicationStatements: a phase's, and a medicine's with each dose."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from tracker.domain import wording
from tracker.domain.archives import Json
from tracker.domain.dossiers import Dossier
from tracker.domain.medicines import Dose, Medicine
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.spans import ONE_DAY
from tracker.exports import fhir_codes
from tracker.exports.fhir_codes import Resource
from tracker.exports.fhir_nights import patient, url_of

Entries = Iterator[tuple[str, Resource]]
USUAL = "usually at"


def statements(dossier: Dossier) -> Entries:
    """Yield what phases say was taken, then the medicines; what both say is told once."""
    medicines = dossier.report.medicines
    for phase in dossier.spans:
        if phase.medicine and not any(_is_told(phase, medicine) for medicine in medicines):
            yield url_of(dossier, "medicine", phase.start), _of_phase(dossier, phase)
    alike: Counter[tuple[str, date]] = Counter()
    for medicine in medicines:
        begun = (medicine.name, medicine.start)
        alike[begun] += 1
        if dossier.shows(medicine.start, medicine.end):
            url = url_of(dossier, "taken", medicine.start, alike[begun], medicine.name)
            told = [_named(one) for one in dossier.spans if _is_told(one, medicine)]
            yield url, _of_medicine(dossier, medicine, told)


def _is_told(phase: Phase, medicine: Medicine) -> bool:
    """True where a medicine says all of it: the name, every day of the phase, its dose."""
    dose = medicine.dose_on(phase.start)
    same_dose = phase.dose_mg is None or (dose is not None and dose.dose_mg == phase.dose_mg)
    ends = medicine.end is None or (phase.end is not None and phase.end <= medicine.end)
    is_same = phase.medicine.casefold() == medicine.name.casefold()
    is_real = phase.kind is not PhaseKind.PLACEBO
    return is_same and is_real and same_dose and medicine.start <= phase.start and ends


def _of_phase(dossier: Dossier, phase: Phase) -> Resource:
    placebo = " (placebo)" if phase.kind is PhaseKind.PLACEBO else ""
    dosage = {} if phase.dose_mg is None else {"dosage": [_dosage(phase.dose_mg)]}
    made = _statement(dossier, phase.medicine + placebo, phase.start, phase.end)
    return {**made, "note": [{"text": _named(phase)}], **dosage}


def _named(phase: Phase) -> str:
    name = wording.KINDS[phase.kind]
    return f"{name}: {phase.label}" if phase.label else name


def _of_medicine(dossier: Dossier, medicine: Medicine, phases: Sequence[str]) -> Resource:
    """Return a medicine; the `phases` that it stands for are its notes."""
    at = [] if medicine.at is None else [f"{USUAL} {medicine.at:%H:%M}"]
    notes: list[Json] = [{"text": text} for text in (*at, *phases)]
    made = _statement(dossier, medicine.name, medicine.start, medicine.end)
    doses = [_step(medicine, place) for place in range(len(medicine.doses))]
    return {**made, **({"note": notes} if notes else {}), **({"dosage": doses} if doses else {})}


def _statement(dossier: Dossier, name: str, start: date, end: date | None) -> Resource:
    """Return that somebody took something; FHIR's last day is included."""
    over = end is not None and end <= dossier.closed_until
    last = {} if end is None else {"end": (end - ONE_DAY).isoformat()}
    return {
        "resourceType": "MedicationStatement",
        "status": "completed" if over else "active",
        "medicationCodeableConcept": {"text": name},
        "subject": patient(dossier),
        "informationSource": patient(dossier),
        "effectivePeriod": {"start": start.isoformat(), **last},
    }


def _step(medicine: Medicine, place: int) -> Resource:
    """Return a dose with its days; the next one, or the medicine's end, ends it."""
    dose: Dose = medicine.doses[place]
    later = medicine.doses[place + 1 : place + 2]
    end = later[0].start if later else medicine.end
    last = {} if end is None else {"end": (end - ONE_DAY).isoformat()}
    remark = {"patientInstruction": dose.note} if dose.note else {}
    return {
        "sequence": place + 1,
        **remark,
        "timing": {"repeat": {"boundsPeriod": {"start": dose.start.isoformat(), **last}}},
        **_dosage(dose.dose_mg),
    }


def _dosage(dose_mg: Decimal) -> Resource:
    quantity: Resource = {
        "value": float(dose_mg),
        "unit": "mg",
        "system": fhir_codes.UCUM,
        "code": "mg",
    }
    amount = f"{dose_mg.normalize():f} mg"
    return {"text": amount, "doseAndRate": [{"doseQuantity": quantity}]}
