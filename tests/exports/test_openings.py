"""An order that was hidden and is open: every file says when, by whom and why."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.appointments import ENGLISH, reading, texts
from tests.exports import dossiers
from tests.exports.dossiers import BEGIN, DAY
from tests.exports.opened import HOW, PHASES, WORDS, crossover
from tests.exports.test_fhir import bundle, resources
from tests.exports.test_text import lines
from tests.exports.test_workbook import rows
from tracker.domain.dossiers import Dossier
from tracker.domain.openings import Opening, opened_among, opening_lines
from tracker.domain.spans import Span
from tracker.domain.started_plans import OpenedBy
from tracker.exports.fhir import bundle_json
from tracker.web.appointments import Wish, appointment

SAID = "Unblinded on 1 Feb 2026, by the key's holder. Why: A side effect."
BASELINE_ONLY = Span(BEGIN, BEGIN + 14 * DAY)


def test_the_words_say_when_by_whom_and_why_and_the_reason_where_it_may_be_told() -> None:
    assert opening_lines(HOW, ENGLISH) == [SAID, f"“{WORDS}”"]
    assert opening_lines(HOW, ENGLISH, own_words=False) == [SAID]
    assert opening_lines(replace(HOW, reason=""), ENGLISH) == [SAID]


def test_an_opening_is_told_beside_the_phases_of_its_plan_alone() -> None:
    one = Opening(HOW, [PHASES[1].start])
    assert opened_among([one], PHASES) == [one]
    assert opened_among([one], PHASES[2:]) == []


def test_the_plain_text_says_it_without_own_words() -> None:
    found = " ".join(lines(crossover()))
    assert SAID in found
    assert "Hives" not in found
    assert "Unblinded" not in " ".join(lines(dossiers.checked()))


def appointment_of(dossier: Dossier, *, notes: bool) -> str:
    read = replace(reading(dossier.diary, PHASES), openings=dossier.openings)
    wish = Wish(notes=notes)
    (page, *_) = texts(appointment(read, "Moth", wish, read.closed_until, ENGLISH))
    return page


def test_the_appointment_says_it_and_own_words_only_with_the_notes() -> None:
    assert f"{SAID} “Hives on both <arms>”" in appointment_of(crossover(), notes=True)
    silent = appointment_of(crossover(), notes=False)
    assert SAID in silent
    assert "Hives" not in silent


def test_the_workbook_says_it_in_columns_of_the_phases() -> None:
    baseline, _placebo, drug = rows(crossover(), "Phases")
    told = ("Unblinded on", "Unblinded by", "Why", "In their own words")
    on = datetime(2026, 2, 1)  # noqa: DTZ001 - openpyxl's own
    assert [drug[head] for head in told] == [on, "by the key's holder", "A side effect", WORDS]
    assert "In their own words" not in rows(crossover(notes=False), "Phases")[0]
    assert baseline["Why"] == "A side effect"
    assert "Why" not in rows(dossiers.checked(), "Phases")[0]


def test_a_phase_outside_the_plan_has_empty_cells() -> None:
    own = replace(crossover(), openings=[Opening(HOW, [PHASES[2].start])])
    baseline, _placebo, drug = rows(own, "Phases")
    assert (baseline["Why"], drug["Why"]) == (None, "A side effect")


def test_a_bundle_has_the_plan_and_the_provenance_of_its_unblinding() -> None:
    whole = bundle(crossover())
    (plan,) = resources(whole, "CarePlan")
    assert plan["status"] == "active"
    assert [one["detail"] for one in plan["activity"]][1:] == [
        {
            "status": "completed",
            "scheduledPeriod": {"start": "2026-01-15", "end": "2026-01-28"},
            "description": "Placebo, A",
        },
        {
            "status": "in-progress",
            "scheduledPeriod": {"start": "2026-01-29"},
            "description": "Treatment, B, naltrexone 4.5 mg",
        },
    ]
    (told,) = resources(whole, "Provenance")
    assert told["target"] == [{"reference": f"urn:uuid:{plan['id']}", "type": "CarePlan"}]
    assert told["recorded"] == "2026-02-01T21:04:00+00:00"
    assert told["reason"] == [{"text": "A side effect"}, {"text": WORDS}]
    assert told["agent"][0]["who"] == {"display": "key's holder"}
    assert json.dumps(WORDS)[1:9] not in bundle_json(crossover(notes=False)).decode()


@pytest.mark.parametrize(
    ("by", "who"),
    [(OpenedBy.OWNER, {"type": "Patient"}), (OpenedBy.STUDY, {"display": "study"})],
)
def test_who_opened_it_is_the_person_or_has_no_name(by: OpenedBy, who: dict[str, str]) -> None:
    (told,) = resources(bundle(crossover(replace(HOW, by=by))), "Provenance")
    assert who.items() <= told["agent"][0]["who"].items()


def test_a_bundle_of_other_nights_tells_nothing_of_the_plan() -> None:
    own = replace(crossover(span=BASELINE_ONLY), openings=[Opening(HOW, [PHASES[2].start])])
    assert resources(bundle(own), "CarePlan") == []


def test_a_plan_that_is_over_is_completed() -> None:
    ended = replace(PHASES[2], end=BEGIN + 42 * DAY)
    (plan,) = resources(bundle(replace(crossover(), phases=[*PHASES[:2], ended])), "CarePlan")
    assert plan["status"] == "completed"
    running = replace(ended, end=ended.start + timedelta(60))
    (plan,) = resources(bundle(replace(crossover(), phases=[*PHASES[:2], running])), "CarePlan")
    assert plan["status"] == "active"
