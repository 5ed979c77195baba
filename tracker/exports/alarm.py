"""The alarm file: a daily event for the phone's own calendar, which needs no server (RFC 5545)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

YEARS: Final = 10  # of clock changes that the file knows
LINE_BYTES: Final = 75  # longer lines are folded
ENTRY: Final = timedelta(minutes=5)
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Alarm:
    """When it rings, every day from `first` on, and what it says; `id` lets a later one replace it.

    `zone` is an IANA name.
    """

    id: str
    first: date
    clock: time
    zone: str
    title: str
    link: str
    made_at: datetime


def alarm_ics(alarm: Alarm) -> bytes:
    """Return the file."""
    start = datetime.combine(alarm.first, alarm.clock)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Evenfall//Reminder//EN",
        *_zone(ZoneInfo(alarm.zone), alarm.first.year),
        "BEGIN:VEVENT",
        f"UID:{alarm.id}@evenfall",
        f"DTSTAMP:{alarm.made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={alarm.zone}:{_local(start)}",
        f"DTEND;TZID={alarm.zone}:{_local(start + ENTRY)}",
        "RRULE:FREQ=DAILY",
        f"SUMMARY:{_escaped(alarm.title)}",
        f"DESCRIPTION:{_escaped(alarm.link)}",
        f"URL:{alarm.link}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(alarm.title)}",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _zone(zone: ZoneInfo, year: int) -> Iterator[str]:
    """Yield what a calendar needs to know of a zone: its clock changes, one by one."""
    now = datetime(year, 1, 1, tzinfo=UTC)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone.key}")
    yield from _observance(zone, now, now, datetime(1970, 1, 1))  # noqa: DTZ001 - a wall's
    while now.year < year + YEARS:
        following = now + DAY
        if _offset(zone, now) != _offset(zone, following):
            at = _change(zone, now, following)
            before = at - MINUTE
            wall = at.astimezone(UTC).replace(tzinfo=None) + _offset(zone, before)
            yield from _observance(zone, before, at, wall)
        now = following
    yield "END:VTIMEZONE"


def _observance(zone: ZoneInfo, before: datetime, after: datetime, wall: datetime) -> Iterator[str]:
    summer = after.astimezone(zone).dst()
    kind = "DAYLIGHT" if summer else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{_local(wall)}"
    yield f"TZOFFSETFROM:{_shown(_offset(zone, before))}"
    yield f"TZOFFSETTO:{_shown(_offset(zone, after))}"
    yield f"END:{kind}"


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the first minute between two instants that has the later one's offset."""
    while high - low > MINUTE:
        middle = low + (high - low) // 2 // MINUTE * MINUTE
        if _offset(zone, middle) == _offset(zone, low):
            low = middle
        else:
            high = middle
    return high


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _shown(offset: timedelta) -> str:
    minutes = abs(offset) // MINUTE
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"


def _local(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def _escaped(text: str) -> str:
    r"""Return text as a value.

    >>> print(_escaped("a, b; c\nd"))
    a\, b\; c\nd
    """
    for each in ("\\", ";", ","):
        text = text.replace(each, f"\\{each}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return a line ended, in pieces of at most 75 bytes that cut no letter."""
    pieces, piece = [], b""
    for letter in line:
        more = letter.encode()
        if len(piece) + len(more) > LINE_BYTES:
            pieces.append(piece)
            piece = b" "
        piece += more
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
