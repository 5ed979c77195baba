"""Reading of a valid diary file and its phases file into plain dictionaries by day number."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

LOWER = "lower"
HIGHER = "higher"
NEUTRAL = "neutral"

DIRECTIONS = {
    "pain": LOWER,
    "fatigue": LOWER,
    "sleep": HIGHER,
    "mood": HIGHER,
    "dream_vividness": NEUTRAL,
    "dream_distress": LOWER,
    "activity": NEUTRAL,
    "function": HIGHER,
    "satisfaction": HIGHER,
    "stress": LOWER,
    "memory": HIGHER,
    "headache": LOWER,
    "overall": LOWER,
    "worst_pain": LOWER,
}
NOT_SCALES = ("dose_taken", "tolerability", "pgic")
NOT_ITEMS = ("date", "note", "ruler", "status", "revision", "submitted_at", "zone")
STATES = ("", "declined", "n/a", "no_recall")


@dataclass(slots=True)
class Diary:
    """What a diary file says; days are ordinals, scores are on the asked ruler only."""

    directions: dict[str, str] = field(default_factory=dict)
    scores: dict[str, dict[int, int]] = field(default_factory=dict)
    foreign: dict[str, set[int]] = field(default_factory=dict)
    pgic: dict[int, int] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    entries: set[int] = field(default_factory=set)
    late: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase as the file has it, its end resolved; `open` says that the file's end is empty."""

    kind: str
    label: str
    start: int
    end: int
    open: bool


def table(text: str) -> list[dict[str, str]]:
    """Give the rows of a CSV text by column name."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def day_number(text: str) -> int:
    """Give the ordinal of an ISO date."""
    return date.fromisoformat(text).toordinal()


def iso(day: int) -> str:
    """Give the ISO date of an ordinal."""
    return date.fromordinal(day).isoformat()


def direction_of(column: str) -> str:
    """Tell in which direction a scale column is better."""
    if column.startswith("own:"):
        return column.rsplit(":", 1)[1]
    return DIRECTIONS[column]


def read_diary(text: str, ruler: str) -> Diary:
    """Read a valid diary file."""
    diary = Diary()
    for row in table(text):
        day = day_number(row["date"])
        diary.rows.add(day)
        for column, cell in row.items():
            if column not in NOT_ITEMS and cell != "":
                diary.entries.add(day)
                take_cell(diary, day, column, cell, foreign=(row.get("ruler") or ruler) != ruler)
        if day in diary.entries and row.get("status") == "late":
            diary.late.add(day)
    return diary


def take_cell(diary: Diary, day: int, column: str, cell: str, *, foreign: bool) -> None:
    """Put one cell that is not empty where it belongs."""
    if cell in STATES:
        return
    if column == "pgic":
        diary.pgic[day] = int(cell)
    elif column not in NOT_SCALES:
        diary.directions[column] = direction_of(column)
        if foreign:
            diary.foreign.setdefault(column, set()).add(day)
        else:
            diary.scores.setdefault(column, {})[day] = int(cell)


def read_phases(text: str, rows: set[int]) -> list[Phase]:
    """Read a valid phases file; an empty end is the day after the last row, never before start."""
    phases = []
    for row in table(text):
        start = day_number(row["start"])
        if row["end"] == "":
            end = max(rows) + 1 if rows else start
            end = max(end, start)
        else:
            end = day_number(row["end"])
        phases.append(Phase(row["phase"], row["label"], start, end, row["end"] == ""))
    return sorted(phases, key=by_start)


def by_start(phase: Phase) -> int:
    """Give what phases are sorted by."""
    return phase.start


def values_on(scores: Mapping[int, int], days: Sequence[int]) -> dict[int, int]:
    """Keep the scores of some days."""
    return {day: scores[day] for day in days if day in scores}
