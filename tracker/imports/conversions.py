"""The texts of one column of another app's file, and the answers that they become."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from tracker.domain.answers import read_answer
from tracker.domain.questionnaire import Item, Kind
from tracker.domain.words import N_, Refused
from tracker.imports.problems import CellRefused
from tracker.imports.readings import LEFT_OUT, Column, Reading, Several
from tracker.imports.scales import read_number, whole

NO_WORD: Final = N_("Nobody said yet what “%(text)s” stands for. Give it an answer.")
BEYOND: Final = N_(
    "%(text)s is no number from %(low)d to %(high)d. Say which numbers the file's scale "
    "begins and ends with, or leave it out."
)


@dataclass(frozen=True, slots=True)
class Conversion:
    """What becomes of one text, which stands `count` times in its column.

    `exact` is what a number is on the item's scale, None for a word. `cell` is the answer as our
    own tables write it, "" where it is left out; `refused` says why it is none.
    """

    text: str
    exact: Fraction | None = None
    cell: str = LEFT_OUT
    refused: Refused | None = None
    count: int = 0

    @property
    def is_exact(self) -> bool:
        """False where a number falls between two answers."""
        return self.exact is None or self.exact.denominator == 1


class Converter:
    """Turns the texts of one column into answers, each of them once."""

    def __init__(self, item: Item, column: Column, reading: Reading) -> None:
        self.item = item
        self.several: Several = column.several or reading.several
        self._column = column
        self._reading = reading
        self._known: dict[str, Conversion] = {}
        self._counts: Counter[str] = Counter()

    def convert(self, text: str) -> str:
        """Return the answer as our tables write it, "" where the text is left out.

        Raises:
            Refused: it is no answer.
        """
        self._counts[text] += 1
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._converted(text)
        if known.refused is not None:
            raise known.refused
        return known.cell

    def conversions(self) -> Sequence[Conversion]:
        """Return every text there was: numbers by size, then words."""
        found = [replace(one, count=self._counts[one.text]) for one in self._known.values()]
        return sorted(found, key=self._place)

    def _place(self, one: Conversion) -> tuple[bool, Fraction, str]:
        number = self._number(one.text)
        return number is None, number or Fraction(0), one.text

    def _number(self, text: str) -> Fraction | None:
        if text in self._column.words or self.item.kind is Kind.CHOICE:
            return None
        return read_number(text, comma=self._reading.comma)

    def _converted(self, text: str) -> Conversion:
        number, exact = self._number(text), None
        try:
            if number is None:
                return Conversion(text, cell=self._of_word(text))
            exact = self._of_number(text, number)
            return Conversion(text, exact, str(whole(exact, self._reading.rounding)))
        except Refused as refused:
            return Conversion(text, exact, refused=refused)

    def _of_word(self, text: str) -> str:
        cell = self._column.words.get(text)
        if cell is None:
            raise CellRefused(NO_WORD, text=text)
        read_answer(self.item, self._reading.ruler, cell)
        return cell

    def _of_number(self, text: str, number: Fraction) -> Fraction:
        low, high = self.item.bounds(self._reading.ruler)
        if self._column.scale is not None:
            return self._column.scale.carried(number, low, high)
        if not low <= number <= high:
            raise CellRefused(BEYOND, text=text, low=low, high=high)
        return number
