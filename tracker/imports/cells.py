"""Single cells: dates, instants, numbers and words as a file writes them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from tracker.domain.limits import LABEL_LIMIT, MEDICINE_LIMIT
from tracker.domain.people import clean_name
from tracker.domain.text import clean_line, clean_lines
from tracker.domain.words import N_
from tracker.imports.problems import CellRefused

EARLIEST_YEAR: Final = 1900  # nobody's diary; and every window stays inside the calendar
LATEST_YEAR: Final = 2199
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)
_COUNT: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_DOSE: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?", re.ASCII)
_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,63}", re.ASCII)

Choice = TypeVar("Choice", bound=StrEnum)


def read_date(text: str) -> date:
    """Return the date that `text` writes as YYYY-MM-DD.

    >>> read_date("2026-02-28")
    datetime.date(2026, 2, 28)
    """
    found = _DATE.fullmatch(text)
    try:
        if found is not None and EARLIEST_YEAR <= int(found[1]) <= LATEST_YEAR:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise _no_date(text) from error
    raise _no_date(text)


def _no_date(text: str) -> CellRefused:
    return CellRefused(
        N_("“%(text)s” is not a date. Write the year, month and day like 2026-01-31."), text=text
    )


def read_instant(text: str) -> datetime | None:
    """Return the UTC instant that `text` writes with its offset; None where it is empty."""
    if not text:
        return None
    try:
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _no_instant(text) from error
    raise _no_instant(text)


def _no_instant(text: str) -> CellRefused:
    return CellRefused(
        N_("“%(text)s” is not a time. Write it like 2026-01-31T21:30:00Z."), text=text
    )


def read_count(text: str) -> int:
    """Return the whole number from 1 that `text` writes; 1 where it is empty."""
    if not text:
        return 1
    if _COUNT.fullmatch(text) is None:
        raise CellRefused(N_("“%(text)s” is not a count. Use a whole number from 1."), text=text)
    return int(text)


def read_dose(text: str) -> Decimal | None:
    """Return a dose in milligrams; None where `text` is empty."""
    if not text:
        return None
    if _DOSE.fullmatch(text) is None:
        raise CellRefused(
            N_("“%(text)s” is not a dose. Write milligrams as a number with a decimal point."),
            text=text,
        )
    return Decimal(text)


def read_zone(text: str) -> str:
    """Return the name of a time zone; "" where `text` is empty."""
    if text and _ZONE.fullmatch(text) is None:
        raise CellRefused(
            N_("“%(text)s” is not a time zone. Use a name like Europe/Berlin, or leave it empty."),
            text=text,
        )
    return text


def read_helper(text: str) -> str:
    """Return the name of whoever entered a night for its owner; "" where `text` is empty."""
    return clean_name(text) if text else ""


def read_choice(choices: type[Choice], text: str) -> Choice:
    """Return the member of `choices` that `text` names."""
    try:
        return choices(text)
    except ValueError as error:
        raise CellRefused(
            N_("“%(text)s” is not known here. Use one of: %(choices)s."),
            text=text,
            choices=", ".join(choices),
        ) from error


def read_label(text: str) -> str:
    """Return a phase's label."""
    return clean_line(text, LABEL_LIMIT)


def read_medicine(text: str) -> str:
    """Return a medicine's name."""
    return clean_line(text, MEDICINE_LIMIT)


def read_note(text: str, limit: int) -> str:
    """Return a note, which may have lines."""
    return clean_lines(text, limit)
