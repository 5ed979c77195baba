"""A phases file of several people, row by row, as each person's phases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from tracker.domain.outcomes import arm_of
from tracker.domain.phases import Phase
from tracker.domain.sheets import bared
from tracker.domain.words import Refused
from tracker.imports.columns import PERSON
from tracker.imports.people import person_place, read_person
from tracker.imports.phases import placed_in_order, read_row, unknown_columns
from tracker.imports.problems import Problem, ProblemsFound
from tracker.imports.streams import check_encoding, read_stream
from tracker.imports.tables import Row


@dataclass(frozen=True, slots=True)
class Timelines:
    """Each person's phases in order of time, and every arm in the file's order."""

    people: Mapping[str, tuple[Phase, ...]]
    arms: tuple[str, ...]


def read_timelines(file: TextIO) -> Timelines:
    """Read a phases file that has a column `person`; its rows may stand in any order.

    Raises:
        FileRefused: nothing in it can be read.
        ProblemsFound: something in it is wrong.
    """
    stream = read_stream(file)
    place = person_place(stream.headings, {})
    problems = list(unknown_columns([each for each in stream.headings if each != PERSON]))
    known: dict[tuple[str, ...], Phase] = {}
    placed: dict[str, list[tuple[int, Phase]]] = {}
    arms: dict[str | None, None] = {}
    for line, cells in stream.rows:
        check_encoding(line, cells)
        name = _name(line, cells.pop(place), problems)
        phase = known.get(tuple(cells))
        if phase is None:
            headings = (*stream.headings[:place], *stream.headings[place + 1 :])
            row = Row(line, dict(zip(headings, map(bared, cells), strict=True)))
            phase = read_row(row, problems)
        if name is not None and phase is not None:
            # People who began on the same day share one: a phase is a value.
            known[tuple(cells)] = phase
            placed.setdefault(name, []).append((line, phase))
            arms[arm_of(phase)] = None
    people = {name: placed_in_order(phases, problems) for name, phases in placed.items()}
    if problems:
        raise ProblemsFound(sorted(problems, key=lambda problem: problem.line))
    return Timelines(people, tuple(arm for arm in arms if arm is not None))


def _name(line: int, text: str, problems: list[Problem]) -> str | None:
    try:
        return read_person(text)
    except Refused as refused:
        problems.append(Problem.of(line, PERSON, refused))
        return None
