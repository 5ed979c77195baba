"""Side effects and measurements under a trend, on the same time axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from tracker.charts import drawing
from tracker.charts.drawing import Box, Plane, Translate
from tracker.charts.trend import PHONE, Frame
from tracker.domain.happening_words import effect_name
from tracker.domain.happenings import Happenings
from tracker.domain.side_effects import SideEffect
from tracker.domain.spans import Span
from tracker.domain.words import N_

MOST: Final = 8  # rows
_ROW: Final = 24.0
_BAR: Final = 6.0
_SIZE: Final = 9.5  # of the letters, which stand above each bar


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one line: a name, and the days of each time it was there."""

    name: str
    spans: Sequence[Span]


def rows_of(happened: Happenings, shown: Span, translate: Translate) -> Sequence[Row]:
    """Return a row for each side effect that touches `shown`, those that lasted into it first."""
    found: dict[str, list[SideEffect]] = {}
    for told in happened.effects:
        if told.touches(shown):
            found.setdefault(effect_name(told, translate), []).append(told)
    return [Row(name, [one.span for one in every]) for name, every in found.items()][:MOST]


def measured_days(happened: Happenings, shown: Span) -> Sequence[date]:
    """Return the days of `shown` on which something was measured, each once."""
    return sorted({one.day for one in happened.measurements if one.day in shown})


def draw_timeline(
    happened: Happenings, shown: Span, translate: Translate, frame: Frame = PHONE
) -> Element | None:
    """Draw a bar for each side effect and a dot for each day of measurements.

    Returns:
        An SVG as wide as `frame`, its days under those of a trend in it; None where nothing
        happened in `shown`.
    """
    rows, days = rows_of(happened, shown, translate), measured_days(happened, shown)
    count = len(rows) + bool(days)
    if not count:
        return None
    title = translate(N_("Side effects and measurements"))
    svg = drawing.picture(frame.width, count * _ROW, title, "")
    plane = Plane(Box(frame.field.left, 0, frame.field.width, count * _ROW), shown, 1)
    for place, row in enumerate(rows):
        foot = place * _ROW + _ROW - _BAR
        _name(svg, row.name, plane, foot)
        for span in row.spans:
            left, right = plane.edge(span.start), plane.edge(span.end)
            box = Box(left, foot, max(right - left, 2.0), _BAR)
            drawing.rectangle(svg, "c-happened", box, _BAR / 2)
    if days:
        foot = len(rows) * _ROW + _ROW - _BAR
        _name(svg, translate(N_("Measured")), plane, foot)
        drawing.dots(svg, "c-measured", ((plane.x(day), foot + _BAR / 2) for day in days))
    return svg


def _name(svg: Element, name: str, plane: Plane, foot: float) -> None:
    room = plane.box.width
    text = drawing.shorten(drawing.plain(name), room, _SIZE)
    drawing.words(svg, "c-phase-name", text, (plane.box.left, foot - 3))
