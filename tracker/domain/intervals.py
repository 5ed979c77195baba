"""The 95 % interval of one person's percent improvement, for days that depend on each other."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

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
    """One window's burdens: their number, sum, and `spread`, n (n - 1) times the variance."""

    n: int
    total: int
    spread: int

    def relative(self, rho: float) -> float:
        """Return the variance of the mean over the mean's square, days depending by `rho`."""
        # Whole numbers up to here: their quotient is rounded once.
        return self.spread / ((self.n - 1) * self.total**2) * design_effect(self.n, rho)


def day_to_day(series: Sequence[Mapping[date, int]]) -> Fraction:
    """Return rho, the correlation of consecutive days, from 0 to 0.9, exactly.

    Each series is centred on its own mean; pairs are consecutive calendar days both answered. None
    of `series` is empty, and at least one varies.

    >>> day_to_day([{date(2026, 1, 1 + n): score for n, score in enumerate([1, 2, 3, 4])}])
    Fraction(1, 4)
    """
    common = math.lcm(*map(len, series))
    pairs = degrees = together = squares = 0
    for scores in series:
        n, total = len(scores), sum(scores.values())
        # n times d_t, by the day's number: a calendar day would be hashed anew each time.
        off = {day.toordinal(): n * score - total for day, score in scores.items()}
        joined = [
            each * after for day, each in off.items() if (after := off.get(day + 1)) is not None
        ]
        weight = (common // n) ** 2
        squares += weight * sum(each * each for each in off.values())
        together += weight * sum(joined)
        pairs += len(joined)
        degrees += n - 1
    if pairs == 0:
        return Fraction(0)
    return min(max(Fraction(together * degrees, squares * pairs), Fraction(0)), HIGHEST_RHO)


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
    if before.total == 0 or after.total == 0:
        return NoInterval.MEAN_ZERO
    if before.spread == 0 or after.spread == 0:
        return NoInterval.DID_NOT_VARY
    depending = float(day_to_day(series))
    v_before, v_after = before.relative(depending), after.relative(depending)
    error = math.sqrt(v_before + v_after)
    df = (v_before + v_after) ** 2 / (v_before**2 / (before.n - 1) + v_after**2 / (after.n - 1))
    ratio = after.total * before.n / (before.total * after.n)
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
    return _Spread(n, total, n * sum(each * each for each in burdens) - total * total)
