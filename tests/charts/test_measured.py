"""A strip of measurements shows each value once, at its height, and nothing between two."""

from datetime import date

import pytest

from tests.charts.courses import wording
from tracker.charts import drawing
from tracker.charts.measured import draw_measured
from tracker.domain.measurements import Measurement, all_series, read_value


def drawn(*values: str) -> str:
    found = [
        Measurement("ESR", read_value(value), date(2026, 9, 1 + number), "mm/h")
        for number, value in enumerate(values)
    ]
    (series,) = all_series(found, ())
    return drawing.write(draw_measured(series, wording()))


def test_the_least_and_the_greatest_are_named() -> None:
    picture = drawn("20", "12.5", "15")
    assert ">12.5<" in picture
    assert ">20<" in picture
    assert ">15<" not in picture
    assert 'class="c-night" d="M65.3 10h0M148 70h0M230.7 50h0"' in picture


def test_a_limit_is_hollow() -> None:
    picture = drawn("20", "<5")
    assert picture.count('class="c-late"') == 1
    assert 'class="c-night" d="M86 10h0"' in picture


@pytest.mark.parametrize("values", [("20",), ("20", "20.0")])
def test_values_that_are_all_the_same_lie_in_the_middle(values: tuple[str, ...]) -> None:
    picture = drawn(*values)
    assert picture.count(">20<") + picture.count(">20.0<") == 1
    assert " 40h0" in picture
