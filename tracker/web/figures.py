"""How figures, days and names of a report are written on pages and in pictures."""

from datetime import date
from fractions import Fraction

from tracker.charts.drawing import Wording
from tracker.charts.trend import PHASE_NAMES, item_name
from tracker.domain.improvement import ItemResult
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import Item
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import Tally
from tracker.web.context import current
from tracker.web.dates import SHORT_MONTHS, number, short_day, shown_number
from tracker.web.words import _

DASH = "\N{EN DASH}"


def wording() -> Wording:
    """Return how pictures speak to the reader of this request."""
    return Wording(
        translate=_,
        day=short_day,
        dated=dated_day,
        month=lambda day: _(SHORT_MONTHS[day.month - 1]),
    )


def dated_day(day: date) -> str:
    """Return the day as tables have room for it, with its year: 21 Nov 2026."""
    month = _(SHORT_MONTHS[day.month - 1])
    return _("%(day)d %(month)s %(year)d", day=day.day, month=month, year=day.year)


def days_of(span: Span) -> str:
    """Return the first and the last of some days: 1 Sep to 14 Sep, years where not this one's."""
    last = max(span.start, span.end - ONE_DAY)
    this_year = current().now.year
    write = short_day if span.start.year == last.year == this_year else dated_day
    if last == span.start:
        return write(last)
    return _("%(first)s to %(last)s", first=write(span.start), last=write(last))


def name_of(item: Item) -> str:
    """Return what an item is called; own words stay as they were typed."""
    return item_name(item, _)


def phase_name(phase: Phase) -> str:
    """Return the label of a phase, else its medicine and dose, else what it is."""
    return phase.label or taken(phase) or _(PHASE_NAMES[phase.kind])


def taken(phase: Phase) -> str:
    """Return medicine and dose as the person wrote them, "" where they didn't."""
    dose = "" if phase.dose_mg is None else f"{shown_number(f'{phase.dose_mg.normalize():f}')} mg"
    return " ".join(word for word in (phase.medicine, dose) if word)


def mean_of(tally: Tally) -> str:
    """Return a mean with one decimal, a dash where no day was answered."""
    return DASH if tally.mean is None else number(tally.mean)


def points_of(points: Fraction | None) -> str:
    """Return a change in points with its sign, a dash where there is none."""
    if points is None:
        return DASH
    text = number(points)
    return f"+{text}" if points > 0 and text != number(0) else text


def percent_of(result: ItemResult) -> str:
    """Return the percent in words: 28.3 % better; a dash where none can be taken."""
    if result.percent is None:
        return DASH
    size = shown_number(result.shown.removeprefix("-"))
    if not result.shown.strip("-0."):
        return _("no change")
    if result.percent > 0:
        return _("%(percent)s %% better", percent=size)
    return _("%(percent)s %% worse", percent=size)


def interval_of(result: ItemResult) -> str:
    """Return the 95 % interval in whole percents, a dash where there is none."""
    if result.ci95 is None:
        return DASH
    low, high = result.ci95
    return _("%(low)s to %(high)s %%", low=number(low, 0), high=number(high, 0))
