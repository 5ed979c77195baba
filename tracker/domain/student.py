"""Student's t distribution by the standard library: a quantile, and tails of whole degrees."""

import math
from collections.abc import Iterator
from typing import Final

_NORMAL: Final = 1.959963984540054  # the 97.5 % point at infinitely many degrees
_EXPANSION: Final = (2.37227123, 2.82249861, 2.55584967)  # Fisher and Cornish, rounded down
_TAIL: Final = 0.025  # what lies above it
_CLOSE: Final = 1e-13  # relative size of the last step
_UNITY: Final = 1e-15  # how near to 1 the continued fraction's last factor is


def t_quantile_975(df: float) -> float:
    """Return the 97.5 % point of Student's t for `df` >= 1 degrees, whole or not.

    Newton's steps from below rise to it and never pass it: the distribution function is concave
    there. Fisher's expansion from the normal point, all of whose terms are positive, is below.

    >>> round(t_quantile_975(1), 4), round(t_quantile_975(10), 4)
    (12.7062, 2.2281)
    """
    point = _NORMAL + sum(term / df**power for power, term in enumerate(_EXPANSION, 1))
    step = _step(point, df)
    while step > _CLOSE * point:
        point += step
        step = _step(point, df)
    return point


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


def _step(point: float, df: float) -> float:
    """Return Newton's step: what the tail is too large by, over the density."""
    half = df / 2
    scale = math.lgamma(half + 0.5) - math.lgamma(half) - math.log(math.pi) / 2
    falling = math.log1p(point * point / df)
    density = math.exp(scale - math.log(df) / 2 - (half + 0.5) * falling)
    # The regularised incomplete beta function at x = df / (df + t^2), a = df / 2, b = 1 / 2.
    rest = point * point / (df + point * point)
    front = math.exp(scale - half * falling) * math.sqrt(rest) / half
    return (front * _fraction(half, df / (df + point * point)) / 2 - _TAIL) / density


def _fraction(a: float, x: float) -> float:
    """Return the beta function's continued fraction for b = 1 / 2, by Lentz's method.

    It converges fast where x < (a + 1) / (a + 2.5), which holds for every t >= 1.74.
    """
    above = 1.0
    below = 1 / (1 - (a + 0.5) * x / (a + 1))
    value = below
    term = 0
    change = 0.0
    while abs(change - 1) > _UNITY:
        term += 1
        even = term * (0.5 - term) * x / ((a + 2 * term - 1) * (a + 2 * term))
        below = 1 / (1 + even * below)
        above = 1 + even / above
        value *= below * above
        odd = -(a + term) * (a + 0.5 + term) * x
        odd /= (a + 2 * term) * (a + 2 * term + 1)
        below = 1 / (1 + odd * below)
        above = 1 + odd / above
        change = below * above
        value *= change
    return value
