"""One item's nights over time, as a picture."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from xml.etree.ElementTree import Element

from tracker.charts import drawing
from tracker.charts.drawing import Box, DayWords, Plane, Translate
from tracker.domain.diary import Status
from tracker.domain.phases import PhaseKind
from tracker.domain.questionnaire import Direction
from tracker.domain.report import Report
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.trends import Night, Trend
from tracker.domain.words import N_

WIDTH, HEIGHT = 344.0, 246.0
_FIELD = Box(26, 22, 270, 158)
_RIBBON_TOP, _RIBBON_HEIGHT = 188.0, 20.0
_DATES_AT = 226.0
_LABEL_GAP = 12.0  # between the feet of two labels at the right edge

WORSE: Mapping[Direction, str] = {
    Direction.LOWER: N_("Higher is worse"),
    Direction.HIGHER: N_("Higher is better"),
    Direction.NEUTRAL: N_("Higher is more"),
}
PHASE_NAMES: Mapping[PhaseKind, str] = {
    PhaseKind.BASELINE: N_("Baseline"),
    PhaseKind.PLACEBO: N_("Placebo"),
    PhaseKind.TREATMENT: N_("Treatment"),
    PhaseKind.WASHOUT: N_("Washout"),
    PhaseKind.FOLLOW_UP: N_("Follow-up"),
    PhaseKind.BLINDED: N_("Blinded"),
}


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the ribbon under the axis: the days, its name, and one for a narrow place."""

    span: Span
    name: str
    short: str


def draw_trend(
    report: Report, trend: Trend, shown: Span, translate: Translate, day_words: DayWords
) -> str:
    """Draw the nights of `trend` that lie in `shown`, with baseline, levels, mean and phases.

    Returns:
        An SVG of `WIDTH` x `HEIGHT` units; its classes are styled by the page.
    """
    item = trend.item
    name = item.name if item.is_own else translate(item.name)
    svg = drawing.picture(WIDTH, HEIGHT, name, translate(WORSE[item.direction]))
    plane = Plane(_FIELD, shown, report.ruler.maximum)
    drawing.words(svg, "c-note", translate(WORSE[item.direction]), (0, 12))
    _field(svg, report, trend, plane)
    nights = [night for night in trend.nights if night.day in shown]
    _nights(svg, plane, nights)
    drawing.curve(svg, f"c-mean c-{item.key}", _mean_runs(trend.rolling, plane))
    _levels(svg, trend, plane, translate)
    _ribbon(svg, phase_bands(report, translate), plane)
    last = max(shown.start, shown.end - ONE_DAY)
    drawing.words(svg, "c-note", day_words(shown.start), (_FIELD.left, _DATES_AT))
    drawing.words(svg, "c-note", day_words(last), (_FIELD.right, _DATES_AT), "end")
    return drawing.write(svg)


def phase_bands(report: Report, translate: Translate) -> list[Band]:
    """Return the ribbon: baseline and phases, named by label, else by medicine and dose."""
    bands = []
    if report.baseline is not None:
        name = translate(PHASE_NAMES[PhaseKind.BASELINE])
        bands.append(Band(report.baseline, name, name))
    for result in report.phases:
        phase = result.phase
        dose = "" if phase.dose_mg is None else f"{phase.dose_mg.normalize():f} mg"
        taken = " ".join(word for word in (phase.medicine, dose) if word)
        name = phase.label or taken or translate(PHASE_NAMES[phase.kind])
        bands.append(Band(result.span, name, phase.label or dose or name))
    return bands


def _field(svg: Element, report: Report, trend: Trend, plane: Plane) -> None:
    box = plane.box
    if report.baseline is not None:
        left, right = plane.edge(report.baseline.start), plane.edge(report.baseline.end)
        drawing.rectangle(svg, "c-baseline", Box(left, box.top, right - left, box.height))
    if trend.usual_range is not None:
        low, high = trend.usual_range
        top = plane.y(high)
        drawing.rectangle(svg, "c-usual", Box(box.left, top, box.width, plane.y(low) - top))
    for score in (0, plane.maximum // 2, plane.maximum):
        y = plane.y(score)
        drawing.line(svg, "c-grid", box.left, box.right, y)
        drawing.words(svg, "c-note", str(score), (box.left - 6, y + 4), "end")


def _nights(svg: Element, plane: Plane, nights: Iterable[Night]) -> None:
    def where(chosen: Callable[[Night], bool]) -> Iterator[tuple[float, float]]:
        return ((plane.x(n.day), plane.y(n.value)) for n in listed if chosen(n))

    listed = list(nights)
    drawing.dots(svg, "c-night", where(lambda n: n.status is not Status.LATE))
    drawing.rings(svg, "c-late", where(lambda n: n.status is Status.LATE))
    drawing.curve(
        svg, "c-edited", ([(x - 2.5, y + 5), (x + 2.5, y + 5)] for x, y in where(_is_edited))
    )
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


def _levels(svg: Element, trend: Trend, plane: Plane, translate: Translate) -> None:
    if trend.baseline_mean is None:
        return
    box = plane.box
    before = plane.y(float(trend.baseline_mean))
    drawing.line(svg, "c-before", box.left, box.right, before)
    drawing.words(svg, "c-note", translate(N_("before")), (box.right + 5, before + 4))
    if trend.mark30 is None:
        return
    mark = plane.y(float(trend.mark30))
    drawing.line(svg, "c-mark", box.left, box.right, mark)
    lower = trend.item.direction is Direction.LOWER
    foot = max(mark, before + _LABEL_GAP) if lower else min(mark, before - _LABEL_GAP)
    drawing.words(
        svg, "c-mark-name", "\N{MINUS SIGN}30 %" if lower else "+30 %", (box.right + 5, foot + 4)
    )


def _ribbon(svg: Element, bands: Iterable[Band], plane: Plane) -> None:
    for band in bands:
        left, right = plane.edge(band.span.start), plane.edge(band.span.end)
        box = Box(left + 0.5, _RIBBON_TOP, right - left - 1, _RIBBON_HEIGHT)
        drawing.rectangle(svg, "c-phase", box, 4)
        fits = drawing.shorten(band.name, box.width - 4, 10) == band.name
        name = band.name if fits else drawing.shorten(band.short, box.width - 4, 10)
        if name:
            middle = ((left + right) / 2, _RIBBON_TOP + 14)
            drawing.words(svg, "c-phase-name", name, middle, "middle")
