"""The 95 % interval of one person's percent improvement, for days that depend on each other."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tracker.domain.spans import ONE_DAY
from tracker.domain.student import t_quantile_975

FEWEST: Final = 4  # answered days in either window
HIGHEST_RHO: Final = Fraction(9, 10)


class NoInterval(StrEnum):
    """Why a percent stands without an interval."""

    TOO_FEW_DAYS = "too_few_days"
    MEAN_ZERO = "mean_zero"
    DID_NOT_VARY = "did_not_vary"


@dataclass(frozen=True, slots=True)
class Interval:
    """The interval in percent, and what it was made of."""

    low: float
    high: float
    rho: float
    standard_error: float
    df: float


@dataclass(frozen=True, slots=True)
class _Spread:
    """One window's burdens: their number, exact mean and sample variance."""

    n: int
    mean: Fraction
    variance: Fraction

    def relative(self, rho: float) -> float:
        """Return the variance of the mean over the mean's square, days depending by `rho`."""
        return float(self.variance / (self.n * self.mean**2)) * design_effect(self.n, rho)


def day_to_day(series: Sequence[Mapping[date, int]]) -> Fraction:
    """Return rho, the correlation of consecutive days, from 0 to 0.9, exactly.

    Each series is centred on its own mean; pairs are consecutive calendar days both answered. None
    of `series` is empty, and at least one varies.

    >>> day_to_day([{date(2026, 1, 1 + n): score for n, score in enumerate([1, 2, 3, 4])}])
    Fraction(1, 4)
    """
    pairs = degrees = 0
    together = squares = Fraction(0)
    for scores in series:
        n, total = len(scores), sum(scores.values())
        off = {day: n * score - total for day, score in scores.items()}  # n times d_t
        joined = [
            each * after
            for day, each in off.items()
            if (after := off.get(day + ONE_DAY)) is not None
        ]
        squares += Fraction(sum(each * each for each in off.values()), n**2)
        together += Fraction(sum(joined), n**2)
        pairs += len(joined)
        degrees += n - 1
    if pairs == 0:
        return Fraction(0)
    return min(max(together / squares * degrees / pairs, Fraction(0)), HIGHEST_RHO)


def design_effect(n: int, rho: float) -> float:
    """Return how many times larger the variance of a mean of `n` is than for independent days.

    >>> design_effect(2, 0.5), design_effect(7, 0.0)
    (1.5, 1.0)
    """
    return 1 + 2 * math.fsum((1 - k / n) * rho**k for k in range(1, n))


def interval(
    baseline: Sequence[int],
    evaluation: Sequence[int],
    series: Sequence[Mapping[date, int]],
) -> Interval | NoInterval:
    """Return the 95 % interval of the percent improvement of two windows' burdens.

    Args:
        baseline: the answered days' burdens (lower is better).
        evaluation: the same of the days that are judged.
        series: the scores from which `day_to_day` is taken, the windows' own days among them.
    """
    if min(len(baseline), len(evaluation)) < FEWEST:
        return NoInterval.TOO_FEW_DAYS
    before, after = _spread(baseline), _spread(evaluation)
    if before.mean == 0 or after.mean == 0:
        return NoInterval.MEAN_ZERO
    if before.variance == 0 or after.variance == 0:
        return NoInterval.DID_NOT_VARY
    depending = float(day_to_day(series))
    v_before, v_after = before.relative(depending), after.relative(depending)
    error = math.sqrt(v_before + v_after)
    df = (v_before + v_after) ** 2 / (v_before**2 / (before.n - 1) + v_after**2 / (after.n - 1))
    ratio = float(after.mean / before.mean)
    reach = math.exp(t_quantile_975(df) * error)
    return Interval(
        low=100 * (1 - ratio * reach),
        high=100 * (1 - ratio / reach),
        rho=depending,
        standard_error=error,
        df=df,
    )


def _spread(burdens: Sequence[int]) -> _Spread:
    n, total = len(burdens), sum(burdens)
    squares = sum(each * each for each in burdens)
    return _Spread(n, Fraction(total, n), Fraction(n * squares - total * total, n * (n - 1)))
