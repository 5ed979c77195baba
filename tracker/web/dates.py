"""Days, times and figures as people read them, in the words of the catalogue."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tracker.domain.voice import MONTHS
from tracker.domain.words import N_
from tracker.web.words import _, voice

__all__ = ["MONTHS"]

WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def weekday_and_day(day: date) -> str:
    """Return the day with its weekday.

    >>> from flask import Flask
    >>> with Flask("words").app_context():
    ...     weekday_and_day(date(2026, 11, 21))
    'Saturday 21 November'
    """
    weekday, month = _(WEEKDAYS[day.weekday()]), _(MONTHS[day.month - 1])
    return _("%(weekday)s %(day)d %(month)s", weekday=weekday, day=day.day, month=month)


def full_day(day: date) -> str:
    """Return the day with its year: 21 November 2026."""
    return voice().full_day(day)


def short_day(day: date) -> str:
    """Return the day as tables and charts have room for it: 21 Nov."""
    return voice().short_day(day)


def clock_time(moment: datetime) -> str:
    """Return the wall-clock time of `moment`, which is in the reader's zone already."""
    return f"{moment:%H:%M}"


def number(value: float | Fraction | Decimal, places: int = 1) -> str:
    """Return `value` with `places` decimals, a true minus sign and the reader's decimal mark.

    Percents of improvement are truncated by the domain and come as text: see `Voice.shown`.
    """
    return voice().number(value, places)
