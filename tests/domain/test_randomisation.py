"""Randomisation: balanced in every block, uniform, and not to be known from what came before."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from tracker.domain.randomisation import BLOCKS, draw_orders


def drawn(orders: int, slots: int, seed: int) -> tuple[int, ...]:
    return draw_orders(orders, slots, Random(seed).randrange)


@given(st.integers(1, 8), st.integers(0, 100), st.integers())
def test_all_blocks_together_are_balanced_and_enough(orders: int, slots: int, seed: int) -> None:
    found = drawn(orders, slots, seed)
    assert slots <= len(found) < slots + orders * max(BLOCKS)
    assert len(set(Counter(found).values())) <= 1
    assert set(found) == (set(range(orders)) if slots else set())


@given(st.integers(2, 5), st.integers(1, 60), st.integers())
def test_no_order_runs_away_by_more_than_a_block(orders: int, slots: int, seed: int) -> None:
    found = drawn(orders, slots, seed)
    counts = Counter(dict.fromkeys(range(orders), 0))
    for order in found:
        counts[order] += 1
        assert max(counts.values()) - min(counts.values()) <= max(BLOCKS)


def test_every_order_is_as_likely_at_every_place() -> None:
    places = [Counter[int]() for _ in range(4)]
    for seed in range(4_000):
        for place, order in enumerate(drawn(3, 4, seed)[:4]):
            places[place][order] += 1
    for counts in places:
        assert chisquare([counts[order] for order in range(3)]).pvalue > 0.001


def test_every_permutation_of_a_block_is_as_likely() -> None:
    def smallest(seed: int) -> tuple[int, ...]:
        rng, calls = Random(seed), iter([0])
        return draw_orders(2, 1, lambda limit: next(calls, None) or rng.randrange(limit))

    blocks = Counter(smallest(seed) for seed in range(6_000))
    found = [counted for block, counted in blocks.items() if len(block) == 4]
    assert len(found) == 6, "4 over 2"
    assert chisquare(found).pvalue > 0.001


def test_the_best_guess_from_all_before_is_far_from_knowing() -> None:
    """Who guesses what stood less often so far is right in little more than half of all slots."""
    right = asked = 0
    for seed in range(300):
        found = drawn(2, 40, seed)
        for place in range(40):
            ones = sum(found[:place])
            guess = 1 if 2 * ones < place else 0
            right += found[place] == guess
            asked += 1
    assert right / asked < 0.72
