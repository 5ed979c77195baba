"""The interval is the golden one, and that of a second computation with SciPy."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.domain.builders import placed
from tests.domain.golden import GOLDEN
from tracker.domain.intervals import (
    Interval,
    NoInterval,
    day_to_day,
    design_effect,
    interval,
)
from tracker.domain.student import t_quantile_975

CASES = [(case, days) for case in GOLDEN["interval"] for days in (7, 14) if f"last_{days}" in case]


@pytest.mark.parametrize(("case", "days"), CASES)
def test_every_golden_interval_comes_out(case: dict[str, Any], days: int) -> None:
    turn = 100 if case["direction"] == "higher_better" else 0
    before, after = (
        placed([None if score is None else abs(turn - score) for score in case[side]])
        for side in ("baseline", "treatment")
    )
    answered = [score for score in case["treatment"][-days:] if score is not None]
    window = [abs(turn - score) for score in answered]
    found = interval(tuple(before.values()), window, [before, after])
    expected, within = case[f"last_{days}"], case["tolerance"]
    assert float(day_to_day([before, after])) == pytest.approx(case["rho"], abs=within)
    if expected is None:
        assert found is NoInterval.DID_NOT_VARY
        return
    assert isinstance(found, Interval)
    assert found.standard_error == pytest.approx(expected["se"], abs=within)
    assert found.df == pytest.approx(expected["df"], abs=within)
    assert (found.low, found.high) == pytest.approx((expected["low"], expected["high"]), abs=within)


def by_scipy(before: list[int], after: list[int], rho: float) -> tuple[float, float]:
    """Compute the interval by another road: covariance matrices and SciPy's distribution."""
    parts = []
    for side in (before, after):
        n = len(side)
        lags = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
        correlation = np.where(lags == 0, 1.0, rho**lags)
        parts.append(np.var(side, ddof=1) * correlation.sum() / n**2 / np.mean(side) ** 2)
    v, w = parts
    df = (v + w) ** 2 / (v**2 / (len(before) - 1) + w**2 / (len(after) - 1))
    middle = math.log(np.mean(after) / np.mean(before))
    reach = stats.t.ppf(0.975, df) * math.sqrt(v + w)
    return 100 * (1 - math.exp(middle + reach)), 100 * (1 - math.exp(middle - reach))


varied = st.lists(st.integers(1, 100), min_size=4, max_size=28).filter(
    lambda each: len({*each}) > 1
)


@given(varied, varied)
def test_the_interval_agrees_with_scipy(before: list[int], after: list[int]) -> None:
    both = [placed(before), placed(after)]
    found = interval(before, after, both)
    assert isinstance(found, Interval)
    expected = by_scipy(before, after, float(day_to_day(both)))
    assert (found.low, found.high) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert found.low < 100 * (1 - np.mean(after) / np.mean(before)) < found.high


@pytest.mark.parametrize("df", [1, 1.5, 3, 3.3, 9.802, 25.429, 100, 2_500.5])
def test_the_t_quantile_agrees_with_scipy(df: float) -> None:
    assert t_quantile_975(df) == pytest.approx(stats.t.ppf(0.975, df), rel=1e-11)


@given(st.floats(1, 5_000))
def test_the_t_quantile_agrees_with_scipy_at_any_degrees(df: float) -> None:
    assert t_quantile_975(df) == pytest.approx(stats.t.ppf(0.975, df), rel=1e-10)


def test_three_days_have_no_interval() -> None:
    days = [1, 2, 3]
    assert interval(days, [1, 2, 3, 4], [placed(days)]) is NoInterval.TOO_FEW_DAYS
    assert interval([1, 2, 3, 4], days, [placed(days)]) is NoInterval.TOO_FEW_DAYS


def test_a_mean_of_zero_has_no_interval() -> None:
    assert interval([1, 2, 3, 4], [0] * 4, [placed([1])]) is NoInterval.MEAN_ZERO
    assert interval([0] * 4, [1, 2, 3, 4], [placed([1])]) is NoInterval.MEAN_ZERO


def test_scores_that_did_not_vary_have_no_interval() -> None:
    assert interval([5] * 4, [1, 2, 3, 4], [placed([5])]) is NoInterval.DID_NOT_VARY
    assert interval([1, 2, 3, 4], [5] * 4, [placed([5])]) is NoInterval.DID_NOT_VARY


def test_correlation_of_days_is_never_negative_nor_above_nine_tenths() -> None:
    assert day_to_day([placed([1, 9, 1, 9, 1, 9])]) == 0
    assert day_to_day([placed([*range(60)])]) == Fraction(9, 10)


def test_without_two_days_in_a_row_days_count_as_independent() -> None:
    assert day_to_day([placed([1, None, 9, None, 3])]) == 0
    assert design_effect(14, 0.0) == 1


@given(varied)
def test_more_correlation_never_narrows_the_interval(days: list[int]) -> None:
    effects = [design_effect(len(days), rho) for rho in (0.0, 0.3, 0.6, 0.9)]
    assert effects == sorted(effects)
