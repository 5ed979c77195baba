"""Measurements stand in series, exactly, beside what they are compared with."""

from collections.abc import Mapping
from datetime import date

import pytest

from tests.charts import courses
from tests.web import lint, stored
from tests.web.client import Visitor, page_text
from tracker.domain.figures import DASH
from tracker.domain.phases import Phase, PhaseKind
from tracker.storage import measurements
from tracker.storage.measurements import StoredMeasurement

MINUS = "\N{MINUS SIGN}"
HERE = "/measurements/"
NEW = "/measurements/new"
ESR: Mapping[str, str] = {
    "name": "ESR",
    "value": "20,50",
    "unit": "mm/h",
    "day": "2026-11-01",
    "note": "fasting",
}


def kept(visitor: Visitor) -> list[StoredMeasurement]:
    assert visitor.account is not None
    with stored.installation(visitor.app).database.reading() as session:
        return list(measurements.list_measurements(session, visitor.account.id))


def text_of(visitor: Visitor, path: str = HERE) -> str:
    return lint.text_of(lint.parsed(page_text(visitor.get(path))))


def test_without_any_the_page_says_what_they_are_for(owner: Visitor) -> None:
    assert "No measurement yet." in text_of(owner)


def test_the_form_suggests_what_the_trials_measured(owner: Visitor) -> None:
    page = page_text(owner.get(NEW))
    for name in (
        "Mechanical pain threshold",
        "ESR",
        "CRP",
        "IL-6",
        "TNF-\N{GREEK SMALL LETTER ALPHA}",
    ):
        assert f'<option value="{name}">' in page
    assert 'value="2026-11-21"' in page


def test_a_value_is_kept_and_shown_as_it_was_typed(owner: Visitor) -> None:
    assert owner.post(NEW, ESR).status_code == 303
    (only,) = kept(owner)
    assert str(only.measurement.value) == "20.50"
    text = text_of(owner)
    assert "It is noted." in text
    assert "ESR mm/h" in text
    assert "1 Nov 2026 20.50 baseline fasting" in text
    assert "fasting" in text
    assert "the first value: none is from the baseline" in text
    page = page_text(owner.get(f"{HERE}{only.id}"))
    sent = next(fields for action, fields in lint.forms(page) if action.startswith(HERE))
    assert {name: sent[name] for name in ESR} == {**ESR, "value": "20.50"}


def test_values_are_compared_with_the_baseline_in_value_and_percent(owner: Visitor) -> None:
    stored.keep(owner, courses.diary({}), [Phase(PhaseKind.TREATMENT, date(2026, 11, 5))])
    for value, day in (("20", "2026-11-01"), ("12.5", "2026-11-10"), ("<5", "2026-11-20")):
        owner.post(NEW, {**ESR, "value": value, "day": day})
    text = text_of(owner)
    assert "Change from 20 mm/h on 1 Nov 2026, the last value of the baseline or before it" in text
    assert f"10 Nov 2026 12.5 {MINUS}7.5 ({MINUS}37.5 %)" in text
    assert f"20 Nov 2026 < 5 {DASH}" in text
    assert "1 Nov 2026 20 baseline" in text


def test_a_value_of_nothing_has_a_change_but_no_percent(owner: Visitor) -> None:
    for value, day in (("0", "2026-11-01"), ("0.3", "2026-11-10"), ("0.0", "2026-11-11")):
        owner.post(NEW, {**ESR, "unit": "", "value": value, "day": day})
    text = text_of(owner)
    assert "10 Nov 2026 0.3 +0.3 fasting" in text
    assert "11 Nov 2026 0.0 0.0 fasting" in text


def test_a_measurement_is_changed(owner: Visitor) -> None:
    owner.post(NEW, ESR)
    (only,) = kept(owner)
    assert owner.post(f"{HERE}{only.id}", {**ESR, "value": "21"}).status_code == 303
    assert [str(one.measurement.value) for one in kept(owner)] == ["21"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Say what was measured."),
        ("name", "x" * 61, "at most 60 characters"),
        ("value", "", "Enter the value."),
        ("value", "many", "Enter a number"),
        ("value", "1.1234567", "at most 15 digits"),
        ("unit", "x" * 31, "at most 30 characters"),
        ("day", "", "Enter the day."),
        ("day", "2026-11-22", "can&#39;t lie in the future"),
        ("day", "1800-01-01", "too far away"),
        ("note", "x" * 501, "at most 500 characters"),
    ],
)
def test_what_cant_be_is_refused_beside_its_field(
    owner: Visitor, field: str, value: str, said: str
) -> None:
    owner.post(NEW, ESR)
    (only,) = kept(owner)
    for path in (NEW, f"{HERE}{only.id}"):
        answer = owner.post(path, {**ESR, field: value})
        assert answer.status_code == 422
        assert said in answer.text
        if field != "value":
            assert 'value="20,50"' in answer.text
    assert kept(owner) == [only]


def test_what_was_taken_away_comes_back_as_it_was(owner: Visitor) -> None:
    owner.post(NEW, {**ESR, "value": "<0.50"})
    (only,) = kept(owner)
    assert owner.post(f"{HERE}{only.id}/delete").status_code == 303
    assert "“&lt; 0.50 mm/h” is removed." in page_text(owner.get(HERE))
    assert owner.post(f"{HERE}undo").status_code == 303
    assert [one.measurement for one in kept(owner)] == [only.measurement]
    assert owner.post(f"{HERE}undo").status_code == 404
