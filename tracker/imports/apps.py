"""The tables of other apps that are known by their first line, brought to one column an answer.

Where their columns were seen stands in `docs/decisions/0015-imports.md`.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from tracker.imports.foreign import MOST_NAME, demand_narrow
from tracker.imports.tables import Row, Table


class App(StrEnum):
    """An app whose tables are known."""

    DAYLIO = "daylio"
    BEARABLE = "bearable"


CATEGORY: Final = "category"
RATING: Final = "rating/amount"
DETAIL: Final = "detail"
FULL_DATE: Final = "full_date"
_LONG: Final = frozenset({"date", CATEGORY, RATING, DETAIL})
_DAYLIO: Final = frozenset({FULL_DATE, "mood", "activities"})
_OLD_DAYLIO: Final = frozenset({"year", "date", "weekday", "mood", "activities"})
# Their details are feelings and remarks; elsewhere a detail says what was measured.
_WHOLE: Final = frozenset({"Mood", "Energy", "Sleep", "Sleep quality"})
_SEVERITY: Final = re.compile(r" *\((Mild|Moderate|Severe|Unbearable|Extreme)\)$")
_BREAK: Final = re.compile(r"<br ?/?>", re.IGNORECASE)


def app_of(headings: Sequence[str]) -> App | None:
    """Return whose table has these headings; None where that is not known."""
    found = set(headings)
    if found >= _LONG:
        return App.BEARABLE
    return App.DAYLIO if found >= _DAYLIO or found >= _OLD_DAYLIO else None


def prepared(table: Table) -> tuple[App | None, Table]:
    """Return whose table it is, and it with one column an answer and dates that are whole.

    Lines stay what they are: of a long table each has one answer.

    Raises:
        FileRefused: it holds more kinds of answers than anybody can look through.
    """
    app = app_of(table.headings)
    if app is App.BEARABLE:
        table = _wide(table)
    elif app is App.DAYLIO:
        table = _scales_apart(_with_breaks(_with_full_date(table)))
    demand_narrow(table.headings)
    return app, table


def short_name(heading: str) -> str:
    """Return what a column is about, without the category before it.

    >>> short_name("Symptom: Neck pain"), short_name("mood")
    ('Neck pain', 'mood')
    """
    return heading.partition(": ")[2] or heading


def _wide(table: Table) -> Table:
    """Return a long table's measurements each in the column of its kind."""
    beside = [name for name in table.headings if name not in {CATEGORY, RATING}]
    kinds: Counter[str] = Counter()
    rows = []
    for row in table.rows:
        cells = {name: row.cells[name] for name in beside}
        if row.cells[RATING]:
            kind = _kind(row.cells)
            kinds[kind] += 1
            cells[kind] = row.cells[RATING]
        rows.append(Row(row.line, cells))
    ordered = sorted(kinds, key=lambda kind: (": " in kind, -kinds[kind], kind))
    return replace(table, headings=(*beside, *ordered), rows=tuple(rows))


def _kind(cells: Mapping[str, str]) -> str:
    category, detail = cells[CATEGORY].strip(), cells[DETAIL].strip()
    if category in _WHOLE or not detail:
        return _heading(category or DETAIL)
    return _heading(f"{category}: {_SEVERITY.sub('', detail)}")


def _heading(text: str) -> str:
    seen = "".join(one for one in text if one.isprintable())[:MOST_NAME]
    # A measurement of that name doesn't take the place of the file's own columns.
    return f"{seen}: {seen}" if seen.lower() in {"date", "date formatted", "detail"} else seen


def _with_full_date(table: Table) -> Table:
    """Return older tables with day and year together."""
    if FULL_DATE in table.headings:
        return table
    rows = (
        Row(row.line, {FULL_DATE: f"{row.cells['date']} {row.cells['year']}", **row.cells})
        for row in table.rows
    )
    return replace(table, headings=(FULL_DATE, *table.headings), rows=tuple(rows))


def _with_breaks(table: Table) -> Table:
    """Return notes with lines instead of the marks that stand for them."""
    rows = (
        Row(row.line, {**row.cells, "note": _BREAK.sub("\n", row.cells.get("note", ""))})
        for row in table.rows
    )
    return replace(table, rows=tuple(rows)) if "note" in table.headings else table


def _scales_apart(table: Table) -> Table:
    """Return the scales, which share a cell as `name: number | ...`, in a column each."""
    if "scales" not in table.headings:
        return table
    kinds: dict[str, None] = {}
    rows = []
    for row in table.rows:
        parts = (part.rpartition(":") for part in row.cells["scales"].split("|"))
        told = {_heading(f"scales: {name.strip()}"): text for name, _, text in parts if name}
        kinds.update(dict.fromkeys(told))
        rows.append(Row(row.line, {**row.cells, **told}))
    return replace(table, headings=(*table.headings, *kinds), rows=tuple(rows))
