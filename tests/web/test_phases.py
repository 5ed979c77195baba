"""Pages of phases: people name last days, deeds can be undone, nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from tests.applications import MakeApp
from tests.charts import courses
from tests.charts.courses import BASELINE, FIRST, TREATMENT
from tests.web import lint, stored
from tests.web.client import Visitor, page_text, sign_up
from tracker.domain.phases import Phase, PhaseKind
from tracker.storage import phases
from tracker.storage.phases import StoredPhase

NEW: Mapping[str, str] = {
    "kind": "treatment",
    "start": "2026-09-15",
    "last_day": "2026-11-10",
    "medicine": "naltrexone",
    "dose_mg": "4,5",
    "label": "",
}


def kept(visitor: Visitor) -> list[StoredPhase]:
    assert visitor.account is not None
    with stored.installation(visitor.app).database.reading() as session:
        return list(phases.list_phases(session, visitor.account.id))


def carry(visitor: Visitor, to: Visitor) -> None:
    """Give the cookie of one browser to another."""
    cookie = visitor.client.get_cookie("__Host-evenfall")
    to.client.set_cookie(cookie.key, cookie.value, domain="localhost", secure=True)


def text_of(visitor: Visitor, path: str = "/phases/") -> str:
    return lint.text_of(lint.parsed(page_text(visitor.get(path))))


def test_without_phases_the_page_says_what_they_are_for(owner: Visitor) -> None:
    text = text_of(owner)
    assert "No phase yet." in text
    assert "Why the first day counts in neither window" in text


def test_the_last_day_typed_is_the_day_before_the_stored_end(owner: Visitor) -> None:
    assert owner.post("/phases/new", NEW).status_code == 303
    phase = kept(owner)[0].phase
    assert phase == Phase(
        PhaseKind.TREATMENT,
        date(2026, 9, 15),
        date(2026, 11, 11),
        "",
        "naltrexone",
        Decimal("4.5"),
    )
    text = text_of(owner)
    assert "The phase is saved." in text
    assert "naltrexone 4.5 mg" in text
    assert "15 September 2026 to 10 November 2026" in text


def test_the_form_shows_the_phase_as_it_was_typed(owner: Visitor) -> None:
    owner.post("/phases/new", NEW)
    page = page_text(owner.get(f"/phases/{kept(owner)[0].id}"))
    sent = next(fields for action, fields in lint.forms(page) if action.startswith("/phases/"))
    assert {name: sent[name] for name in NEW} == {**NEW, "dose_mg": "4.5"}


def test_a_new_phase_ends_the_one_that_runs_where_that_is_wanted(owner: Visitor) -> None:
    stored.keep(owner, courses.diary({}), [replace(BASELINE, end=None)])
    page = owner.get("/phases/new")
    assert "is still running" in page_text(page)
    sent = next(f for action, f in lint.forms(page_text(page)) if action == "/phases/new")
    assert sent["kind"] == "treatment"
    answer = owner.post("/phases/new", {**NEW, "ends_running": "y"})
    assert answer.status_code == 303
    assert [each.phase.end for each in kept(owner)] == [date(2026, 9, 15), date(2026, 11, 11)]


def test_a_phase_that_cannot_stand_is_refused_with_what_was_typed(owner: Visitor) -> None:
    stored.keep(owner, courses.diary({}), [replace(BASELINE, end=None)])
    answer = owner.post("/phases/new", NEW)
    assert answer.status_code == 422
    assert "needs an end: another follows it" in answer.text
    assert 'value="4,5"' in answer.text
    assert len(kept(owner)) == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("start", "", "Enter the first day."),
        ("start", "15.9.2026", "year-month-day"),
        ("start", "0001-01-01", "too far away"),
        ("last_day", "9999-12-31", "too far away"),
        ("last_day", "2026-09-14", "must end after that day"),
        ("dose_mg", "-1", "Enter the dose in milligrams"),
        ("dose_mg", "0", "above 0"),
        ("dose_mg", "1e5", "Enter the dose in milligrams"),
        ("dose_mg", "٤", "Enter the dose in milligrams"),
        ("label", "x" * 101, "at most 100 characters"),
        ("kind", "blinded", "Not a valid choice"),
        ("kind", "cure", "Not a valid choice"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(
    owner: Visitor, field: str, value: str, said: str
) -> None:
    answer = owner.post("/phases/new", {**NEW, field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert not kept(owner)


def test_a_phase_is_changed(owner: Visitor) -> None:
    stored.keep(owner, courses.diary({}), [BASELINE, TREATMENT])
    path = f"/phases/{kept(owner)[1].id}"
    changed = {**NEW, "label": "Second try", "last_day": "", "start": "2026-09-20"}
    assert owner.post(path, changed).status_code == 303
    assert kept(owner)[1].phase == replace(
        TREATMENT, start=date(2026, 9, 20), label="Second try", dose_mg=Decimal("4.5")
    )
    refused = owner.post(path, {**changed, "start": "2026-09-03"})
    assert refused.status_code == 422
    assert "overlap" in refused.text
    assert owner.post(path, {**changed, "start": ""}).status_code == 422


def test_a_blinded_phase_keeps_its_secret(owner: Visitor) -> None:
    blinded = Phase(PhaseKind.BLINDED, FIRST, None, "A")
    stored.keep(owner, courses.diary({}), [blinded])
    path = f"/phases/{kept(owner)[0].id}"
    page = page_text(owner.get(path))
    assert "Medicine" not in page
    assert ">Treatment<" not in page
    told = {"kind": "blinded", "start": "2026-09-01", "label": "B", "dose_mg": "4.5"}
    assert owner.post(path, {**told, "medicine": "naltrexone"}).status_code == 303
    assert kept(owner)[0].phase == replace(blinded, label="B")


def test_a_running_phase_is_ended_from_the_list(owner: Visitor) -> None:
    stored.keep(owner, courses.diary({}), [BASELINE, TREATMENT])
    path = f"/phases/{kept(owner)[1].id}/end"
    assert f'action="{path}"' in page_text(owner.get("/phases/"))
    early = owner.post(path, {"last_day": "2026-09-01"})
    assert early.status_code == 422
    assert "must end after that day" in early.text
    missing = owner.post(path, {"last_day": ""})
    assert missing.status_code == 422
    assert "Enter the last day." in missing.text
    assert owner.post(path, {"last_day": "2026-11-20"}).status_code == 303
    assert kept(owner)[1].phase.end == date(2026, 11, 21)
    assert "The phase is ended." in text_of(owner)


def test_removing_is_undone_by_one_tap(owner: Visitor) -> None:
    spans = [BASELINE, replace(TREATMENT, label="<b>try</b>")]
    stored.keep(owner, courses.diary({}), spans)
    for number in (1, 0):
        owner.post(f"/phases/{kept(owner)[number].id}/delete")
        assert [each.phase for each in kept(owner)] == [spans[1 - number]]
        page = owner.get("/phases/")
        assert "is removed." in page_text(page)
        assert owner.submit(page, "/phases/undo").status_code == 303
        assert [each.phase for each in kept(owner)] == spans
        assert "is removed." not in text_of(owner)
    assert owner.post("/phases/undo").status_code == 404


def test_the_undo_is_offered_for_an_hour(make_app: MakeApp, owner: Visitor) -> None:
    stored.keep(owner, courses.diary({}), [TREATMENT])
    owner.post(f"/phases/{kept(owner)[0].id}/delete")
    later = make_app(CLOCK="2026-11-21T20:30:00Z")
    visitor = Visitor(later, owner.account)
    carry(owner, visitor)
    assert "is removed." not in text_of(visitor)
    assert visitor.post("/phases/undo").status_code == 404


def test_a_removed_phase_cannot_come_back_over_another(owner: Visitor) -> None:
    stored.keep(owner, courses.diary({}), [TREATMENT])
    owner.post(f"/phases/{kept(owner)[0].id}/delete")
    before = Visitor(owner.app, owner.account)
    carry(owner, before)
    owner.post("/phases/new", NEW)
    answer = before.post("/phases/undo")
    assert answer.status_code == 422
    assert len(kept(owner)) == 1


def test_another_persons_phase_is_not_there(owner: Visitor, other: Visitor) -> None:
    stored.keep(owner, courses.diary({}), [TREATMENT])
    path = f"/phases/{kept(owner)[0].id}"
    missing = other.get("/phases/nothing").text
    assert other.get(path).status_code == 404
    assert len(other.get(path).text) == len(missing)
    assert other.post(path, NEW).status_code == 404
    assert other.post(f"{path}/end", {"last_day": "2026-11-20"}).status_code == 404
    assert other.post(f"{path}/delete").status_code == 404
    assert kept(owner)[0].phase == TREATMENT


def test_planned_and_labelled_phases_are_told_apart(owner: Visitor) -> None:
    spans = [
        BASELINE,
        replace(TREATMENT, end=FIRST + timedelta(200), label="Second try"),
        Phase(PhaseKind.WASHOUT, FIRST + timedelta(200)),
    ]
    stored.keep(owner, courses.diary({}), spans)
    text = text_of(owner)
    assert "planned from" in text
    assert "Treatment, naltrexone 4.5 mg" in text
    assert text.index("Washout") < text.index("Second try") < text.index("Baseline")


@pytest.mark.parametrize("path", ["/phases/", "/phases/new"])
def test_every_word_can_be_translated(app: Flask, path: str) -> None:
    visitor = sign_up(app, "Wren")
    visitor.language = "qps"
    stored.keep(visitor, courses.diary({}), [BASELINE, TREATMENT])
    words = {"Evenfall", "TEST", "CLOCK", "Wren", "naltrexone"}
    assert not lint.untranslated(page_text(visitor.get(path)), words)
