"""Pairs: people who were in two arms, and who of them responded in which."""

import math
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Paired:
    """The people who were in both of two arms.

    Whoever can't be judged in an arm counts as not responding there. `mean_difference` is the
    first arm's percent minus the second's, over the `compared` people who have both; None where
    nobody has.

    >>> paired = Paired(("drug", "placebo"), both=2, first_only=7, second_only=1, neither=18)
    >>> paired.n, paired.mcnemar_p
    (28, Fraction(9, 128))
    """

    arms: tuple[str, str]
    both: int = 0
    first_only: int = 0
    second_only: int = 0
    neither: int = 0
    compared: int = 0
    mean_difference: Fraction | None = None

    @property
    def n(self) -> int:
        """How many were in both arms."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def mcnemar_p(self) -> Fraction:
        """The two-sided p of McNemar's exact test."""
        return mcnemar_exact(self.first_only, self.second_only)


def mcnemar_exact(first_only: int, second_only: int) -> Fraction:
    """Return the two-sided p of people who respond in one arm only; 1 where there are none.

    >>> mcnemar_exact(10, 0), mcnemar_exact(0, 0)
    (Fraction(1, 512), Fraction(1, 1))
    """
    n = first_only + second_only
    tail = sum(math.comb(n, k) for k in range(min(first_only, second_only) + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**n))
