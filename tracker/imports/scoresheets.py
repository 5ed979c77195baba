"""One person's rows as a score sheet: column by column where all is as usual, else as a diary.

The two ways give the same; the first only knows cells that it can look up, and leaves everything
else, whatever is wrong among it, to the second.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import compress
from operator import itemgetter
from typing import Final, TypeAlias

from tracker.domain.answers import (
    DECLINED,
    NO_RECALL,
    NOT_APPLICABLE,
    answered,
    write_answer,
)
from tracker.domain.diary import NOTE_LIMIT, Status
from tracker.domain.questionnaire import DREAM_DISTRESS, DREAM_VIVIDNESS, Item, Ruler
from tracker.domain.responder import Rule
from tracker.domain.scoresheets import ScoreSheet, needed_items, sheet_of
from tracker.domain.series import Series
from tracker.domain.sheets import bared
from tracker.domain.spans import ONE_DAY
from tracker.domain.words import Refused
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
)
from tracker.imports.diaries import diary_of
from tracker.imports.problems import ProblemsFound
from tracker.imports.streams import check_encoding
from tracker.imports.tables import Row, Table

_DREAMS: Final = (DREAM_VIVIDNESS, DREAM_DISTRESS)
Cells: TypeAlias = tuple[str, ...]  # one column's, row by row
# What else a file may have beside date and ruler (a test compares), and how a cell is checked.
OTHERS: Final[Mapping[str, Callable[[str], object]]] = {
    NOTE: lambda text: cells.read_note(text, NOTE_LIMIT),
    STATUS: lambda text: cells.read_choice(Status, text or Status.IMPORTED),
    REVISION: cells.read_count,
    SUBMITTED_AT: cells.read_instant,
    ZONE: cells.read_zone,
    ENTERED_BY: cells.read_helper,
}


class SheetReader:
    """Reads the rows of people from a file whose columns are known.

    Args:
        headings: of all columns.
        columns: what they stand for; without problems.
        ruler: of the rows that don't name theirs, and the one that is judged by.
        rule: which items are needed.
    """

    def __init__(self, headings: Sequence[str], columns: Columns, ruler: Ruler, rule: Rule) -> None:
        self._headings, self._columns = headings, columns
        self._ruler, self._rule = ruler, rule
        places = {heading: place for place, heading in enumerate(headings)}
        self._others = {name: places[heading] for name, heading in columns.others.items()}
        self._items = {item.key: places[heading] for heading, item in columns.items.items()}
        self._tokens = {item.key: tokens_of(item, ruler) for item in columns.items.values()}
        self._allowed = {key: frozenset(tokens) for key, tokens in self._tokens.items()}
        self._needed = needed_items(rule)
        self._dates = _Dates()

    def read(self, lines: Sequence[int], rows: Sequence[list[str]]) -> ScoreSheet:
        """Return what the rows of one person say, which begin on `lines`.

        Raises:
            ProblemsFound: something is wrong.
            FileRefused: a row is not UTF-8.
        """
        return self.by_columns(rows) or self.by_entries(lines, rows)

    def by_entries(self, lines: Sequence[int], rows: Sequence[list[str]]) -> ScoreSheet:
        """Read rows as any diary file is read."""
        table = Table(tuple(self._headings), tuple(map(self._row, lines, rows)), ())
        file = diary_of(table, self._columns, self._ruler)
        if file.problems:
            raise ProblemsFound(file.problems)
        return sheet_of(file.diary, self._rule, date.min if file.rows is None else file.rows.end)

    def _row(self, line: int, row: list[str]) -> Row:
        check_encoding(line, row)
        return Row(line, dict(zip(self._headings, map(bared, row), strict=True)))

    def by_columns(self, rows: Sequence[list[str]]) -> ScoreSheet | None:
        """Read rows column by column; None where there is anything that must be looked at."""
        columns = list(zip(*sorted(rows, key=itemgetter(self._others[DATE])), strict=True))
        if not columns or not self._is_usual(columns):
            return None
        try:
            days = tuple(map(self._dates.__getitem__, columns[self._others[DATE]]))
        except Refused:
            return None
        if len(set(days)) < len(days):
            return None
        logged = self._logged(columns)
        return ScoreSheet(
            series={key: self._series(item, days, columns) for key, item in self._needed.items()},
            logged=tuple(compress(days, logged)),
            late=self._late(days, logged, columns),
            closed_until=days[-1] + ONE_DAY,
        )

    def _is_usual(self, columns: Sequence[Cells]) -> bool:
        """Say whether every cell but the dates is one that needs no second look."""
        if not all(
            self._allowed[key].issuperset(columns[place]) for key, place in self._items.items()
        ):
            return False
        if RULER in self._others:
            rulers = {self._ruler.value, ""}
            if not rulers.issuperset(columns[self._others[RULER]]):
                return False
        return self._are_read(columns) and not self._recalls(columns)

    def _are_read(self, columns: Sequence[Cells]) -> bool:
        try:
            for name, read in OTHERS.items():
                if name in self._others:
                    for text in set(columns[self._others[name]]):
                        read(bared(text))
        except Refused:
            return False
        return True

    def _recalls(self, columns: Sequence[Cells]) -> bool:
        """Say whether a dream is both not recalled and said to have been disturbing."""
        if not {DREAM_VIVIDNESS.key, DREAM_DISTRESS.key} <= self._items.keys():
            return False
        vivid, distress = (columns[self._items[item.key]] for item in _DREAMS)
        none = NO_RECALL.state.value
        return none in vivid and not {"", NOT_APPLICABLE.state.value}.issuperset(
            compress(distress, (cell == none for cell in vivid))
        )

    def _logged(self, columns: Sequence[Cells]) -> Sequence[bool]:
        """Say of each row whether any item has an answer or a state."""
        items = [columns[place] for place in self._items.values()]
        if not items or any("" not in column for column in items):
            return [bool(items)] * len(columns[0])
        return list(map(any, zip(*items, strict=True)))

    def _late(
        self, days: Sequence[date], logged: Sequence[bool], columns: Sequence[Cells]
    ) -> frozenset[date]:
        if STATUS not in self._others:
            return frozenset()
        statuses = compress(columns[self._others[STATUS]], logged)
        return frozenset(
            day
            for day, status in zip(compress(days, logged), statuses, strict=True)
            if status == Status.LATE
        )

    def _series(self, item: Item, days: Sequence[date], columns: Sequence[Cells]) -> Series:
        if item.key not in self._items:
            return Series(item, self._ruler.maximum, {})
        values = map(self._tokens[item.key].__getitem__, columns[self._items[item.key]])
        scores = {day: value for day, value in zip(days, values, strict=True) if value is not None}
        return Series(item, self._ruler.maximum, scores)


def tokens_of(item: Item, ruler: Ruler) -> Mapping[str, int | None]:
    """Return every cell that `item` is usually answered by, with its score; None where it has none.

    >>> tokens = tokens_of(DREAM_VIVIDNESS, Ruler.NRS)
    >>> tokens["no_recall"], tokens["7"]
    (None, 7)
    """
    low, high = item.bounds(ruler)
    states = [DECLINED, NOT_APPLICABLE]
    if item.key == DREAM_VIVIDNESS.key:
        states.append(NO_RECALL)
    answers = [*states, *map(answered, range(low, high + 1))]
    return {"": None} | {write_answer(item, answer): answer.value for answer in answers}


class _Dates(dict[str, date]):
    """Every date that was read once, by its text."""

    def __missing__(self, text: str) -> date:
        found = self[text] = cells.read_date(text)
        return found
