"""A small picture of one person's pain for a list of many: eight weeks in a line."""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from tracker.charts import drawing

STEP: Final = 2.0  # units a night
HEIGHT: Final = 28.0
_MARGIN: Final = 2.0  # so that half a line's breadth is not cut off


def draw_spark(scores: Sequence[int | None], maximum: int, name: str, meaning: str) -> Element:
    """Draw one line over the nights, oldest first; a night without a score is a gap.

    >>> picture = drawing.write(draw_spark([0, 5, None, 10], 10, "Pain", "up is worse"))
    >>> 'd="M2 26L4 14M8 2h0"' in picture
    True
    """
    svg = drawing.picture(STEP * (len(scores) + 1), HEIGHT, name, meaning)
    svg.set("class", "spark")
    drawing.curve(svg, "c-mean", _runs(scores, maximum))
    return svg


def _runs(scores: Sequence[int | None], maximum: int) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for place, score in enumerate([*scores, None], 1):
        if score is not None:
            y = HEIGHT - _MARGIN - (HEIGHT - 2 * _MARGIN) * score / maximum
            run.append((STEP * place, y))
        elif run:
            yield run
            run = []
