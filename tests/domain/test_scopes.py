"""A scope lets through what it names, and nothing of the rest shows in what it lets through."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import day, diary_of, phases_of, placed, two_phases
from tracker.domain.answers import DECLINED, Answer, answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import ITEMS, Ruler
from tracker.domain.report import Report, build_report
from tracker.domain.responder import Rule, Verdict
from tracker.domain.revisions import Deed, Origin, Outcome, Revision
from tracker.domain.scopes import WHOLE, Excerpt, Scope, ScopeRefused, clean_scope, excerpt_of
from tracker.domain.spans import Span
from tracker.domain.statistics import Reason
from tracker.domain.windows import Preset

SAVED = datetime(2026, 1, 1, 21, tzinfo=UTC)
PAIN = frozenset({"pain"})


def nights(days: int) -> Diary:
    """Give a diary that pain and sleep fill, pain lower after two weeks."""
    pain = placed([60] * 14 + [40] * (days - 14))
    return diary_of({"pain": pain, "sleep": placed([50] * days), "fatigue": placed([50] * days)})


def saving(number: int, answers: Mapping[str, Answer], **changes: Any) -> Revision:  # noqa: ANN401 - whatever fields it has
    """Give one saving of the first night."""
    values: dict[str, Any] = {
        "day": day(0),
        "number": number,
        "client_id": f"save-{number}",
        "payload_sha256": "",
        "status": Status.ON_TIME,
        "questionnaire": 1,
        "ruler": Ruler.VAS,
        "received_at": SAVED,
        "author": "moth",
        "answers": answers,
        "saved_at": SAVED + timedelta(hours=number),
        "zone": "UTC",
    }
    return Revision(**values | changes)


def seen(*history: Revision, scope: Scope = Scope(items=PAIN)) -> Entry | None:  # noqa: B008 - a frozen value
    """Give the first night as `scope` shows it after these savings."""
    standing = [one for one in history if one.outcome is not Outcome.CONFLICT]
    last, scored = standing[-1], next(one for one in standing if one.answers)
    entry = Entry(
        day(0),
        last.answers,
        last.ruler,
        scored.status,
        last.note,
        last.number,
        scored.saved_at,
        scored.zone,
        scored.origin is Origin.IMPORT,
        scored.sent_later,
        any(one.outcome is Outcome.CONFLICT for one in history),
    )
    diary = Diary(Ruler.VAS, dict(ITEMS), {day(0): entry})
    found = excerpt_of(diary, (), scope, day(3), history if len(history) > 1 else ())
    return found.diary.entries.get(day(0))


def judged(excerpt: Excerpt, rule: Rule = Rule.PAIN30) -> Report:
    return build_report(
        excerpt.diary,
        excerpt.phases,
        rule,
        Preset.WEEK,
        excerpt.closed_until,
        withheld=excerpt.withheld,
    )


def cut(scope: Scope, *, days: int = 42, phases: tuple[Phase, ...] = two_phases()) -> Excerpt:
    return excerpt_of(nights(days), phases, scope, day(days))


def test_the_whole_scope_leaves_the_report_as_it_is() -> None:
    found = cut(WHOLE)
    plain = build_report(nights(42), two_phases(), Rule.PAIN30, Preset.WEEK, day(42))
    assert judged(found).phases == plain.phases
    assert judged(found).days == plain.days


def test_only_the_days_named_are_let_through() -> None:
    found = cut(Scope(day(3), day(20)))
    assert (min(found.diary.entries), max(found.diary.entries)) == (day(3), day(19))
    assert found.closed_until == day(20)


def test_only_the_items_named_are_let_through() -> None:
    found = cut(Scope(items=frozenset({"pain", "mood"})))
    assert set(found.diary.items) == PAIN
    assert {key for entry in found.diary.entries.values() for key in entry.answers} == PAIN


def test_notes_stay_out_unless_they_are_let_through() -> None:
    note = saving(1, {"pain": answered(5)}, note="bad night")
    hidden, shown = seen(note, scope=Scope()), seen(note, scope=WHOLE)
    assert hidden is not None
    assert shown is not None
    assert (hidden.note, shown.note) == ("", "bad night")


def test_a_night_with_nothing_to_read_is_not_there() -> None:
    assert seen(saving(1, {"sleep": DECLINED}, note="bad night")) is None


def test_a_diary_of_which_nothing_may_be_read_is_empty() -> None:
    found = cut(Scope(items=frozenset({"mood"})))
    assert (found.diary.entries, found.diary.items) == ({}, {})


def test_the_ruler_is_that_of_the_newest_night_let_through() -> None:
    diary = diary_of({"pain": placed([50] * 5)}, Ruler.VAS)
    changed = replace(diary, ruler=Ruler.NRS)
    assert excerpt_of(changed, (), Scope(end=day(5)), day(9)).diary.ruler is Ruler.VAS


def test_pauses_are_cut_to_the_days_named() -> None:
    pauses = (Span(day(0), day(4)), Span(day(8), day(30)), Span(day(40), day(41)))
    diary = replace(nights(42), pauses=pauses)
    found = excerpt_of(diary, (), Scope(day(2), day(10)), day(42))
    assert found.diary.pauses == (Span(day(2), day(4)), Span(day(8), day(10)))


def test_a_change_of_a_hidden_answer_leaves_no_mark() -> None:
    first = {"pain": answered(5)}
    entry = seen(saving(1, first), saving(2, {**first, "sleep": answered(1)}))
    assert entry is not None
    assert (entry.revision, entry.submitted_at) == (1, SAVED + timedelta(hours=1))


def test_a_change_of_an_answer_that_may_be_read_is_told() -> None:
    entry = seen(saving(1, {"pain": answered(5)}), saving(2, {"pain": answered(6)}))
    assert entry is not None
    assert entry.revision == 2


def test_a_helper_is_named_who_entered_what_may_be_read_and_no_other() -> None:
    pain, both = {"pain": answered(4)}, {"pain": answered(4), "sleep": answered(5)}
    own, helped = saving(1, pain), saving(2, both, entered_by="Wren")
    for history, name in (((own, helped), ""), ((replace(own, entered_by="Ada"), helped), "Ada")):
        found = seen(*history)
        assert found is not None
        assert found.entered_by == name
    whole = seen(own, helped, scope=WHOLE)
    assert whole is not None
    assert whole.entered_by == "Wren"


def test_a_night_is_as_late_as_the_first_answer_that_may_be_read() -> None:
    late = {"pain": answered(5), "sleep": answered(1)}
    entry = seen(
        saving(1, {"sleep": answered(1)}, origin=Origin.IMPORT, sent_later=True),
        saving(2, late, status=Status.LATE, zone="Asia/Kathmandu"),
    )
    assert entry is not None
    assert (entry.status, entry.zone, entry.revision) == (Status.LATE, "Asia/Kathmandu", 1)
    assert not entry.imported
    assert not entry.sent_later


def test_a_night_that_was_deleted_and_brought_back_is_changed() -> None:
    first = {"pain": answered(5)}
    history = saving(1, first), saving(2, {}, deed=Deed.DELETE), saving(3, first)
    entry, hidden = seen(*history), seen(*history, scope=Scope(items=frozenset({"sleep"})))
    assert entry is not None
    assert (entry.revision, hidden) == (3, None)


@pytest.mark.parametrize(("items", "is_told"), [(PAIN, True), (frozenset({"sleep"}), False)])
def test_a_conflict_is_told_to_whom_may_read_what_it_is_about(
    items: frozenset[str], is_told: object
) -> None:
    first = {"pain": answered(5), "sleep": answered(1)}
    clash = saving(2, {**first, "pain": answered(9)}, outcome=Outcome.CONFLICT)
    entry = seen(saving(1, first), clash, scope=Scope(items=items))
    assert entry is not None
    assert entry.conflict is is_told
    assert entry.revision == 1


def test_a_night_with_a_note_alone_tells_of_its_first_note() -> None:
    history = saving(1, {"sleep": answered(1)}), saving(2, {"sleep": answered(1)}, note="rain")
    entry = seen(*history, scope=Scope(items=PAIN, notes=True))
    assert entry is not None
    assert (entry.revision, entry.submitted_at, entry.is_logged) == (
        1,
        SAVED + timedelta(hours=2),
        False,
    )


def test_a_verdict_that_rests_on_hidden_nights_is_not_given() -> None:
    for scope in (Scope(day(1)), Scope(day(20))):
        (result,) = judged(cut(scope)).phases
        assert (result.verdict, result.reason) == (Verdict.NOT_ASSESSABLE, Reason.NOT_SHARED)
        assert result.items == {}


def test_a_phase_that_had_begun_before_gets_no_verdict_and_a_later_one_does() -> None:
    phases = phases_of((PhaseKind.WASHOUT, 7), (PhaseKind.BASELINE, 7), (PhaseKind.TREATMENT, None))
    washout, treatment = judged(cut(Scope(day(3)), phases=phases)).phases
    assert (washout.phase.start, washout.reason) == (day(3), Reason.NOT_SHARED)
    assert treatment.verdict is not Verdict.NOT_ASSESSABLE


def test_a_verdict_that_needs_a_hidden_item_is_not_given_and_its_pain_is() -> None:
    (result,) = judged(cut(Scope(items=PAIN)), Rule.YOUNGER2013).phases
    assert (result.verdict, result.reason) == (Verdict.NOT_ASSESSABLE, Reason.NOT_SHARED)
    assert list(result.items) == ["pain"]
    assert result.items["pain"].responder is True


def test_what_was_shared_up_to_a_day_reads_as_it_did_on_that_day() -> None:
    found = cut(Scope(end=day(28)), phases=two_phases(treatment=20))
    plain = build_report(nights(28), two_phases(), Rule.PAIN30, Preset.WEEK, day(28))
    assert judged(found).phases == plain.phases


def test_an_implied_baseline_counts_where_all_of_it_is_shared() -> None:
    phases = (Phase(PhaseKind.TREATMENT, day(14)),)
    assert judged(cut(Scope(day(0)), phases=phases)).baseline == Span(day(0), day(14))
    assert judged(cut(Scope(day(1)), phases=phases)).baseline is None


def test_what_was_taken_is_told_only_where_treatment_may_be_read() -> None:
    phases = (Phase(PhaseKind.TREATMENT, day(14), None, "Week", "Naltrexone", Decimal("4.5")),)
    assert cut(Scope(treatment=True), phases=phases).phases == phases
    hidden = replace(phases[0], medicine="", dose_mg=None)
    assert cut(Scope(), phases=phases).phases == (hidden,)


@pytest.mark.parametrize("scope", [Scope(day(3), day(3)), Scope(items=frozenset())])
def test_a_scope_by_which_nothing_can_be_read_is_refused(scope: Scope) -> None:
    with pytest.raises(ScopeRefused):
        clean_scope(scope)
    assert clean_scope(WHOLE) is WHOLE


SCORES = st.dictionaries(st.integers(0, 29).map(day), st.integers(0, 100), max_size=30)


@given(visible=SCORES, one=SCORES, other=SCORES)
def test_hidden_items_change_nothing_that_is_let_through(
    visible: dict[date, int], one: dict[date, int], other: dict[date, int]
) -> None:
    scope = Scope(items=PAIN)
    found = [
        excerpt_of(diary_of({"pain": visible, "sleep": hidden}), two_phases(), scope, day(30))
        for hidden in (one, other)
    ]
    assert found[0] == found[1]


@given(visible=SCORES, one=SCORES, other=SCORES)
def test_hidden_days_change_nothing_that_is_let_through(
    visible: dict[date, int], one: dict[date, int], other: dict[date, int]
) -> None:
    scope = Scope(day(10), day(20))

    def lived(hidden: dict[date, int]) -> Diary:
        inside = {when: score for when, score in visible.items() if when in scope.span}
        outside = {when: score for when, score in hidden.items() if when not in scope.span}
        return diary_of({"pain": {**outside, **inside}})

    found = [excerpt_of(lived(hidden), two_phases(), scope, day(30)) for hidden in (one, other)]
    assert found[0] == found[1]
    assert judged(found[0]).phases == judged(found[1]).phases
