"""Answers on another scale, carried to the one of an item: exactly, or rounded where told."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tracker.domain.words import N_
from tracker.imports.problems import CellRefused

_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)


class Rounding(StrEnum):
    """What becomes of a number that falls between two answers."""

    REFUSE = "refuse"
    NEAREST = "nearest"  # halves go up


@dataclass(frozen=True, slots=True)
class Scale:
    """The two numbers of a file that stand for an item's lowest and its highest answer.

    `low` above `high` is a scale that runs the other way.
    """

    low: Fraction
    high: Fraction

    def carried(self, number: Fraction, low: int, high: int) -> Fraction:
        """Return what `number` is between `low` and `high`, exactly.

        Raises:
            CellRefused: it lies beyond the scale.

        >>> Scale(Fraction(1), Fraction(5)).carried(Fraction(2), 0, 10)
        Fraction(5, 2)
        >>> Scale(Fraction(5), Fraction(1)).carried(Fraction(1), 0, 10)
        Fraction(10, 1)
        """
        if not min(self.low, self.high) <= number <= max(self.low, self.high):
            raise CellRefused(
                N_(
                    "%(number)s lies outside the scale from %(low)s to %(high)s. "
                    "Say which numbers the file's scale begins and ends with."
                ),
                number=written(number),
                low=written(min(self.low, self.high)),
                high=written(max(self.low, self.high)),
            )
        return low + (number - self.low) * (high - low) / (self.high - self.low)


def read_number(text: str, *, comma: bool) -> Fraction | None:
    """Return the number that `text` writes, None where it is a word.

    Args:
        text: a cell.
        comma: whether decimals follow a comma; then a point is none of a number.

    >>> read_number("2,5", comma=True), read_number("2,5", comma=False)
    (Fraction(5, 2), None)
    """
    if comma:
        if "." in text:
            return None
        text = text.replace(",", ".")
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def whole(exact: Fraction, rounding: Rounding) -> int:
    """Return the answer that `exact` is, or that is nearest to it.

    Raises:
        CellRefused: it falls between two, and nobody said that it may be rounded.

    >>> whole(Fraction(5, 2), Rounding.NEAREST)
    3
    """
    if exact.denominator == 1:
        return int(exact)
    if rounding is Rounding.REFUSE:
        raise CellRefused(
            N_("This falls between two answers (%(exact)s). Let it be rounded, or leave it out."),
            exact=written(exact),
        )
    return math.floor(exact + Fraction(1, 2))


def written(number: Fraction) -> str:
    """Return a number as a page shows it, with at most two decimals.

    >>> written(Fraction(5, 2)), written(Fraction(10, 3)), written(Fraction(4))
    ('2.5', '3.33', '4')
    """
    return f"{float(number):.2f}".rstrip("0").rstrip(".")
