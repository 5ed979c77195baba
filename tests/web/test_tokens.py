"""Test the colours of every theme: contrast by the formula of WCAG, and the sketch's figures."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pytest

from tracker.web import assets

SHEET: Final = (assets.FOLDER / "css" / "tokens.css").read_text("utf-8")
CHARTS: Final = (assets.FOLDER / "css" / "charts.css").read_text("utf-8")
SERIES: Final = ("pain", "fatigue", "sleep", "mood", "dreams")
GROUNDS: Final = ("bg", "surface", "raised")
TEXT: Final = 4.5
MARK: Final = 3.0  # borders that carry meaning, series, the ring of the focus
# What the sketch of the look promises: colour, ground, least contrast in dim, light, sepia.
PROMISED: Final = {
    ("text", "surface"): (13.4, 16.6, 7.9),
    ("muted", "surface"): (7.5, 6.9, 5.2),
    ("accent", "bg"): (9.0, 5.9, 6.6),
    ("on-accent", "accent"): (8.8, 6.4, 7.4),
    ("focus", "bg"): (13.1, 10.5, 9.7),
    **{(one, "surface"): (5.0, 5.0, 5.0) for one in SERIES},
}


def colours(start: str, stop: str = "}") -> dict[str, str]:
    """Return the colours of the style sheet from `start` to the next `stop`."""
    part = SHEET.partition(start)[2].partition(stop)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part))


DIM: Final = colours(":root {")
THEMES: Final[Mapping[str, Mapping[str, str]]] = {
    "dim": DIM,
    "light": {**DIM, **colours(':root[data-theme="light"]')},
    "sepia": {**DIM, **colours(':root[data-theme="sepia"]')},
    "print": {**DIM, **colours("@media print")},
}


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    shares = [part / 255 for part in rgb(colour)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21.

    >>> contrast("#ffffff", "#000000")
    21.0
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(colour: str, opacity: float, ground: str) -> str:
    mixed = (
        round(opacity * a + (1 - opacity) * b)
        for a, b in zip(rgb(colour), rgb(ground), strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def too_faint(theme: str, pairs: Iterable[tuple[str, str, float]]) -> list[str]:
    """Return the pairs of a theme that have less contrast than they need."""
    have = THEMES[theme]
    return [
        f"{colour} on {ground}: {contrast(have[colour], have[ground]):.2f}"
        for colour, ground, least in pairs
        if contrast(have[colour], have[ground]) < least
    ]


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read(theme: str) -> None:
    pairs = [(one, on, TEXT) for one in ("text", "muted", "accent") for on in GROUNDS]
    assert too_faint(theme, [*pairs, ("on-accent", "accent", TEXT)]) == []


@pytest.mark.parametrize("theme", ["dim", "light", "sepia"])
def test_borders_that_say_something_and_the_focus_can_be_seen(theme: str) -> None:
    assert "--edge: var(--muted)" in SHEET, "the border of fields and quiet buttons"
    seen = ("muted", "accent", "focus")
    assert too_faint(theme, [(one, on, MARK) for one in seen for on in GROUNDS]) == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_series_can_be_seen_as_faint_as_it_is_drawn(theme: str) -> None:
    have = THEMES[theme]
    for mark, drawn, grounds in (
        ("c-night", SERIES, ("surface", "baseline-band")),
        ("c-imported", SERIES, ("surface", "baseline-band")),
        ("c-many", SERIES, ("surface", "baseline-band")),
        ("c-whisker", ("muted",), ("surface",)),
    ):
        opacity = float(re.findall(rf"\.{mark} \{{[^}}]*opacity: ([0-9.]+)", CHARTS)[0])
        for one in drawn:
            for on in grounds:
                seen = contrast(over(have[one], opacity, have[on]), have[on])
                assert seen >= MARK, f"{mark} of {one} on {on}: {seen:.2f}"


@pytest.mark.parametrize(("colour", "ground"), PROMISED)
def test_the_sketch_keeps_its_promise(colour: str, ground: str) -> None:
    for theme, least in zip(("dim", "light", "sepia"), PROMISED[colour, ground], strict=True):
        have = THEMES[theme]
        assert contrast(have[colour], have[ground]) >= least - 0.05, theme


def test_the_devices_light_is_the_chosen_light() -> None:
    assert colours(':root[data-theme="system"]') == colours(':root[data-theme="light"]')
