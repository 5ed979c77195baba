"""Bundles: three validators that know nothing of each other find no fault, and would find one."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from tests.exports import dossiers, happened, opened
from tests.exports.dossiers import BEGIN, DAY, OWN
from tools.check import NODE, is_installed
from tracker.domain.diary import Diary
from tracker.domain.dossiers import Dossier
from tracker.domain.medicines import ChangedBy, Dose, Medicine
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import ITEMS, Ruler
from tracker.domain.spans import Span
from tracker.exports.fhir import bundle_json
from tracker.exports.fhir_codes import LOINC, SYSTEM

Json = dict[str, Any]
VALIDATORS: Final = Path(__file__).with_name("fhir_validators.cjs")


def bundle(dossier: Dossier) -> Json:
    found: Json = json.loads(bundle_json(dossier))
    return found


def resources(whole: Json, kind: str) -> list[Json]:
    found = [entry["resource"] for entry in whole["entry"]]
    return [one for one in found if one["resourceType"] == kind]


def observation(whole: Json, day: str, key: str) -> Json:
    return next(
        one
        for one in resources(whole, "Observation")
        if one["effectiveDateTime"] == day and one["code"]["coding"][-1]["code"] == key
    )


def faults(bundles: list[Json]) -> list[dict[str, list[str]]]:
    """Return what each validator finds wrong with each Bundle, by the validator's name."""
    assert is_installed(), "two of them are npm packages: `make test` brings them"
    done = subprocess.run(
        [NODE, VALIDATORS], input=json.dumps(bundles), capture_output=True, text=True, check=True
    )
    found: list[dict[str, list[str]]] = json.loads(done.stdout)
    return [
        {**said, "fhir.resources": by_python(one)} for said, one in zip(found, bundles, strict=True)
    ]


def by_python(whole: Json) -> list[str]:
    try:
        Bundle.model_validate(whole)
    except ValidationError as error:
        return [f"{one['loc']}: {one['msg']}" for one in error.errors()]
    return []


def broken(whole: Json, break_it: Callable[[Json], None]) -> Json:
    copy: Json = json.loads(json.dumps(whole))
    break_it(copy)
    return copy


def nonsense_status(whole: Json) -> None:
    resources(whole, "Observation")[0]["status"] = "nonsense"


def wrong_code(whole: Json) -> None:
    resources(whole, "Questionnaire")[0]["item"][0]["type"] = "number"


def value_and_reason(whole: Json) -> None:
    resources(whole, "Observation")[0]["dataAbsentReason"] = {"text": "and yet"}


def two_values(whole: Json) -> None:
    resources(whole, "Observation")[0]["valueString"] = "four"


def no_such_choice(whole: Json) -> None:
    one = resources(whole, "Observation")[0]
    one["valueMoney"] = {"value": one.pop("valueInteger")}


def no_person(whole: Json) -> None:
    del resources(whole, "MedicationStatement")[0]["subject"]


DOSE: Final = Dose(BEGIN + 2 * DAY, Decimal("4.5"), ChangedBy.ME)
BROKEN: Final = {
    nonsense_status: {"fhir"},
    wrong_code: {"fhir"},
    value_and_reason: {"medplum"},
    two_values: {"medplum", "fhir.resources"},
    no_such_choice: {"fhir", "medplum", "fhir.resources"},
    no_person: {"fhir", "medplum", "fhir.resources"},
}


@pytest.mark.slow
def test_three_validators_find_no_fault_and_each_finds_what_others_miss(tmp_path: Path) -> None:
    sound = [
        bundle(dossiers.demo(tmp_path)),
        bundle(dossiers.dossier_of(dossiers.diary_of(), happened=happened.ALL)),
        bundle(opened.crossover()),
        bundle(dossiers.awkward()),
        bundle(dossiers.dossier_of(Diary(Ruler.NRS, {}, {}))),
    ]
    short = bundle(dossiers.awkward(span=Span(BEGIN, BEGIN + 4 * DAY)))
    spoilt = [broken(short, break_it) for break_it in BROKEN]

    found = faults([*sound, *spoilt])

    assert found[: len(sound)] == [{"fhir": [], "medplum": [], "fhir.resources": []}] * len(sound)
    by = {
        break_it: {name for name, wrong in said.items() if wrong}
        for break_it, said in zip(BROKEN, found[len(sound) :], strict=True)
    }
    assert by == BROKEN


def test_every_reference_leads_to_what_it_says(tmp_path: Path) -> None:
    for whole in (bundle(dossiers.awkward()), bundle(dossiers.demo(tmp_path, "demo-crossover"))):
        kinds = {one["fullUrl"]: one["resource"]["resourceType"] for one in whole["entry"]}
        assert len(kinds) == len(whole["entry"])
        found = list(references(whole))
        assert found
        assert all(kinds[one["reference"]] == one["type"] for one in found)
        asked = {one["url"] for one in resources(whole, "Questionnaire")}
        assert {one["questionnaire"] for one in resources(whole, "QuestionnaireResponse")} == asked
        systems = {one["url"] for one in resources(whole, "CodeSystem")}
        own = {one["system"] for one in codings(whole) if one["system"].startswith("urn:uuid:")}
        assert own == systems


def references(value: object) -> Iterator[Json]:
    for one in objects(value):
        if "reference" in one:
            yield one


def codings(value: object) -> Iterator[Json]:
    for one in objects(value):
        if "system" in one and "display" in one:
            yield one


def objects(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part)


def test_pain_alone_has_a_code_of_loinc_by_its_ruler() -> None:
    whole = bundle(dossiers.awkward())
    loinc = {
        (one["effectiveDateTime"], code["code"])
        for one in resources(whole, "Observation")
        for code in one["code"]["coding"]
        if code["system"] == LOINC
    }
    assert loinc == {
        ("2026-01-01", "72514-3"),
        ("2026-01-03", "38214-3"),
        ("2026-01-05", "72514-3"),
    }
    codes = {one["code"] for one in resources(whole, "CodeSystem")[0]["concept"]}
    assert resources(whole, "CodeSystem")[0]["url"] == SYSTEM
    assert codes >= {*ITEMS}


def test_states_are_told_apart_and_what_is_missing_is_not_there() -> None:
    whole = bundle(dossiers.awkward())

    def reason(key: str) -> str:
        found = observation(whole, "2026-01-01", key)["dataAbsentReason"]["coding"][0]["code"]
        return str(found)

    assert [reason(key) for key in ("mood", "dream_vividness", "dream_distress")] == [
        "asked-declined",
        "asked-unknown",
        "not-applicable",
    ]
    assert observation(whole, "2026-01-01", "pain")["valueInteger"] == 0
    dose = observation(whole, "2026-01-01", "dose_taken")["valueCodeableConcept"]["coding"]
    assert dose[0]["code"] == "not_prescribed"
    night = resources(whole, "QuestionnaireResponse")[0]["item"]
    assert {one["linkId"]: one["answer"] for one in night}["mood"] == [
        {
            "_valueInteger": {
                "extension": [
                    {
                        "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                        "valueCode": "asked-declined",
                    }
                ]
            }
        }
    ]
    assert "sleep" not in {one["linkId"] for one in night}


def test_a_day_is_a_date_that_no_zone_shifts_and_an_instant_has_its_offset() -> None:
    one = observation(bundle(dossiers.awkward()), "2026-01-01", "pain")
    assert one["issued"] == "2026-01-01T17:45:00.123456+05:45"
    unknown = observation(bundle(dossiers.awkward()), "2026-01-03", "pain")
    assert unknown["issued"] == "2026-01-01T12:00:00.123456+00:00"
    assert "issued" not in observation(bundle(dossiers.awkward()), "2026-01-02", "dose_taken")


def test_edits_say_who_and_when_and_why_only_with_the_notes() -> None:
    edits = resources(bundle(dossiers.awkward()), "Provenance")
    assert [one["recorded"][:10] for one in edits] == ["2026-01-03", "2026-01-04", "2026-01-05"]
    assert [one["agent"][0]["who"].get("display", "the person") for one in edits] == [
        "the person",
        "operator",
        "the person",
    ]
    assert edits[0]["agent"][1]["who"] == {"display": "helper"}
    assert edits[0]["reason"] == [{"text": "thought again"}]
    assert "occurredDateTime" not in edits[2]
    silent = bundle_json(dossiers.awkward(notes=False)).decode()
    for words in ("thought again", "HYPERLINK", "only a note"):
        assert words not in silent
        assert words in bundle_json(dossiers.awkward()).decode()


def test_a_helper_is_told_without_a_name() -> None:
    whole = bundle(dossiers.awkward())
    first, second, *_ = resources(whole, "QuestionnaireResponse")
    assert first["author"] == first["source"]
    assert second["author"] == {"display": "helper"}
    assert "Robin" not in json.dumps(whole)
    assert "a helper" not in json.dumps(whole)


def test_medicines_are_told_with_their_days_and_doses() -> None:
    sugar, odd, tramal, mine = resources(bundle(dossiers.awkward()), "MedicationStatement")
    assert sugar["medicationCodeableConcept"] == {"text": "sugar <b> (placebo)"}
    assert sugar["effectivePeriod"] == {"start": "2026-01-02", "end": "2026-01-02"}
    assert "dosage" not in sugar
    assert (odd["status"], odd["note"]) == ("completed", [{"text": "usually at 22:30"}])
    assert "dosage" not in odd
    assert "note" not in tramal
    assert mine["status"] == "active"
    first, second = mine["dosage"]
    assert (first["text"], first["patientInstruction"]) == ("0.125 mg", "@as prescribed")
    days = {"start": "2026-01-04", "end": "2026-01-04"}
    assert first["timing"] == {"repeat": {"boundsPeriod": days}}
    assert second["timing"] == {"repeat": {"boundsPeriod": {"start": "2026-01-05"}}}


def test_what_phase_and_medicine_both_say_is_told_once() -> None:
    statements = resources(bundle(dossiers.awkward()), "MedicationStatement")
    (mine,) = (one for one in statements if one["medicationCodeableConcept"] == {"text": "LDN"})
    assert mine["note"] == [{"text": "Treatment: @home"}]


@pytest.mark.parametrize(
    ("medicine", "count"),
    [
        (Medicine("ldn", BEGIN), 2),
        (Medicine("ldn", BEGIN, BEGIN + 9 * DAY, doses=(DOSE,)), 2),
        (Medicine("ldn", BEGIN, doses=(DOSE,)), 1),
        (Medicine("ldn", BEGIN, doses=(replace(DOSE, dose_mg=Decimal(3)),)), 2),
        (Medicine("ldn", BEGIN + 4 * DAY), 2),
        (Medicine("Aspirin", BEGIN), 2),
    ],
)
def test_a_phase_is_left_out_only_where_a_medicine_says_all_of_it(
    medicine: Medicine, count: int
) -> None:
    phase = Phase(PhaseKind.TREATMENT, BEGIN + 3 * DAY, None, "", "LDN", Decimal("4.5"))
    kept = dossiers.diary_of(dossiers.night(6, {}))
    made = bundle(dossiers.dossier_of(kept, [phase], medicines=[medicine]))
    assert len(resources(made, "MedicationStatement")) == count


def test_two_of_one_name_and_day_have_ids_of_their_own() -> None:
    twice = [Medicine("LDN", BEGIN), Medicine("LDN", BEGIN)]
    made = bundle(dossiers.dossier_of(dossiers.diary_of(dossiers.night(6, {})), medicines=twice))
    assert len({one["fullUrl"] for one in made["entry"]}) == len(made["entry"])


def test_only_what_lies_in_the_nights_asked_for_goes_along() -> None:
    whole = bundle(dossiers.awkward(span=Span(BEGIN + DAY, BEGIN + 2 * DAY)))
    assert len(resources(whole, "QuestionnaireResponse")) == 1
    assert not resources(whole, "Provenance")
    assert len(resources(whole, "MedicationStatement")) == 2
    assert len(resources(whole, "CodeSystem")) == 2
    quiet = bundle(dossiers.dossier_of(dossiers.diary_of(dossiers.night(0, {}))))
    assert len(resources(quiet, "CodeSystem")) == 1


def test_the_person_has_no_name_and_everything_keeps_its_id() -> None:
    first, second = bundle_json(dossiers.awkward()), bundle_json(dossiers.awkward())
    assert first == second
    assert b"Moth" not in first
    assert b"somebody" not in first
    shorter = bundle(dossiers.awkward(span=Span(BEGIN, BEGIN + timedelta(days=1))))
    ids = {one["fullUrl"] for one in json.loads(first)["entry"]}
    assert {one["fullUrl"] for one in shorter["entry"]} < ids
    assert OWN[0].key in {
        one["code"]["coding"][0]["code"] for one in resources(shorter, "Observation")
    }
