"""The first day of a lasting improvement in pain."""

from collections.abc import Mapping

from tests.oracle.figures import Comparison, need
from tests.oracle.files import LOWER, Phase, values_on

THRESHOLD = 30
FIRST_DAY = 7
SHORTEST_SPAN = 14
LONGEST_SILENCE = 7


def sustained_day(
    pain: Mapping[int, int], baseline: range, phase: Phase, maximum: int
) -> int | None:
    """Give the day from which pain stays at least 30 % lower, None where it does not."""
    before = values_on(pain, baseline)
    if not before or len(before) < need(len(baseline)):
        return None
    responding: dict[int, bool] = {}
    for day in range(phase.start + FIRST_DAY, phase.end):
        week = values_on(pain, range(day - 6, day + 1))
        if len(week) >= need(7):
            comparison = Comparison(
                sum(before.values()), len(before), sum(week.values()), len(week), LOWER, maximum
            )
            if comparison.baseline_reason() is not None:
                return None
            responding[day] = comparison.responds(THRESHOLD)
    if not responding:
        return None
    last = max(responding)
    first = last + 1
    for day in sorted(responding, reverse=True):
        if not responding[day]:
            break
        first = day
    length = last - first + 1
    answered = values_on(pain, range(first, last + 1))
    lasting = length >= SHORTEST_SPAN and len(answered) >= need(length)
    return first if lasting and phase.end - 1 - last <= LONGEST_SILENCE else None
