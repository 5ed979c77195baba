"""A CSV file read row by row, however long it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TextIO

from tracker.domain.sheets import bared
from tracker.domain.words import N_
from tracker.imports.problems import FileRefused
from tracker.imports.tables import numbered

# How a stream is opened: a byte that is no UTF-8 becomes a lone surrogate, to be told by its line.
ENCODING: Final = "utf-8-sig"
ERRORS: Final = "surrogateescape"


@dataclass(frozen=True, slots=True)
class Stream:
    """The headings of a file, and its rows as they come: the line on which each begins, its cells.

    Cells are as they stand in the file (see `tracker.domain.sheets`). Rows without any text are
    passed over.
    """

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]


def read_stream(file: TextIO) -> Stream:
    """Read the first line of `file`, and be ready for the others.

    Args:
        file: opened with this module's `ENCODING` and `ERRORS` and with `newline=""`.

    Raises:
        FileRefused: it holds nothing; while rows are read, that one can't be or has more or fewer
            cells than the first.
    """
    rows = _rows(file)
    _, headings = next(rows, (0, []))
    if not headings:
        raise FileRefused(N_("The file is empty. Its first line must name the columns."))
    check_encoding(1, headings)
    named = tuple(map(bared, headings))
    for place, heading in enumerate(named):
        if heading in named[:place]:
            raise FileRefused(
                N_("The column “%(column)s” stands there twice. Keep one of them."), column=heading
            )
    return Stream(named, rows)


def check_encoding(line: int, cells: list[str]) -> None:
    """Refuse a row that is not UTF-8.

    Raises:
        FileRefused: it names the line.
    """
    try:
        "".join(cells).encode()
    except UnicodeEncodeError as error:
        raise FileRefused(
            N_("Line %(line)d is not UTF-8 text. Save the file as “CSV UTF-8”."), line=line
        ) from error


def _rows(file: TextIO) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that holds text, all as wide as the first, with the line where it begins."""
    columns = 0
    for begins, cells in numbered(file):
        columns = columns or len(cells)
        if len(cells) != columns:
            raise _odd(begins, len(cells), columns)
        yield begins, cells


def _odd(line: int, found: int, named: int) -> FileRefused:
    return FileRefused(
        N_("Line %(line)d has %(found)d cells, and the first line has %(named)d columns."),
        line=line,
        found=found,
        named=named,
    )
