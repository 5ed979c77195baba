"""Measurements: read exactly, compared with the baseline and nothing else."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import day, phases_of
from tracker.domain.limits import PLACES_LIMIT, VALUE_DIGITS
from tracker.domain.measurements import (
    NO_CHANGE_KNOWN,
    SUGGESTED,
    Baseline,
    Bound,
    Change,
    Measurement,
    MeasurementRefused,
    Value,
    ValueRefused,
    all_series,
    baseline_value,
    change_of,
    clean_measurement,
    read_value,
)
from tracker.domain.phases import PhaseKind

PHASES = phases_of((PhaseKind.BASELINE, 14), (PhaseKind.TREATMENT, 84))


def esr(value: str, at: int, unit: str = "mm/h", name: str = "ESR") -> Measurement:
    return Measurement(name, read_value(value), day(at), unit)


@pytest.mark.parametrize(
    ("typed", "size", "bound"),
    [
        ("12", "12", ""),
        ("12.50", "12.50", ""),
        ("0,5", "0.5", ""),
        ("<0.5", "0.5", "<"),
        ("> 200", "200", ">"),
        ("-3.1", "-3.1", ""),
        ("\N{MINUS SIGN}3.1", "-3.1", ""),
        ("-0.0", "0.0", ""),
        ("007", "7", ""),
        ("123456789.123456", "123456789.123456", ""),
    ],
)
def test_values_are_kept_as_they_are_written(typed: str, size: str, bound: str) -> None:
    value = read_value(typed)
    assert str(value) == f"{bound}{size}"
    assert value == Value(Decimal(size), Bound(bound))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a number"),
        ("twelve", "Enter a number"),
        ("1e5", "Enter a number"),
        ("٤", "Enter a number"),
        ("1.2.3", "Enter a number"),
        ("1.1234567", "at most 15 digits, 6 of them"),
        ("1234567890123456", "at most 15 digits"),
    ],
)
def test_what_is_no_number_is_refused(typed: str, said: str) -> None:
    with pytest.raises(ValueRefused, match=said):
        read_value(typed)


@given(
    st.decimals(
        -(10 ** (VALUE_DIGITS - PLACES_LIMIT)) + 1,
        10 ** (VALUE_DIGITS - PLACES_LIMIT) - 1,
        places=PLACES_LIMIT,
    ),
    st.sampled_from(Bound),
)
def test_a_value_written_is_the_value_read(size: Decimal, bound: Bound) -> None:
    value = Value(abs(size) if size == 0 else size, bound)
    assert read_value(str(value)) == value


def test_a_measurement_lies_in_the_past() -> None:
    assert clean_measurement(esr("12", 3), day(3)) == esr("12", 3)
    with pytest.raises(MeasurementRefused, match="future"):
        clean_measurement(esr("12", 4), day(3))


def test_the_change_is_exact_in_value_and_percent() -> None:
    assert change_of(read_value("20"), read_value("12.5")) == Change(
        Decimal("-7.5"), Fraction(-75, 2)
    )
    assert change_of(read_value("0.3"), read_value("0.1")).percent == Fraction(-200, 3)


def test_of_nothing_there_is_no_percent_and_of_a_bound_no_change() -> None:
    assert change_of(read_value("0"), read_value("3")) == Change(Decimal(3), None)
    assert change_of(read_value("-2"), read_value("3")) == Change(Decimal(5), None)
    assert change_of(read_value("<0.5"), read_value("3")) == NO_CHANGE_KNOWN
    assert change_of(read_value("3"), read_value("<0.5")) == NO_CHANGE_KNOWN


@given(st.integers(1, 10**9), st.integers(-(10**9), 10**9), st.integers(0, PLACES_LIMIT))
def test_the_percent_agrees_with_whole_numbers(before: int, after: int, places: int) -> None:
    was, now = (Value(Decimal(each).scaleb(-places)) for each in (before, after))
    assert change_of(was, now).percent == Fraction(100 * (after - before), before)


def test_the_baseline_is_the_last_value_up_to_the_baselines_end() -> None:
    values = [esr("30", -40), esr("24", 13), esr("22", 2), esr("12", 14), esr("10", 60)]
    assert baseline_value(values, "esr", PHASES) == Baseline(esr("24", 13), is_first=False)
    assert baseline_value(values[:1], "ESR", PHASES) == Baseline(esr("30", -40), is_first=False)


def test_without_one_it_is_the_first_and_that_is_said() -> None:
    values = [esr("12", 20), esr("10", 60)]
    assert baseline_value(values, "ESR", PHASES) == Baseline(esr("12", 20), is_first=True)
    assert baseline_value(values, "ESR", ()) == Baseline(esr("12", 20), is_first=True)
    assert baseline_value(values, "CRP", PHASES) is None


def test_of_one_day_the_later_noted_counts() -> None:
    values = [esr("30", 3), esr("28", 3)]
    assert baseline_value(values, "ESR", PHASES) == Baseline(esr("28", 3), is_first=False)


def test_without_a_baseline_phase_the_days_before_the_first_arm_are_it() -> None:
    treatment = replace(PHASES[1], end=None)
    values = [esr("30", 13), esr("12", 20)]
    assert baseline_value(values, "ESR", [treatment]) == Baseline(values[0], is_first=False)
    running = replace(PHASES[0], end=None)
    assert baseline_value(values, "ESR", [running]) == Baseline(values[1], is_first=False)


def test_another_unit_is_another_series() -> None:
    values = [esr("30", 3), esr("1.2", 5, "in/h"), esr("12", 20, name="esr")]
    assert baseline_value(values, "ESR", PHASES, "in/h") == Baseline(values[1], is_first=False)
    assert baseline_value(values, "ESR", PHASES, "m/s") is None
    assert baseline_value(values, "ESR", PHASES) == Baseline(values[0], is_first=False)
    series = all_series(values, PHASES)
    assert [(one.name, one.unit, len(one.values)) for one in series] == [
        ("ESR", "in/h", 1),
        ("esr", "mm/h", 2),
    ]
    assert series[1].newest == values[2]
    assert series[1].change(series[1].newest) == Change(Decimal(-18), Fraction(-60))


def test_the_suggestions_can_be_stored() -> None:
    assert all(0 < len(name) <= 60 and len(unit) <= 30 for name, unit in SUGGESTED.items())
