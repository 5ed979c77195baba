"""The cumulative responder curve: how many improved by at least T percent, for every T."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final

from tracker.domain.proportions import Share

HIGHEST: Final = 100  # percent: nothing improves by more
THRESHOLDS: Final = range(HIGHEST + 1)  # T


@dataclass(frozen=True, slots=True)
class Curve:
    """For each T of 0 to 100, how many people improved by at least T percent.

    `people` are all of them: who can't be judged is no responder in the share by intention to
    treat, and is left out of the observed one, which is of `judged` people.

    >>> curve = curve_of([None, Fraction(30), Fraction(5)])
    >>> curve.itt(30), curve.observed(30)
    (Share(count=1, n=3), Share(count=1, n=2))
    """

    reached: tuple[int, ...]
    judged: int
    people: int

    def itt(self, percent: int) -> Share:
        """Return how many of all people improved by at least `percent`."""
        return Share(self.reached[percent], self.people)

    def observed(self, percent: int) -> Share:
        """Return the same of those who have a percent."""
        return Share(self.reached[percent], self.judged)


def curve_of(percents: Iterable[Fraction | None]) -> Curve:
    """Return the curve of one percent a person, None where it can't be judged."""
    return curve_of_steps(Counter(map(step_of, percents)))


def step_of(percent: Fraction | None) -> int | None:
    """Return the highest T that `percent` reaches, -1 below 0; None where it can't be judged.

    T is whole, so `percent` reaches it exactly where its whole part does.

    >>> step_of(Fraction(2996, 100)), step_of(Fraction(30)), step_of(Fraction(-1, 9))
    (29, 30, -1)
    """
    return None if percent is None else max(-1, percent.numerator // percent.denominator)


def curve_of_steps(steps: Mapping[int | None, int]) -> Curve:
    """Return the curve of how many people reach each step (see `step_of`)."""
    downwards = accumulate(steps.get(at, 0) for at in reversed(THRESHOLDS))
    people = sum(steps.values())
    return Curve(tuple(downwards)[::-1], people - steps.get(None, 0), people)
