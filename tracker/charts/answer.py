"""The improvement of each item with its interval, against the mark, as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from tracker.charts import drawing
from tracker.charts.drawing import Translate, number
from tracker.domain.figures import item_name
from tracker.domain.improvement import ItemResult
from tracker.domain.questionnaire import Direction
from tracker.domain.words import N_

WIDTH: Final = 308.0
_ROW: Final = 36.0
_NAME_ROOM: Final = 92.0
_NAME_SIZE: Final = 12.5
_LEFT, _RIGHT = 104.0, 246.0
_FOOT: Final = 24.0
_FOOT_SIZE: Final = 10.0
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

    `results` are those with a direction, in the order shown, one at least; an item that can't be
    judged has a row without a mark on it.

    Returns:
        An SVG of `WIDTH` units by 36 a row; its classes are styled by the page.
    """
    rows = [result for result in results if result.item.direction is not Direction.NEUTRAL]
    height = _ROW * len(rows) + _FOOT
    svg = drawing.picture(
        WIDTH,
        height,
        translate(N_("Improvement against baseline")),
        "; ".join(f"{item_name(row.item, translate)} {shown_percent(row)}" for row in rows),
    )
    scale = _scale(rows)
    bottom = height - _FOOT
    SubElement(svg, "path", {"class": "c-zero", "d": f"M{number(scale.x(0))} 4V{number(bottom)}"})
    for place, row in enumerate(rows):
        _draw_row(svg, row, scale, _ROW * (place + 0.5), translate)
    _draw_foot(svg, rows, scale, height - 8, translate)
    return drawing.write(svg)


def shown_percent(result: ItemResult) -> str:
    """Return the percent as it is printed, or a dash where there is none."""
    if result.percent is None:
        return "\N{EN DASH}"
    return f"{result.shown} %".replace("-", "\N{MINUS SIGN}")


def _scale(rows: Sequence[ItemResult]) -> _Scale:
    """Reach over every percent; a whisker may leave the picture, a figure never does."""
    percents = [float(row.percent) for row in rows if row.percent is not None]
    return _Scale(min([_LEAST, *percents]), max([_MOST, *percents]))


def _draw_row(svg: Element, row: ItemResult, scale: _Scale, y: float, translate: Translate) -> None:
    names = drawing.wrap(drawing.plain(item_name(row.item, translate)), _NAME_ROOM, _NAME_SIZE)
    first = y + 4.5 - 7 * (len(names) - 1)
    for place, name in enumerate(names):
        drawing.words(svg, "c-name", name, (0, first + 14 * place))
    drawing.words(svg, "c-figure", shown_percent(row), (WIDTH, y + 4.5), "end")
    mark = f"M{number(scale.x(row.threshold))} {number(y - _ROW / 2)}v{number(_ROW)}"
    SubElement(svg, "path", {"class": "c-goal", "d": mark})
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


def _draw_foot(
    svg: Element, rows: Sequence[ItemResult], scale: _Scale, foot: float, translate: Translate
) -> None:
    """Name the two lines; the names stand back to back, so they never meet."""
    marks = {row.threshold for row in rows}
    name = translate(N_("%(percent)d %% better")) % {"percent": marks.pop()}
    if marks:
        name = translate(N_("mark of the rule"))
    middle = (scale.x(0) + scale.x(rows[0].threshold)) / 2
    drawing.words(svg, "c-tick", translate(N_("baseline")), (middle - 4, foot), "end")
    drawing.words(svg, "c-goal-name", name, (middle + 4, foot))
