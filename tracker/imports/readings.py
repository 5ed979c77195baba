"""How a person wants another app's file to be read: every choice, told and never guessed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tracker.domain.questionnaire import Ruler
from tracker.imports.moments import DateOrder
from tracker.imports.scales import Rounding, Scale

TIME: Final = "time"  # a column's meaning, beside "date", "note" and the names of items
LEFT_OUT: Final = ""  # what a word stands for that isn't taken


class Several(StrEnum):
    """Which answer counts where a day has several. There is no mean: nobody gave that answer."""

    REFUSE = "refuse"
    FIRST = "first"
    LAST = "last"
    HIGHEST = "highest"
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is read.

    `meaning` is "date", "time", "note", an item's key or `own:<name>:<direction>`. Without a
    `scale` numbers stay as they are. `words` has what each text stands for, as our own tables
    write it. Without a `several` of its own the file's counts.
    """

    meaning: str
    scale: Scale | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    several: Several | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read.

    `columns` are those that are taken, by heading. `rollover` is None where a row belongs to the
    day that the file names; else a row before that time belongs to the day before. `comma` says
    that decimals follow a comma.
    """

    columns: Mapping[str, Column]
    ruler: Ruler
    order: DateOrder
    rollover: time | None = None
    comma: bool = False
    several: Several = Several.REFUSE
    rounding: Rounding = Rounding.REFUSE

    def headings(self, meaning: str) -> list[str]:
        """Return the columns that stand for `meaning`, in the file's order."""
        return [name for name, column in self.columns.items() if column.meaning == meaning]


def as_text(reading: Reading) -> str:
    """Return a reading as it is kept beside its file."""
    told = {
        "columns": [[heading, *_column(each)] for heading, each in reading.columns.items()],
        "ruler": reading.ruler,
        "order": reading.order,
        "rollover": None if reading.rollover is None else f"{reading.rollover:%H:%M}",
        "comma": reading.comma,
        "several": reading.several,
        "rounding": reading.rounding,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Reading:
    """Return what `as_text` was given; nobody else writes such a text."""
    told = json.loads(text)
    rollover = told["rollover"]
    return Reading(
        columns={heading: _read_column(*parts) for heading, *parts in told["columns"]},
        ruler=Ruler(told["ruler"]),
        order=DateOrder(told["order"]),
        rollover=None if rollover is None else time.fromisoformat(rollover),
        comma=told["comma"],
        several=Several(told["several"]),
        rounding=Rounding(told["rounding"]),
    )


def _column(column: Column) -> tuple[object, ...]:
    scale = column.scale
    ends = None if scale is None else [str(scale.low), str(scale.high)]
    return column.meaning, ends, dict(column.words), column.several


def _read_column(
    meaning: str, ends: tuple[str, str] | None, words: Mapping[str, str], several: str | None
) -> Column:
    return Column(
        meaning,
        None if ends is None else Scale(*map(Fraction, ends)),
        words,
        None if several is None else Several(several),
    )
