"""Every formula of the measurement standard that a verdict needs, the long way round."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tests.oracle.files import HIGHER, LOWER


def need(days: int) -> int:
    """Give how many of some calendar days must be answered: 4 of 7, rounded up."""
    return math.ceil(Fraction(4 * days, 7))


def badness(total: int, count: int, direction: str, maximum: int) -> int:
    """Turn a sum into its lower-is-better form."""
    return maximum * count - total if direction == HIGHER else total


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sums with their counts of answered days, baseline first."""

    baseline_sum: int
    baseline_days: int
    evaluation_sum: int
    evaluation_days: int
    direction: str
    maximum: int

    def bad_baseline(self) -> int:
        """Give the baseline's sum, lower is better."""
        return badness(self.baseline_sum, self.baseline_days, self.direction, self.maximum)

    def bad_evaluation(self) -> int:
        """Give the evaluation's sum, lower is better."""
        return badness(self.evaluation_sum, self.evaluation_days, self.direction, self.maximum)

    def baseline_mean(self) -> Fraction:
        """Give the baseline's mean, lower is better."""
        return Fraction(self.bad_baseline(), self.baseline_days)

    def baseline_reason(self) -> str | None:
        """Say why no percent can stand on this baseline."""
        mean = self.baseline_mean()
        if mean == 0:
            return "baseline_zero"
        if mean < Fraction(self.maximum, 10):
            return "baseline_too_low"
        return None

    def low_baseline(self) -> bool:
        """Tell whether the baseline is below 40 % of the ruler."""
        return self.baseline_mean() < Fraction(4 * self.maximum, 10)

    def percent(self) -> Fraction:
        """Give the percent improvement."""
        before = self.baseline_mean()
        after = Fraction(self.bad_evaluation(), self.evaluation_days)
        return 100 * (before - after) / before

    def responds(self, threshold: int) -> bool:
        """Tell whether the improvement reaches a threshold, by whole numbers."""
        before = self.bad_baseline() * self.evaluation_days
        after = self.bad_evaluation() * self.baseline_days
        return 100 * (before - after) >= threshold * before

    def points(self) -> Fraction:
        """Give the evaluation's mean minus the baseline's, on the ruler as it is."""
        before = Fraction(self.baseline_sum, self.baseline_days)
        return Fraction(self.evaluation_sum, self.evaluation_days) - before


def shown(percent: Fraction) -> str:
    """Write a percent with one decimal, truncated toward zero, zero without a sign."""
    tenths = math.trunc(percent * 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


def band(percent: Fraction) -> str:
    """Name the band of a percent."""
    if percent <= -30:
        return "much_worse"
    if percent <= -10:
        return "worse"
    for limit, name in ((10, "little_change"), (30, "minimal"), (50, "moderate")):
        if percent < limit:
            return name
    return "substantial"


def nap(baseline: Sequence[int], evaluation: Sequence[int], direction: str) -> Fraction:
    """Give the share of day pairs where the evaluation is better, ties one half."""
    halves = 0
    for before in baseline:
        for after in evaluation:
            if before == after:
                halves += 1
            elif (after < before) == (direction == LOWER):
                halves += 2
    return Fraction(halves, 2 * len(baseline) * len(evaluation))


def rho_of(baseline: Mapping[int, int], later: Mapping[int, int]) -> Fraction:
    """Give the day-to-day correlation of two series by day, clipped to 0 .. 0.9."""
    products = squares = Fraction(0)
    pairs = 0
    for series in (baseline, later):
        count, total = len(series), sum(series.values())
        # Distances from the mean, times the count, so that they are whole numbers.
        away = {day: count * value - total for day, value in series.items()}
        squares += Fraction(sum(d * d for d in away.values()), count * count)
        together = [d * away[day + 1] for day, d in away.items() if day + 1 in away]
        products += Fraction(sum(together), count * count)
        pairs += len(together)
    if pairs == 0 or squares == 0:
        return Fraction(0)
    rho = products / squares * Fraction(len(baseline) - 1 + len(later) - 1, pairs)
    return min(max(rho, Fraction(0)), Fraction(9, 10))


def design_effect(count: int, rho: float) -> float:
    """Give by how much correlated days widen the variance of their mean."""
    return 1 + 2 * math.fsum((1 - lag / count) * rho**lag for lag in range(1, count))


def relative_variance(values: Sequence[int], rho: float) -> float:
    """Give the variance of a mean, relative to its square; 0 where the scores did not vary."""
    count = len(values)
    mean = Fraction(sum(values), count)
    spread = sum(((value - mean) ** 2 for value in values), Fraction(0)) / (count - 1)
    return float(spread / (count * mean**2)) * design_effect(count, rho)


@dataclass(frozen=True, slots=True)
class Interval:
    """The 95 % interval of a percent improvement and what it was made of."""

    rho: float
    se: float
    df: float
    low: float
    high: float


FEWEST_FOR_INTERVAL = 4


def interval(baseline: Sequence[int], evaluation: Sequence[int], rho: Fraction) -> Interval | None:
    """Give the interval from two lower-is-better windows, None where there is none."""
    for values in (baseline, evaluation):
        if len(values) < FEWEST_FOR_INTERVAL or sum(values) == 0 or len(set(values)) == 1:
            return None
    before = relative_variance(baseline, float(rho))
    after = relative_variance(evaluation, float(rho))
    ratio = Fraction(sum(evaluation) * len(baseline), sum(baseline) * len(evaluation))
    centre = math.log(ratio)
    se = math.sqrt(before + after)
    df = (before + after) ** 2 / (
        before**2 / (len(baseline) - 1) + after**2 / (len(evaluation) - 1)
    )
    reach = student_975(df) * se
    low = 100 * (1 - math.exp(centre + reach))
    high = 100 * (1 - math.exp(centre - reach))
    return Interval(float(rho), se, df, low + 0.0, high + 0.0)


def student_975(df: float) -> float:
    """Give the 97.5 % point of Student's t by Newton's steps, for df of 1 or more."""
    # The tail is convex, so steps from below the point never overshoot it.
    t = 1.9
    step = 1.0
    while step > 1e-13 * t:
        step = (student_upper_tail(t, df) - 0.025) / student_density(t, df)
        t += step
    return t


def student_density(t: float, df: float) -> float:
    """Give the density of Student's t."""
    scale = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - math.log(df * math.pi) / 2
    return math.exp(scale - (df + 1) / 2 * math.log1p(t * t / df))


def student_upper_tail(t: float, df: float) -> float:
    """Give P(T > t), t >= 0, as half of the regularised incomplete beta at df / (df + t^2)."""
    return incomplete_beta(df / 2, 0.5, df / (df + t * t)) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Give I_x(a, b), 0 <= x <= 1, by its continued fraction on whichever side converges fast."""
    if x in {0.0, 1.0}:
        return x
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    logarithm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    logarithm += a * math.log(x) + b * math.log1p(-x)
    # The fraction is worked out from its tail, so no term can run away.
    value = 1.0
    for step in range(120, 0, -1):
        half, odd = divmod(step, 2)
        if odd:
            term = -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        else:
            term = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        value = 1 + term / value
    return math.exp(logarithm) / (a * value)


def rolling_means(scores: Sequence[int | None]) -> list[Fraction | None]:
    """Give the mean of each day's trailing 7 calendar days, the first one on day 7."""
    means: list[Fraction | None] = []
    for index in range(len(scores)):
        week = [score for score in scores[max(0, index - 6) : index + 1] if score is not None]
        enough = index >= 6 and len(week) >= need(7)
        means.append(Fraction(sum(week), len(week)) if enough else None)
    return means


def usual_range(
    scores: Sequence[int | None], maximum: int
) -> tuple[Fraction, Fraction, Fraction] | None:
    """Give mean, low and high of the usual range, None below 5 pairs of consecutive days."""
    answered = [score for score in scores if score is not None]
    steps = [
        abs(after - before)
        for before, after in pairwise(scores)
        if before is not None and after is not None
    ]
    if len(steps) < 5:
        return None
    mean = Fraction(sum(answered), len(answered))
    reach = Fraction(266, 100) * Fraction(sum(steps), len(steps))
    return mean, max(mean - reach, Fraction(0)), min(mean + reach, Fraction(maximum))
