"""One item, before and after: every figure of its change, or the reason why there is none."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from tracker.domain.intervals import Interval, NoInterval, interval
from tracker.domain.questionnaire import Direction, Item
from tracker.domain.series import Series
from tracker.domain.spans import Span
from tracker.domain.statistics import (
    Band,
    Flag,
    Reason,
    Tally,
    band,
    baseline_flags,
    baseline_reason,
    improves_by,
    need,
    overlap,
    percent_improvement,
    points,
    shown,
)
from tracker.domain.windows import Preset

BEFORE_COUNTING: Final = frozenset(  # reasons for which not even points are given
    {
        Reason.SCALE_CHANGED,
        Reason.NO_BASELINE,
        Reason.PHASE_BOUNDARY,
        Reason.TOO_FEW_DAYS,
    },
)


@dataclass(frozen=True, slots=True)
class Windows:
    """What one phase is judged by.

    `baseline` is None where there is none or it holds no entry. `days` are all that can be judged;
    `window` those that the preset judges, None where there are too few (`pregabalin` takes its
    own, item by item).
    """

    preset: Preset
    baseline: Span | None
    days: Span
    window: Span | None


@dataclass(frozen=True, slots=True)
class ItemResult:
    """All that is said of one item in one phase.

    `percent`, `responder`, `ci95` and `band` are None wherever there is a reason and for neutral
    items; `points` and `nap` where days can't be compared; `ci95` also for the reason that
    `no_interval` gives. `evaluation_span` runs over the days that were judged.
    """

    item: Item
    threshold: int
    baseline: Tally
    evaluation: Tally
    reason: Reason | None = None
    percent: Fraction | None = None
    shown: str = "n/a"
    points: Fraction | None = None
    responder: bool | None = None
    ci95: tuple[float, float] | None = None
    no_interval: NoInterval | None = None
    band: Band | None = None
    nap: Fraction | None = None
    flags: tuple[Flag, ...] = ()
    evaluation_span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Sides:
    """The series of an item before and after, whole and as the preset cuts them."""

    whole: tuple[Series, Series]
    before: Series
    after: Series
    needs: tuple[int, int]

    @property
    def is_mixed(self) -> bool:
        return bool(self.before.elsewhere or self.after.elsewhere)

    @property
    def is_enough(self) -> bool:
        found = len(self.before.scores), len(self.after.scores)
        return all(have >= needed for have, needed in zip(found, self.needs, strict=True))


def judge(series: Series, threshold: int, windows: Windows) -> ItemResult:
    """Return what can be said of one item; `threshold` percent make a responder."""
    sides = _sides(series, windows)
    reason = _reason(sides, windows)
    counted = ItemResult(
        item=series.item,
        threshold=threshold,
        baseline=sides.before.tally,
        evaluation=sides.after.tally,
        reason=reason,
        evaluation_span=sides.after.reach,
    )
    if reason in BEFORE_COUNTING:
        return counted
    moved = replace(counted, points=points(counted.baseline, counted.evaluation))
    if series.item.direction is Direction.NEUTRAL:
        return moved
    overlapping = overlap(sides.before.burdens, sides.after.burdens)
    compared = replace(moved, nap=overlapping)
    return compared if reason else _measured(compared, sides, series.maximum)


def _measured(compared: ItemResult, sides: _Sides, maximum: int) -> ItemResult:
    direction = compared.item.direction
    before = compared.baseline.burden(direction, maximum)
    after = compared.evaluation.burden(direction, maximum)
    percent = percent_improvement(before, after)
    limits = interval(
        sides.before.burdens,
        sides.after.burdens,
        [each.scores for each in sides.whole],
    )
    return replace(
        compared,
        percent=percent,
        shown=shown(percent),
        responder=improves_by(before, after, compared.threshold),
        ci95=(limits.low, limits.high) if isinstance(limits, Interval) else None,
        no_interval=None if isinstance(limits, Interval) else limits,
        band=band(percent),
        flags=baseline_flags(before, maximum),
    )


def _sides(series: Series, windows: Windows) -> _Sides:
    whole = series.within(windows.baseline), series.within(windows.days)
    if not windows.preset.by_calendar:
        count = windows.preset.days
        return _Sides(whole, whole[0].last(count), whole[1].last(count), (count, count))
    before_need = 0 if windows.baseline is None else need(windows.baseline.days)
    return _Sides(
        whole,
        whole[0],
        series.within(windows.window),
        (before_need, need(windows.preset.days)),
    )


def _reason(sides: _Sides, windows: Windows) -> Reason | None:
    """Return the first reason that applies."""
    if sides.is_mixed:
        return Reason.SCALE_CHANGED
    if windows.baseline is None:
        return Reason.NO_BASELINE
    if windows.window is None and windows.preset.by_calendar:
        return Reason.PHASE_BOUNDARY
    if not sides.is_enough:
        return Reason.TOO_FEW_DAYS
    if sides.before.item.direction is Direction.NEUTRAL:
        return None
    maximum = sides.before.maximum
    burden = sides.before.tally.burden(sides.before.item.direction, maximum)
    return baseline_reason(burden, maximum)
