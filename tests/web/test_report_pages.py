"""The report as somebody else reads it: what is on it, and that nothing hidden ever shows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.charts import courses
from tests.charts.courses import BASELINE, FIRST, OWN, TREATMENT
from tests.web import happened, lint, sharing, stored
from tests.web.client import Visitor
from tracker.domain.diary import Status
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import PAIN, Ruler
from tracker.domain.scopes import Scope

PHASES = (BASELINE, TREATMENT)
NOT_SHARED = "Some of the nights or questions that this rests on are not shared"
PLACEBO = "28 % of people on placebo (14 of 50)"


@pytest.fixture
def moth(owner: Visitor) -> Account:
    """Return somebody with 81 nights, a baseline and a treatment."""
    kept = courses.diary(
        courses.course(81, skip=[40]),
        Ruler.VAS,
        courses.entry(20, 50, status=Status.LATE),
        courses.entry(21, 50, status=Status.IMPORTED, imported=True),
        courses.entry(22, 50, sent_later=True),
    )
    return stored.keep(owner, kept, PHASES)


def text(app: Flask, owner: Account, scope: Scope) -> str:
    return lint.text_of(lint.parsed(sharing.page(app, owner, scope)))


def test_a_report_says_whose_which_nights_and_that_nobody_watches(
    app: Flask, moth: Account
) -> None:
    said = text(app, moth, Scope(FIRST, FIRST + timedelta(60)))
    assert "The diary of Moth as of 21 November 2026" in said
    assert "Nights from 1 Sep 2026 to 30 Oct 2026" in said
    assert "All questions, later ones too Notes: no" in said
    assert "Medicines, side effects and measurements: no May not save the report as a file" in said
    assert "Nobody watches these entries in real time." in said
    assert PLACEBO in said


def test_the_answer_is_the_owners_own(app: Flask, owner: Visitor, moth: Account) -> None:
    (card,) = sharing.said(app, moth, Scope()).cards
    answer = owner.get("/response/").text
    assert card.lead in answer
    assert card.verdict in answer
    shown = [value for row in card.rows for value in (row.before, row.after, row.points)]
    assert not [value for value in shown if value not in answer]


def test_nights_are_counted_by_how_they_came_about(app: Flask, moth: Account) -> None:
    page = sharing.said(app, moth, Scope())
    assert page.counted == "Nights of baseline and phases"
    assert dict(page.counts) == {
        "Logged": "80 of 81",
        "Not logged": "1",
        "Logged late": "1",
        "Sent later": "0",
        "Imported, times as the file states": "1",
    }


def test_pain_stands_first_and_every_picture_has_its_nights(app: Flask, moth: Account) -> None:
    page = sharing.said(app, moth, Scope())
    assert page.first is not None
    assert page.first.key == "pain"
    assert "Pain" not in {chart.name for chart in page.charts}
    assert [chart.key for chart in page.charts][-1] == OWN.key
    for chart in (page.first, *page.charts):
        assert len(chart.nights) == 80
        assert "<svg" in chart.picture


def test_every_night_stands_in_the_table_newest_first(app: Flask, moth: Account) -> None:
    page = sharing.said(app, moth, Scope())
    assert page.heads[:2] == ["Day", "Pain"]
    assert page.heads[-1] == "how"
    assert page.nights[0][:2] == ["20 Nov 2026", page.nights[0][1]]
    assert page.nights[-21][-1] == "late"


def test_a_night_changed_where_it_is_shared_is_told_as_edited(app: Flask, owner: Visitor) -> None:
    moth = stored.keep(owner, courses.diary({}))
    for fields in ({"pain": "4"}, {"pain": "5"}):
        assert owner.post("/diary/2026-11-21", fields).status_code == 303
    page = sharing.said(app, moth, Scope())
    assert ("Edited", "1") in page.counts
    assert page.nights[0][-1] == "edited"
    assert not sharing.said(app, moth, Scope(items=frozenset({"sleep"}))).nights


def test_phases_stand_with_what_was_taken(app: Flask, moth: Account) -> None:
    rows = sharing.said(app, moth, Scope(treatment=True)).phases
    assert rows == [
        ("Baseline", "1 Sep to 14 Sep", "\N{EN DASH}"),
        ("Treatment", "from 15 Sep 2026 on", "naltrexone 4.5 mg"),
    ]
    assert sharing.said(app, moth, Scope()).phases[1][2] == "\N{EN DASH}"


def test_a_phase_with_a_label_and_one_without_days(app: Flask, owner: Visitor) -> None:
    first = replace(TREATMENT, label="First try", medicine="", dose_mg=None)
    first = replace(first, end=FIRST + timedelta(40))
    second = Phase(PhaseKind.WASHOUT, FIRST + timedelta(40))
    moth = stored.keep(owner, courses.diary(courses.course(81)), [BASELINE, first, second])
    page = sharing.said(app, moth)
    assert page.phases[1:] == [
        ("Treatment: First try", "15 Sep to 10 Oct", "\N{EN DASH}"),
        ("Washout", "from 11 Oct 2026 on", "\N{EN DASH}"),
    ]
    assert len(page.cards) == 2


def test_notes_stand_only_where_they_are_shared(app: Flask, owner: Visitor) -> None:
    moth = stored.keep(owner, courses.diary({}))
    fields = {"pain": "4", "note": "A word\nto <b>myself</b>"}
    assert owner.post("/diary/2026-11-21", fields).status_code == 303
    shared = sharing.page(app, moth, Scope(notes=True))
    assert "A word\nto &lt;b&gt;myself&lt;/b&gt;" in shared
    assert "myself" not in sharing.page(app, moth, Scope())


def test_nothing_rests_on_questions_that_are_hidden(app: Flask, moth: Account) -> None:
    scope = Scope(items=frozenset({"pain", "fatigue"}))
    page = sharing.said(app, moth, scope)
    assert page.shared[1] == "Only these questions: Pain, Fatigue"
    assert [chart.key for chart in page.charts] == ["fatigue"]
    (card,) = page.cards
    assert "lower than in the baseline" in card.lead
    assert "can't be said" in card.verdict
    (missing,) = card.missing
    assert NOT_SHARED in missing
    assert "Legs" not in sharing.page(app, moth, scope)


def test_without_pain_no_answer_is_given(app: Flask, moth: Account) -> None:
    scope = Scope(items=frozenset({"sleep", OWN.key}))
    page = sharing.said(app, moth, scope)
    assert page.first is None
    assert [chart.key for chart in page.charts] == ["sleep", OWN.key]
    (card,) = page.cards
    assert NOT_SHARED in card.lead
    assert [row.name for row in card.rows] == ["Sleep", OWN.name]


def test_without_the_baseline_nothing_is_judged(app: Flask, moth: Account) -> None:
    page = sharing.said(app, moth, Scope(first=FIRST + timedelta(5), treatment=True))
    (card,) = page.cards
    assert NOT_SHARED in card.lead
    assert page.phases == [("Treatment", "from 15 Sep 2026 on", "naltrexone 4.5 mg")]
    assert "This phase is running" not in " ".join(card.remarks)


def test_nothing_shared_that_is_logged_says_so(app: Flask, moth: Account) -> None:
    said = text(app, moth, Scope(end=FIRST - timedelta(30)))
    assert "No night of what is shared is logged yet." in said
    assert PLACEBO in said


def test_a_diary_without_phases_is_shown_without_an_answer(app: Flask, owner: Visitor) -> None:
    moth = stored.keep(owner, courses.diary(courses.course(20)))
    said = text(app, moth, Scope())
    assert "Nothing is judged yet" in said
    assert "Nights since the first" in said


def test_half_a_year_is_drawn_and_every_night_told(app: Flask, owner: Visitor) -> None:
    older = replace(courses.entry(0, 5), day=date(2025, 11, 1))
    kept = courses.diary(courses.course(81), Ruler.VAS)
    moth = stored.keep(owner, replace(kept, entries={older.day: older, **kept.entries}))
    page = sharing.said(app, moth, Scope())
    assert page.first is not None
    assert len(page.first.nights) == 81
    assert len(page.nights) == 82


def test_an_item_only_answered_long_ago_is_told_but_not_drawn(app: Flask, owner: Visitor) -> None:
    kept = courses.diary(courses.course(81))
    old = replace(courses.entry(0, 5), day=date(2025, 11, 1))
    nights = {
        day: replace(entry, answers={PAIN.key: entry.answers[PAIN.key]})
        for day, entry in kept.entries.items()
    }
    moth = stored.keep(owner, replace(kept, entries={old.day: old, **nights}))
    page = sharing.said(app, moth, Scope())
    assert page.charts == []
    assert "Fatigue" in page.heads


def test_nights_on_the_other_ruler_say_so(app: Flask, owner: Visitor) -> None:
    kept = courses.diary({5: 50}, Ruler.VAS, courses.entry(1, 5, Ruler.NRS))
    page = sharing.said(app, stored.keep(owner, kept), Scope())
    assert [row[-1] for row in page.nights] == ["", "on the other ruler"]


@pytest.mark.parametrize("query", ["rule=mine", "preset=best"])
def test_an_unknown_choice_is_refused(owner: Visitor, query: str) -> None:
    assert owner.get(f"/response/?{query}").status_code == 400


def test_side_effects_and_measurements_are_read_by_those_who_may(app: Flask, moth: Account) -> None:
    with stored.installation(app).database.writing() as session:
        happened.with_happenings(session, moth, stored.NOW, "cold feet")
    may = sharing.said(app, moth, Scope(treatment=True))
    assert [row[0] for row in may.effects] == ["cold feet"]
    assert may.measured == [("cold feet", "20 mm/h on 1 Nov 2026", "")]
    assert "Newest value" in sharing.page(app, moth, Scope(treatment=True))
    assert "cold feet" in sharing.page(app, moth, Scope(treatment=True))
    for scope in (Scope(), Scope(end=happened.DAY, treatment=True)):
        found = sharing.said(app, moth, scope)
        assert (found.effects, found.measured) == ([], [])
        assert "cold feet" not in sharing.page(app, moth, scope)
