"""What people type: brought to one form, refused where it holds what can't be seen."""

import unicodedata
from typing import Final

from tracker.domain.words import N_, Refused

# Cc: control characters, NUL among them; Cs: lone surrogates.
_UNSEEN: Final = frozenset({"Cc", "Cs"})


class TextRefused(Refused):
    """The text is too long, or holds what can't be seen."""


def normal(text: str) -> str:
    r"""Return `text` in the form that is stored and hashed: NFC, lines ended by LF.

    >>> normal("a\r\nb") == "a\nb"
    True
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str, limit: int) -> str:
    """Return `text` as one line without space around it, "" where nothing was typed.

    Raises:
        TextRefused: it is longer than `limit` code points, or holds what can't be seen.

    >>> clean_line("  stiff hands ", 40)
    'stiff hands'
    """
    return _clean(text, limit, frozenset())


def clean_lines(text: str, limit: int) -> str:
    """Return `text`, which may have lines and tabs, without space around it.

    Raises:
        TextRefused: it is longer than `limit` code points, or holds what can't be seen.
    """
    return _clean(text, limit, frozenset("\n\t"))


def _clean(text: str, limit: int, allowed: frozenset[str]) -> str:
    cleaned = normal(text).strip()
    if len(cleaned) > limit:
        raise TextRefused(
            N_("This can be at most %(limit)d characters long. It has %(length)d."),
            limit=limit,
            length=len(cleaned),
        )
    # What is printable throughout, nearly every text, needs no look at each of its signs.
    if not cleaned.isprintable() and any(
        unicodedata.category(one) in _UNSEEN and one not in allowed for one in cleaned
    ):
        raise TextRefused(N_("This can't hold hidden or control characters."))
    return cleaned
