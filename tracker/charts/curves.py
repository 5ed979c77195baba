"""The cumulative responder curve: of how many people pain improved by at least so many percent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from tracker.charts import drawing
from tracker.charts.drawing import Box, Translate
from tracker.domain.cumulative import HIGHEST, THRESHOLDS, Curve
from tracker.domain.proportions import Share
from tracker.domain.words import N_

WIDTH: Final = 308.0
HEIGHT: Final = 208.0
_FIELD: Final = Box(6, 16, 262, 164)
_FOOT: Final = 196.0
_LEVELS: Final = (0, 25, 50, 75, 100)  # percent of people
_TICKS: Final = (0, 20, 40, 60, 80, 100)  # percent of improvement
_MARK: Final = 30
_STRIDE: Final = 10  # percent between two signs on a line
SIGNS: Final = 4  # arms that look each their own way; more take turns
_REACH: Final = 2.6  # of a sign, from its middle

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend: a picture of the line, and whose it is."""

    picture: Element
    meaning: str


def draw_curves(arms: Mapping[str, Curve], translate: Translate) -> Element:
    """Draw each arm's curve: of all people as a line with signs, of those judged as a thin one.

    The thin line is left out where everybody was judged, for it would lie under the other.
    """
    at_mark = [f"{name} {_percent(curve.itt(_MARK)):.0f} %" for name, curve in arms.items()]
    svg = drawing.picture(
        WIDTH,
        HEIGHT,
        translate(N_("Share of people whose pain improved by at least so many percent")),
        translate(N_("At 30 %%: %(shares)s")) % {"shares": "; ".join(at_mark)},
    )
    _draw_frame(svg, translate)
    for place, curve in enumerate(arms.values()):
        kind = _kind(place)
        if _has_observed(curve):
            drawing.curve(svg, f"c-observed {kind}", [_stairs(map(curve.observed, THRESHOLDS))])
        drawing.curve(svg, f"c-itt {kind}", [_stairs(map(curve.itt, THRESHOLDS))])
    for place, curve in enumerate(arms.values()):
        # Arms put their signs in turn, so that none hides another.
        first = _STRIDE * place // max(1, len(arms))
        marked = range(first, HIGHEST + 1, _STRIDE)
        _draw_signs(svg, place, [(_x(at), _y(curve.itt(at))) for at in marked])
    return svg


def legend(arms: Mapping[str, Curve], translate: Translate) -> Sequence[Key]:
    """Return what each line of the picture means."""
    keys = []
    for place, (name, curve) in enumerate(arms.items()):
        words = translate(N_("%(arm)s, of all %(n)d"))
        keys.append(Key(_swatch("c-itt", place), words % {"arm": name, "n": curve.people}))
        if _has_observed(curve):
            words = translate(N_("%(arm)s, of the %(n)d judged"))
            meaning = words % {"arm": name, "n": curve.judged}
            keys.append(Key(_swatch("c-observed", place), meaning))
    return keys


def _draw_frame(svg: Element, translate: Translate) -> None:
    for level in _LEVELS:
        y = _FIELD.bottom - _FIELD.height * level / 100
        drawing.line(svg, "c-grid", _FIELD.left, _FIELD.right, y)
        drawing.words(svg, "c-level", f"{level} %", (_FIELD.right + 4, y + 3.5))
    for tick in _TICKS:
        anchor = "start" if tick == 0 else "end" if tick == HIGHEST else "middle"
        drawing.words(svg, "c-tick", f"{tick} %", (_x(tick), _FOOT), anchor)
    drawing.upright(svg, "c-goal", _x(_MARK), _FIELD)
    drawing.words(svg, "c-goal-name", translate(N_("30 % better")), (_x(_MARK) + 4, 11))


def _stairs(shares: Iterable[Share]) -> Sequence[Point]:
    """Return the corners of a curve: as high over all that lies below its percent."""
    corners: list[Point] = []
    for at, share in enumerate(shares):
        y = _y(share)
        if corners and corners[-1][1] != y:
            corners += [(_x(at - 1), corners[-1][1]), (_x(at - 1), y)]
        elif not corners:
            corners.append((_x(at), y))
    return [*corners, (_x(HIGHEST), corners[-1][1])]


def _draw_signs(svg: Element, place: int, points: Sequence[Point]) -> None:
    """Draw an arm's signs: filled dots, rings, squares, crosses."""
    kind, r = f"c-sign {_kind(place)}", _REACH
    match place % SIGNS:
        case 0:
            drawing.dots(svg, f"{kind} c-round", points)
        case 1:
            drawing.rings(svg, f"{kind} c-hollow", points, r)
        case 2:
            drawing.dots(svg, f"{kind} c-square", points)
        case _:
            for lean in (r, -r):
                strokes = [[(x - lean, y - r), (x + lean, y + r)] for x, y in points]
                drawing.curve(svg, f"{kind} c-cross", strokes)


def _swatch(line: str, place: int) -> Element:
    svg = Element("svg", {"viewBox": "0 0 26 12", "class": "swatch wide", "aria-hidden": "true"})
    drawing.curve(svg, f"{line} {_kind(place)}", [[(1, 6), (25, 6)]])
    if line == "c-itt":
        _draw_signs(svg, place, [(13, 6)])
    return svg


def _has_observed(curve: Curve) -> bool:
    return 0 < curve.judged < curve.people


def _kind(place: int) -> str:
    return f"c-arm-{place % SIGNS + 1}"


def _x(percent: int) -> float:
    return _FIELD.left + _FIELD.width * percent / HIGHEST


def _y(share: Share) -> float:
    return _FIELD.bottom - _FIELD.height * _percent(share) / 100


def _percent(share: Share) -> float:
    return 100 * share.count / share.n if share.n else 0.0
