"""Means of exact fractions that come one by one, and of which none needs to be kept."""

from fractions import Fraction


class RunningMean:
    """A mean that grows: one whole number for each denominator is all that it holds.

    >>> growing = RunningMean()
    >>> for part in (Fraction(1, 3), Fraction(1, 6), Fraction(1, 3)):
    ...     growing.add(part)
    >>> growing.n, growing.mean
    (3, Fraction(5, 18))
    """

    def __init__(self) -> None:
        self.n = 0
        self._numerators: dict[int, int] = {}

    def add(self, value: Fraction) -> None:
        """Take one more value in."""
        self.n += 1
        numerators, denominator = self._numerators, value.denominator
        numerators[denominator] = numerators.get(denominator, 0) + value.numerator

    @property
    def mean(self) -> Fraction | None:
        """The exact mean so far; None where nothing was added."""
        if not self.n:
            return None
        parts = [Fraction(above, below) for below, above in self._numerators.items()]
        while len(parts) > 1:  # in a tree, so that few additions have long denominators
            parts = [sum(parts[at : at + 2], Fraction(0)) for at in range(0, len(parts), 2)]
        return parts[0] / self.n
