"""Scales keep their ends and their order, whichever way they run."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.imports.problems import CellRefused
from tracker.imports.scales import Rounding, Scale, read_number, whole, written

ends = st.tuples(
    st.fractions(-1000, 1000, max_denominator=100), st.fractions(-1000, 1000, max_denominator=100)
).filter(lambda pair: pair[0] != pair[1])
bounds = st.sampled_from([(0, 10), (0, 100), (1, 7)])


@given(ends, bounds)
def test_the_ends_stay_the_ends(pair: tuple[Fraction, Fraction], to: tuple[int, int]) -> None:
    scale = Scale(*pair)
    assert [scale.carried(end, *to) for end in pair] == list(to)


@given(ends, bounds, st.lists(st.fractions(0, 1, max_denominator=50), min_size=2))
def test_order_is_kept_and_nothing_leaves_the_range(
    pair: tuple[Fraction, Fraction], to: tuple[int, int], parts: list[Fraction]
) -> None:
    low, high = pair
    numbers = [low + part * (high - low) for part in sorted(parts)]
    carried = [Scale(low, high).carried(number, *to) for number in numbers]
    rounded = [whole(one, Rounding.NEAREST) for one in carried]
    assert carried == sorted(carried)
    assert rounded == sorted(rounded)
    assert all(to[0] <= one <= to[1] for one in rounded)


@given(ends, bounds, st.fractions(0, 1, max_denominator=50))
def test_a_flipped_scale_is_the_same_seen_from_the_other_end(
    pair: tuple[Fraction, Fraction], to: tuple[int, int], part: Fraction
) -> None:
    low, high = pair
    number = low + part * (high - low)
    there = Scale(low, high).carried(number, *to)
    assert there + Scale(high, low).carried(number, *to) == sum(to)


@given(ends, st.fractions(max_denominator=100))
def test_what_lies_beyond_a_scale_is_refused(
    pair: tuple[Fraction, Fraction], more: Fraction
) -> None:
    beyond = max(pair) + abs(more) + 1
    with pytest.raises(CellRefused, match="outside the scale"):
        Scale(*pair).carried(beyond, 0, 10)


def test_a_number_between_two_answers_is_rounded_only_where_told() -> None:
    with pytest.raises(CellRefused, match=r"between two answers \(2.5\)"):
        whole(Fraction(5, 2), Rounding.REFUSE)
    assert [whole(Fraction(n, 4), Rounding.NEAREST) for n in (9, 10, 11)] == [2, 3, 3]


def test_numbers_are_told_from_words() -> None:
    point = {text: read_number(text, comma=False) for text in ("7", "-2.5", "2,5", "٣", "1e5", "")}
    comma = {text: read_number(text, comma=True) for text in ("7", "2,5", "2.5", "1.000,5", "7/10")}
    assert point == {**dict.fromkeys(point), "7": 7, "-2.5": Fraction(-5, 2)}
    assert comma == {**dict.fromkeys(comma), "7": 7, "2,5": Fraction(5, 2)}


def test_numbers_are_written_short() -> None:
    assert [written(Fraction(n, 3)) for n in (1, 3, 30)] == ["0.33", "1", "10"]
