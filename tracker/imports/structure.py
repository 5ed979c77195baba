"""JSON read strictly: every value is of the type and within the bounds that its place asks for."""

import json
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NoReturn, TypeVar

from tracker.domain.text import TextRefused, clean_lines
from tracker.domain.words import N_, Refused
from tracker.imports import cells
from tracker.imports.problems import FileRefused

MOST_DEPTH: Final = 8  # an archive has five
MOST_DIGITS: Final = 18  # below 2^63

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")


class PlaceRefused(FileRefused):
    """One value can't be: where it stands, and why."""

    def __init__(self, where: str, why: Refused) -> None:
        super().__init__(N_("In the archive, %(where)s: %(why)s"), where=where, why=why)
        self.why = why

    def in_words(self, translate: Callable[[str], str]) -> str:
        """Return both in the reader's language."""
        told = {**self.values, "why": self.why.in_words(translate)}
        return translate(self.text) % told


def read_json(data: bytes) -> "Place":
    """Return the whole of a JSON file.

    Raises:
        FileRefused: it is not UTF-8, no JSON, too deep, or a key stands twice in one object.
    """
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_float=_no_number,
            parse_int=_whole,
        )
    except RecursionError as error:
        raise FileRefused(N_("The file is no archive: it is nested too deeply.")) from error
    except ValueError as error:
        raise FileRefused(
            N_("The file is no archive: it can't be read as JSON (%(why)s)."), why=error
        ) from error
    return Place(value, "")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise FileRefused(N_("“%(key)s” stands twice in one object."), key=twice)
    return found


def _no_number(text: str) -> NoReturn:
    raise FileRefused(N_("%(number)s is not a number that an archive holds."), number=text[:40])


def _whole(text: str) -> int:
    return int(text) if len(text) <= MOST_DIGITS else _no_number(text)


@dataclass(frozen=True, slots=True)
class Place:
    """A value in a JSON file, and the way to it: `revisions[3].note`."""

    value: object
    path: str

    def refuse(self, text: str, /, **values: object) -> NoReturn:
        """Raise what is wrong here."""
        raise PlaceRefused(self.path or "{}", Refused(text, **values))

    def members(self, *names: str, but: Container[str] = frozenset()) -> Mapping[str, "Place"]:
        """Return the places of an object that has exactly these names; those in `but` may lack."""
        found = self.entries()
        for name in names:
            if name not in found and name not in but:
                self.refuse(N_("“%(name)s” is missing."), name=name)
        for name in found:
            if name not in names:
                self.refuse(N_("“%(name)s” is not known here."), name=name)
        return found

    def entries(self) -> Mapping[str, "Place"]:
        """Return the places of an object by name."""
        if not isinstance(self.value, dict):
            self.refuse(N_("an object is needed here."))
        return {name: Place(value, self._below(f".{name}")) for name, value in self.value.items()}

    def each(self) -> Iterator["Place"]:
        """Yield the places of a list."""
        if not isinstance(self.value, list):
            self.refuse(N_("a list is needed here."))
        for place, value in enumerate(self.value):
            yield Place(value, self._below(f"[{place}]"))

    def text(self, limit: int, least: int = 0) -> str:
        """Return a text of `least` to `limit` code points, in the form that a diary stores."""
        if not isinstance(self.value, str):
            self.refuse(N_("a text is needed here."))
        try:
            clean = clean_lines(self.value, limit)
        except TextRefused as refused:
            self.refuse(refused.text, **refused.values)
        if clean != self.value or len(clean) < least:
            self.refuse(N_("this text is not as a diary stores it."))
        return clean

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        if type(self.value) is not int or not low <= self.value <= high:
            self.refuse(
                N_("a whole number from %(low)d to %(high)d is needed here."), low=low, high=high
            )
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            self.refuse(N_("true or false is needed here."))
        return self.value

    def choice(self, choices: type[Choice]) -> Choice:
        """Return one of `choices`."""
        return self.read(lambda text: cells.read_choice(choices, text))

    def day(self) -> date:
        """Return a calendar day."""
        return self.read(cells.read_date)

    def instant(self) -> datetime:
        """Return a UTC instant."""
        found = self.read(cells.read_instant)
        return found if found is not None else self.refuse(N_("a time is needed here."))

    def read(self, read: Callable[[str], Read]) -> Read:
        """Return what `read` makes of the text here."""
        text = self.text(limit=10_000)
        try:
            return read(text)
        except Refused as refused:
            self.refuse(refused.text, **refused.values)

    def match(self, pattern: re.Pattern[str]) -> str:
        """Return the text here where it is what `pattern` describes."""
        text = self.text(limit=10_000)
        if pattern.fullmatch(text) is None:
            self.refuse(N_("this text is not as a diary stores it."))
        return text

    def maybe(self, read: Callable[["Place"], Read]) -> Read | None:
        """Return None for null, else what `read` makes of this place."""
        return None if self.value is None else read(self)

    def _below(self, step: str) -> str:
        return (self.path + step).removeprefix(".")


def demand_new(found: Sequence[str], places: Sequence[Place]) -> None:
    """Refuse the first of `places` whose value stands among `found` before it."""
    seen: set[str] = set()
    for value, place in zip(found, places, strict=True):
        if value in seen:
            place.refuse(N_("this stands here twice."))
        seen.add(value)
