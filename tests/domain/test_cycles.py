"""One person's periods are paired, without the days that the period before leaves behind."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import day, diary_of, phases_of, placed, report_of, series
from tests.domain.golden import GOLDEN
from tracker.domain.cycles import MOST_TESTED, Cycle, Cycles, cycle_of, cycles_of, pairs_of
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.series import Series

B, P, T, W = PhaseKind.BASELINE, PhaseKind.PLACEBO, PhaseKind.TREATMENT, PhaseKind.WASHOUT


def period_mean(found: Series, phase: Phase) -> Fraction | None:
    return cycle_of(found, (phase, phase)).placebo.mean


def alternating(differences: Sequence[int | Fraction], length: int = 14) -> Cycles:
    """Give pairs of P and T, in turn begun by either, with these differences in pain."""
    kinds: list[tuple[PhaseKind, int | None]] = []
    scores: list[int | None] = []
    for number, difference in enumerate(differences):
        pair = [(P, 60), (T, 60 - int(difference))]
        for kind, level in pair if number % 2 else pair[::-1]:
            kinds.append((kind, length))
            scores += [level] * length
    found = cycles_of([series("pain", placed(scores))], phases_of(*kinds), is_randomised=True)
    assert found is not None
    return found


def test_the_first_seven_days_of_a_period_are_left_out() -> None:
    phase = Phase(T, day(0), day(14))
    assert period_mean(series("pain", placed([99] * 7 + [40] * 7)), phase) == 40


def test_a_period_needs_days_after_these_and_enough_answers_on_one_ruler() -> None:
    scores = placed([40] * 14)
    assert period_mean(series("pain", scores), Phase(T, day(0), day(7))) is None
    phase = Phase(T, day(0), day(14))
    few = {when: score for when, score in scores.items() if when < day(10)}
    assert period_mean(series("pain", few), phase) is None
    enough = {when: score for when, score in scores.items() if when < day(11)}
    assert period_mean(series("pain", enough), phase) == 40
    mixed = replace(series("pain", enough), elsewhere=frozenset({day(12)}))
    assert period_mean(mixed, phase) is None


def test_a_running_period_has_no_mean_yet() -> None:
    scores = series("pain", placed([40] * 30))
    cycle = cycle_of(scores, (Phase(P, day(0), day(14)), Phase(T, day(14))))
    assert cycle.is_running
    assert cycle.placebo.mean == 40
    assert {cycle.treatment.mean, cycle.points, cycle.difference} == {None}


def test_the_exact_case_comes_out_of_eight_periods() -> None:
    differences = GOLDEN["sign_flip"]["differences"]
    found = alternating(differences)
    assert found.differences == differences
    assert [cycle.points for cycle in found.main] == [-each for each in differences]
    assert [cycle.first.phase.kind for cycle in found.main] == [T, P, T, P]
    assert [cycle.second.phase.kind for cycle in found.main] == [P, T, P, T]
    assert found.test is not None
    assert found.test.two_sided == Fraction(*GOLDEN["sign_flip"]["two_sided"])


def test_better_is_above_0_whichever_way_the_item_goes() -> None:
    pair = (Phase(P, day(0), day(14)), Phase(T, day(14), day(28)))
    for key, difference in (("pain", -20), ("sleep", 20), ("activity", -20)):
        cycle = cycle_of(series(key, placed([40] * 14 + [60] * 14)), pair)
        assert cycle.points == 20
        assert cycle.difference == difference


@pytest.mark.parametrize(
    ("kinds", "pairs"),
    [
        ((), []),
        ((T, T), []),
        ((B, T), []),
        ((T, P, T), [(1, 0)]),
        ((T, T, P), [(2, 1)]),
        ((T, P, T, P), [(1, 0), (3, 2)]),
        ((P, W, T), [(0, 2)]),
        ((P, W, W, T, W, T, P), [(0, 3), (6, 5)]),
        ((P, B, T), []),
        ((P, PhaseKind.FOLLOW_UP, T), []),
        ((P, T, P, T, PhaseKind.BLINDED), []),
    ],
)
def test_a_pair_is_one_of_each_with_nothing_but_a_washout_between(
    kinds: Sequence[PhaseKind], pairs: Sequence[tuple[int, int]]
) -> None:
    phases = phases_of(*((kind, 14) for kind in kinds))
    assert [(phases.index(a), phases.index(b)) for a, b in pairs_of(phases[::-1])] == pairs


def test_one_pair_alone_repeats_nothing_and_an_item_never_answered_is_not_there() -> None:
    pain, mood = series("pain", placed([5] * 90)), series("mood", {})
    assert cycles_of([pain], phases_of((P, 14), (T, 14))) is None
    found = cycles_of([pain, mood], phases_of(*[(P, 14), (T, 14)] * 2))
    assert found is not None
    assert found.items.keys() == {"pain"}


def test_without_lots_there_are_differences_and_no_test() -> None:
    found = replace(alternating([3, 4]), is_randomised=False)
    assert [*found.differences] == [Fraction(3), Fraction(4)]
    assert found.test is None


def test_the_test_is_of_pain_alone_of_two_pairs_or_more_and_not_of_too_many() -> None:
    assert alternating([3, 4]).test is not None
    assert alternating([3, 4], length=7).test is None
    assert Cycles({"fatigue": alternating([3, 4]).main}, is_randomised=True).test is None
    assert alternating([1] * MOST_TESTED).test is not None
    assert alternating([1] * (MOST_TESTED + 1)).test is None


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_each_difference_is_found_again_in_its_pair(differences: list[int]) -> None:
    assert [*map(int, alternating(differences).differences)] == differences


def test_a_report_has_the_pairs_of_every_scale_item() -> None:
    scores = placed([5] * 14 + [4] * 28 + [5] * 14)
    phases = phases_of((P, 14), (T, 14), (T, 14), (P, 14))
    report = report_of(
        diary_of({"pain": scores, "mood": scores, "dose_taken": dict.fromkeys(scores, 1)}), phases
    )
    assert report.cycles is not None
    assert report.cycles.items.keys() == {"pain", "mood"}
    assert not report.cycles.is_randomised
    assert [each.difference for each in report.cycles.items["mood"]] == [-1, -1]
    assert report_of(diary_of({"pain": scores}), phases[:2]).cycles is None


def test_a_cycle_knows_which_came_first() -> None:
    before, after = Phase(P, day(0), day(14)), Phase(T, day(14), day(28))
    cycle = cycle_of(series("pain", {}), (before, after))
    assert isinstance(cycle, Cycle)
    assert (cycle.first.phase, cycle.second.phase) == (before, after)
