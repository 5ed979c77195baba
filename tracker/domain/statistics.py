"""Exact arithmetic of scores: tallies, percent improvement, thresholds, bands, overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, Self

from tracker.domain.questionnaire import Direction

RESPONDER_PERCENT: Final = 30  # % less than the baseline mean [S] Younger 2013
LOWEST_BASELINE: Final = 10  # % of M; below it a percent says nothing [O]
LOW_BASELINE: Final = 40  # % of M; the trials required at least this [S] Younger 2013


class Reason(StrEnum):
    """Why an item or a phase can't be judged; the first that applies is given."""

    SCALE_CHANGED = "scale_changed"
    NO_BASELINE = "no_baseline"
    PHASE_BOUNDARY = "phase_boundary"
    TOO_FEW_DAYS = "too_few_days"
    BASELINE_ZERO = "baseline_zero"
    BASELINE_TOO_LOW = "baseline_too_low"
    NO_PGIC = "no_pgic"
    BLINDED = "blinded"
    NOT_SHARED = "not_shared"  # to a reader who may not see what the figure rests on


class Flag(StrEnum):
    """What a reader must know about a figure that was computed all the same."""

    LOW_BASELINE = "low_baseline"


class Band(StrEnum):
    """One person's percent improvement in a word; IMMPACT [S], worsening bands [O]."""

    MUCH_WORSE = "much_worse"
    WORSE = "worse"
    LITTLE_CHANGE = "little_change"
    MINIMAL = "minimal"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"


@dataclass(frozen=True, slots=True)
class Tally:
    """The whole sum of scores and the number of days that were answered."""

    sum: int = 0
    days: int = 0

    @property
    def mean(self) -> Fraction | None:
        """The exact mean; None where no day was answered."""
        return Fraction(self.sum, self.days) if self.days else None

    def burden(self, direction: Direction, maximum: int) -> Self:
        """Return the tally in which lower is better: the deficit where higher is better.

        >>> Tally(560, 14).burden(Direction.HIGHER, 100)
        Tally(sum=840, days=14)
        """
        if direction is Direction.HIGHER:
            return type(self)(maximum * self.days - self.sum, self.days)
        return self


def tally(scores: Sequence[int]) -> Tally:
    """Return the tally of `scores`."""
    return Tally(sum(scores), len(scores))


def need(days: int) -> int:
    """Return how many of `days` calendar days must be answered: four in seven, rounded up.

    >>> [need(days) for days in (3, 7, 10, 14, 28)]
    [2, 4, 6, 8, 16]
    """
    return -(-4 * days // 7)


def percent_improvement(baseline: Tally, evaluation: Tally) -> Fraction:
    """Return the percent improvement of two burdens (lower is better), exactly.

    Both must have days, the baseline a sum above 0.

    >>> percent_improvement(Tally(840, 14), Tally(295, 7))
    Fraction(625, 21)
    """
    before = baseline.sum * evaluation.days
    after = evaluation.sum * baseline.days
    return Fraction(100 * (before - after), before)


def improves_by(baseline: Tally, evaluation: Tally, threshold: int) -> bool:
    """Say whether two burdens improve by at least `threshold` percent, by whole numbers only.

    >>> improves_by(Tally(840, 14), Tally(294, 7), 30)
    True
    >>> improves_by(Tally(857, 14), Tally(300, 7), 30)
    False
    """
    before = baseline.sum * evaluation.days
    after = evaluation.sum * baseline.days
    return 100 * (before - after) >= threshold * before


def baseline_reason(baseline: Tally, maximum: int) -> Reason | None:
    """Return why no percent can be taken of this baseline burden; None where it can."""
    if baseline.sum == 0:
        return Reason.BASELINE_ZERO
    if 100 * baseline.sum < LOWEST_BASELINE * maximum * baseline.days:
        return Reason.BASELINE_TOO_LOW
    return None


def baseline_flags(baseline: Tally, maximum: int) -> tuple[Flag, ...]:
    """Return what to know about a percent of this baseline burden."""
    low = 100 * baseline.sum < LOW_BASELINE * maximum * baseline.days
    return (Flag.LOW_BASELINE,) if low else ()


def points(baseline: Tally, evaluation: Tally) -> Fraction | None:
    """Return evaluation mean minus baseline mean, in points; None where a mean is missing."""
    before, after = baseline.mean, evaluation.mean
    return None if before is None or after is None else after - before


def shown(percent: Fraction | None) -> str:
    """Return one decimal, truncated toward zero.

    >>> shown(Fraction(2996, 100)), shown(Fraction(-4, 100)), shown(Fraction(-305, 10)), shown(None)
    ('29.9', '0.0', '-30.5', 'n/a')
    """
    if percent is None:
        return "n/a"
    tenths = abs(percent.numerator) * 10 // percent.denominator
    sign = "-" if percent < 0 < tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"


def band(percent: Fraction) -> Band:
    """Return the band of one person's percent improvement.

    >>> band(Fraction(-10)).value, band(Fraction(-99, 10)).value, band(Fraction(50)).value
    ('worse', 'little_change', 'substantial')
    """
    if percent <= -30:  # noqa: PLR2004 - the bands are the table
        return Band.MUCH_WORSE
    if percent <= -10:  # noqa: PLR2004 - the bands are the table
        return Band.WORSE
    limits = ((10, Band.LITTLE_CHANGE), (30, Band.MINIMAL), (50, Band.MODERATE))
    return next((name for limit, name in limits if percent < limit), Band.SUBSTANTIAL)


def overlap(baseline: Sequence[int], evaluation: Sequence[int]) -> Fraction:
    """Return NAP of burdens: the share of pairs in which the evaluation is lower, ties a half.

    Neither side may be empty.

    >>> overlap([6, 5], [5, 4])
    Fraction(7, 8)
    """
    halves = sum(
        1 + (before > after) - (before < after) for before in baseline for after in evaluation
    )
    return Fraction(halves, 2 * len(baseline) * len(evaluation))
