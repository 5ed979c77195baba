"""A picture as a file of its own: colours written into it, a heading, a white ground."""

import copy
import re
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from tracker.charts import drawing

_TEXT, _MUTED, _LINE = "#241d16", "#65584a", "#cfc2b2"
_SERIES: Final[Mapping[str, str]] = {
    "pain": "#a85a12",
    "fatigue": "#1f6a9c",
    "sleep": "#5b49ad",
    "mood": "#1d7a55",
    "dream_vividness": "#a33d72",
    "dream_distress": "#a33d72",
}
_OTHER_SERIES: Final = "#8f4f10"
_HEADING: Final = 26.0
_DOT: Final = re.compile(r"h0(?![0-9.])")
# The light theme of charts.css; `series` stands for the item's own colour.
_LOOKS: Final[Mapping[str, Mapping[str, str]]] = {
    "c-note": {"fill": _MUTED, "font-size": "11"},
    "c-tick": {"fill": _MUTED, "font-size": "10"},
    "c-level": {"fill": _MUTED, "font-size": "10"},
    "c-mark-name": {"fill": "series", "font-size": "10"},
    "c-phase-name": {"fill": _TEXT, "font-size": "9.5"},
    "c-heading": {"fill": _TEXT, "font-size": "14", "font-weight": "600"},
    "c-ground": {"fill": "#ffffff"},
    "c-baseline": {"fill": "#ece2d4"},
    "c-usual": {"fill": "series", "opacity": "0.1"},
    "c-phase": {"fill": "#f1e9de", "stroke": _LINE, "stroke-width": "0.6"},
    "c-happened": {"fill": _MUTED},
    "c-measured": {"stroke": _TEXT, "stroke-width": "5", "stroke-linecap": "round"},
    "c-grid": {"fill": "none", "stroke": _LINE, "stroke-width": "0.6"},
    "c-before": {"fill": "none", "stroke": _MUTED, "stroke-width": "1.2"},
    "c-mark": {
        "fill": "none",
        "stroke": "series",
        "stroke-width": "1.4",
        "stroke-dasharray": "4 3",
    },
    "c-night": {"stroke": "series", "stroke-width": "4", "stroke-linecap": "round"},
    "c-imported": {"stroke": "series", "stroke-width": "3.4", "stroke-linecap": "square"},
    "c-many": {"stroke-width": "2"},
    "c-dose": {"fill": "none", "stroke": _MUTED, "stroke-width": "0.8"},
    "c-dose-name": {"fill": _MUTED, "font-size": "8.5"},
    "c-late": {"fill": "#ffffff", "stroke": "series", "stroke-width": "1.2"},
    "c-edited": {"fill": "none", "stroke": "series", "stroke-width": "1.2"},
    "c-helped": {"fill": "none", "stroke": "series", "stroke-width": "1.2"},
    "c-conflict": {"fill": "none", "stroke": _TEXT, "stroke-width": "1"},
    "c-mean": {
        "fill": "none",
        "stroke": "series",
        "stroke-width": "2.2",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    },
    "c-fine": {"stroke-width": "1.3"},
    "c-goal": {
        "fill": "none",
        "stroke": _OTHER_SERIES,
        "stroke-width": "1.2",
        "stroke-dasharray": "4 3",
    },
    "c-goal-name": {"fill": _OTHER_SERIES, "font-size": "10"},
    "c-itt": {"fill": "none", "stroke-width": "1.8", "stroke-linejoin": "round"},
    "c-observed": {"fill": "none", "stroke-width": "1.3", "stroke-dasharray": "2 2"},
    "c-arm-1": {"stroke": _SERIES["pain"]},
    "c-arm-2": {"stroke": _SERIES["fatigue"]},
    "c-arm-3": {"stroke": _SERIES["sleep"]},
    "c-arm-4": {"stroke": _SERIES["mood"]},
    "c-round": {"stroke-width": "6", "stroke-linecap": "round"},
    "c-hollow": {"fill": "#ffffff", "stroke-width": "1.4"},
    "c-square": {"stroke-width": "5", "stroke-linecap": "square"},
    "c-cross": {"fill": "none", "stroke-width": "1.6", "stroke-linecap": "round"},
}


def write(svg: Element, key: str, heading: str) -> str:
    """Return the picture `svg` of item `key` as a file that needs no style sheet.

    The heading stands above it; `svg` itself stays as it was.
    """
    made = copy.deepcopy(svg)
    left, top, width, height = (float(part) for part in made.attrib["viewBox"].split())
    box = (left - 12, top - _HEADING, width + 24, height + _HEADING + 8)
    made.set("viewBox", " ".join(drawing.number(part) for part in box))
    ground = Element("rect", {"class": "c-ground"})
    places = zip(("x", "y", "width", "height"), box, strict=True)
    ground.attrib.update({name: drawing.number(part) for name, part in places})
    made.insert(1, ground)
    name = Element("text", {"class": "c-heading", "x": "0", "y": "-8"})
    name.text = drawing.shorten(drawing.plain(heading), width, 14)
    made.insert(2, name)
    return drawing.write(coloured(made, key))


def stacked(svg: Element, strip: Element) -> Element:
    """Return the picture `svg` with `strip` under it, which has the same days at the same places.

    Both stay as they were.
    """
    made = copy.deepcopy(svg)
    left, top, width, height = (float(part) for part in made.attrib["viewBox"].split())
    *_others, below = (float(part) for part in strip.attrib["viewBox"].split())
    box = (left, top, width, height + below)
    made.set("viewBox", " ".join(drawing.number(part) for part in box))
    made.set("aria-label", f"{made.attrib['aria-label']} {strip.attrib['aria-label']}")
    group = SubElement(made, "g", {"transform": f"translate(0 {drawing.number(top + height)})"})
    group.extend(copy.deepcopy(part) for part in strip if part.tag != "title")
    return made


def coloured(svg: Element, key: str) -> Element:
    """Return the picture `svg` of item `key` with its colours written into it.

    A dot is a line without length, which some programs that print leave out: it gets a little.
    """
    made = copy.deepcopy(svg)
    series = _SERIES.get(key, _OTHER_SERIES)
    for element in made.iter():
        if "d" in element.attrib:
            element.set("d", _DOT.sub("h.01", element.attrib["d"]))
        for look in element.attrib.pop("class", "").split():
            for attribute, value in _LOOKS.get(look, {}).items():
                element.set(attribute, series if value == "series" else value)
    return made
