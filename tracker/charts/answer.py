"""The improvement of each item with its interval, against the mark, as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement

from tracker.charts import drawing
from tracker.charts.drawing import Translate, number
from tracker.domain.questionnaire import Direction
from tracker.domain.improvement import ItemResult
from tracker.domain.words import N_

WIDTH = 344.0
_ROW = 36.0
_LEFT, _RIGHT = 122.0, 280.0
_FOOT = 26.0
_LEAST, _MOST = -30.0, 60.0  # percent: always shown, so that pictures compare


@dataclass(frozen=True, slots=True)
class _Scale:
    """Percent from left to right."""

    low: float
    high: float

    def x(self, percent: float) -> float:
        share = (min(max(percent, self.low), self.high) - self.low) / (self.high - self.low)
        return _LEFT + (_RIGHT - _LEFT) * share


def draw_improvements(results: Sequence[ItemResult], translate: Translate) -> str:
    """Draw one row an item: interval as a whisker, filled where the item meets its mark.

    `results` are those with a direction, in the order shown; an item that can't be judged has a
    row without a mark on it.

    Returns:
        An SVG of `WIDTH` units by 36 a row; its classes are styled by the page.
    """
    rows = [result for result in results if result.item.direction is not Direction.NEUTRAL]
    height = _ROW * len(rows) + _FOOT
    svg = drawing.picture(
        WIDTH,
        height,
        translate(N_("Improvement against baseline")),
        "; ".join(f"{_name(row, translate)} {shown_percent(row)}" for row in rows),
    )
    scale = _scale(rows)
    bottom = height - _FOOT
    _upright(svg, "c-before", scale.x(0), bottom)
    _upright(svg, "c-mark", scale.x(30), bottom)
    foot = height - 10
    drawing.words(svg, "c-note", translate(N_("baseline")), (scale.x(0), foot), "middle")
    drawing.words(svg, "c-mark-name", translate(N_("30 % better")), (scale.x(30), foot))
    for place, row in enumerate(rows):
        _draw_row(svg, row, scale, _ROW * (place + 0.5), translate)
    return drawing.write(svg)


def shown_percent(result: ItemResult) -> str:
    """Return the percent as it is printed, or a dash where there is none."""
    return "\N{EN DASH}" if result.percent is None else f"{result.shown} %"


def _name(result: ItemResult, translate: Translate) -> str:
    item = result.item
    return item.name if item.is_own else translate(item.name)


def _scale(rows: Sequence[ItemResult]) -> _Scale:
    """Reach over every percent; a whisker may leave the picture, a figure never does."""
    percents = [float(row.percent) for row in rows if row.percent is not None]
    return _Scale(max(-100.0, min([_LEAST, *percents])), max([_MOST, *percents]))


def _upright(svg: Element, kind: str, x: float, bottom: float) -> None:
    SubElement(svg, "path", {"class": kind, "d": f"M{number(x)} 4V{number(bottom)}"})


def _draw_row(svg: Element, row: ItemResult, scale: _Scale, y: float, translate: Translate) -> None:
    name = drawing.shorten(drawing.plain(_name(row, translate)), _LEFT - 4, 13)
    drawing.words(svg, "c-name", name, (0, y + 4.5))
    drawing.words(svg, "c-figure", shown_percent(row), (WIDTH, y + 4.5), "end")
    if row.percent is None:
        return
    if row.ci95 is not None:
        low, high = row.ci95
        drawing.curve(svg, "c-whisker", [[(scale.x(low), y), (scale.x(high), y)]])
    at = (scale.x(float(row.percent)), y)
    if row.percent >= Fraction(row.threshold):
        drawing.dots(svg, "c-met", [at])
    else:
        drawing.rings(svg, "c-unmet", [at], 5)
