"""A file of another app as a table: its encoding and its delimiter are found, and said."""

import csv
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tracker.domain.words import N_
from tracker.imports.columns import UNKNOWN, read_columns
from tracker.imports.problems import FileRefused
from tracker.imports.tables import Table, read_table, table_of

MOST_COLUMNS: Final = 200
MOST_NAME: Final = 200
MOST_ROWS: Final = 200_000  # five years of a hundred measurements a day
_SAMPLE: Final = 50  # lines that say what stands between their cells
_SEPARATOR: Final = "sep="  # a first line by which spreadsheets tell each other the delimiter


class Encoding(StrEnum):
    """How letters stand as bytes; the value is Python's name of it."""

    UTF8 = "utf-8"
    UTF8_MARK = "utf-8-sig"
    UTF16 = "utf-16"
    UTF16_LITTLE = "utf-16-le"
    UTF16_BIG = "utf-16-be"
    WINDOWS = "cp1252"


class Delimiter(StrEnum):
    """What stands between two cells."""

    COMMA = ","
    SEMICOLON = ";"
    TAB = "\t"
    BAR = "|"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, and how it was written. No two of its headings are the same, and none is empty."""

    encoding: Encoding
    delimiter: Delimiter
    table: Table


def is_ours(data: bytes) -> bool:
    """Say whether a file is a diary table of ours, right or wrong: every column is known."""
    try:
        columns = read_columns(read_table(data).headings, {})
    except FileRefused:
        return False
    return all(problem.text != UNKNOWN for problem in columns.problems)


def read_sheet(data: bytes) -> Sheet:
    """Read a table of any of the usual encodings and delimiters.

    Raises:
        FileRefused: it is none, or a larger one than a diary can be.
    """
    if data.startswith(b"PK\x03\x04"):
        raise FileRefused(
            N_("This is no CSV file: it may be a workbook. Save its table as “CSV UTF-8” first.")
        )
    encoding = _encoding(data)
    text = _decoded(data, encoding)
    first = text.partition("\n")[0].strip()
    if first.lower().startswith(_SEPARATOR) and first[len(_SEPARATOR) :] in set(Delimiter):
        delimiter = Delimiter(first[len(_SEPARATOR) :])
        text = text[text.find("\n") :] if "\n" in text else ""
    else:
        delimiter = _delimiter(text)
    return Sheet(encoding, delimiter, _bounded(table_of(text, delimiter, _named)))


def _encoding(data: bytes) -> Encoding:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Encoding.UTF16
    if data.startswith(b"\xef\xbb\xbf"):
        return Encoding.UTF8_MARK
    head = data[:_SAMPLE]
    if len(head) > 1 and not any(head[1::2]) and all(head[0::2]):
        return Encoding.UTF16_LITTLE
    if len(head) > 1 and not any(head[0::2]) and all(head[1::2]):
        return Encoding.UTF16_BIG
    try:
        data.decode()
    except UnicodeDecodeError:
        return Encoding.WINDOWS
    return Encoding.UTF8


def _decoded(data: bytes, encoding: Encoding) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "ignore")
        raise FileRefused(
            N_(
                "Line %(line)d holds a sign that can't be read. "
                "Open the file in a spreadsheet and save it as “CSV UTF-8”."
            ),
            line=before.count("\n") + 1,
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileRefused(
            N_("Line %(line)d holds no text. This seems to be another kind of file."), line=line
        )
    return text


def _delimiter(text: str) -> Delimiter:
    """Return what divides the most lines alike; of several, what makes the most columns."""
    lines = list(itertools.islice(_sampled(text), _SAMPLE))

    def evenness(delimiter: Delimiter) -> tuple[int, int]:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter)]
        if not widths or widths[0] == 1:
            return 0, 0
        return widths.count(widths[0]), widths[0]

    return max(Delimiter, key=evenness)


def _sampled(text: str) -> Iterator[str]:
    """Yield the first lines, cut short: a hostile one may be as long as the file."""
    for line in text[: _SAMPLE * 2_000].splitlines():
        if line.strip():
            yield line[:2_000]


def _named(first: Sequence[str]) -> Sequence[str]:
    """Return headings that can be told apart."""
    if len(first) > MOST_COLUMNS:
        raise _too_wide(len(first))
    names: list[str] = []
    for place, heading in enumerate(first, 1):
        seen = "".join(one for one in heading.strip() if one.isprintable())[:MOST_NAME]
        seen = seen or f"#{place}"
        name, number = seen, 1
        while name in names:
            number += 1
            name = f"{seen} ({number})"
        names.append(name)
    return names


def _bounded(table: Table) -> Table:
    if len(table.rows) > MOST_ROWS:
        raise FileRefused(
            N_("The file has %(found)d lines, and at most %(most)d can be taken in at once."),
            found=len(table.rows),
            most=MOST_ROWS,
        )
    return table


def demand_narrow(headings: Sequence[str]) -> None:
    """Refuse a table with more columns than anybody can look through."""
    if len(headings) > MOST_COLUMNS:
        raise _too_wide(len(headings))


def _too_wide(found: int) -> FileRefused:
    return FileRefused(
        N_("The file has %(found)d columns, and at most %(most)d can be shown."),
        found=found,
        most=MOST_COLUMNS,
    )
