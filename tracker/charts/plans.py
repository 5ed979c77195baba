"""A plan drawn as one bar: each phase as long as its days, today as a mark."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from xml.etree.ElementTree import SubElement

from tracker.charts import drawing
from tracker.charts.drawing import number
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.windows import ARMS

WIDTH: Final = 308.0
HEIGHT: Final = 34.0
_TOP, _BAR = 6.0, 22.0
_GAP: Final = 1.5
_SIZE: Final = 11.0
_TAKING: Final = ARMS | {PhaseKind.BLINDED}


def draw_plan(phases: Sequence[Phase], names: Sequence[str], today: date, title: str) -> str:
    """Draw `phases`, each with an end, named `names`, as far as a name finds room.

    Returns:
        An SVG of `WIDTH` by `HEIGHT` units; its classes are styled by the page.
    """
    svg = drawing.picture(WIDTH, HEIGHT, title, "; ".join(names))
    first = phases[0].start
    total = max((phase.span(today).end - first).days for phase in phases)

    def x(day: date) -> float:
        return WIDTH * (day - first).days / max(total, 1)

    for phase, name in zip(phases, names, strict=True):
        span = phase.span(today)
        left, width = x(span.start), max(x(span.end) - x(span.start) - _GAP, 1.0)
        kind = "c-taken" if phase.kind in _TAKING else "c-rest"
        box = {"x": number(left), "y": number(_TOP), "width": number(width), "height": number(_BAR)}
        SubElement(svg, "rect", {"class": kind, **box})
        if shown := drawing.shorten(name, width - 6, _SIZE):
            at = {"x": number(left + 4), "y": number(_TOP + 15), "font-size": number(_SIZE)}
            SubElement(svg, "text", {"class": f"{kind}-name", **at}).text = shown
    if 0 <= (today - first).days <= total:
        SubElement(
            svg, "path", {"class": "c-today", "d": f"M{number(x(today))} 0V{number(HEIGHT)}"}
        )
    return drawing.write(svg)
