"""Randomisation: the orders of a study's slots, drawn in permuted blocks of random size."""

from collections.abc import Callable
from typing import Final

BLOCKS: Final = (2, 4)  # [O] how often each order stands in a block; which of them, is drawn
MOST_SLOTS: Final = 2_000  # of one study; whole blocks may go a little beyond

Below = Callable[[int], int]


def draw_orders(orders: int, slots: int, below: Below) -> tuple[int, ...]:
    """Return an order for each of at least `slots` slots, in whole blocks.

    In each block every order stands equally often, so arms stay balanced; where a block ends is
    drawn too, so nobody who knows the orders before can count on the next one.

    Args:
        orders: how many orders the plan has; they are counted from 0.
        slots: how many are needed.
        below: draws a whole number from 0 to one less than its argument, each as likely.

    >>> draw_orders(2, 3, lambda _limit: 0)
    (1, 0, 1, 0)
    """
    drawn: list[int] = []
    while len(drawn) < slots:
        times = BLOCKS[below(len(BLOCKS))]
        drawn += _shuffled([*range(orders)] * times, below)
    return tuple(drawn)


def _shuffled(block: list[int], below: Below) -> list[int]:
    """Return `block` in an order of which each is as likely (Fisher and Yates)."""
    for last in range(len(block) - 1, 0, -1):
        other = below(last + 1)
        block[last], block[other] = block[other], block[last]
    return block
