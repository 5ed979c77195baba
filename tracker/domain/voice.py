"""How a report speaks: the words, days and figures of one language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.words import N_

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
_PERCENT: Final = re.compile(r"(?<=[0-9s]) %(?!\()")


def unbroken(text: str) -> str:
    r"""Return `text` with each percent sign on the line of its number.

    >>> unbroken("30 % of %(days)s"), unbroken("%(size)s %% lower")
    ('30\xa0% of %(days)s', '%(size)s\xa0%% lower')
    """
    return _PERCENT.sub("\N{NO-BREAK SPACE}%", text) if " %" in text else text


@dataclass(frozen=True, slots=True)
class Voice:
    """A language, as far as a report needs it.

    `translate` gives the words of a text, `translate_many` the form for a count. `tag` is its
    BCP 47 name, `is_from_right` where its lines begin. Days of `year` are written without their
    year; 0 writes every year.
    """

    translate: Callable[[str], str]
    translate_many: Callable[[str, str, int], str]
    tag: str = "en"
    is_from_right: bool = False
    year: int = 0

    def say(self, text: str, /, **values: object) -> str:
        """Return `text` in this language, with `values` in its `%(name)s` places."""
        found = unbroken(self.translate(text))
        return found % values if values else found

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form for `count`, which also fills `%(count)s`."""
        return unbroken(self.translate_many(one, many, count)) % {"count": count, **values}

    def month(self, day: date) -> str:
        """Return the short name of the day's month: Nov."""
        return self.say(SHORT_MONTHS[day.month - 1])

    def short_day(self, day: date) -> str:
        """Return the day as tables and charts have room for it: 21 Nov."""
        return self.say(N_("%(day)d %(month)s"), day=day.day, month=self.month(day))

    def dated_day(self, day: date) -> str:
        """Return the day as tables have room for it, with its year: 21 Nov 2026."""
        words = N_("%(day)d %(month)s %(year)d")
        return self.say(words, day=day.day, month=self.month(day), year=day.year)

    def full_day(self, day: date) -> str:
        """Return the day with its year: 21 November 2026."""
        words, month = N_("%(day)d %(month)s %(year)d"), self.say(MONTHS[day.month - 1])
        return self.say(words, day=day.day, month=month, year=day.year)

    def days(self, span: Span) -> str:
        """Return the first and the last of some days: 1 Sep to 14 Sep, years where need be."""
        last = max(span.start, span.end - ONE_DAY)
        is_this_year = span.start.year == last.year == self.year
        write = self.short_day if is_this_year else self.dated_day
        if last == span.start:
            return write(last)
        return self.say(N_("%(first)s to %(last)s"), first=write(span.start), last=write(last))

    def number(self, value: float | Fraction | Decimal, places: int = 1) -> str:
        r"""Return `value` with `places` decimals, a true minus sign and the decimal mark.

        Percents of improvement are truncated by the domain and come as text: see `shown`.

        >>> english = Voice(str, lambda one, many, count: one if count == 1 else many)
        >>> english.number(Fraction(-41, 2)).lstrip("\N{MINUS SIGN}"), english.number(7, 0)
        ('20.5', '7')
        """
        exact = Decimal(str(value)) if isinstance(value, float) else _decimal(value)
        return self.shown(str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)))

    def shown(self, text: str) -> str:
        r"""Return a figure that is text already with the decimal mark and a true minus.

        >>> english = Voice(str, lambda one, many, count: one if count == 1 else many)
        >>> ascii(english.shown("-30.0")), english.shown("-0.0"), english.shown("n/a")
        ("'\\u221230.0'", '0.0', 'n/a')
        """
        plain = text.removeprefix("-")
        if not plain.replace(".", "").isdigit():
            return text
        minus = "\N{MINUS SIGN}" if text.startswith("-") and plain.strip("0.") else ""
        # Translators: the decimal mark, as in 29.9
        return minus + plain.replace(".", self.say(N_(".")))


def _decimal(value: int | Fraction | Decimal) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value)
