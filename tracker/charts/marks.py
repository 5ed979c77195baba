"""The marks of a trend: which there are, what each means, and which a picture shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from xml.etree.ElementTree import Element

from tracker.charts import drawing
from tracker.charts.drawing import Box, Translate
from tracker.domain.diary import Status
from tracker.domain.questionnaire import Direction
from tracker.domain.spans import Span
from tracker.domain.trends import Night, Trend
from tracker.domain.words import N_


class Mark(StrEnum):
    """One kind of mark; the value is its class in the picture, after `c-`."""

    NIGHT = "night"
    IMPORTED = "imported"
    LATE = "late"
    EDITED = "edited"
    HELPED = "helped"
    CONFLICT = "conflict"
    MEAN = "mean"
    MARK = "mark"
    USUAL = "usual"


MEANINGS: Final[Mapping[Mark, str]] = {
    Mark.NIGHT: N_("a night"),
    Mark.IMPORTED: N_("imported"),
    Mark.LATE: N_("logged late"),
    Mark.EDITED: N_("edited"),
    Mark.HELPED: N_("entered by a helper"),
    Mark.CONFLICT: N_("two answers differ"),
    Mark.MEAN: N_("7-day mean"),
    Mark.MARK: N_("30 % better than baseline"),
    Mark.USUAL: N_("usual range"),
}
# What a dot itself tells; the other marks of a night are drawn around it.
DOTS: Final = (Mark.NIGHT, Mark.IMPORTED, Mark.LATE)
AROUND: Final = (Mark.EDITED, Mark.HELPED, Mark.CONFLICT)

WORSE: Final[Mapping[Direction, str]] = {
    Direction.LOWER: N_("Higher is worse"),
    Direction.HIGHER: N_("Higher is better"),
    Direction.NEUTRAL: N_("Higher is more"),
}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend: the mark as a small picture, and what it means."""

    mark: Mark
    picture: str
    meaning: str


def dot_of(night: Night) -> Mark:
    """Return the dot that stands for `night`: late before imported, as it changes the reading."""
    if night.status is Status.LATE:
        return Mark.LATE
    return Mark.IMPORTED if night.imported else Mark.NIGHT


def marks_in(trend: Trend, shown: Span) -> Sequence[Mark]:
    """Return the marks that the picture of `shown` bears, in the order of a legend.

    The baseline and its mean are named in the picture itself.
    """
    nights = [night for night in trend.nights if night.day in shown]
    found = {dot_of(night) for night in nights}
    there = {
        Mark.EDITED: any(night.edited for night in nights),
        Mark.HELPED: any(night.entered_by for night in nights),
        Mark.CONFLICT: any(night.conflict for night in nights),
        Mark.MEAN: any(day in shown for day in trend.rolling),
        Mark.MARK: trend.mark30 is not None,
        Mark.USUAL: trend.usual_range is not None,
    }
    return [mark for mark in Mark if mark in found or there.get(mark, False)]


def legend(trend: Trend, shown: Span, translate: Translate) -> Sequence[LegendEntry]:
    """Return the legend of the picture of `shown`: the marks present, no others."""
    return [
        LegendEntry(mark, drawing.write(swatch(mark)), translate(MEANINGS[mark]))
        for mark in marks_in(trend, shown)
    ]


def roof(at: tuple[float, float]) -> Sequence[tuple[float, float]]:
    """Return the line over a night at `at` that a helper entered."""
    x, y = at
    return [(x - 3, y - 3.5), (x, y - 6.5), (x + 3, y - 3.5)]


def swatch(mark: Mark) -> Element:
    """Return `mark` as a legend shows it, a picture of its own."""
    svg = Element("svg", {"viewBox": "0 0 16 12", "class": "swatch", "aria-hidden": "true"})
    draw_mark(svg, mark, (8, 6))
    return svg


def draw_mark(parent: Element, mark: Mark, at: tuple[float, float]) -> None:
    """Draw `mark` as a legend shows it, around the point `at`."""
    x, y = at
    kind = f"c-{mark}"
    match mark:
        case Mark.NIGHT | Mark.IMPORTED:
            drawing.dots(parent, kind, [at])
        case Mark.LATE:
            drawing.rings(parent, kind, [at])
        case Mark.EDITED:
            drawing.dots(parent, "c-night", [(x, y - 2)])
            drawing.curve(parent, kind, [[(x - 2.5, y + 3), (x + 2.5, y + 3)]])
        case Mark.HELPED:
            drawing.dots(parent, "c-night", [(x, y + 2)])
            drawing.curve(parent, kind, [roof((x, y + 2))])
        case Mark.CONFLICT:
            drawing.dots(parent, "c-night", [at])
            drawing.rings(parent, kind, [at], 4.5)
        case Mark.MEAN | Mark.MARK:
            drawing.line(parent, kind, x - 7, x + 7, y)
        case _:  # the usual range: a shade
            drawing.rectangle(parent, kind, Box(x - 7, y - 5, 14, 10))
