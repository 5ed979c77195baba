"""The scores of one item, night by night, on one ruler."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
            return self._only(frozenset())
        return self._only(frozenset(day for day in (*self.scores, *self.elsewhere) if day in span))

    def last(self, count: int) -> Self:
        """Return the last `count` answered days, whatever ruler they are on."""
        return self._only(frozenset(self.days[-count:]))

    def _only(self, days: frozenset[date]) -> Self:
        return type(self)(
            self.item,
            self.maximum,
            {day: score for day, score in self.scores.items() if day in days},
            self.elsewhere & days,
        )


def series_of(diary: Diary, item: Item) -> Series:
    """Return the answered days of `item`; only scale items depend on the ruler."""
    scores: dict[date, int] = {}
    elsewhere: set[date] = set()
    for day, entry in sorted(diary.entries.items()):
        answer = entry.answers.get(item.key)
        if answer is None or answer.value is None:
            continue
        if item.kind is Kind.SCALE and entry.ruler is not diary.ruler:
            elsewhere.add(day)
        else:
            scores[day] = answer.value
    return Series(item, diary.ruler.maximum, scores, frozenset(elsewhere))
