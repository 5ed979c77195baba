"""Signs: the exact sign-flip test of paired differences."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from tracker.domain.student import t_two_sided


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
        differences: one a pair, at least one. Every one of the 2^k draws is counted, by halves:
            32 pairs take 65,536 sums on either side.

    >>> test = sign_flip((8, 12, 5, 10))
    >>> test.one_sided, test.two_sided, test.smallest
    (Fraction(1, 16), Fraction(1, 8), Fraction(1, 16))
    """
    k = len(differences)
    whole = _whole(differences)
    total = sum(whole)
    mean = Fraction(sum(differences)) / k
    t = _paired_t(differences, mean)
    above = _reaching(whole, total)
    both = 2**k if total == 0 else 2 * _reaching(whole, abs(total))
    return SignFlip(
        one_sided=Fraction(above, 2**k),
        two_sided=Fraction(both, 2**k),
        smallest=Fraction(1, 2**k),
        mean=mean,
        t=t,
        t_p=None if t is None else t_two_sided(t, k - 1),
    )


def _reaching(whole: Sequence[int], total: int) -> int:
    """Return how many of the 2^k ways to choose signs give a sum of at least `total`.

    >>> _reaching((8, 12, 5, 10), 25), _reaching((8, 12, 5, 10), -35)
    (2, 16)
    """
    middle = len(whole) // 2
    ones, others = _sums(whole[:middle]), sorted(_sums(whole[middle:]).items())
    sums = [each for each, _ways in others]
    left_over = [0, *accumulate(ways for _each, ways in others)]
    return sum(
        ways * (left_over[-1] - left_over[bisect_left(sums, total - each)])
        for each, ways in ones.items()
    )


def _whole(differences: Sequence[int | Fraction]) -> list[int]:
    """Return the differences as whole numbers, all by the same measure."""
    exact = [Fraction(each) for each in differences]
    common = math.lcm(*(each.denominator for each in exact))
    return [each.numerator * (common // each.denominator) for each in exact]


def _sums(whole: Sequence[int]) -> Counter[int]:
    """Return how many of the 2^k ways to choose signs give each sum.

    >>> sorted(_sums((1, 2)).items())
    [(-3, 1), (-1, 1), (1, 1), (3, 1)]
    """
    found = Counter({0: 1})
    for each in whole:
        flipped: Counter[int] = Counter()
        for total, ways in found.items():
            flipped[total + each] += ways
            flipped[total - each] += ways
        found = flipped
    return found


def _paired_t(differences: Sequence[int | Fraction], mean: Fraction) -> float | None:
    k = len(differences)
    squares = sum((difference - mean) ** 2 for difference in differences)
    if squares == 0:
        return None
    return float(mean) / math.sqrt(float(squares / (k - 1)) / k)
