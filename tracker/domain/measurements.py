"""Measurements of visits and laboratories: exact values, each series against its baseline."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from tracker.domain.limits import PLACES_LIMIT, VALUE_DIGITS
from tracker.domain.phases import Phase, in_order
from tracker.domain.windows import baseline_of
from tracker.domain.words import N_, Refused

_VALUE: Final = re.compile(r"([<>]?)\s*([-\N{MINUS SIGN}]?)([0-9]+)(?:[.,]([0-9]+))?", re.ASCII)
# [S] What the trials measured at visits and in blood, with the unit that is usual.
SUGGESTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        N_("Mechanical pain threshold"): "kPa",
        N_("Heat pain threshold"): "°C",
        N_("Cold pain threshold"): "°C",
        N_("ESR"): "mm/h",
        N_("CRP"): "mg/L",
        N_("IL-1\N{GREEK SMALL LETTER BETA}"): "pg/mL",
        N_("IL-6"): "pg/mL",
        N_("IL-10"): "pg/mL",
        N_("TNF-\N{GREEK SMALL LETTER ALPHA}"): "pg/mL",
    }
)


class ValueRefused(Refused):
    """It can't be read as a measured value."""


class MeasurementRefused(Refused):
    """The measurement can't be as it was noted."""


class Bound(StrEnum):
    """Whether the value was measured, or only known to lie below or above."""

    MEASURED = ""
    BELOW = "<"
    ABOVE = ">"


@dataclass(frozen=True, slots=True)
class Value:
    """A measured value with as many decimals as it was written with."""

    size: Decimal
    bound: Bound = Bound.MEASURED

    def __str__(self) -> str:
        return f"{self.bound}{self.size:f}"

    @property
    def exact(self) -> Fraction | None:
        """The value, None where it is only known to lie below or above."""
        return Fraction(self.size) if self.bound is Bound.MEASURED else None


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value of a day; `unit` and `note` may be empty."""

    name: str
    value: Value
    day: date
    unit: str = ""
    note: str = ""

    @property
    def series(self) -> tuple[str, str]:
        """What it may be compared with: the same name, however written, in the same unit."""
        return self.name.casefold(), self.unit


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a series is compared with; `is_first` where none was measured up to the baseline."""

    of: Measurement
    is_first: bool


@dataclass(frozen=True, slots=True)
class Change:
    """How far a value lies from its baseline; a part is None where it can't be said exactly.

    `percent` is of the baseline, and needs one above 0.
    """

    difference: Decimal | None
    percent: Fraction | None


NO_CHANGE_KNOWN: Final = Change(None, None)


@dataclass(frozen=True, slots=True)
class Series:
    """All measurements of one name in one unit, oldest first; `name` as it was written last."""

    name: str
    unit: str
    values: Sequence[Measurement]
    baseline: Baseline

    @property
    def newest(self) -> Measurement:
        """The last one."""
        return self.values[-1]

    def change(self, measured: Measurement) -> Change:
        """Return how far `measured` lies from the baseline."""
        return change_of(self.baseline.of.value, measured.value)


def read_value(text: str) -> Value:
    """Read a value as people write it; it may begin with < or >.

    Raises:
        ValueRefused: it is no number, or has too many digits.

    >>> str(read_value("12,50")), str(read_value("< 0.5"))
    ('12.50', '<0.5')
    """
    found = _VALUE.fullmatch(text)
    if found is None:
        raise ValueRefused(N_("Enter a number, such as 12.5, or <0.5 where it is only below that."))
    bound, sign, whole, decimals = found.groups(default="")
    digits = whole.lstrip("0") + decimals
    if len(decimals) > PLACES_LIMIT or len(digits) > VALUE_DIGITS:
        raise ValueRefused(
            N_("Enter at most %(digits)d digits, %(places)d of them after the point."),
            digits=VALUE_DIGITS,
            places=PLACES_LIMIT,
        )
    size = Decimal(f"{whole}.{decimals}" if decimals else whole)
    return Value(-size if sign and size else size, Bound(bound))


def clean_measurement(told: Measurement, today: date) -> Measurement:
    """Return `told` where it can be.

    Raises:
        MeasurementRefused: its day lies after `today`.
    """
    if told.day > today:
        raise MeasurementRefused(N_("A measurement can't lie in the future."))
    return told


def baseline_value(
    measurements: Iterable[Measurement], name: str, phases: Sequence[Phase], unit: str | None = None
) -> Baseline | None:
    """Return what `name` was before anything changed; None where it never was measured.

    That is the last value inside or before the baseline, else the first value of all.

    Args:
        measurements: of one person; of one day, in the order in which they were noted.
        name: of the series, however written.
        phases: theirs, in any order.
        unit: only values in this unit; None: in that of the first value.
    """
    found = sorted(
        (one for one in measurements if one.name.casefold() == name.casefold()),
        key=lambda one: one.day,
    )
    if unit is None and found:
        unit = found[0].unit
    found = [one for one in found if one.unit == unit]
    baseline = baseline_of(in_order(phases), date.max)
    before = [] if baseline is None else [one for one in found if one.day < baseline.end]
    if before:
        return Baseline(before[-1], is_first=False)
    return Baseline(found[0], is_first=True) if found else None


def change_of(before: Value, after: Value) -> Change:
    """Return how far `after` lies from `before`, exactly.

    >>> change_of(read_value("20"), read_value("12.5"))
    Change(difference=Decimal('-7.5'), percent=Fraction(-75, 2))
    """
    was, now = before.exact, after.exact
    if was is None or now is None:
        return NO_CHANGE_KNOWN
    percent = 100 * (now - was) / was if was > 0 else None
    return Change(after.size - before.size, percent)


def all_series(measurements: Iterable[Measurement], phases: Sequence[Phase]) -> Sequence[Series]:
    """Return every series, by name and unit; of one day, values stay in the order given."""
    grouped: dict[tuple[str, str], list[Measurement]] = {}
    for one in sorted(measurements, key=lambda one: one.day):
        grouped.setdefault(one.series, []).append(one)
    return [_series(found, phases) for _key, found in sorted(grouped.items())]


def _series(found: Sequence[Measurement], phases: Sequence[Phase]) -> Series:
    name, unit = found[-1].name, found[-1].unit
    baseline = baseline_value(found, name, phases, unit)
    return Series(name, unit, found, baseline or Baseline(found[0], is_first=True))
