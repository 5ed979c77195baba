"""Measure how often the 95 % interval holds the true percent improvement, by simulation."""

import argparse
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from tracker.domain.intervals import Interval, interval

CORRELATIONS: Final = (0.0, 0.3, 0.6, 0.8)  # of one day with the next
MEANS: Final = (60.0, 42.0)  # of 100: truly 30 % less
DEVIATION: Final = 12.0  # of one day, in points of 100
FIRST: Final = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a simulated diary is, and how much of it is answered."""

    baseline: int
    treatment: int
    window: int
    answered: float = 1.0
    maximum: int = 100


PLANS: Final = (
    Plan(7, 28, 7),
    Plan(14, 28, 7),
    Plan(14, 84, 7),
    Plan(14, 84, 14),
    Plan(28, 84, 14),
    Plan(14, 84, 7, answered=0.8),
    Plan(14, 84, 7, maximum=10),
)


def walk(rng: Random, mean: float, phi: float) -> Iterator[float]:
    """Yield days of an AR(1) process in its steady state, as points of 100."""
    off = rng.gauss(0, DEVIATION)
    while True:
        yield mean + off
        off = phi * off + rng.gauss(0, DEVIATION * math.sqrt(1 - phi * phi))


def scores(rng: Random, plan: Plan, days: int, mean: float, phi: float) -> dict[date, int]:
    """Return so many days as whole scores on the plan's ruler, some of them missing."""
    steps = zip(range(days), walk(rng, mean, phi), strict=False)
    return {
        FIRST + timedelta(days=n): min(max(round(value * plan.maximum / 100), 0), plan.maximum)
        for n, value in steps
        if rng.random() < plan.answered
    }


def one(rng: Random, plan: Plan, phi: float) -> Interval | None:
    """Return the interval of one simulated diary; None where it has none."""
    before = scores(rng, plan, plan.baseline, MEANS[0], phi)
    after = scores(rng, plan, plan.treatment, MEANS[1], phi)
    window = last(after, FIRST + timedelta(days=plan.treatment - plan.window))
    found = interval(tuple(before.values()), window, (before, after))
    return found if isinstance(found, Interval) else None


def last(days: Mapping[date, int], since: date) -> tuple[int, ...]:
    """Return the scores from `since` on."""
    return tuple(score for day, score in days.items() if day >= since)


def measure(plan: Plan, phi: float, diaries: int, seed: int) -> tuple[float, float]:
    """Return the percent of intervals that hold the truth, and their mean width in points."""
    rng = Random(f"{seed}/{plan}/{phi}")
    truth = 100 * (1 - MEANS[1] / MEANS[0])
    found = [each for _ in range(diaries) if (each := one(rng, plan, phi)) is not None]
    held = sum(each.low <= truth <= each.high for each in found)
    width = math.fsum(each.high - each.low for each in found) / len(found)
    return 100 * held / len(found), width


def main() -> None:
    """Print a table: one line a plan, one column a correlation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diaries", type=int, default=4000, help="how many for each cell")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    named = " | ".join(f"phi {phi}" for phi in CORRELATIONS)
    print(f"| baseline days | phase days | window | answered | ruler | {named} |")
    print("|---" * (5 + len(CORRELATIONS)) + "|")
    for plan in PLANS:
        cells = [measure(plan, phi, args.diaries, args.seed) for phi in CORRELATIONS]
        measured = " | ".join(f"{held:.1f} % ({width:.0f})" for held, width in cells)
        print(
            f"| {plan.baseline} | {plan.treatment} | {plan.window} "
            f"| {100 * plan.answered:.0f} % | 0-{plan.maximum} | {measured} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
