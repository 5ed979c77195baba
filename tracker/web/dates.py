"""Days, times and figures as people read them, in the words of the catalogue."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from tracker.domain.words import N_
from tracker.web.words import _

WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
SHORT_MONTHS: Final = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)


def weekday_and_day(day: date) -> str:
    """Return the day with its weekday.

    >>> from flask import Flask
    >>> with Flask("words").app_context():
    ...     weekday_and_day(date(2026, 11, 21))
    'Saturday 21 November'
    """
    return _("%(weekday)s %(day)d %(month)s", weekday=_(WEEKDAYS[day.weekday()]), **_parts(day))


def full_day(day: date) -> str:
    """Return the day with its year: 21 November 2026."""
    return _("%(day)d %(month)s %(year)d", year=day.year, **_parts(day))


def short_day(day: date) -> str:
    """Return the day as tables and charts have room for it: 21 Nov."""
    return _("%(day)d %(month)s", day=day.day, month=_(SHORT_MONTHS[day.month - 1]))


def clock_time(moment: datetime) -> str:
    """Return the wall-clock time of `moment`, which is in the reader's zone already."""
    return f"{moment:%H:%M}"


def number(value: float | Fraction | Decimal, places: int = 1) -> str:
    r"""Return `value` with `places` decimals, a true minus sign and the reader's decimal mark.

    Percents of improvement are truncated by the domain and come as text: see `shown_number`.

    >>> from flask import Flask
    >>> with Flask("words").app_context():
    ...     number(Fraction(-41, 2)).lstrip("\N{MINUS SIGN}"), number(7, 0)
    ('20.5', '7')
    """
    exact = Decimal(str(value)) if isinstance(value, float) else _decimal(value)
    return shown_number(str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)))


def shown_number(text: str) -> str:
    r"""Return a figure that is text already with the reader's decimal mark and a true minus.

    >>> from flask import Flask
    >>> with Flask("words").app_context():
    ...     ascii(shown_number("-30.0")), shown_number("-0.0"), shown_number("n/a")
    ("'\\u221230.0'", '0.0', 'n/a')
    """
    plain = text.removeprefix("-")
    if not plain.replace(".", "").isdigit():
        return text
    minus = "\N{MINUS SIGN}" if text.startswith("-") and plain.strip("0.") else ""
    # Translators: the decimal mark, as in 29.9
    return minus + plain.replace(".", _("."))


def _decimal(value: int | Fraction | Decimal) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value)


def _parts(day: date) -> dict[str, object]:
    return {"day": day.day, "month": _(MONTHS[day.month - 1])}
