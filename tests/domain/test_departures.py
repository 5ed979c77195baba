"""Each night is set against the person's own three weeks around it, within its phase."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.domain.builders import day, placed
from tracker.domain.departures import AROUND, departures, ranks
from tracker.domain.spans import Span

SCORES = st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=60)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_ranks_agree_with_scipy(scores: list[int]) -> None:
    theirs = (stats.rankdata(scores) - 0.5) / len(scores)
    assert list(ranks(scores)) == pytest.approx(list(theirs))


@given(SCORES)
def test_a_night_less_the_mean_of_its_three_weeks_counted_one_by_one(
    scores: list[int | None],
) -> None:
    kept = placed(scores)
    found = departures(kept, [Span(day(0), day(len(scores)))])
    share = dict(zip(kept, ranks([*kept.values()]), strict=True))
    for when, value in share.items():
        near = [other for each, other in share.items() if abs((each - when).days) <= AROUND]
        assert found[when.toordinal()] == pytest.approx(value - sum(near) / len(near), abs=1e-12)


@given(SCORES, st.integers(1, 90))
def test_a_step_between_two_phases_changes_nothing(scores: list[int | None], step: int) -> None:
    middle = len(scores) // 2
    moved = [
        None if score is None else score + (step if place >= middle else 0)
        for place, score in enumerate(scores)
    ]
    spans = [Span(day(0), day(middle)), Span(day(middle), day(len(scores)))]
    assert departures(placed(moved), spans) == departures(placed(scores), spans)


def test_days_in_no_stretch_are_left_out() -> None:
    found = departures(placed([1, 2, 3]), [Span(day(1), day(2)), Span(day(9), day(9))])
    assert found == {(day(0) + timedelta(1)).toordinal(): 0.0}
