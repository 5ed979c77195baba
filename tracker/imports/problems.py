"""What is wrong with a file: one problem for each place, with its line and column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from tracker.domain.words import N_, Refused


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that can't be read.

    `line` counts from 1 and is where the row begins. `column` is the file's own
    heading, "" where the whole line is meant.
    """

    line: int
    column: str
    text: str
    values: Mapping[str, object]

    @classmethod
    def of(cls, line: int, column: str, refused: Refused) -> Self:
        """Place a refusal."""
        return cls(line, column, refused.text, refused.values)

    def in_words(self, translate: Callable[[str], str]) -> str:
        """Return one line in the reader's language."""
        said = translate(self.text) % self.values
        place = (
            N_("Line %(line)d, column “%(column)s”: %(said)s")
            if self.column
            else N_("Line %(line)d: %(said)s")
        )
        return translate(place) % {"line": self.line, "column": self.column, "said": said}


class CellRefused(Refused):
    """A cell can't be read."""


class FileRefused(Refused):
    """The file as a whole can't be read; the line is in the values where it is known."""


class ProblemsFound(Exception):  # noqa: N818 - as `Refused`: an answer to a person, not a fault
    """What was read is wrong in one place or several.

    Args:
        problems: each of them, at least one.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems
