"""What an appointment's PDF is made of, and how values go to its typesetter."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from tracker.domain.diary import Diary
from tracker.domain.figures import item_name
from tracker.domain.happenings import NOTHING, Happenings
from tracker.domain.measurements import Series
from tracker.domain.openings import Opening
from tracker.domain.questionnaire import PAIN, Item
from tracker.domain.report import PhaseResult, Report
from tracker.domain.spans import Span
from tracker.domain.trends import Trend
from tracker.domain.voice import Voice

Json = bool | int | str | None | list["Json"] | dict[str, "Json"]
# A word that no column has room for may be broken after so many signs.
_LONG_WORD: Final = re.compile(r"\S{16,}")
_PIECE: Final = 8
_BREAK: Final = "\N{ZERO WIDTH SPACE}"
_UNWRITTEN: Final = frozenset({"Cc", "Cf", "Cs"})
_JOINERS: Final = frozenset("\n\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")


class Paper(StrEnum):
    """What it is printed on."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Pictures:
    """SVGs that need no style sheet; texts in them ask for the font Noto Sans.

    `trend` is "" where there is none. `strips` are small, by item. `marks` are the legend.
    """

    trend: str = ""
    strips: Mapping[str, str] = field(default_factory=dict)
    marks: Sequence[tuple[str, str]] = ()


NONE: Final = Pictures()


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the PDF says. `shown` are the nights of picture and table.

    `table` adds every night, `notes` what was written beside them there, and why an order was
    opened in own words; `question` is "" where nothing is to be asked. `happenings` are told as
    far as they lie in `shown`, `series` are all.
    """

    name: str
    diary: Diary
    report: Report
    shown: Span
    printed: date
    voice: Voice
    pictures: Pictures = NONE
    paper: Paper = Paper.A4
    table: bool = False
    notes: bool = False
    question: str = ""
    happenings: Happenings = NOTHING
    series: Sequence[Series] = ()
    openings: Sequence[Opening] = ()

    @property
    def newest(self) -> PhaseResult | None:
        """The phase that the answer is about."""
        return self.report.phases[-1] if self.report.phases else None

    @property
    def main(self) -> Trend | None:
        """The trend of the large picture: pain, else the first there is."""
        trends = self.report.trends
        key = PAIN.key if PAIN.key in trends else next(iter(trends), "")
        return trends.get(key)

    def named(self, item: Item) -> Json:
        """Return what an item is called."""
        return said(item_name(item, self.voice.say))


def said(text: str) -> dict[str, Json]:
    r"""Return somebody's words as the template takes them: readable, with their direction.

    Signs that can't be seen are left out, and words that no column could hold may be broken.

    >>> said("a\x00b"), said("محمد")["rtl"]
    ({'text': 'ab', 'rtl': False}, True)
    """
    kept = "".join(
        sign for sign in text if sign in _JOINERS or unicodedata.category(sign) not in _UNWRITTEN
    )
    return {"text": _LONG_WORD.sub(_breakable, kept), "rtl": is_from_right(kept)}


def is_from_right(text: str) -> bool:
    """True where the first letter is of a script that is written from the right."""
    sides = (unicodedata.bidirectional(sign) for sign in text)
    return next((side for side in sides if side in {"L", "R", "AL"}), "L") != "L"


def _breakable(found: re.Match[str]) -> str:
    word = found.group()
    return _BREAK.join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))
