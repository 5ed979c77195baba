"""A phases file, row by row, as phases or as everything that is wrong with it."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from tracker.domain.phases import Phase, PhaseKind, PhasesRefused, in_order
from tracker.domain.words import N_, Refused
from tracker.imports import cells
from tracker.imports.columns import PERSON
from tracker.imports.problems import CellRefused, FileRefused, Problem
from tracker.imports.tables import Row, read_table

COLUMNS: Final = ("phase", "start", "end", "label", "medicine", "dose_mg")
REQUIRED: Final = COLUMNS[:3]

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class PhasesFile:
    """What a phases file says: the phases in order of time, as far as its rows are right."""

    phases: tuple[Phase, ...]
    problems: tuple[Problem, ...]


def read_phases(data: bytes) -> PhasesFile:
    """Read a phases file.

    Raises:
        FileRefused: nothing in it can be read.
    """
    table = read_table(data)
    problems = [*unknown_columns(table.headings), *table.problems]
    placed: list[tuple[int, Phase]] = []
    for row in table.rows:
        phase = read_row(row, problems)
        if phase is not None:
            placed.append((row.line, phase))
    return PhasesFile(
        placed_in_order(placed, problems),
        tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def placed_in_order(placed: list[tuple[int, Phase]], problems: list[Problem]) -> tuple[Phase, ...]:
    """Return one person's phases in order of time, each given with its line.

    Those that can't stand together go to `problems`.
    """
    placed.sort(key=lambda each: each[1].start)
    for (_, before), (line, after) in itertools.pairwise(placed):
        _together(line, (before, after), problems)
    return tuple(phase for _, phase in placed)


def unknown_columns(headings: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each column that one person's phases don't have.

    Raises:
        FileRefused: one that they must have is missing.
    """
    for name in REQUIRED:
        if name not in headings:
            raise FileRefused(
                N_("The first line must be: %(columns)s. The column “%(name)s” is missing."),
                columns=",".join(COLUMNS),
                name=name,
            )
    for heading in headings:
        if heading == PERSON:
            refused = CellRefused(
                N_("A file with several people is for “tracker cohort”. Keep one person's rows.")
            )
            yield Problem.of(1, heading, refused)
        elif heading not in COLUMNS:
            refused = CellRefused(
                N_("This column is not known. A phases file has: %(columns)s."),
                columns=",".join(COLUMNS),
            )
            yield Problem.of(1, heading, refused)


def read_row(row: Row, problems: list[Problem]) -> Phase | None:
    """Return the row's phase, None if anything is wrong; that goes to `problems`."""
    found = _Cells(row, problems)
    before = len(problems)
    kind = found.read("phase", lambda text: cells.read_choice(PhaseKind, text))
    start = found.read("start", cells.read_date)
    end = found.read("end", lambda text: cells.read_date(text) if text else None)
    label = found.read("label", cells.read_label)
    medicine = found.read("medicine", cells.read_medicine)
    dose = found.read("dose_mg", cells.read_dose)
    if kind is PhaseKind.BLINDED and (medicine or dose is not None):
        refused = CellRefused(N_("A blinded phase names no medicine and no dose."))
        problems.append(Problem.of(row.line, "", refused))
    if kind is None or start is None or len(problems) > before:
        return None
    phase = Phase(kind, start, end, label or "", medicine or "", dose)
    return phase if _together(row.line, (phase,), problems) else None


def _together(line: int, phases: Sequence[Phase], problems: list[Problem]) -> bool:
    """Say whether `phases` can stand together; else tell it of `line`."""
    try:
        in_order(phases)
    except PhasesRefused as refused:
        problems.append(Problem.of(line, "", refused))
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Cells:
    row: Row
    problems: list[Problem]

    def read(self, name: str, read: Callable[[str], Read]) -> Read | None:
        """Read the cell of column `name`; None where it can't be, or the file has no such."""
        if name not in self.row.cells:
            return None
        try:
            return read(self.row.cells[name])
        except Refused as refused:
            self.problems.append(Problem.of(self.row.line, name, refused))
            return None
