"""One item's nights over time, as a picture."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from tracker.charts import drawing
from tracker.charts.drawing import Box, Plane, Translate, Wording
from tracker.charts.marks import WORSE, Mark, dot_of, roof
from tracker.charts.ticks import draw_ticks
from tracker.domain.figures import item_name
from tracker.domain.medicines import steps_of
from tracker.domain.phases import PhaseKind
from tracker.domain.questionnaire import Direction
from tracker.domain.report import Report
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.trends import Night, Trend
from tracker.domain.wording import KINDS
from tracker.domain.words import N_

_RIBBON_GAP, _RIBBON_HEIGHT = 7.0, 20.0  # under the field
_RIBBON_SIZE: Final = 9.5  # of its letters
_DATES_GAP: Final = 46.0  # from the field to the feet of the days' names
_LABEL_GAP: Final = 12.0  # between the feet of two labels at the right edge
_LABEL_SIZE: Final = 10.0
_DOSE_SIZE: Final = 8.5
_CROWDED: Final = 1.3  # units a night; with less, dots are drawn smaller


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide a trend is drawn, and where in it the nights stand."""

    width: float
    field: Box

    @property
    def height(self) -> float:
        """The units from the top to under the days' names."""
        return self.field.bottom + _DATES_GAP + 10


PHONE: Final = Frame(308, Box(24, 24, 248, 158))
_STRIP: Final = Box(0, 0, 180, 30)
PAGE: Final = Frame(690, Box(24, 20, 626, 154))


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the ribbon under the axis: the days, its name, and one for a narrow place."""

    span: Span
    name: str
    short: str


def draw_trend(
    report: Report, trend: Trend, shown: Span, wording: Wording, frame: Frame = PHONE
) -> Element:
    """Draw the nights of `trend` that lie in `shown`, with baseline, levels, mean and phases.

    Returns:
        An SVG as large as `frame` says; `drawing.write` leaves its classes to the page's
        style sheet, `paper.write` and `paper.coloured` colour it for a file.
    """
    translate = wording.translate
    name = item_name(trend.item, translate)
    meaning = translate(WORSE[trend.item.direction])
    svg = drawing.picture(frame.width, frame.height, name, meaning)
    plane = Plane(frame.field, shown, report.ruler.maximum)
    drawing.words(svg, "c-note", meaning, (0, 11))
    _baseline(svg, report, plane)
    _usual(svg, trend, plane)
    _grid(svg, plane)
    _level_lines(svg, trend, plane)
    _nights(svg, plane, [night for night in trend.nights if night.day in shown])
    fine = "" if plane.step >= _CROWDED else " c-fine"
    drawing.curve(svg, f"c-mean{fine}", _mean_runs(trend.rolling, plane))
    _doses(svg, dose_marks(report, shown), plane, frame.width)
    _level_names(svg, trend, plane, frame.width, translate)
    _ribbon(svg, phase_bands(report, translate), plane)
    draw_ticks(svg, plane, plane.box.bottom + _DATES_GAP, wording)
    return svg


def draw_strip(report: Report, trend: Trend, shown: Span) -> Element:
    """Draw the nights of `trend` that lie in `shown`, small, without a word.

    Returns:
        An SVG of 180 x 30 units, to be coloured by `paper.coloured`.
    """
    svg = drawing.picture(_STRIP.width, _STRIP.height, trend.item.name, "")
    plane = Plane(Box(2, 3, _STRIP.width - 4, _STRIP.height - 6), shown, report.ruler.maximum)
    _baseline(svg, report, plane)
    for score in (0, plane.maximum):
        drawing.line(svg, "c-grid", 0, _STRIP.width, plane.y(score))
    drawing.dots(
        svg,
        "c-night c-many",
        (
            (plane.x(night.day), plane.y(night.value))
            for night in trend.nights
            if night.day in shown
        ),
    )
    drawing.curve(svg, "c-mean c-fine", _mean_runs(trend.rolling, plane))
    return svg


def phase_bands(report: Report, translate: Translate) -> Sequence[Band]:
    """Return the ribbon: baseline and phases, named by label, else by medicine and dose."""
    bands = []
    if report.baseline is not None:
        name = translate(KINDS[PhaseKind.BASELINE])
        bands.append(Band(report.baseline, name, translate(N_("Before"))))
    for phase, span in report.spans:
        dose = "" if phase.dose_mg is None else f"{phase.dose_mg.normalize():f} mg"
        taken = " ".join(word for word in (phase.medicine, dose) if word)
        name = phase.label or taken or translate(KINDS[phase.kind])
        bands.append(Band(span, drawing.plain(name), dose or drawing.plain(name)))
    return bands


def dose_marks(report: Report, shown: Span) -> Mapping[date, str]:
    """Return what was prescribed from which day on, by day, where a dose changed in `shown`.

    The medicine is named where there are several with doses.
    """
    has_several = sum(bool(medicine.doses) for medicine in report.medicines) > 1
    found: dict[date, list[str]] = {}
    for step in steps_of(report.medicines):
        if step.dose.start in shown:
            amount = f"{step.dose.dose_mg.normalize():f} mg"
            name = f"{drawing.plain(step.medicine.name)} " if has_several else ""
            found.setdefault(step.dose.start, []).append(name + amount)
    return {day: ", ".join(texts) for day, texts in found.items()}


def _doses(svg: Element, marks: Mapping[date, str], plane: Plane, width: float) -> None:
    """Draw a thin line at each day on which a dose changed, its text above the field."""
    box = plane.box
    edges = [*(plane.edge(day) for day in marks), width]
    for (left, right), text in zip(pairwise(edges), marks.values(), strict=True):
        drawing.upright(svg, "c-dose", left, box)
        name = drawing.shorten(text, right - left - 3, _DOSE_SIZE)
        if name:
            drawing.words(svg, "c-dose-name", name, (left, box.top - 2))


def _baseline(svg: Element, report: Report, plane: Plane) -> None:
    box = plane.box
    if report.baseline is not None:
        left, right = plane.edge(report.baseline.start), plane.edge(report.baseline.end)
        drawing.rectangle(svg, "c-baseline", Box(left, box.top, right - left, box.height))


def _usual(svg: Element, trend: Trend, plane: Plane) -> None:
    box = plane.box
    if trend.usual_range is not None:
        low, high = trend.usual_range
        top = plane.y(high)
        drawing.rectangle(svg, "c-usual", Box(box.left, top, box.width, plane.y(low) - top))


def _grid(svg: Element, plane: Plane) -> None:
    for score in (0, plane.maximum // 2, plane.maximum):
        y = plane.y(score)
        drawing.line(svg, "c-grid", plane.box.left, plane.box.right, y)
        drawing.words(svg, "c-note", str(score), (plane.box.left - 3, y + 4), "end")


def _nights(svg: Element, plane: Plane, nights: Sequence[Night]) -> None:
    def where(chosen: Callable[[Night], bool]) -> Iterator[tuple[float, float]]:
        return ((plane.x(n.day), plane.y(n.value)) for n in nights if chosen(n))

    few = plane.step >= _CROWDED
    size = "" if few else " c-many"
    drawing.dots(svg, f"c-night{size}", where(lambda n: dot_of(n) is Mark.NIGHT))
    drawing.dots(svg, f"c-imported{size}", where(lambda n: dot_of(n) is Mark.IMPORTED))
    drawing.rings(svg, "c-late", where(lambda n: dot_of(n) is Mark.LATE), 2 if few else 1.4)
    drawing.curve(
        svg, "c-edited", ([(x - 2.5, y + 5), (x + 2.5, y + 5)] for x, y in where(_is_edited))
    )
    helped = where(lambda n: bool(n.entered_by))
    drawing.curve(svg, "c-helped", (roof(at) for at in helped))
    drawing.rings(svg, "c-conflict", where(lambda n: n.conflict), 4.5)


def _is_edited(night: Night) -> bool:
    return night.edited


def _mean_runs(
    rolling: Mapping[date, Fraction], plane: Plane
) -> Iterator[list[tuple[float, float]]]:
    """Yield the mean's unbroken stretches: a day without a mean ends one."""
    run: list[tuple[float, float]] = []
    before: date | None = None
    for day, mean in rolling.items():
        if day not in plane.span:
            continue
        if run and before != day - ONE_DAY:
            yield run
            run = []
        run.append((plane.x(day), plane.y(float(mean))))
        before = day
    if run:
        yield run


def _level_lines(svg: Element, trend: Trend, plane: Plane) -> None:
    for kind, level in (("c-before", trend.baseline_mean), ("c-mark", trend.mark30)):
        if level is not None:
            drawing.line(svg, kind, plane.box.left, plane.box.right, plane.y(float(level)))


def _level_names(
    svg: Element, trend: Trend, plane: Plane, width: float, translate: Translate
) -> None:
    """Name the levels at the right edge; the two never touch, whatever their distance."""
    if trend.baseline_mean is None:
        return
    box = plane.box
    room = width - box.right - 3
    before = plane.y(float(trend.baseline_mean))
    name = drawing.shorten(translate(N_("before")), room, _LABEL_SIZE)
    drawing.words(svg, "c-level", name, (box.right + 3, before + 4))
    if trend.mark30 is None:
        return
    mark = plane.y(float(trend.mark30))
    lower = trend.item.direction is Direction.LOWER
    foot = max(mark, before + _LABEL_GAP) if lower else min(mark, before - _LABEL_GAP)
    percent = "\N{MINUS SIGN}30 %" if lower else "+30 %"
    drawing.words(svg, "c-mark-name", percent, (box.right + 3, foot + 4))


def _ribbon(svg: Element, bands: Iterable[Band], plane: Plane) -> None:
    top = plane.box.bottom + _RIBBON_GAP
    for band in bands:
        left, right = plane.edge(band.span.start), plane.edge(band.span.end)
        box = Box(left + 0.5, top, right - left - 1, _RIBBON_HEIGHT)
        drawing.rectangle(svg, "c-phase", box, 4)
        room = right - left
        fits = drawing.length(band.name, _RIBBON_SIZE) <= room
        name = band.name if fits else drawing.shorten(band.short, room, _RIBBON_SIZE)
        if name:
            middle = ((left + right) / 2, top + 13.5)
            drawing.words(svg, "c-phase-name", name, middle, "middle")
