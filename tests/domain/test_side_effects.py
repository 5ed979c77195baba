"""Side effects: what can be told, who counts as asked, and when it is time to ask again."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import FIRST, day, phases_of
from tracker.domain.groups import group_report
from tracker.domain.outcomes import Outcome
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.proportions import Share
from tracker.domain.side_effects import (
    ASKED_IN,
    Effect,
    Severity,
    SideEffect,
    SideEffectRefused,
    asked_days,
    clean_effect,
    had_in,
    is_due,
    last_asked,
)

DREAMS = SideEffect(Effect.VIVID_DREAMS, day(20), Severity.MILD, day(22), day(25))
TREATMENT = Phase(PhaseKind.TREATMENT, day(14), day(98))
TODAY = day(40)


def test_a_side_effect_may_be_told_with_first_and_last_day() -> None:
    assert clean_effect(DREAMS, TODAY) == DREAMS
    lasting = replace(DREAMS, end=None)
    assert clean_effect(lasting, TODAY) == lasting
    ended_today = replace(DREAMS, end=TODAY + timedelta(days=1))
    assert clean_effect(ended_today, TODAY) == ended_today


def test_only_what_is_none_of_the_list_has_a_name() -> None:
    assert clean_effect(replace(DREAMS, name="typed before"), TODAY).name == ""
    own = replace(DREAMS, effect=Effect.OTHER, name="dry mouth")
    assert clean_effect(own, TODAY).name == "dry mouth"


def test_a_start_moved_behind_the_day_of_telling_moves_that_too() -> None:
    assert clean_effect(replace(DREAMS, start=day(24)), TODAY).reported == day(24)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (replace(DREAMS, effect=Effect.OTHER), "a word or two"),
        (replace(DREAMS, start=day(41), end=None), "first day can't lie in the future"),
        (replace(DREAMS, end=day(20)), "can't lie before the first"),
        (replace(DREAMS, end=day(42)), "last day can't lie in the future"),
    ],
)
def test_what_cant_be_is_refused(told: SideEffect, said: str) -> None:
    with pytest.raises(SideEffectRefused, match=said):
        clean_effect(told, TODAY)


def test_telling_of_one_is_being_asked_about_all() -> None:
    assert asked_days([DREAMS], [day(30), day(22)]) == [day(22), day(30)]
    had = had_in(TREATMENT, [DREAMS], [], day(98))
    assert had == {effect: effect is Effect.VIVID_DREAMS for effect in Effect}


def test_nobody_asked_is_in_no_denominator() -> None:
    late = replace(DREAMS, reported=day(120))
    assert had_in(TREATMENT, [late], [], day(200)) == {}
    assert had_in(TREATMENT, [], [], day(98)) == {}
    assert not any(had_in(TREATMENT, [], [day(30)], day(98)).values())


@pytest.mark.parametrize(
    ("start", "end", "had"),
    [
        (day(0), day(14), False),  # over before the phase began
        (day(14), day(15), False),  # the day of the first dose describes none
        (day(14), day(16), True),
        (day(0), None, True),  # was there before, and lasts
        (day(97), None, True),
        (day(98), None, False),
    ],
)
def test_a_phase_has_what_lasted_into_its_days_after_the_first(
    start: date, end: date | None, *, had: bool
) -> None:
    told = replace(DREAMS, start=start, end=end, reported=max(start, day(1)))
    assert had_in(TREATMENT, [told], [day(50)], day(200))[Effect.VIVID_DREAMS] is had


@pytest.mark.parametrize(
    ("asked", "counts"), [(day(14), False), (day(15), True), (day(98), True), (day(99), False)]
)
def test_the_day_after_the_last_still_tells_of_the_phase(asked: date, *, counts: bool) -> None:
    assert bool(had_in(TREATMENT, [], [asked], day(200))) is counts


def test_a_phase_that_runs_ends_for_now_with_the_last_closed_day() -> None:
    running = replace(TREATMENT, end=None)
    later = replace(DREAMS, start=day(30), end=None, reported=day(30))
    assert had_in(running, [later], [], day(30))[Effect.VIVID_DREAMS] is False
    assert had_in(running, [later], [], day(31))[Effect.VIVID_DREAMS] is True


def test_a_phase_that_has_just_begun_has_nothing_to_show() -> None:
    running = Phase(PhaseKind.TREATMENT, day(14))
    told = replace(DREAMS, start=day(0), end=None, reported=day(15))
    assert not any(had_in(running, [told], [], day(14)).values())


def test_the_group_report_prints_the_shares_of_the_2013_trial() -> None:
    """37 % and 13 % had vivid dreams, 16 % and 3 % headache, each of those who were asked."""
    shares = {Effect.VIVID_DREAMS: ((11, 30), (4, 30)), Effect.HEADACHE: ((5, 31), (1, 31))}
    arms = {"drug": TREATMENT, "placebo": Phase(PhaseKind.PLACEBO, day(98), day(126))}

    def person(number: int) -> dict[str, Outcome]:
        outcomes = {}
        for place, (arm, phase) in enumerate(arms.items()):
            told = [
                SideEffect(effect, day(100 if place else 20), Severity.MILD, phase.start)
                for effect, counts in shares.items()
                if number < counts[place][0]
            ]
            checks = [phase.start + timedelta(days=14)] if number < 31 else []
            had = had_in(phase, told, checks, day(200))
            if number == 30:  # one was not asked about dreams
                had = {effect: yes for effect, yes in had.items() if effect != "vivid_dreams"}
            outcomes[arm] = Outcome(responder=None, side_effects=had)
        return outcomes

    report = group_report(map(person, range(33)), list(arms))
    for effect, counts in shares.items():
        found = [report.arms[arm].side_effects[effect] for arm in arms]
        assert found == [Share(*count) for count in counts]
    percents = [round(100 * Fraction(*count)) for counts in shares.values() for count in counts]
    assert percents == [37, 13, 16, 3]


days = st.integers(0, 120).map(day)
told = st.builds(
    lambda start, length, later: SideEffect(
        Effect.HEADACHE,
        start,
        Severity.SEVERE,
        start + timedelta(days=later),
        None if length is None else start + timedelta(days=length),
    ),
    days,
    st.none() | st.integers(1, 40),
    st.integers(0, 40),
)


@given(st.lists(told, max_size=4), st.lists(days, max_size=4))
def test_what_was_had_agrees_with_counting_day_by_day(
    effects: list[SideEffect], checks: list[date]
) -> None:
    had = had_in(TREATMENT, effects, checks, day(200))
    asked = {*checks, *(one.reported for one in effects)} & {day(n) for n in range(15, 99)}
    lasted = {
        day(n)
        for one in effects
        for n in range(15, 98)
        if one.start <= day(n) and (one.end is None or day(n) < one.end)
    }
    assert bool(had) is bool(asked)
    assert had.get(Effect.HEADACHE, False) is bool(asked and lasted)


def test_people_are_asked_every_two_weeks_while_a_medicine_may_be_taken() -> None:
    phases = [TREATMENT]
    assert last_asked([DREAMS], [day(30)], TODAY) == day(30)
    assert last_asked([DREAMS], [day(50)], TODAY) == day(22)
    assert last_asked([], [], TODAY) is None
    assert not is_due(phases, None, day(27))
    assert is_due(phases, None, day(28))
    assert not is_due(phases, day(20), day(33))
    assert is_due(phases, day(20), day(34))
    assert not is_due(phases, day(3), day(27))  # asked in the baseline: the phase counts anew


@pytest.mark.parametrize("kind", PhaseKind)
def test_they_are_asked_in_arms_alone_known_or_not(kind: PhaseKind) -> None:
    (phase,) = phases_of((kind, 60))
    assert is_due([phase], None, FIRST + timedelta(days=20)) is (kind in ASKED_IN)
    assert not is_due([phase], None, FIRST + timedelta(days=61))
    assert is_due([replace(phase, end=None)], None, day(90)) is (kind in ASKED_IN)


def test_a_phase_closes_with_the_question() -> None:
    fortnight = Phase(PhaseKind.BLINDED, day(14), day(28))
    due = [n for n in range(10, 40) if is_due([fortnight], None, day(n))]
    assert due == [25, 26, 27, 28], "its last three days, and the day after"
    assert is_due([fortnight], day(24), day(25))
    assert not is_due([fortnight], day(25), day(28))
    assert not is_due([replace(fortnight, end=None)], None, day(27))
    short = replace(fortnight, end=day(15))
    assert [n for n in range(10, 40) if is_due([short], None, day(n))] == [15]


@given(
    length=st.integers(2, 100),
    checked=st.sets(st.integers(0, 120), max_size=4),
)
def test_whoever_answers_when_asked_is_in_the_denominator_of_every_phase(
    length: int, checked: set[int]
) -> None:
    phase = Phase(PhaseKind.PLACEBO, day(14), day(14 + length))
    checks = {day(n) for n in checked}
    for n in range(130):
        if is_due([phase], max((d for d in checks if d <= day(n)), default=None), day(n)):
            checks.add(day(n))
    assert had_in(phase, [], checks, day(200))
