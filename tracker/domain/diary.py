"""The diary: which day a night belongs to, what may be written when, and what was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tracker.domain.answers import Answer
from tracker.domain.questionnaire import Item, Ruler
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.words import N_, Refused

ROLLOVER: Final = time(4)  # [O] wall clock; a person may choose 00:00 to 12:00
LATEST_ROLLOVER: Final = time(12)
ON_TIME_FROM: Final = time(17)  # [O] wall clock of the diary day itself
LATE_LIMIT: Final = timedelta(hours=48)  # [O] elapsed, after the rollover that closes the day
ARRIVAL_LIMIT: Final = timedelta(days=7)  # [O] saved in time on the phone, arrived within this
SENT_LATER_AFTER: Final = timedelta(minutes=2)  # [O] between Save and arrival
NOTE_LIMIT: Final = 2_000  # code points


class Status(StrEnum):
    """When an entry was first written, seen from its diary day."""

    ON_TIME = "on_time"
    BEFORE_TIME = "before_time"
    LATE = "late"
    IMPORTED = "imported"


class DayRefused(Refused):
    """No scores can be written on this diary day now."""


class FutureDay(DayRefused):
    """The diary day has not begun."""


class DayTooOld(DayRefused):
    """The diary day closed more than `LATE_LIMIT` ago."""


def diary_day(instant: datetime, zone: tzinfo, rollover: time = ROLLOVER) -> date:
    """Return the local date that the evening at `instant` belongs to, by wall clock.

    >>> from zoneinfo import ZoneInfo
    >>> diary_day(datetime(2025, 3, 9, 8, 30, tzinfo=UTC), ZoneInfo("America/New_York"))
    datetime.date(2025, 3, 9)
    """
    local = instant.astimezone(zone)
    return local.date() - ONE_DAY if local.time() < rollover else local.date()


def closing(day: date, zone: tzinfo, rollover: time = ROLLOVER) -> datetime:
    """Return the UTC instant of the rollover that closes `day`.

    Where that wall-clock time happens twice or never (a clock change), the later reading counts.
    """
    wall = datetime.combine(day + ONE_DAY, rollover, zone)
    return max(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def status_at(day: date, saved_at: datetime, zone: tzinfo, rollover: time = ROLLOVER) -> Status:
    """Say how an entry for `day` stands that was saved at `saved_at`.

    Raises:
        FutureDay: the day has not begun.
        DayTooOld: it closed more than 48 hours before.
    """
    today = diary_day(saved_at, zone, rollover)
    if day > today:
        raise FutureDay(N_("%(day)s has not begun yet. Choose today or an earlier day."), day=day)
    if day == today:
        local = saved_at.astimezone(zone)
        on_time = local.date() > day or local.time() >= ON_TIME_FROM
        return Status.ON_TIME if on_time else Status.BEFORE_TIME
    if saved_at > closing(day, zone, rollover) + LATE_LIMIT:
        raise DayTooOld(
            N_(
                "%(day)s closed more than 48 hours ago, so no scores can be added. "
                "You can still write a note for that day.",
            ),
            day=day,
        )
    return Status.LATE


def status_on_arrival(status: Status, saved_at: datetime, received_at: datetime) -> Status:
    """Return the status once the entry has arrived: on time only within 7 days of Save."""
    return Status.LATE if received_at - saved_at > ARRIVAL_LIMIT else status


@dataclass(frozen=True, slots=True)
class Entry:
    """One night as it stands: the newest revision of each answer, the provenance of the first.

    `answers` holds no key for a missing answer. `revision` counts from 1. `submitted_at` (UTC) and
    `zone` (IANA name) are None and "" where a file didn't say. `imported` tells the origin, also
    where `status` is what the file stated. `note` is "" where there is none. `entered_by` is the
    name of the helper who last entered something of the night, "" where none did.
    """

    day: date
    answers: Mapping[str, Answer]
    ruler: Ruler
    status: Status = Status.IMPORTED
    note: str = ""
    revision: int = 1
    submitted_at: datetime | None = None
    zone: str = ""
    imported: bool = False
    sent_later: bool = False
    conflict: bool = False
    entered_by: str = ""

    @property
    def is_logged(self) -> bool:
        """True where at least one item has an answer or a state; a note alone is no entry."""
        return bool(self.answers)


@dataclass(frozen=True, slots=True)
class Diary:
    """All nights of one person.

    `ruler` is the one that they are kept (or asked to be judged) on; an entry on the other ruler
    is never mixed in. `items` holds every item that was ever asked, in the order of display.
    """

    ruler: Ruler
    items: Mapping[str, Item]
    entries: Mapping[date, Entry]
    pauses: tuple[Span, ...] = field(default=())

    def scores(self, key: str, span: Span | None = None) -> Mapping[date, int]:
        """Return the answered scores of item `key` on this diary's ruler, in order of day."""
        found = {
            day: answer.value
            for day, entry in sorted(self.entries.items())
            if entry.ruler is self.ruler
            and (span is None or day in span)
            and (answer := entry.answers.get(key)) is not None
            and answer.value is not None
        }
        return MappingProxyType(found)

    def is_paused(self, day: date) -> bool:
        """True where `day` lies in a pause and so is not expected."""
        return any(day in pause for pause in self.pauses)


def closed_until(diary: Diary, today: date) -> date:
    """Return the day after the last closed one: today is closed once its entry exists."""
    entry = diary.entries.get(today)
    return today + ONE_DAY if entry is not None and entry.is_logged else today
