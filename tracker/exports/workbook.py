"""A diary as an XLSX workbook: nights, phases, verdict and what every word in it means."""

import io
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.domain.dossiers import Dossier
from tracker.domain.naming import Translate
from tracker.exports.happening_sheets import effects_sheet, measurements_sheet
from tracker.exports.sheets import Cell, Sheet, dictionary_sheet, nights_sheet, phases_sheet
from tracker.exports.verdict_sheet import completion_sheet, verdict_sheet

WIDEST: Final = 48  # characters
FIGURE: Final = 10  # of a day, and enough of a figure: a cell shows what fits
MOMENT: Final = 16
LINE: Final = 15  # points
FIRST_YEAR: Final = 1900  # that a sheet has dates of
READ: Final = 200  # rows that a column's width is taken from
SHEETS: Final = (
    nights_sheet,
    phases_sheet,
    effects_sheet,
    measurements_sheet,
    verdict_sheet,
    completion_sheet,
    dictionary_sheet,
)
# Nothing that a person wrote becomes a formula, a link or a number.
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells of each kind are shown."""

    head: Format
    text: Format
    figure: Format
    day: Format
    moment: Format


def workbook_xlsx(dossier: Dossier, translate: Translate) -> bytes:
    """Return the workbook: the same bytes for the same diary on the same day."""
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        # The only time in the file: else it would be the second of its making.
        book.set_properties({"title": "Evenfall", "created": _midnight(dossier.today)})
        looks = _Looks(
            head=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            text=book.add_format({"text_wrap": True, "valign": "top"}),
            figure=book.add_format({"valign": "top"}),
            day=book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            moment=book.add_format(
                {"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"}
            ),
        )
        for make in SHEETS:
            sheet = make(dossier, translate)
            if sheet is None:
                continue
            _write(book.add_worksheet(sheet.name), sheet, looks)
    return file.getvalue()


def _write(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    for row, cells in enumerate((sheet.heads, *sheet.rows)):
        for column, cell in enumerate(cells):
            _put(page, row, column, cell, looks.head if row == 0 else looks.text, looks)
    lines = 1
    for column, head in enumerate(sheet.heads):
        width = _width(head, (row[column] for row in sheet.rows[:READ]))
        page.set_column(column, column, width)
        lines = max(lines, len(textwrap.wrap(head, width - 2)))
    page.set_row(0, LINE * lines)
    page.freeze_panes(1, 1)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)
    below = len(sheet.rows) + 2
    for row, line in enumerate(sheet.remarks):
        page.write_string(below + row, 0, line)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _put(page: Worksheet, row: int, column: int, cell: Cell, words: Format, looks: _Looks) -> None:
    """Write a cell by the kind of value that it holds; None leaves it empty."""
    match cell:
        case None | "":
            return
        case str():
            page.write_string(row, column, cell, words)
        case datetime() if cell.year < FIRST_YEAR:
            page.write_string(row, column, cell.isoformat(), words)
        case datetime():
            page.write_datetime(row, column, cell, looks.moment)
        case date():  # a datetime is one too, so it comes second
            page.write_datetime(row, column, _midnight(cell), looks.day)
        case _:
            page.write_number(row, column, float(cell), looks.figure)


def _width(head: str, cells: Iterable[Cell]) -> int:
    """Return how many characters a column needs; its head may stand on several lines."""
    needed = [*map(len, head.split())]
    for cell in cells:
        typed = MOMENT if isinstance(cell, datetime) else FIGURE
        needed.append(len(cell) if isinstance(cell, str) else typed)
    return min(WIDEST, 2 + max(needed))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a sheet's days have no zone
