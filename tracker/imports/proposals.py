"""What a table's columns may stand for: filled in beforehand, shown, and never taken unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tracker.domain.questionnaire import ITEMS, SLEEP, Item, Ruler
from tracker.imports import surveys
from tracker.imports.apps import FULL_DATE, App, short_name
from tracker.imports.columns import DATE, NOTE
from tracker.imports.moments import DateOrder, fitting
from tracker.imports.readings import TIME
from tracker.imports.scales import Rounding, Scale, whole
from tracker.imports.tables import Table

MOODS: Final = ("awful", "bad", "meh", "good", "rad")  # Daylio's, from the lowest
_DATES: Final = (FULL_DATE, "date formatted", DATE, "day")  # the first that there is
_OTHERS: Final = {
    **dict.fromkeys((TIME, "time of day"), TIME),
    **dict.fromkeys((NOTE, "notes", "note_title", "comment", "comments"), NOTE),
    "sleep quality": SLEEP.key,
}
_SCALES: Final = {  # Bearable's
    "Mood": Scale(Fraction(1), Fraction(10)),
    "Energy": Scale(Fraction(1), Fraction(5)),
    "Sleep quality": Scale(Fraction(1), Fraction(5)),
}
_SEVERITY: Final = Scale(Fraction(0), Fraction(4))  # none, mild, moderate, severe, unbearable


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to fill in beforehand.

    `meanings` are by heading. `order` is None where the dates could be read in several.
    `scales` are by heading, of every column whose scale is known; `words` by the text in small
    letters.
    """

    meanings: Mapping[str, str]
    order: DateOrder | None
    scales: Mapping[str, Scale]
    words: Mapping[str, str]


def propose(app: App | None, table: Table, own: Mapping[str, Item], ruler: Ruler) -> Proposal:
    """Return what a table's headings and dates suggest.

    Args:
        app: whose table it is.
        table: as `apps.prepared` gives it.
        own: the person's own symptoms by what their columns are called.
        ruler: the diary's.
    """
    dates = _date_column(table)
    orders = [] if dates is None else _orders(table, dates)
    scales = {name: scale for name in table.headings if (scale := _scale(name)) is not None}
    return Proposal(
        meanings=_meanings(table.headings, dates, own),
        order=orders[0] if len(orders) == 1 else None,
        scales=scales if app is App.BEARABLE else {},
        words=_moods(ruler) if app is App.DAYLIO else {},
    )


def _date_column(table: Table) -> str | None:
    """Return the column of a date's name, else the first that holds nothing but dates."""
    by_name = {heading.lower(): heading for heading in reversed(table.headings)}
    named = [by_name[name] for name in _DATES if name in by_name]
    return next(iter(named), None) or next(
        (heading for heading in table.headings if _orders(table, heading)), None
    )


def _orders(table: Table, heading: str) -> Sequence[DateOrder]:
    return fitting(surveys.texts(table, heading))


def _meanings(
    headings: Sequence[str], dates: str | None, own: Mapping[str, Item]
) -> Mapping[str, str]:
    items = {
        **{item.name.lower(): key for key, item in {**ITEMS, **own}.items()},
        **{key: key for key in (*ITEMS, *own)},
    }
    found = {} if dates is None else {dates: DATE}
    for heading in headings:
        name = short_name(heading).lower()
        meaning = _OTHERS.get(name) or items.get(heading) or items.get(name)
        is_free = meaning == NOTE or meaning not in found.values()
        if meaning is not None and is_free and heading not in found:
            found[heading] = meaning
    return found


def _scale(heading: str) -> Scale | None:
    return _SEVERITY if heading.startswith("Symptom: ") else _SCALES.get(heading)


def _moods(ruler: Ruler) -> Mapping[str, str]:
    """Return an answer for each mood, as far apart as whole numbers allow.

    >>> _moods(Ruler.NRS)
    {'awful': '0', 'bad': '3', 'meh': '5', 'good': '8', 'rad': '10'}
    """
    scale = Scale(Fraction(0), Fraction(len(MOODS) - 1))
    exact = (scale.carried(Fraction(n), 0, ruler.maximum) for n in range(len(MOODS)))
    return {mood: str(whole(one, Rounding.NEAREST)) for mood, one in zip(MOODS, exact, strict=True)}
