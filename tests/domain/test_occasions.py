"""Test on which days what is not asked every night is due."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import day, phases_of
from tracker.domain.occasions import (
    DOSED,
    Asked,
    due_on,
    next_pgic,
    pgic_days,
    tolerability_days,
)
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import DOSE_TAKEN, OCCASIONAL, PGIC, TOLERABILITY
from tracker.domain.questionnaire import FIRST as CORE
from tracker.domain.spans import Span
from tracker.domain.windows import after_start

B, P, T, W, F, X = (
    PhaseKind.BASELINE,
    PhaseKind.PLACEBO,
    PhaseKind.TREATMENT,
    PhaseKind.WASHOUT,
    PhaseKind.FOLLOW_UP,
    PhaseKind.BLINDED,
)
LENGTHS = st.lists(st.tuples(st.sampled_from([P, T, W, F, X]), st.integers(1, 130)), max_size=4)
COURSES = st.builds(
    lambda baseline, others, runs: phases_of(
        (B, baseline), *others[:-1], *((kind, None if runs else n) for kind, n in others[-1:])
    ),
    st.integers(1, 30),
    LENGTHS,
    st.booleans(),
)
DAYS = st.integers(-10, 500).map(day)


def asked_days(
    key: str, phases: Sequence[Phase], until: int = 160, answered: Sequence[int] = ()
) -> list[int]:
    """Give the days, counted from the first, on which `key` is due."""
    said = {key: {day(n) for n in answered}}
    return [n for n in range(until) if key in {item.key for item in due_on(day(n), phases, said)}]


@pytest.mark.parametrize("kind", [P, T, X])
def test_a_dose_is_asked_about_from_the_day_after_the_start_to_the_day_of_the_end(
    kind: PhaseKind,
) -> None:
    assert asked_days("dose_taken", phases_of((B, 14), (kind, 10), (W, 20))) == [*range(15, 25)]


@pytest.mark.parametrize("kind", [B, W, F])
def test_where_nothing_is_taken_no_dose_is_asked_about(kind: PhaseKind) -> None:
    phases = phases_of((kind, None))
    assert asked_days("dose_taken", phases) == []
    assert due_on(day(3), phases, {}, took_medicine=True) == (DOSE_TAKEN,)


def test_a_running_phase_asks_about_its_dose_on() -> None:
    assert asked_days("dose_taken", phases_of((B, 14), (T, None)), 40) == [*range(15, 40)]


def test_tolerability_is_due_weekly_until_it_is_answered() -> None:
    phases = phases_of((B, 14), (P, 28), (W, 14))
    assert asked_days("tolerability", phases) == [*range(21, 42)]
    # The days that were answered show their answer; the others of their week ask no more.
    answered = asked_days("tolerability", phases, answered=[23, 28])
    assert answered == [23, 28, *range(35, 42)]


def test_a_phase_of_less_than_a_week_asks_no_tolerability() -> None:
    assert asked_days("tolerability", phases_of((B, 14), (T, 7), (P, 5), (X, 8))) == [33]


@pytest.mark.parametrize(
    ("phases", "days"),
    [
        # The last three days of a phase, and the seven around each four weeks of the study.
        (phases_of((B, 14), (T, None)), [*range(39, 46), *range(67, 74)]),
        (phases_of((B, 14), (T, 84)), [*range(39, 46), *range(67, 74), 95, 96, 97]),
        # Both at once are asked once; the phase's first day counts for none.
        (phases_of((B, 14), (P, 28), (T, 56)), [39, 40, 41, *range(67, 74), 95, 96, 97]),
        # Four weeks within a week of an end give way.
        (phases_of((B, 14), (P, 21), (W, 40)), [32, 33, 34, *range(67, 74)]),
        (phases_of((B, 14), (P, 20), (W, 40)), [31, 32, 33, *range(39, 46), *range(67, 74)]),
        (phases_of((B, 14), (P, 35), (W, 20)), [46, 47, 48, 67, 68]),
        (phases_of((B, 14), (P, 36), (W, 20)), [*range(39, 46), 47, 48, 49, 67, 68, 69]),
        # A washout starts where four weeks are full.
        (phases_of((B, 14), (W, 28), (F, 28)), [39, 40, 41, 43, 44, 45, 67, 68, 69]),
        # A phase of a few days.
        (phases_of((B, 14), (T, 2)), [15]),
        (phases_of((B, 14), (T, 1)), []),
        # Counted from the first phase after the baseline, or from the first.
        (phases_of((W, 30), (B, 14), (T, None)), [*range(69, 76)]),
        (phases_of((W, 30), (B, 14)), []),
        (phases_of((W, None)), [*range(25, 32), *range(53, 60)]),
        (phases_of((B, None)), []),
        ((), []),
    ],
)
def test_the_overall_change_is_asked_on_these_days(
    phases: Sequence[Phase], days: Sequence[int]
) -> None:
    assert asked_days("pgic", phases, 80 if phases[-1:] and phases[-1].end is None else 160) == [
        *days
    ]


def test_an_answer_settles_the_other_days_of_its_occasion() -> None:
    phases = phases_of((B, 14), (T, 84))
    assert asked_days("pgic", phases, answered=[41, 96]) == [41, *range(67, 74), 96]


def test_a_blinded_study_follows_the_calendar_of_its_whole_span() -> None:
    """Whichever arm came first, and however long: the same days ask the same."""
    whole = phases_of((B, 14), (X, 112), (F, 28))
    pgic = [*range(39, 46), *range(67, 74), *range(95, 102), 123, 124, 125]
    assert asked_days("pgic", whole, 127) == pgic
    # Both arms, 4 and 12 weeks or 12 and 4, have a day of their own on which an answer counts.
    for arms in ((28, 84), (84, 28)):
        first, second = phases_of((B, 14), (P, arms[0]), (T, arms[1]))[1:]
        for arm in (first, second):
            assert any(day(n) in after_start(arm, day(999)) for n in pgic)


def test_the_next_day_of_the_overall_change_is_known_ahead() -> None:
    phases = phases_of((B, 14), (T, 84))
    assert next_pgic(day(0), phases, {}) == day(39)
    assert next_pgic(day(40), phases, {}) == day(40)
    assert next_pgic(day(40), phases, {"pgic": {day(39)}}) == day(67)
    assert next_pgic(day(97), phases, {"pgic": {day(97)}}) is None
    assert next_pgic(day(0), (), {}) is None


def test_what_a_night_asks_stands_after_the_persons_own_questions() -> None:
    asked = Asked(CORE, (DOSE_TAKEN, PGIC))
    assert asked.whole.items == (*CORE.items, DOSE_TAKEN, PGIC)
    assert asked.whole.also(OCCASIONAL).items == (*CORE.items, DOSE_TAKEN, PGIC, TOLERABILITY)
    assert asked.passing == {"pgic"}


@given(COURSES, DAYS)
def test_every_day_that_asks_is_one_on_which_the_answer_counts(
    phases: Sequence[Phase], asked: date
) -> None:
    due = due_on(asked, phases, {})
    counting = [phase for phase in phases if asked in after_start(phase, date(2099, 1, 1))]
    if PGIC in due:
        assert [phase for phase in counting if phase.kind is not B]
    if TOLERABILITY in due:
        assert {phase.kind for phase in counting} <= DOSED


@given(COURSES, DAYS)
def test_days_of_one_occasion_know_each_other(phases: Sequence[Phase], asked: date) -> None:
    for days_of in (pgic_days, tolerability_days):
        span = days_of(asked, phases)
        if span is None:
            continue
        assert asked in span
        assert span.days <= 7
        assert {days_of(each, phases) for each in span} <= {span, None}


@given(COURSES)
def test_each_phase_that_was_long_enough_asks_for_the_overall_change(
    phases: Sequence[Phase],
) -> None:
    for phase in phases:
        if phase.kind in DOSED and phase.end is not None:
            last = Span(max(phase.end - timedelta(3), phase.start + timedelta(1)), phase.end)
            assert all(PGIC in due_on(each, phases, {}) for each in last)


@given(COURSES, DAYS, st.sampled_from([TOLERABILITY, PGIC]), st.integers(-6, 6))
def test_one_answer_is_enough_for_an_occasion(
    phases: Sequence[Phase], asked: date, item: object, off: int
) -> None:
    other = asked + timedelta(off)
    key, days_of = ("pgic", pgic_days) if item is PGIC else ("tolerability", tolerability_days)
    span = days_of(asked, phases)
    is_due = item in due_on(asked, phases, {key: {other}})
    assert is_due == (span is not None and (off == 0 or other not in span))


@given(st.integers(8, 200), DAYS)
def test_the_kind_behind_a_blinded_span_changes_nothing(length: int, asked: date) -> None:
    found = {due_on(asked, phases_of((B, 14), (kind, length)), {}) for kind in (P, T, X)}
    assert len(found) == 1
