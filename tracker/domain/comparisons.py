"""Comparisons of arms: Wilson intervals, exact paired tests, cumulative responders."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Final

NORMAL_975: Final = 1.959963984540054  # the 97.5 % point of the normal distribution
THRESHOLDS: Final = range(101)  # percent improvement, T of the responder curve


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


def mcnemar_exact(first_only: int, second_only: int) -> Fraction:
    """Return the two-sided p of people who respond in one arm only; 1 where there are none.

    >>> mcnemar_exact(7, 1)
    Fraction(9, 128)
    """
    n = first_only + second_only
    tail = sum(math.comb(n, k) for k in range(min(first_only, second_only) + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**n))


@dataclass(frozen=True, slots=True)
class SignFlip:
    """The exact sign-flip test of paired differences, with the t test beside it.

    `smallest` is the least one-sided p that so many pairs can reach: 2^-k, to be said. `t` and
    `t_p` (two-sided) are None where there are fewer than two pairs or all are equal.
    """

    one_sided: Fraction
    two_sided: Fraction
    smallest: Fraction
    mean: Fraction
    t: float | None
    t_p: float | None


def sign_flip(differences: Sequence[int | Fraction]) -> SignFlip:
    """Test whether differences above 0 are more than the order of each pair could make.

    Args:
        differences: one a pair, at least one, at most about 20 (each doubles the work).

    >>> test = sign_flip((8, 12, 5, 10))
    >>> test.one_sided, test.two_sided
    (Fraction(1, 16), Fraction(1, 8))
    """
    k, total = len(differences), Fraction(sum(differences))
    sums = [
        sum(map(Fraction.__mul__, signs, map(Fraction, differences)), Fraction(0))
        for signs in product((Fraction(1), Fraction(-1)), repeat=k)
    ]
    t = _paired_t(differences)
    return SignFlip(
        one_sided=Fraction(sum(each >= total for each in sums), len(sums)),
        two_sided=Fraction(sum(abs(each) >= abs(total) for each in sums), len(sums)),
        smallest=Fraction(1, len(sums)),
        mean=total / k,
        t=t,
        t_p=None if t is None else t_two_sided(t, k - 1),
    )


def _paired_t(differences: Sequence[int | Fraction]) -> float | None:
    k = len(differences)
    mean = Fraction(sum(differences)) / k
    squares = sum((difference - mean) ** 2 for difference in differences)
    if squares == 0:
        return None
    return float(mean) / math.sqrt(float(squares / (k - 1)) / k)


def t_two_sided(t: float, df: int) -> float:
    """Return the two-sided p of Student's t for a whole number of degrees.

    Source: Abramowitz & Stegun 26.7.3 and 26.7.4, finite series.

    >>> round(t_two_sided(5.8605, 3), 4)
    0.0099
    """
    angle = math.atan(abs(t) / math.sqrt(df))
    terms = sum(_terms(math.cos(angle), df))
    if df % 2 == 0:
        return 1 - math.sin(angle) * terms
    return 1 - 2 / math.pi * (angle + math.sin(angle) * terms)


def _terms(cosine: float, df: int) -> Iterator[float]:
    """Yield the series' terms: cos, 2/3 cos^3, ... for odd `df`; 1, 1/2 cos^2, ... for even."""
    is_odd = df % 2
    term = cosine if is_odd else 1.0
    for n in range(2 + is_odd, df + 1, 2):
        yield term
        term *= cosine * cosine * (n - 1) / n


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people."""

    count: int
    n: int


def cumulative_responders(
    percents: Sequence[Fraction | None],
) -> dict[int, tuple[Share, Share]]:
    """Return for each T of 0 to 100 how many improved by at least T percent.

    `percents` has one a person, None where it can't be judged. Such people count as
    non-responders in the first share (ITT) and are left out of the second (observed).

    >>> cumulative_responders([None, Fraction(30), Fraction(5)])[30]
    (Share(count=1, n=3), Share(count=1, n=2))
    """
    observed = [percent for percent in percents if percent is not None]
    counts = {at: sum(percent >= at for percent in observed) for at in THRESHOLDS}
    return {
        at: (Share(count, len(percents)), Share(count, len(observed)))
        for at, count in counts.items()
    }
