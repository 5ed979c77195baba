"""A CSV file as a heading and numbered rows of cells."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.sheets import bared
from tracker.domain.words import N_
from tracker.imports.problems import CellRefused, FileRefused, Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it begins, and its cells by heading."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The headings, the rows that fit them, and a problem for each row that doesn't."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_table(data: bytes) -> Table:
    """Read a CSV file: UTF-8 with or without a byte order mark, commas, any line ends.

    Rows without any text are passed over.

    Raises:
        FileRefused: it is no such file.
    """
    return table_of(_decoded(data))


def table_of(
    text: str,
    delimiter: str = ",",
    named: Callable[[Sequence[str]], Sequence[str]] = tuple,
) -> Table:
    """Read a text as a table.

    Args:
        text: without a byte order mark.
        delimiter: what stands between two cells.
        named: what the columns are called where that isn't just what the first line says.

    Raises:
        FileRefused: it is no table.
    """
    lines = _lines(text, delimiter)
    _, first = next(lines, (0, None))
    if first is None:
        raise FileRefused(N_("The file is empty. Its first line must name the columns."))
    headings = tuple(named(first))
    rows: list[Row] = []
    problems = list(_twice(headings))
    for line, cells in lines:
        if len(cells) == len(headings):
            rows.append(Row(line, dict(zip(headings, cells, strict=True))))
        else:
            refused = CellRefused(
                N_("This line has %(found)d cells, and the first line has %(named)d columns."),
                found=len(cells),
                named=len(headings),
            )
            problems.append(Problem.of(line, "", refused))
    return Table(headings, tuple(rows), tuple(problems))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileRefused(
            N_("Line %(line)d is not UTF-8 text. Save the file as “CSV UTF-8”."), line=line
        ) from error


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield every row that holds text, with the line on which it begins."""
    for begins, cells in numbered(io.StringIO(text, newline=""), delimiter):
        yield begins, [bared(cell) for cell in cells]


def numbered(lines: Iterable[str], delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield every row of a CSV file that holds text, with the line on which it begins.

    Raises:
        FileRefused: one can't be read as CSV.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FileRefused(
            N_("Line %(line)d can't be read as CSV: %(error)s. Check its quotation marks."),
            line=begins,
            error=error,
        ) from error


def _twice(headings: Sequence[str]) -> Iterator[Problem]:
    for place, heading in enumerate(headings):
        if heading in headings[:place]:
            refused = CellRefused(N_("This column stands here twice. Keep one of them."))
            yield Problem.of(1, heading, refused)
