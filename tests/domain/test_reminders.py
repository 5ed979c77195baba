"""When a reminder is due: once a diary day, by the person's own clock, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.diary import diary_day
from tracker.domain.people import zones
from tracker.domain.reminders import due_on, is_stale, next_due, wait_to_ask

# Zone, a day around which its clocks change, and the hour that is skipped or comes twice.
CHANGES = [
    ("America/New_York", date(2026, 3, 8), time(2, 30)),
    ("America/New_York", date(2026, 11, 1), time(1, 30)),
    ("Pacific/Auckland", date(2026, 9, 27), time(2, 30)),
    ("Pacific/Auckland", date(2026, 4, 5), time(2, 30)),
    ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15)),
    ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45)),
    ("Africa/Cairo", date(2026, 4, 24), time(0, 30)),
    ("Africa/Cairo", date(2026, 10, 29), time(23, 30)),
    ("America/Havana", date(2026, 3, 8), time(0, 30)),
    ("Asia/Beirut", date(2026, 3, 29), time(0, 30)),
    ("Europe/Helsinki", date(2026, 3, 29), time(3, 30)),
    ("Europe/Helsinki", date(2026, 10, 25), time(3, 30)),
]


def run(start: datetime, until: date, clock: time, zone: ZoneInfo, rollover: time) -> list[date]:
    """Return the diary days of all reminders from `start` on, each found from the one before."""
    days: list[date] = []
    now = start
    while not days or days[-1] < until:
        now = next_due(now, clock, zone, rollover)
        days.append(diary_day(now, zone, rollover))
    return days


@pytest.mark.parametrize("rollover", [time(0), time(4), time(12)])
@pytest.mark.parametrize(("name", "change", "odd"), CHANGES)
def test_across_a_change_of_clocks_each_day_has_one(
    name: str, change: date, odd: time, rollover: time
) -> None:
    zone = ZoneInfo(name)
    first = change - timedelta(days=3)
    for clock in (time(21), time(0, 30), odd, rollover):
        start = due_on(first, clock, zone, rollover)
        assert start is not None
        days = run(start - timedelta(seconds=1), change + timedelta(days=3), clock, zone, rollover)
        assert days == [first + timedelta(days=n) for n in range(7)], clock


@pytest.mark.parametrize(("name", "change", "odd"), CHANGES)
def test_the_clock_on_the_wall_shows_the_persons_time(name: str, change: date, odd: time) -> None:
    del odd
    zone = ZoneInfo(name)
    for step in range(-3, 4):
        due = due_on(change + timedelta(days=step), time(21), zone)
        assert due is not None
        assert due.astimezone(zone).time() == time(21)


def test_a_time_that_is_skipped_comes_within_the_same_night() -> None:
    new_york = ZoneInfo("America/New_York")
    due = due_on(date(2026, 3, 7), time(2, 30), new_york)
    assert due is not None
    assert due.astimezone(new_york).time() == time(3, 30)
    helsinki = ZoneInfo("Europe/Helsinki")
    # Half past three would be half past four, which is after the night's end.
    due = due_on(date(2026, 3, 28), time(3, 30), helsinki)
    assert due is not None
    assert due.astimezone(helsinki).time() == time(2, 30)


def test_a_time_that_comes_twice_counts_once() -> None:
    zone = ZoneInfo("America/New_York")
    first = due_on(date(2026, 10, 31), time(1, 30), zone)
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert next_due(first, time(1, 30), zone) == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


def test_half_past_midnight_belongs_to_the_night_before() -> None:
    zone = ZoneInfo("Asia/Kathmandu")
    due = due_on(date(2026, 11, 21), time(0, 30), zone)
    assert due is not None
    assert due.astimezone(zone).date() == date(2026, 11, 22)
    assert diary_day(due, zone) == date(2026, 11, 21)


def test_a_day_that_a_zone_left_out_has_none() -> None:
    zone = ZoneInfo("Pacific/Apia")
    assert due_on(date(2011, 12, 30), time(21), zone) is None
    start = due_on(date(2011, 12, 28), time(21), zone)
    assert start is not None
    days = run(start, date(2012, 1, 1), time(21), zone, time(4))
    assert [day.day for day in days] == [29, 31, 1]


@given(
    st.sampled_from(zones()),
    st.integers(631_152_000, 2_114_380_800),  # 1990 to 2036
    st.times(),
    st.integers(0, 720),
)
def test_the_next_one_lies_ahead_and_within_two_days(
    name: str, moment: int, clock: time, rollover: int
) -> None:
    zone, end = ZoneInfo(name), time(*divmod(rollover, 60))
    now = datetime.fromtimestamp(moment, UTC)
    clock = clock.replace(second=0, microsecond=0)
    due = next_due(now, clock, zone, end)
    assert timedelta() < due - now <= timedelta(hours=72)
    following = next_due(due, clock, zone, end)
    assert diary_day(following, zone, end) > diary_day(due, zone, end)


def test_a_later_time_brings_no_second_one_for_the_same_day() -> None:
    zone = ZoneInfo("Europe/Helsinki")
    now = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
    assert next_due(now, time(22), zone) == datetime(2026, 11, 21, 20, tzinfo=UTC)
    after = next_due(now, time(22), zone, reminded=date(2026, 11, 21))
    assert after == datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert next_due(now, time(22), zone, reminded=date(2026, 11, 20)) < after


def test_nobody_is_woken_late_in_the_night() -> None:
    due = datetime(2026, 11, 21, 19, tzinfo=UTC)
    assert not is_stale(due, due + timedelta(hours=2))
    assert is_stale(due, due + timedelta(hours=2, seconds=1))


def test_mails_that_nobody_answers_grow_rare() -> None:
    waits = [wait_to_ask(asked) for asked in range(40)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=1)
