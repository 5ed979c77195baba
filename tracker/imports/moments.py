"""When a row of another app's file was written: its day, and its time of day where it has one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import Final

from tracker.domain.spans import ONE_DAY
from tracker.domain.words import N_
from tracker.imports.cells import EARLIEST_YEAR, LATEST_YEAR
from tracker.imports.problems import CellRefused


class DateOrder(StrEnum):
    """In which order a file writes a date; any of . / - may stand between its parts."""

    YMD = "ymd"  # 2026-01-31
    DMY = "dmy"  # 31.01.2026, 31/01/2026
    MDY = "mdy"  # 01/31/2026
    WORDS = "words"  # 31 Jan 2026, 31st January 2026, January 31, 2026; English


_TIME: Final = r"(?:[T ,]+(?P<time>[0-9].*))?"
_DAY: Final = r"(?P<d>[0-9]{1,2})"
_MONTH: Final = r"(?P<m>[0-9]{1,2})"
_NAME: Final = r"(?P<m>[A-Za-z]{3,9})\.?"
_YEAR: Final = r"(?P<y>[0-9]{4})"
_BETWEEN: Final = r"[-./]"
_ORDERS: Final = {
    DateOrder.YMD: (f"{_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}",),
    DateOrder.DMY: (f"{_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}{_YEAR}",),
    DateOrder.MDY: (f"{_MONTH}{_BETWEEN}{_DAY}{_BETWEEN}{_YEAR}",),
    DateOrder.WORDS: (
        rf"{_DAY}(?:st|nd|rd|th)?\.?[ -]{_NAME},?[ -]{_YEAR}",
        rf"{_NAME} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    ),
}
_PATTERNS: Final = {
    order: [re.compile(each + _TIME, re.ASCII) for each in patterns]
    for order, patterns in _ORDERS.items()
}
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_CLOCK: Final = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)? ?([AaPp]\.?[Mm]\.?)?"
    r"(?: ?(Z|[+-][0-9]{2}:?[0-9]{2}))?",
    re.ASCII,
)
_HALF_DAY: Final = 12
# Parts of a day say which came first, not to which diary day a row belongs.
_PARTS: Final = {"all day": -1, "pre": 0, "am": 6 * 60, "mid": 12 * 60, "pm": 18 * 60}
_WIDE_SPACES: Final = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    `minute` says which of two came first, -1 where nothing is said. `exact` is None where only a
    part of the day is told; `offset` is that of UTC where the file names it.
    """

    minute: int = -1
    exact: time | None = None
    offset: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as the file has it, and a time."""

    day: date
    clock: Clock

    def diary_day(self, zone: tzinfo, rollover: time) -> date:
        """Return the diary day that the time belongs to; without a time, the file's day.

        >>> early = Moment(date(2026, 2, 1), Clock(30, time(0, 30)))
        >>> early.diary_day(timezone.utc, time(4))
        datetime.date(2026, 1, 31)
        """
        if self.clock.exact is None:
            return self.day
        local = datetime.combine(self.day, self.clock.exact, self.clock.offset)
        if self.clock.offset is not None:
            local = local.astimezone(zone)
        return local.date() - ONE_DAY if local.time() < rollover else local.date()


NO_CLOCK: Final = Clock()


def read_moment(text: str, order: DateOrder) -> Moment:
    """Return the day, and the time if one follows, that `text` writes in `order`.

    >>> read_moment("31.01.2026 21:05", DateOrder.DMY).clock.exact
    datetime.time(21, 5)
    """
    plain = _plain(text)
    for pattern in _PATTERNS[order]:
        found = pattern.fullmatch(plain)
        if found is not None:
            day = _day(text, found["y"], found["m"], found["d"])
            return Moment(day, read_clock(found["time"]) if found["time"] else NO_CLOCK)
    raise _no_date(text)


def read_clock(text: str) -> Clock:
    """Return the time that `text` writes: 21:05, 9:05 pm, or a part of the day.

    >>> read_clock("9:05 pm").exact, read_clock("mid").exact, read_clock("") == NO_CLOCK
    (datetime.time(21, 5), None, True)
    """
    plain = _plain(text)
    if not plain:
        return NO_CLOCK
    if plain.lower() in _PARTS:
        return Clock(_PARTS[plain.lower()])
    found = _CLOCK.fullmatch(plain)
    if found is None:
        raise _no_time(text)
    hour, minute = int(found[1]), int(found[2])
    if found[3]:
        if not 1 <= hour <= _HALF_DAY:
            raise _no_time(text)
        hour = hour % _HALF_DAY + (_HALF_DAY if found[3][0] in "Pp" else 0)
    try:
        exact = time(hour, minute)
        offset = _offset(found[4])
    except ValueError as error:
        raise _no_time(text) from error
    return Clock(hour * 60 + minute, exact, offset)


def fitting(texts: Iterable[str]) -> Sequence[DateOrder]:
    """Return the orders in which every one of `texts` is a date; none where there is no text.

    >>> fitting(["03/04/2026", "13/04/2026"]), fitting(["03/04/2026"])
    ([<DateOrder.DMY: 'dmy'>], [<DateOrder.DMY: 'dmy'>, <DateOrder.MDY: 'mdy'>])
    """
    told = [text for text in texts if text]
    return [order for order in DateOrder if told and all(_is_date(each, order) for each in told)]


def _is_date(text: str, order: DateOrder) -> bool:
    try:
        read_moment(text, order)
    except CellRefused:
        return False
    return True


def _plain(text: str) -> str:
    return text.translate(_WIDE_SPACES).strip()


def _day(text: str, year: str, month: str, day: str) -> date:
    number = int(month) if month.isdigit() else _named_month(month)
    try:
        if EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
            return date(int(year), number, int(day))
    except ValueError as error:
        raise _no_date(text) from error
    raise _no_date(text)


def _named_month(name: str) -> int:
    """Return the number of an English month, 0 where it is none."""
    fits = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
    return fits[0] if len(fits) == 1 else 9 if name.lower() == "sept" else 0


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return timezone(timedelta())
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _no_date(text: str) -> CellRefused:
    return CellRefused(
        N_("“%(text)s” is not a date in the way you said. Choose how dates are written."),
        text=text,
    )


def _no_time(text: str) -> CellRefused:
    return CellRefused(N_("“%(text)s” is not a time of day. Write it like 21:30."), text=text)
