"""Test the sign-flip test against the exact case and SciPy."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.domain.golden import GOLDEN
from tracker.domain.signs import sign_flip
from tracker.domain.student import t_two_sided


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


@given(st.lists(st.fractions(-9, 9, max_denominator=12), min_size=1, max_size=8))
def test_turned_signs_have_the_same_two_sided_p_and_none_is_below_the_smallest(
    differences: list[Fraction],
) -> None:
    test, turned = sign_flip(differences), sign_flip([-each for each in differences])
    assert test.two_sided == turned.two_sided
    assert test.mean == -turned.mean
    assert test.smallest == Fraction(1, 2 ** len(differences)) <= test.one_sided
    assert test.one_sided + turned.one_sided >= 1


def test_one_pair_alone_has_no_t() -> None:
    assert sign_flip([7]).t is None


@given(st.floats(-40, 40), st.integers(1, 60))
def test_the_p_of_t_agrees_with_scipy(t: float, df: int) -> None:
    assert t_two_sided(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), abs=1e-12)
