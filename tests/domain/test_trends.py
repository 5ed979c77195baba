"""A trend shows gaps as gaps, and no mean reaches across a phase's start."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import (
    day,
    diary_of,
    phases_of,
    placed,
    report_of,
    two_phases,
)
from tests.domain.golden import GOLDEN, fraction
from tracker.domain.phases import PhaseKind
from tracker.domain.questionnaire import Direction
from tracker.domain.spans import Span
from tracker.domain.statistics import Tally
from tracker.domain.trends import mark_of, rolling_means, stretches_of, usual_range

optional_scores = st.lists(st.none() | st.integers(0, 100), max_size=40)


@pytest.mark.parametrize("case", GOLDEN["rolling_mean_7"])
def test_rolling_means_keep_their_gaps(case: dict[str, Any]) -> None:
    days = len(case["scores"])
    means = rolling_means(placed(case["scores"]), [Span(day(0), day(days))])
    assert [means.get(day(n)) for n in range(days)] == [fraction(each) for each in case["means"]]


@given(optional_scores)
def test_a_missing_day_never_moves_a_mean(scores: list[int | None]) -> None:
    given = placed(scores)
    for when, mean in rolling_means(given, [Span(day(0), day(len(scores)))]).items():
        week = [given[each] for each in given if 0 <= (when - each).days < 7]
        assert mean == Fraction(sum(week), len(week))
        assert len(week) >= 4


def test_the_usual_range_is_the_golden_one() -> None:
    case = GOLDEN["usual_range"]
    found = usual_range(placed(case["scores"]), 100)
    assert found is not None
    assert [float(limit) for limit in found] == pytest.approx([case["low"], case["high"]])


def test_the_usual_range_needs_five_pairs_and_stays_on_the_ruler() -> None:
    assert usual_range(placed([1, 2, 3, 4, 5]), 100) is None
    assert usual_range(placed([1, 2, 3, None, 4, 5, 6, 7]), 100) is not None
    found = usual_range(placed([0, 100, 0, 100, 0, 100]), 100)
    assert found == (Fraction(0), Fraction(100))


def test_the_mark_is_where_a_response_begins() -> None:
    assert mark_of(Tally(840, 14), Direction.LOWER, 100) == 42
    assert mark_of(Tally(560, 14), Direction.HIGHER, 100) == 58
    assert mark_of(Tally(560, 14), Direction.NEUTRAL, 100) is None
    assert mark_of(Tally(9, 1), Direction.LOWER, 100) is None


def test_stretches_follow_the_starts_of_the_phases() -> None:
    phases = phases_of((PhaseKind.BASELINE, 14), (PhaseKind.TREATMENT, None))
    assert stretches_of(phases, Span(day(-5), day(30))) == (
        Span(day(-5), day(0)),
        Span(day(0), day(14)),
        Span(day(15), day(30)),
    )
    assert stretches_of((), Span(day(0), day(9))) == (Span(day(0), day(9)),)


def test_the_start_of_a_treatment_is_in_no_mean() -> None:
    diary = diary_of({"pain": placed([60] * 14 + [100] + [40] * 10)})
    rolling = report_of(diary, two_phases()).trends["pain"].rolling
    first, *_, last = [when for when in rolling if when >= day(14)]
    assert (first, last) == (day(14 + 7), day(24))
    assert set(rolling.values()) == {60, 40}


def test_a_trend_tells_what_the_baseline_was() -> None:
    diary = diary_of({"pain": placed([60, 62] * 7 + [40] * 10), "sleep": placed([40] * 7)})
    trends = report_of(diary, two_phases()).trends
    assert trends["pain"].baseline_mean == 61
    assert trends["pain"].mark30 == Fraction(427, 10)
    assert trends["pain"].usual_range == pytest.approx((61 - 5.32, 61 + 5.32))
    assert len(trends["pain"].nights) == 24
    assert trends["sleep"].baseline_mean is None
    assert trends["sleep"].mark30 is None


def test_without_a_baseline_there_is_only_the_trend() -> None:
    trend = report_of(diary_of({"pain": placed([60] * 9)}), ()).trends["pain"]
    assert (trend.baseline_mean, trend.usual_range, trend.mark30) == (None, None, None)
    assert list(trend.rolling) == [day(6), day(7), day(8)]


def test_a_night_says_how_it_came_about() -> None:
    night = report_of(diary_of({"pain": placed([60])}), ()).trends["pain"].nights[0]
    assert (night.day, night.value, night.status) == (day(0), 60, "on_time")
    assert (night.edited, night.conflict, night.imported) == (False, False, False)
