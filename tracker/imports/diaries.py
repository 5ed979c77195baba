"""A diary file, row by row, as a diary or as everything that is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from tracker.domain.answers import NO_RECALL, NOT_APPLICABLE, Answer, read_answer
from tracker.domain.diary import NOTE_LIMIT, Diary, Entry, Status
from tracker.domain.questionnaire import DREAM_DISTRESS, DREAM_VIVIDNESS, Ruler
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.words import N_, Refused
from tracker.imports import cells
from tracker.imports.columns import (
    DATE,
    ENTERED_BY,
    NOTE,
    REVISION,
    RULER,
    STATUS,
    SUBMITTED_AT,
    ZONE,
    Columns,
    read_columns,
)
from tracker.imports.problems import CellRefused, Problem
from tracker.imports.tables import Row, Table, read_table

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class DiaryFile:
    """What a diary file says.

    `diary` has an entry for each row that has an answer, a state or a note, as far as rows are
    right; `rows` runs from the first to the last right row's date, None where there is none.
    """

    diary: Diary
    rows: Span | None
    problems: tuple[Problem, ...]


def read_diary(data: bytes, ruler: Ruler, mapping: Mapping[str, str]) -> DiaryFile:
    """Read a diary file.

    Args:
        data: the file.
        ruler: of the rows that don't name theirs.
        mapping: what columns stand for whose heading is not ours.

    Raises:
        FileRefused: nothing in it can be read.
    """
    table = read_table(data)
    return diary_of(table, read_columns(table.headings, mapping), ruler)


def diary_of(table: Table, columns: Columns, ruler: Ruler) -> DiaryFile:
    """Return what a table says whose columns are known; `ruler` is of rows that don't name one."""
    problems = [*columns.problems, *table.problems]
    lines: dict[date, int] = {}
    entries: dict[date, Entry] = {}
    for row in table.rows:
        reader = _RowReader(row, columns)
        entry = reader.entry(ruler, lines)
        problems.extend(reader.problems)
        if entry is not None:
            entries[entry.day] = entry
    written = {day: entries[day] for day in sorted(entries) if _says_something(entries[day])}
    return DiaryFile(
        diary=Diary(
            ruler,
            MappingProxyType({item.key: item for item in columns.items.values()}),
            MappingProxyType(written),
        ),
        rows=Span(min(entries), max(entries) + ONE_DAY) if entries else None,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def names_rulers(data: bytes) -> bool:
    """Say whether every row names its ruler, so that nobody needs to be asked.

    Raises:
        FileRefused: nothing in it can be read.
    """
    return all(row.cells.get(RULER) for row in read_table(data).rows)


def _says_something(entry: Entry) -> bool:
    return entry.is_logged or bool(entry.note)


class _RowReader:
    """Reads one row, and collects all that is wrong in it."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self.problems: list[Problem] = []
        self._row = row
        self._columns = columns

    def entry(self, ruler: Ruler, lines: dict[date, int]) -> Entry | None:
        """Return the row's entry, None if anything is wrong; `lines` has the days so far."""
        day = self._other(DATE, lambda text: _fresh_day(text, self._row.line, lines))
        kept = self._other(RULER, lambda text: cells.read_choice(Ruler, text or ruler)) or ruler
        status = self._other(
            STATUS, lambda text: cells.read_choice(Status, text or Status.IMPORTED)
        )
        note = self._other(NOTE, lambda text: cells.read_note(text, NOTE_LIMIT))
        revision = self._other(REVISION, cells.read_count)
        submitted_at = self._other(SUBMITTED_AT, cells.read_instant)
        zone = self._other(ZONE, cells.read_zone)
        helper = self._other(ENTERED_BY, cells.read_helper)
        answers = self._answers(kept)
        if day is None or self.problems:
            return None
        return Entry(
            day=day,
            answers=MappingProxyType(answers),
            ruler=kept,
            status=status or Status.IMPORTED,
            note=note or "",
            revision=revision or 1,
            submitted_at=submitted_at,
            zone=zone or "",
            imported=True,
            entered_by=helper or "",
        )

    def _answers(self, ruler: Ruler) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for heading, item in self._columns.items.items():
            answer = self._read(heading, partial(read_answer, item, ruler))
            if answer is not None:
                found[item.key] = answer
        return self._settled(found)

    def _settled(self, answers: dict[str, Answer]) -> dict[str, Answer]:
        """Where no dream is recalled, its distress doesn't apply: an empty cell says so too."""
        if answers.get(DREAM_VIVIDNESS.key) != NO_RECALL:
            return answers
        for heading, item in self._columns.items.items():
            if item.key == DREAM_DISTRESS.key:
                said = answers.setdefault(item.key, NOT_APPLICABLE)
                if said != NOT_APPLICABLE:
                    self._refuse(heading, CellRefused(N_("Where no dream is recalled, write n/a.")))
        return answers

    def _other(self, name: str, read: Callable[[str], Read]) -> Read | None:
        """Read the column that stands for `name`; None where there is none or it can't be read."""
        heading = self._columns.others.get(name)
        return None if heading is None else self._read(heading, read)

    def _read(self, heading: str, read: Callable[[str], Read]) -> Read | None:
        try:
            return read(self._row.cells[heading])
        except Refused as refused:
            self._refuse(heading, refused)
            return None

    def _refuse(self, heading: str, refused: Refused) -> None:
        self.problems.append(Problem.of(self._row.line, heading, refused))


def _fresh_day(text: str, line: int, lines: dict[date, int]) -> date:
    """Return the date of a row, which no row before has."""
    day = cells.read_date(text)
    if lines.setdefault(day, line) != line:
        raise CellRefused(
            N_("%(day)s stands on line %(first)d and again on line %(second)d. Keep one of them."),
            day=day,
            first=lines[day],
            second=line,
        )
    return day
