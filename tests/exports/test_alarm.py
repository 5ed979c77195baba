"""The alarm file, read by another program: zones with their changes, lines folded, text escaped."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tracker.exports.alarm import Alarm, alarm_ics

ZONES = [
    "UTC",
    "Europe/Helsinki",
    "America/New_York",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "America/St_Johns",
]


def alarm(zone: str = "Europe/Helsinki", title: str = "Ready") -> Alarm:
    return Alarm(
        id="abc",
        first=date(2026, 11, 21),
        clock=time(21, 30),
        zone=zone,
        title=title,
        link="https://diary.example.org/",
        made_at=datetime(2026, 11, 21, 19, tzinfo=UTC),
    )


@pytest.mark.parametrize("name", ZONES)
def test_its_zone_is_the_persons_for_ten_years(name: str) -> None:
    calendar = icalendar.Calendar.from_ical(alarm_ics(alarm(name)))
    (timezone,) = calendar.timezones
    read, zone = timezone.to_tz(lookup_tzid=False), ZoneInfo(name)
    for days in range(0, 3600, 7):
        wall = datetime(2026, 1, 2, 12) + timedelta(days=days)  # noqa: DTZ001 - on any wall
        assert wall.replace(tzinfo=read).utcoffset() == wall.replace(tzinfo=zone).utcoffset()


def test_it_names_itself_so_that_a_later_one_takes_its_place() -> None:
    data = alarm_ics(alarm())
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["uid"]) == "abc@evenfall"
    assert event.decoded("dtstamp") == datetime(2026, 11, 21, 19, tzinfo=UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=5)
    assert data == alarm_ics(alarm())


def test_long_lines_are_folded_and_what_would_end_a_value_is_escaped() -> None:
    title = "Ready, steady; \\ go " + "ä€" * 60
    data = alarm_ics(alarm(title=title))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["summary"]) == title
