"""Telephone numbers in running text: found, so that a tap dials them; the text stays as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_GAP: Final = r"(?: ?[/-] ?|[ .\N{NO-BREAK SPACE}]|\) ?| ?\(0\) ?)?"
_CANDIDATE: Final = re.compile(
    rf"(?<![\w+./:-])\+?(?:\((?=[0-9]+\)))?[0-9](?:{_GAP}[0-9])+(?![\w/:%])(?!\.[0-9])"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}")
_HOURS: Final = re.compile(r"[0-9]{1,2}(\.[0-9]{2})? ?- ?[0-9]{1,2}(\.[0-9]{2})?|24/7")
_YEARS: Final = re.compile(r"(19|20)[0-9]{2}(\W(19|20)[0-9]{2})?")
_TRUNK: Final = re.compile(r"(?<=[0-9 ])\(0\)")  # +44 (0)20: left out where the country is dialled
_FEWEST, _MOST = 3, 15  # digits: 112; E.164


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `dialled` is what a tap on it dials, "" where it is no number."""

    text: str
    dialled: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """Yield `text` in pieces, the telephone numbers apart.

    >>> [piece.dialled for piece in pieces("Call 116 123 (24/7) or +44 (0)20 7946 0018.")]
    ['', '116123', '', '+442079460018', '']
    """
    done = 0
    for found in _CANDIDATE.finditer(text):
        dialled = _dialled(found[0])
        if dialled:
            yield Piece(text[done : found.start()])
            yield Piece(found[0], dialled)
            done = found.end()
    yield Piece(text[done:])


def _dialled(written: str) -> str:
    if any(other.fullmatch(written) for other in (_DAY, _HOURS, _YEARS)):
        return ""
    if written.startswith("+"):
        written = _TRUNK.sub("", written)
    digits = re.sub(r"[^0-9]", "", written)
    if not _FEWEST <= len(digits) <= _MOST:
        return ""
    return f"+{digits}" if written.startswith("+") else digits
