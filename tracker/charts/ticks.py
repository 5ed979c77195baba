"""The days named under a picture's axis: its first and last, and months between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from tracker.charts import drawing
from tracker.charts.drawing import Plane, Wording, number
from tracker.domain.spans import ONE_DAY

SIZE: Final = 10.0  # of the letters
GAP: Final = 8.0  # the least space between two names
LONG_SPAN: Final = 300  # days; from here on a day without its year could be two days
STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120)  # months


@dataclass(frozen=True, slots=True)
class _Name:
    """A name on the axis: its middle and its text."""

    x: float
    text: str

    @property
    def half(self) -> float:
        return drawing.length(self.text, SIZE) / 2


def draw_ticks(svg: Element, plane: Plane, foot: float, wording: Wording) -> None:
    """Name the days of `plane` on a line `foot`; a month is named only where there is room."""
    span = plane.span
    write = wording.dated if span.days > LONG_SPAN else wording.day
    last = max(span.start, span.end - ONE_DAY)
    begins, ends = write(span.start), write(last)
    drawing.words(svg, "c-tick", begins, (plane.box.left, foot))
    left = plane.box.left + drawing.length(begins, SIZE)
    right = plane.box.right
    if last != span.start:
        drawing.words(svg, "c-tick", ends, (plane.box.right, foot), "end")
        right -= drawing.length(ends, SIZE)
    for name in _months(plane, wording):
        d = f"M{number(name.x)} {number(foot - 13)}v3"
        SubElement(svg, "path", {"class": "c-grid", "d": d})
        if left + GAP <= name.x - name.half and name.x + name.half <= right - GAP:
            drawing.words(svg, "c-tick", name.text, (name.x, foot), "middle")


def _months(plane: Plane, wording: Wording) -> Iterator[_Name]:
    """Yield the months of `plane`, as many as can be told apart."""
    firsts = [day for day in plane.span if day.day == 1 and day != plane.span.start]
    room = 30 * plane.step
    wide = max((drawing.length(_text(day, wording), SIZE) for day in firsts), default=0) + GAP
    step = next((step for step in STEPS if step * room >= wide), STEPS[-1])
    for day in firsts:
        if (day.year * 12 + day.month - 1) % step == 0:
            yield _Name(plane.edge(day), _text(day, wording))


def _text(day: date, wording: Wording) -> str:
    return str(day.year) if day.month == 1 else wording.month(day)
