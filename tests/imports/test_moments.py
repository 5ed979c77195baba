"""A date is read in the order that was said, a time in the usual ways, and nothing is guessed."""

import contextlib
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.imports.moments import (
    NO_CLOCK,
    DateOrder,
    fitting,
    read_clock,
    read_moment,
)
from tracker.imports.problems import CellRefused

DAY = date(2026, 1, 31)
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2026-01-31", DateOrder.YMD),
        ("2026/1/31", DateOrder.YMD),
        ("31.01.2026", DateOrder.DMY),
        ("31/1/2026", DateOrder.DMY),
        ("01/31/2026", DateOrder.MDY),
        (" 31st Jan 2026 ", DateOrder.WORDS),
        ("31 January 2026", DateOrder.WORDS),
        ("31. Jan. 2026", DateOrder.WORDS),
        ("January 31, 2026", DateOrder.WORDS),
        ("Jan 31st 2026", DateOrder.WORDS),
    ],
)
def test_dates_are_read_in_the_order_that_was_said(text: str, order: DateOrder) -> None:
    moment = read_moment(text, order)
    assert (moment.day, moment.clock) == (DAY, NO_CLOCK)
    assert fitting([text]) == [order]


def test_september_has_two_short_names() -> None:
    for name in ("Sep", "Sept", "september"):
        assert read_moment(f"9 {name} 2026", DateOrder.WORDS).day == date(2026, 9, 9)


@pytest.mark.parametrize("text", ["", "soon", "31.02.2026", "31.01.26", "31.01.1066", "2026-01-31"])
def test_what_is_no_date_in_that_order_is_refused(text: str) -> None:
    with pytest.raises(CellRefused, match="is not a date in the way"):
        read_moment(text, DateOrder.DMY)


@pytest.mark.parametrize("text", ["9 J 2026", "9 Ju 2026", "9 Xyz 2026"])
def test_a_month_that_could_be_two_is_none(text: str) -> None:
    with pytest.raises(CellRefused):
        read_moment(text, DateOrder.WORDS)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("21:05", time(21, 5)),
        ("9:05", time(9, 5)),
        ("21:05:33.123", time(21, 5)),
        ("9:05 pm", time(21, 5)),
        ("9:05\N{NARROW NO-BREAK SPACE}p.m.", time(21, 5)),
        ("12:30 AM", time(0, 30)),
        ("12:30 PM", time(12, 30)),
    ],
)
def test_times_are_read(text: str, exact: time) -> None:
    clock = read_clock(text)
    assert (clock.exact, clock.minute) == (exact, exact.hour * 60 + exact.minute)


@pytest.mark.parametrize(
    "text", ["25:00", "9:65", "13:00 pm", "0:10 am", "9", "late", "9:00+99:00"]
)
def test_other_times_are_refused(text: str) -> None:
    with pytest.raises(CellRefused, match="is not a time of day"):
        read_clock(text)


def test_parts_of_a_day_have_an_order_and_move_no_row_to_another_day() -> None:
    minutes = [read_clock(text).minute for text in ("all day", "pre", "AM", "mid", "pm")]
    assert minutes == sorted(minutes)
    assert read_moment("2026-01-31 21:00", DateOrder.YMD).clock.minute == 21 * 60
    early = read_moment("2026-01-31", DateOrder.YMD)
    assert early.diary_day(HELSINKI, time(4)) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31 03:59", date(2026, 1, 30)),
        ("2026-01-31 04:00", DAY),
        ("2026-01-31T23:30:00Z", DAY),
        ("2026-01-31T03:30:00Z", DAY),
        ("2026-01-31T01:30:00Z", date(2026, 1, 30)),
        ("2026-01-31T03:30:00-05:00", DAY),
        ("2026-01-31T03:30:00+0200", date(2026, 1, 30)),
    ],
)
def test_a_time_says_which_diary_day_it_is_in_the_persons_zone(text: str, day: date) -> None:
    assert read_moment(text, DateOrder.YMD).diary_day(HELSINKI, time(4)) == day


@given(st.text(max_size=30), st.sampled_from(list(DateOrder)))
def test_any_text_is_a_moment_or_refused(text: str, order: DateOrder) -> None:
    with contextlib.suppress(CellRefused):
        read_moment(text, order).diary_day(HELSINKI, time(4))


def test_no_texts_fit_no_order() -> None:
    assert fitting([]) == []
