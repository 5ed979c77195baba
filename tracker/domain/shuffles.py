"""Shuffles: how often chance makes two series go together as much, fortnights moved as a whole."""

import hashlib
import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import getitem, mul
from typing import Final

BLOCK: Final = 14  # days, at least, that stay together
_CLOSE: Final = 1e-9  # sums of the same products in another order
_WORD: Final = 8  # bytes

Order = tuple[int, Sequence[int]]  # a number to begin by, and an order of the blocks


@dataclass(slots=True)
class Orders:
    """Orders of so many blocks, always the same for the same `seed`, made as they are needed."""

    seed: bytes
    blocks: int
    _made: list[Order] = field(default_factory=list)

    def between(self, first: int, after: int) -> Iterator[Order]:
        """Yield the orders from the place `first` to before `after`."""
        if len(self._made) < after:
            self._made.extend(self._more(after - len(self._made)))
        return islice(self._made, first, after)

    def _more(self, count: int) -> Iterator[Order]:
        step, places = self.blocks + 1, range(self.blocks)
        named = b"%b/%d/%d" % (self.seed, self.blocks, len(self._made))
        keys = array("Q", hashlib.shake_128(named).digest(_WORD * step * count))
        for at in range(0, step * count, step):
            yield (
                keys[at + self.blocks],
                sorted(places, key=keys[at : at + self.blocks].__getitem__),
            )


class Shuffled:
    """Two series of the same days, of which the second's blocks are put in another order.

    The second is first turned round by some days, so that its blocks may begin on any day; each
    block then stands against each of the first's, and a shuffle is one sum of those products.
    """

    def __init__(self, first: Sequence[float], second: Sequence[float]) -> None:
        n = len(first)
        self.blocks = n // BLOCK
        self._length = n // self.blocks
        self._observed = abs(sum(map(mul, first, second)))
        # Each shuffle leaves out the few days that are no whole block.
        self._goal = self._observed * math.sqrt(self.blocks * self._length / n) - _CLOSE
        ones = self._cut(first)
        self._products = [
            [[sum(map(mul, one, two)) for two in self._cut(turned)] for one in ones]
            for by in range(self._length)
            for turned in [[*second[by:], *second[:by]]]
        ]

    def _cut(self, values: Sequence[float]) -> Sequence[Sequence[float]]:
        n, length = len(values), self._length
        starts = [round(place * n / self.blocks) for place in range(self.blocks)]
        return [values[start : start + length] for start in starts]

    def reached(self, orders: Iterator[Order]) -> int:
        """Return in how many of `orders` the two go together at least as much, either way."""
        goal, products, length = self._goal, self._products, self._length
        return sum(
            abs(sum(map(getitem, products[number % length], order))) >= goal
            for number, order in orders
        )
