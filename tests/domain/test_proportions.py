"""Test Wilson's interval against the exact cases and SciPy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.domain.golden import GOLDEN
from tracker.domain.proportions import Share, wilson_95


@pytest.mark.parametrize("case", GOLDEN["wilson_95"])
def test_wilsons_interval_is_the_published_one(case: dict[str, float]) -> None:
    low, high = wilson_95(int(case["count"]), int(case["n"]))
    assert low == pytest.approx(case["low"], abs=1e-9)
    assert high == pytest.approx(case["high"], abs=1e-9)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_agrees_with_scipy(case: tuple[int, int]) -> None:
    theirs = stats.binomtest(*case).proportion_ci(method="wilson")
    assert Share(*case).wilson95 == pytest.approx((100 * theirs.low, 100 * theirs.high), abs=1e-6)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_those_who_dont_is_its_mirror(case: tuple[int, int]) -> None:
    low, high = wilson_95(*case)
    mirrored = wilson_95(case[1] - case[0], case[1])
    assert (100 - high, 100 - low) == pytest.approx(mirrored, abs=1e-9)
    assert low <= 100 * case[0] / case[1] <= high


def test_nobody_has_no_interval() -> None:
    assert Share(0, 0).wilson95 is None
