"""One series of measurements as a strip: each value a dot, its baseline a level line."""

from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from tracker.charts import drawing
from tracker.charts.drawing import Box, Plane, Wording
from tracker.charts.ticks import draw_ticks
from tracker.domain.measurements import Measurement, Series
from tracker.domain.spans import ONE_DAY, Span

WIDTH: Final = 308.0
_FIELD: Final = Box(24, 10, 248, 60)
_HEIGHT: Final = 92.0
_STEPS: Final = 1_000  # of the strip's height, between the least and the greatest value


def draw_measured(series: Series, wording: Wording) -> Element:
    """Draw the values of `series` over time, from the least to the greatest.

    A value that is only known to lie below or above is hollow and stands at its limit. Nothing
    is drawn between two values: nobody knows what was there.
    """
    svg = drawing.picture(WIDTH, _HEIGHT, series.name, series.unit)
    days = [one.day for one in series.values]
    plane = Plane(_FIELD, Span(min(days), max(days) + ONE_DAY), _STEPS)
    ends = (min(series.values, key=_size), max(series.values, key=_size))
    least, greatest = map(_size, ends)
    reach = greatest - least

    def at(one: Measurement) -> tuple[float, float]:
        share = float((_size(one) - least) / reach) if reach else 0.5
        return plane.x(one.day), plane.y(share * plane.maximum)

    for size, y in {_size(one): at(one)[1] for one in ends}.items():
        drawing.line(svg, "c-grid", _FIELD.left, _FIELD.right, y)
        drawing.words(svg, "c-note", f"{size:f}", (_FIELD.right + 4, y + 4))
    drawing.line(svg, "c-before", _FIELD.left, _FIELD.right, at(series.baseline.of)[1])
    exact = [one for one in series.values if one.value.exact is not None]
    bounded = [one for one in series.values if one.value.exact is None]
    drawing.dots(svg, "c-night", map(at, exact))
    drawing.rings(svg, "c-late", map(at, bounded))
    draw_ticks(svg, plane, _HEIGHT - 6, wording)
    return svg


def _size(one: Measurement) -> Decimal:
    return one.value.size
