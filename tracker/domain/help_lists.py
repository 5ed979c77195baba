"""The operator's list of where to find help right now: its paragraphs, and when it was checked."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

_REVIEWED: Final = re.compile(r"reviewed ([0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII)
_BLANK: Final = re.compile(r"\n\s*\n")
GOOD_FOR: Final = timedelta(days=365)  # numbers change: by then somebody should have tried them


@dataclass(frozen=True, slots=True)
class HelpList:
    """What the operator wrote.

    `reviewed` is when somebody last checked it; None where the list doesn't say.
    """

    paragraphs: tuple[str, ...]
    reviewed: date | None

    @classmethod
    def from_text(cls, text: str) -> Self:
        r"""Return the list of a text: a first line `reviewed YYYY-MM-DD`, then paragraphs.

        >>> HelpList.from_text("reviewed 2026-10-01\nCall Anna.\n\nOr Ben.").paragraphs
        ('Call Anna.', 'Or Ben.')
        """
        first, _, rest = text.strip().partition("\n")
        stated = _REVIEWED.fullmatch(first.strip())
        body = rest if stated else text
        paragraphs = tuple(part.strip() for part in _BLANK.split(body) if part.strip())
        return cls(paragraphs, _day(stated[1]) if stated else None)

    def is_stale(self, today: date) -> bool:
        """True where nobody checked it within a year, or it doesn't say."""
        return self.reviewed is None or today - self.reviewed > GOOD_FOR


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
