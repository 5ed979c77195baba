"""Departures: how far each night's rank lies from the person's own three weeks around it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Final

from tracker.domain.spans import Span

AROUND: Final = 10  # days on either side of a night [O]


def ranks(scores: Sequence[int]) -> Sequence[float]:
    """Return the mid-ranks of `scores` as shares, from above 0 to below 1.

    >>> ranks([5, 7, 5, 9])
    [0.25, 0.625, 0.25, 0.875]
    """
    n, counts = len(scores), Counter(scores)
    below, place = 0, {}
    for score in sorted(counts):
        place[score] = (below + counts[score] / 2) / n
        below += counts[score]
    return [place[score] for score in scores]


def departures(scores: Mapping[date, int], stretches: Iterable[Span]) -> dict[int, float]:
    """Return by the day's number each rank less the mean of those near it in its stretch.

    Ranks are taken within each stretch, a phase or the days before them, so that a treatment's
    step is not there; what moves over weeks goes with the mean of the nights at most ten days off.

    >>> week = Span(date(2026, 1, 1), date(2026, 1, 4))
    >>> steady = {day: 4 for day in week}
    >>> list(departures(steady, [week]).values())
    [0.0, 0.0, 0.0]
    """
    found: dict[int, float] = {}
    for stretch in stretches:
        days = [day for day in scores if day in stretch]
        if days:
            numbers = [day.toordinal() for day in days]
            found |= _off(numbers, ranks([scores[day] for day in days]))
    return found


def _off(numbers: Sequence[int], values: Sequence[float]) -> Mapping[int, float]:
    """Return each value less the mean of those whose numbers are near; `numbers` are in order."""
    sums = [0.0, *accumulate(values)]
    off = {}
    for number, value in zip(numbers, values, strict=True):
        first = bisect_left(numbers, number - AROUND)
        after = bisect_left(numbers, number + AROUND + 1)
        off[number] = value - (sums[after] - sums[first]) / (after - first)
    return off
