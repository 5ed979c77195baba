"""Windows are fixed in advance, and the day of the first dose is in none of them."""

from datetime import date

import pytest

from tests.domain.builders import day, phases_of, two_phases
from tracker.domain.phases import Phase, PhaseKind, PhasesRefused, as_of, in_order
from tracker.domain.spans import Span
from tracker.domain.windows import Preset, after_start, baseline_of, evaluation_of, is_early

B, P, T, W, X = (
    PhaseKind.BASELINE,
    PhaseKind.PLACEBO,
    PhaseKind.TREATMENT,
    PhaseKind.WASHOUT,
    PhaseKind.BLINDED,
)


def test_the_baseline_is_the_first_baseline_phase_with_its_first_day() -> None:
    assert baseline_of(phases_of((B, 9), (T, 20), (B, 7)), day(99)) == Span(day(0), day(9))


def test_a_running_baseline_ends_with_the_last_closed_day() -> None:
    assert baseline_of(phases_of((B, None)), day(5)) == Span(day(0), day(5))


@pytest.mark.parametrize("kind", [P, T])
def test_without_a_baseline_phase_the_fortnight_before_the_first_arm_counts(
    kind: PhaseKind,
) -> None:
    assert baseline_of(phases_of((W, 3), (kind, 20), (T, 5)), day(99)) == Span(day(-11), day(3))


@pytest.mark.parametrize("kind", [W, X, PhaseKind.FOLLOW_UP])
def test_without_a_known_arm_there_is_no_baseline(kind: PhaseKind) -> None:
    assert baseline_of(phases_of((kind, 20)), day(99)) is None


def test_the_start_can_not_be_judged() -> None:
    _, treatment = two_phases(14, 28)
    assert after_start(treatment, day(99)) == Span(day(15), day(42))


def test_a_phase_that_only_begins_has_no_day_to_judge() -> None:
    _, treatment = two_phases(14, None)
    assert after_start(treatment, day(3)).days == 0


@pytest.mark.parametrize(
    ("preset", "days"), [(Preset.STANFORD, 3), (Preset.WEEK, 7), (Preset.TWO_WEEK, 14)]
)
def test_a_preset_takes_the_last_calendar_days(preset: Preset, days: int) -> None:
    assert evaluation_of(Span(day(0), day(days)), preset) == Span(day(0), day(days))
    assert evaluation_of(Span(day(0), day(50)), preset) == Span(day(50 - days), day(50))
    assert evaluation_of(Span(day(0), day(days - 1)), preset) is None


def test_only_a_treatment_is_early_and_only_in_its_first_four_weeks() -> None:
    treatment = Phase(T, day(0))
    assert is_early(treatment, Span(day(21), day(28)))
    assert not is_early(treatment, Span(day(22), day(29)))
    assert not is_early(treatment, None)
    assert not is_early(Phase(P, day(0)), Span(day(1), day(8)))


def test_phases_come_in_order_of_time() -> None:
    first, second = two_phases(14, 7)
    assert in_order([second, first]) == (first, second)


@pytest.mark.parametrize(
    ("phases", "said"),
    [
        ([Phase(B, day(0), day(0))], "must end after"),
        ([Phase(B, day(0)), Phase(T, day(9))], "needs an end"),
        ([Phase(B, day(0), day(10)), Phase(T, day(9))], "overlap"),
    ],
)
def test_phases_that_can_not_stand_together_are_refused(phases: list[Phase], said: str) -> None:
    with pytest.raises(PhasesRefused, match=said):
        in_order(phases)


def test_a_planned_end_is_no_end_before_it_comes() -> None:
    phases = phases_of((B, 14), (T, 28), (W, 14))
    baseline, treatment = as_of(phases, day(20))
    assert baseline.end == day(14)
    assert treatment == Phase(T, day(14))
    assert as_of(phases, date.min) == ()
