"""Percent improvement is exact, thresholds are met by whole numbers only."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.domain.golden import DIRECTIONS, GOLDEN, fraction
from tracker.domain.questionnaire import Direction
from tracker.domain.statistics import (
    Band,
    Tally,
    band,
    baseline_flags,
    baseline_reason,
    improves_by,
    need,
    overlap,
    percent_improvement,
    points,
    shown,
    tally,
)

scores = st.lists(st.integers(0, 100), min_size=1, max_size=30)


@pytest.mark.parametrize("case", GOLDEN["percent_improvement"], ids=lambda case: case["name"])
def test_every_golden_percent_comes_out_exactly(case: dict[str, Any]) -> None:
    direction, maximum = DIRECTIONS[case["direction"]], case["ruler_max"]
    before = Tally(case["baseline_sum"], case["baseline_days"]).burden(direction, maximum)
    after = Tally(case["evaluation_sum"], case["evaluation_days"]).burden(direction, maximum)
    assert baseline_reason(before, maximum) == case["reason"]
    if case["reason"]:
        assert case["percent"] is None
        return
    percent = percent_improvement(before, after)
    assert percent == fraction(case["percent"])
    assert shown(percent) == case["shown"]
    assert improves_by(before, after, 30) is case["responder_30"]
    assert improves_by(before, after, 50) is case["responder_50"]
    assert list(baseline_flags(before, maximum)) == case["flags"]
    assert band(percent) == case["band"]


@given(st.integers(1, 100), st.integers(1, 28), st.integers(1, 28))
def test_exactly_thirty_percent_is_always_a_response(score: int, n: int, m: int) -> None:
    before, after = Tally(10 * score * n, n), Tally(7 * score * m, m)
    assert percent_improvement(before, after) == 30
    assert improves_by(before, after, 30)
    assert not improves_by(before, Tally(after.sum + 1, m), 30)


@given(scores, scores, st.integers(-100, 100))
def test_the_threshold_agrees_with_the_exact_percent(
    first: list[int], second: list[int], threshold: int
) -> None:
    before, after = tally([*first, 1]), tally(second)
    assert improves_by(before, after, threshold) is (
        percent_improvement(before, after) >= threshold
    )


@given(scores, scores, st.integers(2, 9))
def test_a_longer_ruler_gives_the_same_percent(
    first: list[int], second: list[int], factor: int
) -> None:
    before, after = tally([*first, 1]), tally(second)
    stretched = [Tally(each.sum * factor, each.days) for each in (before, after)]
    assert percent_improvement(*stretched) == percent_improvement(before, after)


@given(scores, scores)
def test_a_scale_turned_over_gives_the_same_percent(first: list[int], second: list[int]) -> None:
    turned = [
        tally([100 - score for score in each]).burden(Direction.HIGHER, 100)
        for each in (first, second)
    ]
    assert turned == [tally(first), tally(second)]


@given(st.fractions(-300, 100))
def test_what_is_shown_is_never_further_from_zero(percent: Fraction) -> None:
    said = Fraction(shown(percent))
    assert abs(said) <= abs(percent) < abs(said) + Fraction(1, 10)
    assert not shown(percent).startswith("-0.0")


def test_days_needed_are_four_in_seven() -> None:
    assert {key: need(int(key)) for key in GOLDEN["days_needed"]} == GOLDEN["days_needed"]
    assert need(0) == 0


def test_points_are_the_evaluation_mean_minus_the_baseline_mean() -> None:
    assert points(Tally(868, 14), Tally(311, 7)) == Fraction(311, 7) - 62
    assert points(Tally(), Tally(1, 1)) is None
    assert points(Tally(1, 1), Tally()) is None


def test_every_band_can_be_reached() -> None:
    assert {band(Fraction(percent)) for percent in (-30, -11, 9, 29, 49, 100)} == set(Band)


@pytest.mark.parametrize("case", GOLDEN["nap"])
def test_overlap_is_the_golden_one_and_that_of_the_rank_test(case: dict[str, Any]) -> None:
    before = [100 - score for score in case["baseline"]]
    after = [100 - score for score in case["treatment"]]
    assert overlap(before, after) == fraction(case["nap"])


@given(scores, scores)
def test_overlap_is_the_rank_tests_statistic(before: list[int], after: list[int]) -> None:
    ranked = stats.mannwhitneyu(before, after, method="asymptotic").statistic
    assert float(overlap(before, after)) == pytest.approx(ranked / (len(before) * len(after)))
