"""A diary file of several people, person by person: only one of them is ever held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from tracker.domain.questionnaire import Ruler
from tracker.domain.responder import Rule
from tracker.domain.scoresheets import ScoreSheet
from tracker.domain.words import N_, Refused
from tracker.imports.columns import read_columns
from tracker.imports.people import person_place, read_person
from tracker.imports.problems import FileRefused, Problem, ProblemsFound
from tracker.imports.scoresheets import SheetReader
from tracker.imports.streams import Stream, read_stream


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: on which ruler, for which rule, whose headings are not ours."""

    ruler: Ruler
    rule: Rule
    mapping: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose rows begin on `line`."""

    name: str
    line: int
    sheet: ScoreSheet


def read_people(file: TextIO, reading: Reading) -> Iterator[Person]:
    """Yield each person of a file that has a column `person` and a person's rows together.

    Raises:
        FileRefused: it can't be read, or not from some row on.
        ProblemsFound: something in it is wrong; reading ends with the first person of whom it is.
    """
    stream = read_stream(file)
    place = person_place(stream.headings, reading.mapping)
    reader = _reader(stream, reading, place)
    for name, lines, rows in _people(stream, place):
        yield Person(name, lines[0], reader.read(lines, rows))


def read_one(file: TextIO, reading: Reading) -> ScoreSheet:
    """Return what a file says that holds one person's rows alone.

    Raises:
        FileRefused: it can't be read.
        ProblemsFound: something in it is wrong.
    """
    stream = read_stream(file)
    rows = list(stream.rows)
    return _reader(stream, reading, None).read(
        [line for line, _ in rows], [cells for _, cells in rows]
    )


def _reader(stream: Stream, reading: Reading, place: int | None) -> SheetReader:
    names = [heading for n, heading in enumerate(stream.headings) if n != place]
    mapping = {
        heading: meaning
        for heading, meaning in reading.mapping.items()
        if place is None or heading != stream.headings[place]
    }
    columns = read_columns(names, mapping)
    if columns.problems:
        raise ProblemsFound(columns.problems)
    return SheetReader(stream.headings, columns, reading.ruler, reading.rule)


def _people(stream: Stream, place: int) -> Iterator[tuple[str, list[int], list[list[str]]]]:
    """Yield each name with its rows and the lines on which they begin."""
    seen: set[str] = set()
    text, name = None, ""
    lines: list[int] = []
    rows: list[list[str]] = []
    for line, cells in stream.rows:
        if cells[place] != text:
            text = cells[place]
            coming = _name(line, text, stream.headings[place])
            if coming != name:
                if rows:
                    yield name, lines, rows
                name, lines, rows = coming, [], []
                _refuse_again(line, name, seen)
        lines.append(line)
        rows.append(cells)
    if rows:
        yield name, lines, rows


def _name(line: int, text: str, heading: str) -> str:
    try:
        return read_person(text)
    except Refused as refused:
        raise ProblemsFound([Problem.of(line, heading, refused)]) from refused


def _refuse_again(line: int, name: str, seen: set[str]) -> None:
    if name in seen:
        raise FileRefused(
            N_(
                "Line %(line)d: “%(person)s” has rows further up, and other people's rows stand "
                "between. Keep each person's rows together: sort the file by “person”."
            ),
            line=line,
            person=name,
        )
    seen.add(name)
