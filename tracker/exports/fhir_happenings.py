"""Side effects and measurements as FHIR Observations, with codes only where they are true.

An AdverseEvent of R4 has no end, must be `actual` and asks for a cause. A diary knows what somebody
noticed from when to when: that is an Observation with a period.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from tracker.domain.dossiers import Dossier
from tracker.domain.measurements import Bound, Measurement
from tracker.domain.side_effects import ACTIONS, EFFECTS, SEVERITIES, Effect, SideEffect
from tracker.domain.spans import ONE_DAY
from tracker.exports import fhir_codes
from tracker.exports.fhir_codes import Resource, coding, concept
from tracker.exports.fhir_nights import patient, url_of

Entries = Iterator[tuple[str, Resource]]

# LOINC 30341-2 names no method (4537-7 is by Westergren, which a diary doesn't know), and an ESR is
# of blood always: it is true of every ESR per hour. The HL7 Belgium laboratory guide and NIST's EHR
# test messages give it the same name. CRP and cytokine codes each name a specimen: they stay out.
ESR: Final = ("30341-2", "Erythrocyte sedimentation rate")
ESR_UNIT: Final = "mm/h"
# Units as people write them, whose UCUM code means the same.
UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mm/h": "mm/h",
        "mg/L": "mg/L",
        "mg/dL": "mg/dL",
        "pg/mL": "pg/mL",
        "ng/mL": "ng/mL",
        "kPa": "kPa",
        "N": "N",
        "s": "s",
        "°C": "Cel",
        "%": "%",
    }
)


def resources(dossier: Dossier) -> Entries:
    """Yield every side effect, every "nothing new" and every measurement with its address."""
    found = dossier.happenings
    for number, told in enumerate(found.effects):
        yield url_of(dossier, "effect", told.start, told.effect, number), _effect(dossier, told)
    for day in found.checks:
        yield url_of(dossier, "effects-asked", day), _asked(dossier, day)
    for number, one in enumerate(found.measurements):
        yield url_of(dossier, "measurement", one.day, one.name, number), _measured(dossier, one)


def _effect(dossier: Dossier, told: SideEffect) -> Resource:
    """Return a side effect; FHIR's last day is included."""
    name = told.name or EFFECTS[told.effect]
    end = {} if told.end is None else {"end": (told.end - ONE_DAY).isoformat()}
    severity = coding(fhir_codes.SYSTEM, told.severity.value, SEVERITIES[told.severity])
    action = coding(fhir_codes.SYSTEM, f"action_{told.action}", ACTIONS[told.action])
    return {
        **_observation(dossier, "survey", "Survey"),
        "code": concept(effect_coding(told.effect), text=name),
        "effectivePeriod": {"start": told.start.isoformat(), **end},
        "valueBoolean": True,
        "component": [
            {"code": _about("severity"), "valueCodeableConcept": concept(severity)},
            {"code": _about("bothersome"), "valueBoolean": told.bothersome},
            {"code": _about("action"), "valueCodeableConcept": concept(action)},
        ],
    }


def effect_coding(effect: Effect) -> Resource:
    """Return the diary's own code of a side effect: `headache` alone is the nightly score."""
    return coding(fhir_codes.SYSTEM, f"effect_{effect}", EFFECTS[effect])


def _about(code: str) -> Resource:
    return concept(coding(fhir_codes.SYSTEM, code, fhir_codes.ABOUT_EFFECTS[code]))


def _asked(dossier: Dossier, day: date) -> Resource:
    return {
        **_observation(dossier, "survey", "Survey"),
        "code": _about("side_effects_new"),
        "effectiveDateTime": day.isoformat(),
        "valueBoolean": False,
    }


def _measured(dossier: Dossier, one: Measurement) -> Resource:
    is_esr = one.name.casefold() == "esr" and one.unit == ESR_UNIT
    codes = [coding(fhir_codes.LOINC, *ESR)] if is_esr else []
    note = {"note": [{"text": one.note}]} if dossier.notes and one.note else {}
    return {
        **_observation(dossier, "exam", "Exam"),
        "code": concept(*codes, text=one.name),
        "effectiveDateTime": one.day.isoformat(),
        "valueQuantity": _quantity(one),
        **note,
    }


def _quantity(one: Measurement) -> Resource:
    bound = one.value.bound
    comparator = {} if bound is Bound.MEASURED else {"comparator": bound.value}
    unit = {"unit": one.unit} if one.unit else {}
    known = {"system": fhir_codes.UCUM, "code": UNITS[one.unit]} if one.unit in UNITS else {}
    return {"value": float(one.value.size), **comparator, **unit, **known}


def _observation(dossier: Dossier, category: str, display: str) -> Resource:
    system = f"{fhir_codes.TERMINOLOGY}/observation-category"
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [concept(coding(system, category, display))],
        "subject": patient(dossier),
        "performer": [patient(dossier)],
    }
