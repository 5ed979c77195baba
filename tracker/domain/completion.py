"""Completion: how many of the expected nights were written, and how."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tracker.domain.diary import Diary, Status


@dataclass(frozen=True, slots=True)
class Days:
    """Nights counted over a stretch of diary days.

    `expected` leaves out the `paused`; all others count expected days only. `logged` days have an
    item answered or in a state; `missing` is the rest. `on_time`, `before_time` and `late` go by
    the status of the entry, `imported`, `sent_later`, `edited` and `helped` cut across
    them.
    """

    expected: int = 0
    logged: int = 0
    late: int = 0
    on_time: int = 0
    before_time: int = 0
    imported: int = 0
    sent_later: int = 0
    edited: int = 0
    helped: int = 0
    missing: int = 0
    paused: int = 0

    @property
    def completion(self) -> Fraction | None:
        """Logged of expected days; None where none is expected."""
        return Fraction(self.logged, self.expected) if self.expected else None

    @property
    def on_time_rate(self) -> Fraction | None:
        """On-time of expected days, never of entries; None where none is expected."""
        return Fraction(self.on_time, self.expected) if self.expected else None


def count_days(diary: Diary, days: Iterable[date]) -> Days:
    """Count the nights of `diary` over `days`, each given once."""
    asked = list(days)
    expected = [day for day in asked if not diary.is_paused(day)] if diary.pauses else asked
    logged = [
        entry
        for day in expected
        if (entry := diary.entries.get(day)) is not None and entry.is_logged
    ]
    statuses = Counter(entry.status for entry in logged)
    return Days(
        expected=len(expected),
        logged=len(logged),
        late=statuses[Status.LATE],
        on_time=statuses[Status.ON_TIME],
        before_time=statuses[Status.BEFORE_TIME],
        imported=sum(entry.imported for entry in logged),
        sent_later=sum(entry.sent_later for entry in logged),
        edited=sum(entry.revision > 1 for entry in logged),
        helped=sum(bool(entry.entered_by) for entry in logged),
        missing=len(expected) - len(logged),
        paused=len(asked) - len(expected),
    )
