"""Improvement is sustained from one day that is tried, to the end of the phase, or not at all."""

from typing import Any

import pytest

from tests.domain.builders import Scores, day, diary_of, entry, placed, series
from tests.domain.golden import GOLDEN
from tracker.domain.answers import answered
from tracker.domain.diary import Diary
from tracker.domain.questionnaire import PAIN, Ruler
from tracker.domain.series import series_of
from tracker.domain.spans import Span
from tracker.domain.sustained import sustained_from

BASELINE = Span(day(0), day(14))


def onset(treatment: Scores, baseline: Scores = (60,) * 14) -> int | None:
    """Give the phase day from which pain stays lower; treatment[0] is the day after the start."""
    pain = series("pain", placed([*baseline, None, *treatment]))
    days = Span(day(15), day(15 + len(treatment)))
    found = sustained_from(pain, BASELINE, days)
    return None if found is None else (found - day(14)).days


@pytest.mark.parametrize("case", GOLDEN["sustained"])
def test_every_golden_course_comes_out(case: dict[str, Any]) -> None:
    assert onset(case["treatment"], [case["baseline_mean"]] * 14) == case["onset_day"]


def test_a_baseline_that_cant_be_judged_sustains_nothing() -> None:
    good = [30] * 28
    assert onset(good) == 7
    assert onset(good, [60] * 7 + [None] * 7) is None
    assert onset(good, [9] * 14) is None
    assert sustained_from(series("pain", placed([1])), None, Span(day(1), day(30))) is None


def test_a_baseline_with_nights_on_another_ruler_sustains_nothing() -> None:
    diary = diary_of({"pain": placed([60] * 14 + [None] + [30] * 28)})
    other = entry(day(0), {"pain": answered(6)}, Ruler.NRS)
    mixed = Diary(diary.ruler, diary.items, {**diary.entries, day(0): other})
    days = Span(day(15), day(43))
    assert sustained_from(series_of(diary, PAIN), BASELINE, days) == day(21)
    assert sustained_from(series_of(mixed, PAIN), BASELINE, days) is None


def test_gaps_do_not_break_the_run_but_too_many_do() -> None:
    assert onset([30] * 10 + [None] * 8 + [30] * 8) == 7
    assert onset([30] * 7 + [None] * 14 + [30] * 4) is None


def test_silence_at_the_end_of_more_than_seven_days_does_not_sustain() -> None:
    assert onset([30] * 21 + [None] * 10) == 7
    assert onset([30] * 21 + [None] * 11) is None


def test_a_phase_without_a_whole_week_sustains_nothing() -> None:
    assert onset([30] * 6) is None
    assert onset([]) is None
