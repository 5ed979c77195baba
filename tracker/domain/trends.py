"""The trend of one item: its nights, rolling means, and the person's usual range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from tracker.domain.diary import Diary, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Direction, Item
from tracker.domain.series import Series, trailing
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import (
    RESPONDER_PERCENT,
    Tally,
    baseline_reason,
    need,
)

ROLLING_DAYS: Final = 7  # calendar days, trailing
USUAL_PAIRS: Final = 5  # fewest pairs of consecutive days
USUAL_FACTOR: Final = Fraction(266, 100)  # x mean absolute difference [O]


@dataclass(frozen=True, slots=True)
class Night:
    """One answered score and how it came about; `entered_by` as in `Entry`."""

    day: date
    value: int
    status: Status
    edited: bool
    conflict: bool
    imported: bool
    entered_by: str


@dataclass(frozen=True, slots=True)
class Trend:
    """All that is drawn of one item.

    `rolling` has no key where fewer than 4 of the 7 days are answered: a gap, not a line.
    `baseline_mean` is None where the baseline has too few answered days or there is none;
    `usual_range` (low, high) where it has fewer than 5 pairs of consecutive days; `mark30`, the
    mean that would be 30 % better, where no percent can be taken.
    """

    item: Item
    nights: tuple[Night, ...]
    rolling: Mapping[date, Fraction]
    baseline_mean: Fraction | None
    usual_range: tuple[float, float] | None
    mark30: Fraction | None


def rolling_means(scores: Mapping[date, int], stretches: Sequence[Span]) -> Mapping[date, Fraction]:
    """Return the trailing 7-day means of `scores`, none reaching out of its stretch.

    A mean stands on the 7th day of a stretch at the earliest, and needs 4 scores.

    >>> days = {date(2026, 1, 1 + n): score for n, score in enumerate([60, 61, 62, 63])}
    >>> means = rolling_means(days, [Span(date(2026, 1, 1), date(2026, 1, 9))])
    >>> [(day.day, str(mean)) for day, mean in means.items()]
    [(7, '123/2')]
    """
    found: dict[date, Fraction] = {}
    enough = need(ROLLING_DAYS)
    for stretch in stretches:
        for day, total, days in trailing(scores, stretch, ROLLING_DAYS):
            if days >= enough:
                found[day] = Fraction(total, days)
    return MappingProxyType(found)


def stretches_of(phases: Sequence[Phase], diary: Span) -> tuple[Span, ...]:
    """Return the stretches of `diary` that no mean may cross: before the phases, then each phase.

    A baseline counts from its first day, every other phase from the day after its start. Days
    between two phases belong to the stretch of the earlier one.
    """
    begins = [
        phase.start if phase.kind is PhaseKind.BASELINE else phase.start + ONE_DAY
        for phase in phases
    ]
    ends = [*(min(phase.start, diary.end) for phase in phases), diary.end]
    return tuple(Span(begin, end) for begin, end in zip([diary.start, *begins], ends, strict=True))


def usual_range(scores: Mapping[date, int], maximum: int) -> tuple[Fraction, Fraction] | None:
    """Return mean +- 2.66 x the mean absolute difference of consecutive calendar days, clipped.

    None where fewer than 5 pairs of consecutive days are answered. Scores outside it are common:
    days are not independent.

    >>> days = {date(2026, 1, 1 + n): score for n, score in enumerate([60, 64, 58, 66, 62, 59, 63])}
    >>> [round(float(limit), 3) for limit in usual_range(days, 100)]
    [48.858, 74.571]
    """
    moves = [
        abs(scores[day + ONE_DAY] - score)
        for day, score in scores.items()
        if day + ONE_DAY in scores
    ]
    if len(moves) < USUAL_PAIRS:
        return None
    mean = Fraction(sum(scores.values()), len(scores))
    reach = USUAL_FACTOR * Fraction(sum(moves), len(moves))
    return max(Fraction(0), mean - reach), min(Fraction(maximum), mean + reach)


def mark_of(baseline: Tally, direction: Direction, maximum: int) -> Fraction | None:
    """Return the mean that is exactly 30 % better than `baseline`.

    None where the item is neutral or no percent can be taken of the baseline.

    >>> mark_of(Tally(840, 14), Direction.LOWER, 100)
    Fraction(42, 1)
    >>> mark_of(Tally(560, 14), Direction.HIGHER, 100)
    Fraction(58, 1)
    """
    burden = baseline.burden(direction, maximum)
    if direction is Direction.NEUTRAL or baseline_reason(burden, maximum) is not None:
        return None
    goal = Fraction(burden.sum * (100 - RESPONDER_PERCENT), burden.days * 100)
    return goal if direction is Direction.LOWER else maximum - goal


def trend_of(
    diary: Diary, series: Series, baseline: Span | None, stretches: Sequence[Span]
) -> Trend:
    """Return the trend of the item of `series`; `baseline` is None where it can't be used."""
    before = series.within(baseline)
    usual = usual_range(before.scores, series.maximum)
    whole = before.tally
    enough = baseline is not None and whole.days >= need(baseline.days)
    direction = series.item.direction
    return Trend(
        item=series.item,
        nights=tuple(_night(diary, day, value) for day, value in series.scores.items()),
        rolling=rolling_means(series.scores, stretches),
        baseline_mean=whole.mean if enough else None,
        usual_range=None if usual is None else (float(usual[0]), float(usual[1])),
        mark30=mark_of(whole, direction, series.maximum) if enough else None,
    )


def _night(diary: Diary, day: date, value: int) -> Night:
    entry = diary.entries[day]
    return Night(
        day=day,
        value=value,
        status=entry.status,
        edited=entry.revision > 1,
        conflict=entry.conflict,
        imported=entry.imported,
        entered_by=entry.entered_by,
    )
