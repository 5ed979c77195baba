"""Side effects and measurements in every file, with codes and figures only where they are true."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fhir.resources.R4B.observation import Observation

from tests.exports.dossiers import BEGIN, diary_of, dossier_of, night
from tests.exports.happened import ALL, DREAMS, ESR, OTHER, PHASES, later
from tests.exports.test_text import ENGLISH
from tracker.domain.answers import answered
from tracker.domain.dossiers import Dossier
from tracker.domain.happenings import Happenings
from tracker.domain.spans import Span
from tracker.exports.fhir import bundle_json
from tracker.exports.happening_sheets import effects_sheet, measurements_sheet
from tracker.exports.text import COLUMNS, report_text

NIGHTS = diary_of(*(night(number, {"pain": answered(3)}) for number in range(20)))


def dossier(happened: Happenings = ALL, *, notes: bool = True, span: Span | None = None) -> Dossier:
    return dossier_of(NIGHTS, PHASES, notes=notes, span=span, happened=happened)


def told(happened: Happenings) -> str:
    return report_text(dossier(happened), ENGLISH).decode()


def observations(found: Dossier) -> list[dict[str, Any]]:
    entries = json.loads(bundle_json(found))["entry"]
    kept = [one["resource"] for one in entries if one["resource"]["resourceType"] == "Observation"]
    beside = [one for one in kept if "derivedFrom" not in one]
    for one in beside:
        Observation.model_validate(one)
    return beside


def test_a_sheet_has_a_row_for_each_side_effect_by_first_and_last_day() -> None:
    sheet = effects_sheet(dossier(), str)
    assert sheet is not None
    assert sheet.rows == [
        [
            "=1+1 cold <feet>",
            later(3),
            later(5),
            "severe",
            "no",
            "Told my clinician",
            later(9),
        ],
        ["Vivid dreams", later(15), None, "mild", "yes", "Nothing", later(16)],
    ]
    assert sheet.remarks == ["Asked, and nothing new: 2026-01-10"]


def test_there_is_no_sheet_of_nothing() -> None:
    assert effects_sheet(dossier(Happenings()), str) is None
    assert measurements_sheet(dossier(Happenings()), str) is None
    only_asked = effects_sheet(dossier(Happenings(checks=(BEGIN,))), str)
    assert only_asked is not None
    assert not only_asked.rows
    only_had = effects_sheet(dossier(Happenings((DREAMS,))), str)
    assert only_had is not None
    assert not only_had.remarks


def test_a_sheet_has_every_value_with_its_change_from_baseline() -> None:
    sheet = measurements_sheet(dossier(), str)
    assert sheet is not None
    percent = Fraction(-1600, 41)
    before, change = Decimal("20.50"), Decimal("-8.00")
    assert sheet.rows[1:] == [
        [
            "ESR",
            later(2),
            Decimal("20.50"),
            "",
            "mm/h",
            Decimal("20.50"),
            Decimal("0.00"),
            0,
            "fasting",
        ],
        ["ESR", later(18), Decimal("12.5"), "", "mm/h", before, change, percent, ""],
        ["IL-6", later(4), Decimal("0.5"), "<", "pg/mL", "<0.5", None, None, ""],
        ["IL-6", later(18), Decimal(3), "", "pg/mL", "<0.5", None, None, ""],
    ]
    without = measurements_sheet(dossier(notes=False), str)
    assert without is not None
    assert all(row[-1] == "" for row in without.rows)


def test_a_file_of_some_nights_has_what_touches_them_against_the_whole_baseline() -> None:
    found = dossier(span=Span(later(10), later(20)))
    assert found.happenings.effects == (DREAMS,)
    assert found.happenings.checks == ()
    (series,) = [one for one in found.series if one.name == "ESR"]
    assert (series.values, series.baseline.of) == ([ESR[1]], ESR[0])
    early = dossier(span=Span(BEGIN, later(5)))
    assert [one.name for one in early.series] == ["ESR", "IL-6"]


def test_the_text_says_them_in_its_columns() -> None:
    text = told(ALL)
    assert "Side effects\nVivid dreams    since 16 Jan 2026           mild, bothersome" in text
    assert "=1+1 cold <fee… 4 Jan 2026 to 6 Jan 2026    severe, Told my clinician" in text
    assert "ESR             19 Jan 2026: 12.5 mm/h      " in text
    assert "IL-6            19 Jan 2026: 3 pg/mL        baseline < 0.5" in text
    assert "=Grip           19 Jan 2026: " in text
    assert max(map(len, text.splitlines())) <= COLUMNS
    assert "Side effects" not in told(Happenings())


def test_the_text_says_how_many_more_there_are() -> None:
    many = tuple(replace(DREAMS, start=later(day), reported=later(day)) for day in range(7))
    assert "and 4 more" in told(Happenings(many))
    found = tuple(replace(ESR[0], name=f"IL-{number}") for number in range(9))
    text = told(Happenings(many, (), found))
    assert "and 6 more" in text
    assert len(text.splitlines()) - len(told(Happenings()).splitlines()) == 12


def test_a_side_effect_is_an_observation_with_a_period_and_no_cause() -> None:
    found = observations(dossier())
    own, dreams = found[:2]
    assert own["code"]["text"] == "=1+1 cold <feet>"
    assert own["code"]["coding"][0]["code"] == "effect_other"
    assert own["effectivePeriod"] == {"start": "2026-01-04", "end": "2026-01-06"}
    assert dreams["code"]["coding"][0]["code"] == "effect_vivid_dreams"
    assert dreams["effectivePeriod"] == {"start": "2026-01-16"}
    severity, bothersome, action = dreams["component"]
    assert severity["valueCodeableConcept"]["coding"][0]["code"] == "mild"
    assert bothersome["valueBoolean"] is True
    assert action["valueCodeableConcept"]["coding"][0]["code"] == "action_none"
    (asked,) = [one for one in found if one.get("effectiveDateTime") == "2026-01-10"]
    assert asked["valueBoolean"] is False


def test_every_code_of_a_side_effect_stands_in_the_code_system() -> None:
    entries = json.loads(bundle_json(dossier()))["entry"]
    system = next(e["resource"] for e in entries if e["resource"]["resourceType"] == "CodeSystem")
    known = {one["code"]: one["display"] for one in system["concept"]}
    assert len(known) == system["count"] == len(system["concept"])
    for one in observations(dossier()):
        parts = one.get("component", [])
        concepts = [one["code"], *(part["code"] for part in parts)]
        concepts += [p["valueCodeableConcept"] for p in parts if "valueCodeableConcept" in p]
        for each in concepts:
            for code in each.get("coding", []):
                if code["system"] == system["url"]:
                    assert known[code["code"]] == code["display"]


def test_a_measurement_has_codes_only_where_they_are_true() -> None:
    first, later_esr, limit, il6, grip = [
        one for one in observations(dossier()) if "valueQuantity" in one
    ]
    loinc = {
        "code": "30341-2",
        "display": "Erythrocyte sedimentation rate",
        "system": "http://loinc.org",
    }
    assert first["code"] == {"coding": [loinc], "text": "ESR"}
    assert first["valueQuantity"] == {
        "value": 20.5,
        "unit": "mm/h",
        "system": "http://unitsofmeasure.org",
        "code": "mm/h",
    }
    assert first["note"] == [{"text": "fasting"}]
    assert later_esr["valueQuantity"]["value"] == 12.5
    assert il6["code"] == {"text": "IL-6"}
    assert limit["valueQuantity"]["comparator"] == "<"
    assert grip["valueQuantity"] == {"value": -3.0}
    assert "note" not in observations(dossier(notes=False))[3]


def test_every_observation_has_an_address_of_its_own() -> None:
    twice = Happenings((OTHER, OTHER), (), (ESR[0], ESR[0]))
    urls = [one["fullUrl"] for one in json.loads(bundle_json(dossier(twice)))["entry"]]
    assert len(set(urls)) == len(urls)
