"""Test the responder curve against the exact case and by what holds for every curve."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.golden import GOLDEN
from tracker.domain.cumulative import THRESHOLDS, curve_of
from tracker.domain.means import RunningMean
from tracker.domain.proportions import Share

percents = st.lists(st.none() | st.fractions(-200, 100, max_denominator=700), max_size=30)


def test_the_responder_curve_of_the_exact_case() -> None:
    case = GOLDEN["cumulative_responders"]
    exact = [None if p is None else Fraction(str(p)) for p in case["percent_improvements"]]
    curve = curve_of(exact)
    assert len(curve.reached) == 101
    for at, wanted in case["at"].items():
        assert curve.itt(int(at)) == Share(*wanted["itt"])
        assert curve.observed(int(at)) == Share(*wanted["observed"])


@given(percents)
def test_the_curve_counts_everyone_who_reaches_each_percent(found: list[Fraction | None]) -> None:
    curve = curve_of(found)
    for at in THRESHOLDS:
        count = sum(percent is not None and percent >= at for percent in found)
        assert curve.itt(at) == Share(count, len(found))
        assert curve.observed(at) == Share(count, len(found) - found.count(None))


@given(percents)
def test_the_curve_never_rises_and_the_observed_line_is_never_below(
    found: list[Fraction | None],
) -> None:
    curve = curve_of(found)
    assert all(before >= after for before, after in pairwise(curve.reached))
    for at in THRESHOLDS:
        itt, observed = curve.itt(at), curve.observed(at)
        assert observed.count * itt.n >= itt.count * observed.n


@given(st.lists(st.fractions(max_denominator=1000), max_size=40))
def test_a_growing_mean_is_the_exact_mean(values: list[Fraction]) -> None:
    growing = RunningMean()
    for value in values:
        growing.add(value)
    assert growing.n == len(values)
    assert growing.mean == (sum(values) / len(values) if values else None)
