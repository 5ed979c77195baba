"""Passwords: how long, and which are too easily guessed."""

import functools
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

from tracker.domain.words import N_, Refused

LEAST: Final = 15  # code points, where the password stands alone
LEAST_BESIDE_FACTOR: Final = 10  # where a second factor stands beside it
MOST: Final = 128
ENOUGH: Final = 8  # characters that must be left once all that is easily guessed is taken out
DIFFERENT: Final = 5  # different characters at least
RUN: Final = 4  # neighbours in a row that make a sequence

_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)
_PAIRS: Final = frozenset(
    pair for row in _ROWS for way in (row, row[::-1]) for pair in itertools.pairwise(way)
)
_PRODUCT: Final = ("evenfall", "tracker", "diary", "naltrexone", "naltrexon", "fibromyalgia", "ldn")
_COMMON: Final = (
    *("password", "passwort", "passphrase", "kennwort", "passe", "contrasena", "geheim", "secret"),
    *("welcome", "letmein", "iloveyou", "changeme", "default", "administrator", "admin", "login"),
    *("master", "monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman"),
    *("batman", "shadow", "michael", "trustno", "whatever", "freedom", "access", "hello", "love"),
    *("correct", "horse", "battery", "staple", "please", "computer", "internet", "test", "user"),
    *("spring", "summer", "autumn", "winter", "monday", "sunday", "january", "december", "pass"),
)
_FIRST: Final = (*_PRODUCT, *_COMMON)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_LOOKALIKE: Final = str.maketrans("0134578@$!|", "oleastbasil")


class PasswordRefused(Refused):
    """This password would not keep anybody out."""


def normal(text: str) -> str:
    """Return `text` as it is hashed: NFKC, so that every keyboard spells it alike."""
    return unicodedata.normalize("NFKC", text)


def clean_password(text: str, name: str, least: int = LEAST) -> str:
    """Return `text` as it is hashed, where it may be the password of `name`.

    Args:
        text: as typed.
        name: of the account.
        least: how many characters it needs.

    Raises:
        PasswordRefused: it is too short, too long, or easily guessed.

    >>> clean_password("copper kettle by the window", "Moth")
    'copper kettle by the window'
    """
    password = normal(text)
    if len(password) < least:
        raise PasswordRefused(
            N_(
                "That password is too short: %(least)d characters are needed. "
                "Four or five words that don't belong together are easy to remember.",
            ),
            least=least,
        )
    if len(password) > MOST:
        raise PasswordRefused(
            N_("That password is too long: at most %(most)d characters fit."),
            most=MOST,
        )
    _refuse_guessable(password.casefold(), name)
    return password


def _refuse_guessable(folded: str, name: str) -> None:
    unit = _unit(folded)
    single = re.sub(r"(.)\1+", r"\1", unit)
    if len(single) < ENOUGH or len(set(single)) < DIFFERENT:
        raise PasswordRefused(N_("That password repeats itself. Choose one that doesn't."))
    if len(_without_runs(single)) < ENOUGH:
        raise PasswordRefused(
            N_("That password follows the alphabet, the digits or the keyboard. Choose another."),
        )
    plain = [_plain(_YEAR.sub("", text)) for text in (unit, _without_runs(unit))]
    if _rest(plain, _FIRST) < ENOUGH:
        raise PasswordRefused(
            N_("That password is made of words that are tried first. Choose less usual ones."),
        )
    if _rest(plain, [*_FIRST, *(_plain(part) for part in name.split())]) < ENOUGH:
        raise PasswordRefused(N_("That password is mostly your name. Choose another."))


def _unit(text: str) -> str:
    """Return the shortest piece that `text` is a repetition of.

    >>> _unit("mothmothmothmo")
    'moth'
    """
    lengths = range(1, len(text) + 1)
    return next(text[:n] for n in lengths if text == (text[:n] * len(text))[: len(text)])


def _without_runs(text: str) -> str:
    """Return `text` without its neighbours in a row.

    >>> _without_runs("xabcdefx98765"), _without_runs("qwertzuiop12")
    ('xx', '12')
    """
    runs: list[str] = []
    for character in text:
        if runs and (runs[-1][-1], character) in _PAIRS:
            runs[-1] += character
        else:
            runs.append(character)
    return "".join(run for run in runs if len(run) < RUN)


def _plain(text: str) -> str:
    """Return the letters and digits of `text`, look-alikes as the letter they stand for.

    >>> _plain("p@$$ w0rd!")
    'password'
    """
    letters = unicodedata.normalize("NFKD", text.casefold().rstrip("!")).translate(_LOOKALIKE)
    return "".join(character for character in letters if character.isalnum())


def _rest(texts: Iterable[str], words: Collection[str]) -> int:
    """Return how much is left of the shortest of `texts` once all `words` are taken out."""
    taken = sorted(words, key=len, reverse=True)
    return min(len(functools.reduce(_taken_out, taken, text)) for text in texts)


def _taken_out(text: str, word: str) -> str:
    return text.replace(word, "") if word else text
