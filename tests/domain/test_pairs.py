"""Test McNemar's exact test against the exact cases and SciPy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.domain.golden import GOLDEN
from tracker.domain.pairs import Paired, mcnemar_exact


@pytest.mark.parametrize("case", GOLDEN["mcnemar_exact"])
def test_mcnemars_p_is_the_exact_one(case: dict[str, float]) -> None:
    p = mcnemar_exact(int(case["first_only"]), int(case["second_only"]))
    assert float(p) == case["p"]


@given(st.integers(0, 60), st.integers(0, 60).filter(bool))
def test_mcnemars_p_agrees_with_scipy_either_way_round(first: int, second: int) -> None:
    theirs = stats.binomtest(first, first + second).pvalue
    assert float(mcnemar_exact(first, second)) == pytest.approx(theirs, rel=1e-9)
    assert mcnemar_exact(first, second) == mcnemar_exact(second, first)


def test_people_who_respond_in_both_or_neither_dont_move_p() -> None:
    few = Paired(("a", "b"), first_only=9, second_only=3)
    many = Paired(("a", "b"), both=50, first_only=9, second_only=3, neither=50)
    assert few.mcnemar_p == many.mcnemar_p
    assert many.n == 112
