"""What the columns of another app's table hold, for a person to look through."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from typing import Final

from tracker.imports.placing import Placing
from tracker.imports.problems import Problem
from tracker.imports.readings import Reading
from tracker.imports.scales import read_number
from tracker.imports.tables import Table

SHOWN: Final = 3  # values of a column
MOST_WORDS: Final = 40  # that can be given an answer one by one
MOST_LETTERS: Final = 80  # of such a word


def texts(table: Table, heading: str) -> Counter[str]:
    """Return how often each text stands in a column; empty cells are none."""
    found = Counter(row.cells.get(heading, "").strip() for row in table.rows)
    del found[""]
    return found


def first_values(table: Table, heading: str) -> Sequence[str]:
    """Return the first few texts of a column, each once."""
    return list(texts(table, heading))[:SHOWN]


def words(found: Mapping[str, int], *, comma: bool) -> Sequence[str]:
    """Return the texts of a column that are no numbers, in order."""
    return sorted(text for text in found if read_number(text, comma=comma) is None)


def are_answers(found: Sequence[str]) -> bool:
    """Say whether words are few and short enough to be answers."""
    return len(found) <= MOST_WORDS and all(len(word) <= MOST_LETTERS for word in found)


def crowded(table: Table, reading: Reading, zone: tzinfo) -> Mapping[str, int]:
    """Return on how many nights each column that is taken has several different texts."""
    placing = Placing(reading, zone)
    told: dict[tuple[date, str], set[str]] = defaultdict(set)
    for row in table.rows:
        placed = placing.of(row)
        if isinstance(placed, Problem):
            continue
        for heading in reading.columns.keys() & row.cells.keys():
            text = row.cells[heading].strip()
            if text:
                told[placed.day, heading].add(text)
    return Counter(heading for (_, heading), found in told.items() if len(found) > 1)
