"""Fortnights are moved as a whole, and counted as counting them one by one does."""

import itertools
import math
from collections import Counter
from random import Random

import pytest

from tracker.domain.shuffles import BLOCK, Orders, Shuffled


def walk(n: int, seed: int) -> list[float]:
    """Give a series of mean 0."""
    rng = Random(seed)
    values = [rng.gauss(0, 1) for _ in range(n)]
    mean = sum(values) / n
    return [value - mean for value in values]


@pytest.mark.parametrize("n", [30, 42, 61, 100])
def test_a_shuffle_is_the_sum_of_the_products_of_the_days_that_meet(n: int) -> None:
    one, two = walk(n, 1), walk(n, 2)
    shuffled = Shuffled(one, two)
    blocks, length = n // BLOCK, n // (n // BLOCK)
    assert shuffled.blocks == blocks
    starts = [round(place * n / blocks) for place in range(blocks)]
    observed = abs(sum(a * b for a, b in zip(one, two, strict=True)))
    for number, order in Orders(b"seed", blocks).between(0, 200):
        total = 0.0
        for place, block in enumerate(order):
            for step in range(length):
                turned = (starts[block] + step + number % length) % n
                total += one[starts[place] + step] * two[turned]
        goal = observed * math.sqrt(blocks * length / n)
        assert shuffled.reached(iter([(number, order)])) == (abs(total) >= goal - 1e-9)


def test_orders_are_the_same_for_the_same_seed_however_they_are_asked_for() -> None:
    once = list(Orders(b"a", 5).between(0, 300))
    twice = Orders(b"a", 5)
    assert list(twice.between(0, 300)) == once
    assert list(twice.between(100, 200)) == once[100:200]
    assert len(list(twice.between(300, 900))) == 600
    assert list(Orders(b"b", 5).between(0, 300)) != once


def test_every_order_comes_up_as_often_as_every_other() -> None:
    counted = Counter(tuple(order) for _number, order in Orders(b"even", 4).between(0, 24_000))
    assert counted.keys() == set(itertools.permutations(range(4)))
    assert sum((each - 1000) ** 2 / 1000 for each in counted.values()) < 60  # chi-square, 23 df
