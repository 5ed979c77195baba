"""The reminder: one a diary day, at the person's own time, by wall clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import count
from typing import Final

from tracker.domain.diary import ROLLOVER, diary_day
from tracker.domain.spans import ONE_DAY

EVENING: Final = time(21)  # [O] what the page offers before a time was chosen
# [O] Who could not be reached in time is not woken later in the night.
STALE_AFTER: Final = timedelta(hours=2)
# [O] After each failed try of one evening; then the other way is taken, or none.
RETRIES: Final = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30))
DEVICES: Final = 10  # [O] that one person may be pushed to
TAG: Final = "evenfall-tonight"  # a later notification takes the place of an earlier one
UNDO_OFF: Final = timedelta(hours=1)  # how long the page after a link switched it off can undo
CONFIRM_LIFE: Final = timedelta(days=7)  # of the link in the mail that asks
TEST_STEP: Final = timedelta(seconds=30)  # between two tests


class Channel(StrEnum):
    """How a reminder reached somebody."""

    PUSH = "push"
    MAIL = "mail"


class Fate(StrEnum):
    """What became of one message handed to a push service or mail host."""

    ACCEPTED = "accepted"
    GONE = "gone"  # nobody listens there any more
    LATER = "later"  # the service is busy or can't be reached


@dataclass(frozen=True, slots=True)
class Message:
    """What a reminder says in one language; nothing in it tells what the diary is about.

    `title`, `body` are a notification's; `off` its button, `is_off` what it says once pressed.
    `subject`, `text` are a mail's, where `{tonight}` and `{off}` stand for the links.
    """

    title: str
    body: str
    off: str
    is_off: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail. `off` is the address that ends such mails by one POST; "" where none can."""

    to: str
    subject: str
    text: str
    off: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """When somebody wants to be reminded, and by what.

    `clock` is a whole minute. A push goes to all devices; mail only where no push arrives.
    """

    clock: time
    by_push: bool = True
    by_mail: bool = True


def due_on(day: date, clock: time, zone: tzinfo, rollover: time = ROLLOVER) -> datetime | None:
    """Return the UTC instant of the reminder of one diary day; None where it has none.

    A time before the rollover belongs to the night before. Where the clock shows the time twice
    the first counts; where it skips it, the one that lies in the same diary day counts, reckoned
    by the offset before the change if both do. A day that a zone leaves out has none.

    >>> from zoneinfo import ZoneInfo
    >>> due_on(date(2026, 3, 7), time(2, 30), ZoneInfo("America/New_York")).isoformat()
    '2026-03-08T07:30:00+00:00'
    """
    wall = datetime.combine(day if clock >= rollover else day + ONE_DAY, clock, zone)
    for fold in (0, 1):
        instant = wall.replace(fold=fold).astimezone(UTC)
        if diary_day(instant, zone, rollover) == day:
            return instant
    return None


def next_due(
    after: datetime,
    clock: time,
    zone: tzinfo,
    rollover: time = ROLLOVER,
    reminded: date | None = None,
) -> datetime:
    """Return the first instant later than `after` at which a reminder is due.

    Args:
        after: aware.
        clock: the person's wall-clock time.
        zone: the person's.
        rollover: when their diary day ends.
        reminded: the last diary day that had its reminder; None for none. A later change of
            time or zone brings no second one for it.
    """
    first = diary_day(after, zone, rollover)
    if reminded is not None and reminded >= first:
        first = reminded + ONE_DAY
    found = (due_on(first + step * ONE_DAY, clock, zone, rollover) for step in count())
    return next(instant for instant in found if instant is not None and instant > after)


def wait_to_ask(asked: int) -> timedelta:
    """Return how long after the `asked`-th unanswered mail another one may ask for an answer.

    >>> [str(wait_to_ask(asked)) for asked in (0, 1, 2, 9, 10)]
    ['0:00:00', '0:05:00', '0:10:00', '21:20:00', '1 day, 0:00:00']
    """
    if not asked:
        return timedelta()
    return min(timedelta(minutes=5 << min(asked - 1, 9)), timedelta(days=1))


def is_stale(due: datetime, now: datetime) -> bool:
    """True where a reminder that was due at `due` would come too late in the night."""
    return now - due > STALE_AFTER
