"""Another app's table read as a person said: a diary, and every place that is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

from tracker.domain.words import N_, Refused
from tracker.imports.columns import DATE, NOTE, Columns, item_of
from tracker.imports.conversions import Conversion, Converter
from tracker.imports.diaries import DiaryFile, diary_of
from tracker.imports.placing import Placing
from tracker.imports.problems import CellRefused, Problem
from tracker.imports.readings import Reading, Several
from tracker.imports.tables import Row, Table

NAMED: Final = 5  # lines of a day


@dataclass(frozen=True, slots=True)
class MappedFile:
    """What a file says when it is read that way.

    `conversions` has all texts of each column that holds answers. `lines` counts the file's,
    `skipped` those that something wrong keeps out.
    """

    file: DiaryFile
    conversions: Mapping[str, Sequence[Conversion]]
    lines: int
    skipped: int


def read_mapped(table: Table, reading: Reading, zone: tzinfo) -> MappedFile:
    """Read a table as `reading` says.

    Args:
        table: of unique headings.
        reading: has a column for the date, and names columns of the table only.
        zone: the person's, of times that the file tells in another one.
    """
    reader = _Reader(reading, zone)
    for row in table.rows:
        reader.take(row)
    rows = list(reader.nights())
    problems = (*table.problems, *reader.problems)
    file = diary_of(Table((), tuple(rows), problems), reader.columns(), reading.ruler)
    return MappedFile(
        file=file,
        conversions={name: one.conversions() for name, one in reader.converters.items()},
        lines=len(table.rows) + len(table.problems),
        skipped=len({problem.line for problem in file.problems} | reader.dropped),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """One right row: where it stands in its day, its answers, its notes."""

    minute: int
    line: int
    cells: Mapping[str, str]
    notes: Sequence[str]


class _Reader:
    """Reads rows, and then the nights that they make up."""

    def __init__(self, reading: Reading, zone: tzinfo) -> None:
        self.problems: list[Problem] = []
        self.dropped: set[int] = set()
        self.converters = {
            heading: Converter(item, column, reading)
            for heading, column in reading.columns.items()
            if (item := item_of(column.meaning)) is not None
        }
        self._placing = Placing(reading, zone)
        self._notes = reading.headings(NOTE)
        self._days: dict[date, list[_Said]] = {}

    def columns(self) -> Columns:
        """Return what the columns of `nights` stand for."""
        others = {DATE: self._placing.dates}
        if self._notes:
            others[NOTE] = self._notes[0]
        items = {heading: converter.item for heading, converter in self.converters.items()}
        return Columns(items, others, ())

    def take(self, row: Row) -> None:
        """Note what a row says, or all that is wrong in it."""
        before = len(self.problems)
        placed = self._placing.of(row)
        cells = {name: self._cell(row, name) for name in self.converters if row.cells.get(name)}
        if isinstance(placed, Problem):
            self.problems.append(placed)
        elif len(self.problems) == before:
            notes = [note for name in self._notes if (note := row.cells.get(name, "").strip())]
            said = _Said(placed.minute, row.line, cells, notes)
            self._days.setdefault(placed.day, []).append(said)

    def nights(self) -> Iterator[Row]:
        """Yield a row for each day: of several answers the one that was asked for."""
        for day, rows in self._days.items():
            ordered = sorted(rows, key=lambda said: said.minute)
            before = len(self.problems)
            cells = {name: self._one(day, name, ordered) for name in self.converters}
            if len(self.problems) > before:
                self.dropped.update(said.line for said in rows)
                continue
            if self._notes:
                notes = dict.fromkeys(note for said in ordered for note in said.notes)
                cells[self._notes[0]] = "\n".join(notes)
            yield Row(rows[0].line, {**cells, self._placing.dates: day.isoformat()})

    def _one(self, day: date, heading: str, rows: Sequence[_Said]) -> str:
        """Return the answer of a day."""
        told = {said.line: cell for said in rows if (cell := said.cells.get(heading))}
        answers = list(told.values())
        if len(set(answers)) <= 1:
            return answers[0] if answers else ""
        several = self.converters[heading].several
        if several is Several.REFUSE:
            refused = CellRefused(
                N_(
                    "%(day)s has several answers here, on the lines %(lines)s. "
                    "Say which of them counts."
                ),
                day=day,
                lines=", ".join(map(str, sorted(told)[:NAMED])),
            )
            self.problems.append(Problem.of(max(told), heading, refused))
            return ""
        return _picked(answers, several)

    def _cell(self, row: Row, heading: str) -> str:
        """Return the answer of one cell, "" where there is none or it can't be read."""
        text = row.cells[heading].strip()
        try:
            return self.converters[heading].convert(text) if text else ""
        except Refused as refused:
            self.problems.append(Problem.of(row.line, heading, refused))
            return ""


def _picked(answers: Sequence[str], several: Several) -> str:
    """Return one of a day's answers, which stand in order of time.

    >>> _picked(["3", "10", "n/a", "7"], Several.HIGHEST), _picked(["3", "10"], Several.LAST)
    ('10', '10')
    """
    if several is Several.FIRST:
        return answers[0]
    if several is Several.LAST:
        return answers[-1]
    numbers = [answer for answer in answers if answer.isdecimal()]
    pick = max if several is Several.HIGHEST else min
    return pick(numbers, key=int) if numbers else answers[0]
