"""Test comparisons of arms against the exact cases and SciPy."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.domain.golden import GOLDEN
from tracker.domain.comparisons import (
    Share,
    cumulative_responders,
    mcnemar_exact,
    sign_flip,
    t_two_sided,
    wilson_95,
)


@pytest.mark.parametrize("case", GOLDEN["wilson_95"])
def test_wilsons_interval_is_the_published_one(case: dict[str, float]) -> None:
    low, high = wilson_95(int(case["count"]), int(case["n"]))
    assert low == pytest.approx(case["low"], abs=1e-9)
    assert high == pytest.approx(case["high"], abs=1e-9)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_agrees_with_scipy(case: tuple[int, int]) -> None:
    theirs = stats.binomtest(*case).proportion_ci(method="wilson")
    assert wilson_95(*case) == pytest.approx((100 * theirs.low, 100 * theirs.high), abs=1e-6)


@pytest.mark.parametrize("case", GOLDEN["mcnemar_exact"])
def test_mcnemars_p_is_the_exact_one(case: dict[str, float]) -> None:
    p = mcnemar_exact(int(case["first_only"]), int(case["second_only"]))
    assert float(p) == case["p"]


@given(st.integers(0, 60), st.integers(0, 60).filter(bool))
def test_mcnemars_p_agrees_with_scipy(first: int, second: int) -> None:
    theirs = stats.binomtest(first, first + second).pvalue
    assert float(mcnemar_exact(first, second)) == pytest.approx(theirs, rel=1e-9)


def test_the_sign_flip_test_of_the_exact_case() -> None:
    case = GOLDEN["sign_flip"]
    test = sign_flip(case["differences"])
    assert test.one_sided == Fraction(*case["one_sided"])
    assert test.two_sided == Fraction(*case["two_sided"])
    assert test.smallest == Fraction(1, 16)
    assert float(test.mean) == case["mean"]
    assert test.t == pytest.approx(case["t"], abs=1e-4)
    assert test.t_p == pytest.approx(case["p"], abs=1e-6)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=8))
def test_the_sign_flip_test_agrees_with_scipy(differences: list[int]) -> None:
    test = sign_flip(differences)
    theirs = stats.permutation_test(
        (differences,),
        sum,
        permutation_type="samples",
        alternative="greater",
        n_resamples=10_000,
    )
    assert float(test.one_sided) == pytest.approx(theirs.pvalue)
    if len(set(differences)) == 1:
        assert (test.t, test.t_p) == (None, None)
    else:
        paired = stats.ttest_1samp(differences, 0)
        assert (test.t, test.t_p) == pytest.approx((paired.statistic, paired.pvalue), abs=1e-9)


def test_one_pair_alone_has_no_t() -> None:
    assert sign_flip([7]).t is None


@given(st.floats(-40, 40), st.integers(1, 60))
def test_the_p_of_t_agrees_with_scipy(t: float, df: int) -> None:
    assert t_two_sided(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), abs=1e-12)


def test_the_responder_curve_of_the_exact_case() -> None:
    case = GOLDEN["cumulative_responders"]
    exact = [None if p is None else Fraction(str(p)) for p in case["percent_improvements"]]
    curve = cumulative_responders(exact)
    assert len(curve) == 101
    for at, wanted in case["at"].items():
        assert curve[int(at)] == (Share(*wanted["itt"]), Share(*wanted["observed"]))
