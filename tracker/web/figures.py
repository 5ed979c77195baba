"""How figures, days and names of a report are written on pages and in pictures."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from tracker.charts.drawing import Wording
from tracker.domain import figures
from tracker.domain.completion import Days
from tracker.domain.improvement import ItemResult
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import Item
from tracker.domain.spans import Span
from tracker.domain.statistics import Tally
from tracker.web.context import current
from tracker.web.words import _, voice


def wording() -> Wording:
    """Return how pictures speak to the reader of this request."""
    speaks = voice()
    return Wording(_, speaks.short_day, speaks.dated_day, speaks.month)


def dated_day(day: date) -> str:
    """Return the day as tables have room for it, with its year: 21 Nov 2026."""
    return voice().dated_day(day)


def days_of(span: Span) -> str:
    """Return the first and the last of some days: 1 Sep to 14 Sep, years where not this one's."""
    return replace(voice(), year=current().now.year).days(span)


def name_of(item: Item) -> str:
    """Return what an item is called; own words stay as they were typed."""
    return figures.item_name(item, _)


def phase_name(phase: Phase) -> str:
    """Return the label of a phase, else its medicine and dose, else what it is."""
    return figures.phase_name(phase, voice())


def taken(phase: Phase) -> str:
    """Return medicine and dose as the person wrote them, "" where they didn't."""
    return figures.taken(phase, voice())


def mean_of(tally: Tally) -> str:
    """Return a mean with one decimal, a dash where no day was answered."""
    return figures.mean_of(tally, voice())


def points_of(points: Fraction | None) -> str:
    """Return a change in points with its sign, a dash where there is none."""
    return figures.points_of(points, voice())


def percent_of(result: ItemResult) -> str:
    """Return the percent in words: 28.3 % better; a dash where none can be taken."""
    return figures.percent_of(result, voice())


def interval_of(result: ItemResult) -> str:
    """Return the 95 % interval in whole percents, a dash where there is none."""
    return figures.interval_of(result, voice())


def logged_of(days: Days) -> str:
    """Return how many of the expected days are logged, and how many of them late or imported."""
    return figures.logged_of(days, voice())
