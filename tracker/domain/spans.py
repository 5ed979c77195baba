"""Half-open spans of diary days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The diary days from `start` (included) to `end` (excluded); empty where end <= start."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __iter__(self) -> Iterator[date]:
        first = self.start.toordinal()
        return map(date.fromordinal, range(first, first + self.days))

    @property
    def days(self) -> int:
        """The number of calendar days, never below 0.

        >>> Span(date(2026, 1, 1), date(2026, 1, 15)).days
        14
        """
        return max(0, (self.end - self.start).days)
