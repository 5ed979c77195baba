"""The pencil: SVG elements, places on a chart, and the one way for a person's words into it."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from tracker.domain.spans import Span

Translate = Callable[[str], str]
DayWords = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Wording:
    """How a picture speaks: the reader's language and the way it writes days.

    `day` is short ("1 Sep"), `dated` has the year ("1 Sep 2026"), `month` is a name ("Sep").
    """

    translate: Translate
    day: DayWords
    dated: DayWords
    month: DayWords


_NARROW: Final = frozenset(" .,:;!|'ijlftr()[]")
_WIDE: Final = frozenset("mw%@…")


def plain(text: str) -> str:
    r"""Return `text` without control and formatting characters, on one line.

    >>> plain("a\x00b\u202ec\nd")
    'abc d'
    """
    spaced = " ".join(text.split())
    if spaced.isprintable():
        return spaced
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})


def length(text: str, size: float) -> float:
    """Return about how many units `text` takes at font size `size`; a little too many.

    >>> length("mmm", 10) > length("iii", 10)
    True
    """
    return sum(_breadth(sign) for sign in text) * size


def _breadth(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return 1.0
    if sign in _NARROW:
        return 0.32
    if sign in _WIDE:
        return 0.95
    return 0.72 if sign.isupper() else 0.58


def shorten(text: str, width: float, size: float) -> str:
    """Return `text` cut with an ellipsis to `width` units at font size `size`.

    >>> shorten("Low-dose naltrexone", 60, 10)
    'Low-dos…'
    >>> shorten("Low-dose naltrexone", 10, 10)
    ''
    """
    if length(text, size) <= width:
        return text
    kept = text
    while kept and length(f"{kept}…", size) > width:
        kept = kept[:-1].rstrip()
    return f"{kept}…" if len(kept) > 1 else ""


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """Return `text` on one or two lines of `width` units, the second cut where need be.

    >>> wrap("Memory and thinking", 70, 10)
    ('Memory and', 'thinking')
    """
    if length(text, size) <= width:
        return (text,)
    head, _, tail = text.partition(" ")
    if not tail or length(head, size) > width:
        return (shorten(text, width, size),)
    while True:
        word, _, rest = tail.partition(" ")
        if not rest or length(f"{head} {word}", size) > width:
            return head, shorten(tail, width, size)
        head, tail = f"{head} {word}", rest


def number(value: float) -> str:
    """Return a coordinate with at most one decimal.

    >>> number(3.0), number(2.25), number(-0.01)
    ('3', '2.2', '0')
    """
    rounded = f"{value:.1f}"
    return "0" if rounded == "-0.0" else rounded.removesuffix(".0")


def picture(width: float, height: float, title: str, described: str) -> Element:
    """Begin a picture that screen readers know by `title` and `described`."""
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "class": "chart",
            "role": "img",
            "direction": "ltr",  # time runs from left to right in every language
            "font-family": "system-ui, sans-serif",
            "aria-label": f"{plain(title)}. {plain(described)}",
        },
    )
    SubElement(svg, "title").text = plain(title)
    return svg


def write(svg: Element) -> str:
    """Return the picture as markup."""
    return tostring(svg, encoding="unicode")


def rectangle(parent: Element, kind: str, box: "Box", radius: float = 0) -> None:
    """Draw `box` where it has any width."""
    if box.width <= 0 or box.height <= 0:
        return
    places = {
        "x": number(box.left),
        "y": number(box.top),
        "width": number(box.width),
        "height": number(box.height),
    }
    if radius:
        places["rx"] = number(radius)
    SubElement(parent, "rect", {"class": kind, **places})


def line(parent: Element, kind: str, left: float, right: float, y: float) -> None:
    """Draw a level line."""
    SubElement(parent, "path", {"class": kind, "d": f"M{number(left)} {number(y)}H{number(right)}"})


def upright(parent: Element, kind: str, x: float, box: "Box") -> None:
    """Draw a line from the top of `box` to its foot."""
    d = f"M{number(x)} {number(box.top)}V{number(box.bottom)}"
    SubElement(parent, "path", {"class": kind, "d": d})


def words(
    parent: Element, kind: str, text: str, at: tuple[float, float], anchor: str = "start"
) -> None:
    """Write `text` with its baseline at the point `at`; anchored by start, middle or end."""
    attributes = {"class": kind, "x": number(at[0]), "y": number(at[1])}
    if anchor != "start":
        attributes["text-anchor"] = anchor
    SubElement(parent, "text", attributes).text = plain(text)


def dots(parent: Element, kind: str, points: Iterable[tuple[float, float]]) -> None:
    """Draw round filled dots as one path: a year of nights is one element."""
    path = "".join(f"M{number(x)} {number(y)}h0" for x, y in points)
    if path:
        SubElement(parent, "path", {"class": kind, "d": path})


def rings(
    parent: Element, kind: str, points: Iterable[tuple[float, float]], radius: float = 2
) -> None:
    """Draw hollow dots as one path."""
    r, d = number(radius), number(2 * radius)
    path = "".join(
        f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0"
        for x, y in points
    )
    if path:
        SubElement(parent, "path", {"class": kind, "d": path})


def curve(parent: Element, kind: str, runs: Iterable[Iterable[tuple[float, float]]]) -> None:
    """Draw each run of points as one unbroken line; a run of one point is a dot."""
    path = ""
    for run in runs:
        pairs = [f"{number(x)} {number(y)}" for x, y in run]
        path += f"M{'L'.join(pairs)}" + ("h0" if len(pairs) == 1 else "")
    if path:
        SubElement(parent, "path", {"class": kind, "d": path})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, in its units."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Plane:
    """Where days and scores lie: `span` from left to right, 0 to `maximum` upwards."""

    box: Box
    span: Span
    maximum: int

    @property
    def step(self) -> float:
        """The width of one day."""
        return self.box.width / max(1, self.span.days)

    def edge(self, day: date) -> float:
        """Return the x where `day` begins, kept within the plane."""
        days = (day - self.span.start).days
        return self.box.left + self.step * min(max(days, 0), self.span.days)

    def x(self, day: date) -> float:
        """Return the x of the middle of `day`."""
        return self.box.left + self.step * ((day - self.span.start).days + 0.5)

    def y(self, score: float) -> float:
        """Return the y of `score`, kept within the ruler."""
        share = min(max(score / self.maximum, 0.0), 1.0)
        return self.box.bottom - self.box.height * share
