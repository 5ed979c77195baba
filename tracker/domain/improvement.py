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
    responder: bool | None = None
    ci95: tuple[float, float] | None = None
    no_interval: NoInterval | None = None
    nap: Fraction | None = None
    flags: tuple[Flag, ...] = ()
    evaluation_span: Span | None = None

    @property
    def shown(self) -> str:
        """The percent as it is printed, "n/a" where there is none."""
        return shown(self.percent)

    @property
    def points(self) -> Fraction | None:
        """Evaluation mean minus baseline mean."""
        if self.reason in BEFORE_COUNTING:
            return None
        return points(self.baseline, self.evaluation)

    @property
    def band(self) -> Band | None:
        """What the percent is called."""
        return None if self.percent is None else band(self.percent)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The series of an item before and after, as the preset cuts them."""

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
    """Return all that can be said of one item; `threshold` percent make a responder."""
    sides = _sides(series, windows)
    measured = _measured(sides, threshold, windows)
    neutral = series.item.direction is Direction.NEUTRAL
    if measured.reason in BEFORE_COUNTING or neutral:
        return measured
    compared = replace(measured, nap=overlap(sides.before.burdens, sides.after.burdens))
    if measured.reason is not None:
        return compared
    limits = interval(
        sides.before.burdens,
        sides.after.burdens,
        [series.within(span).scores for span in (windows.baseline, windows.days)],
    )
    if isinstance(limits, Interval):
        return replace(compared, ci95=(limits.low, limits.high))
    return replace(compared, no_interval=limits)


def measure(series: Series, threshold: int, windows: Windows) -> ItemResult:
    """Return what `judge` does, but without interval and overlap: many people need neither."""
    return _measured(_sides(series, windows), threshold, windows)


def _measured(sides: _Sides, threshold: int, windows: Windows) -> ItemResult:
    item, maximum = sides.before.item, sides.before.maximum
    reason = _reason(sides, windows)
    counted = sides.before.tally, sides.after.tally
    reach = sides.after.reach
    if reason is not None or item.direction is Direction.NEUTRAL:
        return ItemResult(item, threshold, *counted, reason, evaluation_span=reach)
    before, after = (each.burden(item.direction, maximum) for each in counted)
    return ItemResult(
        item,
        threshold,
        *counted,
        percent=percent_improvement(before, after),
        responder=improves_by(before, after, threshold),
        flags=baseline_flags(before, maximum),
        evaluation_span=reach,
    )


def _sides(series: Series, windows: Windows) -> _Sides:
    before = series.within(windows.baseline)
    if not windows.preset.by_calendar:
        count = windows.preset.days
        after = series.within(windows.days).last(count)
        return _Sides(before.last(count), after, (count, count))
    before_need = 0 if windows.baseline is None else need(windows.baseline.days)
    after = series.within(windows.window)
    return _Sides(before, after, (before_need, need(windows.preset.days)))


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
