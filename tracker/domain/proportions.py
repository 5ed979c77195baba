"""Proportions: so many of so many people, with Wilson's interval."""

import math
from dataclasses import dataclass
from typing import Final

NORMAL_975: Final = 1.959963984540054  # the 97.5 % point of the normal distribution


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people."""

    count: int
    n: int

    @property
    def wilson95(self) -> tuple[float, float] | None:
        """The 95 % interval in percent; None of nobody."""
        return wilson_95(self.count, self.n) if self.n else None


def wilson_95(count: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of `count` in `n` >= 1, in percent.

    >>> [round(bound, 1) for bound in wilson_95(9, 28)]
    [17.9, 50.7]
    """
    share, square = count / n, NORMAL_975**2
    middle = share + square / (2 * n)
    reach = NORMAL_975 * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    scale = 100 / (1 + square / n)
    return (
        0.0 if count == 0 else scale * (middle - reach),
        100.0 if count == n else scale * (middle + reach),
    )
