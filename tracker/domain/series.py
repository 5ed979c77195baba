"""The scores of one item, night by night, on one ruler."""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Self

from tracker.domain.diary import Diary
from tracker.domain.questionnaire import Direction, Item, Kind
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import Tally, tally


@dataclass(frozen=True, slots=True)
class Series:
    """The answered days of `item`, in order.

    `scores` are on the diary's ruler; `elsewhere` are the days answered on the other one, which
    are never mixed in.
    """

    item: Item
    maximum: int
    scores: Mapping[date, int]
    elsewhere: frozenset[date] = frozenset()

    @property
    def tally(self) -> Tally:
        """The sum and number of the scores."""
        return tally(tuple(self.scores.values()))

    @property
    def burdens(self) -> tuple[int, ...]:
        """The scores as lower is better: deficits where higher is better."""
        if self.item.direction is Direction.HIGHER:
            return tuple(self.maximum - score for score in self.scores.values())
        return tuple(self.scores.values())

    @property
    def days(self) -> tuple[date, ...]:
        """The answered days in order, whatever ruler they are on."""
        return tuple(sorted((*self.scores, *self.elsewhere)))

    @property
    def reach(self) -> Span | None:
        """From the first answered day to the last; None where there is none."""
        days = self.days
        return Span(days[0], days[-1] + ONE_DAY) if days else None

    def within(self, span: Span | None) -> Self:
        """Return the part in `span`; nothing where there is no span."""
        if span is None:
            return self._only((), frozenset())
        days = tuple(self.scores)
        first, after = bisect_left(days, span.start), bisect_left(days, span.end)
        return self._only(
            days[first:after], frozenset(day for day in self.elsewhere if day in span)
        )

    def last(self, count: int) -> Self:
        """Return the last `count` answered days, whatever ruler they are on."""
        days = frozenset(self.days[-count:])
        return self._only((day for day in self.scores if day in days), self.elsewhere & days)

    def _only(self, days: Iterable[date], elsewhere: frozenset[date]) -> Self:
        scores = {day: self.scores[day] for day in days}
        return type(self)(self.item, self.maximum, scores, elsewhere)


def trailing(scores: Mapping[date, int], span: Span, days: int) -> Iterator[tuple[date, int, int]]:
    """Yield the sum and number of the scores of each `days` calendar days in a row in `span`.

    Each stands on its last day.

    >>> scores = {date(2026, 1, day): score for day, score in ((1, 4), (2, 6), (4, 5))}
    >>> [found[1:] for found in trailing(scores, Span(date(2026, 1, 1), date(2026, 1, 5)), 2)]
    [(10, 2), (6, 1), (5, 1)]
    """
    window: deque[int | None] = deque([None] * days, days)
    total = count = 0
    for place, day in enumerate(span, 1):
        leaving, coming = window[0], scores.get(day)
        window.append(coming)
        if leaving is not None:
            total, count = total - leaving, count - 1
        if coming is not None:
            total, count = total + coming, count + 1
        if place >= days:
            yield day, total, count


def all_series(diary: Diary, items: Iterable[Item]) -> Mapping[str, Series]:
    """Return the answered days of each of `items`; only scale items depend on the ruler."""
    known = {item.key: item for item in items}
    scores: dict[str, dict[date, int]] = {key: {} for key in known}
    elsewhere: dict[str, set[date]] = {key: set() for key in known}
    for day, entry in sorted(diary.entries.items(), key=itemgetter(0)):
        on_other = entry.ruler is not diary.ruler
        for key, answer in entry.answers.items():
            if key not in known or answer.value is None:
                continue
            if on_other and known[key].kind is Kind.SCALE:
                elsewhere[key].add(day)
            else:
                scores[key][day] = answer.value
    maximum = diary.ruler.maximum
    return {
        key: Series(item, maximum, scores[key], frozenset(elsewhere[key]))
        for key, item in known.items()
    }


def series_of(diary: Diary, item: Item) -> Series:
    """Return the answered days of `item`."""
    return all_series(diary, [item])[item.key]
