"""Correlations: which of a person's questions go together from night to night, beyond chance."""

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from operator import mul
from typing import Final

from tracker.domain.departures import departures
from tracker.domain.diary import Diary
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import DOSE_TAKEN, Item, Kind
from tracker.domain.series import all_series
from tracker.domain.shuffles import Orders, Shuffled
from tracker.domain.spans import Span
from tracker.domain.trends import stretches_of

FEWEST: Final = 30  # pairs of days
WEAKEST: Final = 0.3  # |r| below which nothing is said
FALSE_SHARE: Final = 0.05  # of what is said: Benjamini and Yekutieli 2001
FIRST_ROUND: Final = 999  # shuffles; a round has three times as many as the one before
_NOTHING: Final = 1e-12  # a sum of squares of nights that never depart


@dataclass(frozen=True, slots=True)
class Link:
    """Two questions that go together: `second` on the entry `lag` days after that of `first`.

    `n` pairs of days were compared; `r` is the correlation of their departures, from -1 to 1.
    """

    first: Item
    second: Item
    lag: int
    n: int
    r: float


@dataclass(frozen=True, slots=True)
class Correlations:
    """What goes with what. `asked` is how many pairs were looked at, `most` the largest n of any.

    `links` are those that chance doesn't explain, the strongest first.
    """

    asked: int
    most: int
    links: Sequence[Link]


class _Pair:
    """A link that may be, and how often chance made as much of it so far."""

    def __init__(self, link: Link, first: Sequence[float], second: Sequence[float]) -> None:
        self.link = link
        self.shuffled = Shuffled(first, second)
        self.shuffles = self.reached = 0

    @property
    def p(self) -> float:
        return (1 + self.reached) / (1 + self.shuffles)

    def shuffle(self, orders: Orders, until: int) -> None:
        self.reached += self.shuffled.reached(orders.between(self.shuffles, until))
        self.shuffles = until


def correlations_of(diary: Diary, phases: Sequence[Phase], closed_until: date) -> Correlations:
    """Return what goes with what among the scale items, and whether the dose was taken.

    The same diary gives the same answer: the shuffles follow from its scores.
    """
    since_first = Span(min(diary.entries, default=closed_until), closed_until)
    stretches = stretches_of(phases, since_first)
    asked = [item for item in diary.items.values() if _counts(item)]
    scores = {key: _scores(one.item, one.scores) for key, one in all_series(diary, asked).items()}
    off = {item.key: departures(scores[item.key], stretches) for item in asked}
    grid = [*_grid(asked, off)]
    compared = [each for each in grid if each[0].n >= FEWEST]
    strong = [_Pair(*each) for each in compared if abs(each[0].r) >= WEAKEST]
    _shuffle(strong, len(compared), _seed(scores))
    told = [each.link for each in accepted(strong, len(compared))]
    return Correlations(
        asked=len(compared),
        most=max((link.n for link, *_ in grid), default=0),
        links=sorted(told, key=lambda link: -abs(link.r)),
    )


def _counts(item: Item) -> bool:
    return item.kind is Kind.SCALE or item.key == DOSE_TAKEN.key


def _scores(item: Item, scores: Mapping[date, int]) -> Mapping[date, int]:
    """Return the scores; of the dose only yes and no, what was not prescribed is neither."""
    if item.kind is Kind.SCALE:
        return scores
    return {day: score for day, score in scores.items() if score <= 1}


def _seed(scores: Mapping[str, Mapping[date, int]]) -> bytes:
    written = sorted((key, *map(str, found.items())) for key, found in scores.items())
    return hashlib.sha256(repr(written).encode()).digest()


def _grid(
    items: Sequence[Item], off: Mapping[str, Mapping[int, float]]
) -> Iterator[tuple[Link, Sequence[float], Sequence[float]]]:
    """Yield each two items on one entry, and each in either order on an entry and the next."""
    places = {item.key: place for place, item in enumerate(items)}
    for first, second in permutations(items, 2):
        for lag in (0, 1) if places[first.key] < places[second.key] else (1,):
            ones, twos = aligned(off[first.key], off[second.key], lag)
            yield Link(first, second, lag, len(ones), correlation(ones, twos)), ones, twos


def aligned(
    first: Mapping[int, float], second: Mapping[int, float], lag: int
) -> tuple[Sequence[float], Sequence[float]]:
    """Return both on the days on which both are known, the second `lag` days on, mean 0.

    >>> aligned({1: 0.5, 2: 0.25, 3: 0.75}, {2: 1.0, 4: 2.0}, 1)
    ([-0.125, 0.125], [-0.5, 0.5])
    """
    days = [day for day in first if day + lag in second]
    return _centred([first[day] for day in days]), _centred([second[day + lag] for day in days])


def _centred(values: Sequence[float]) -> Sequence[float]:
    mean = math.fsum(values) / max(1, len(values))
    return [value - mean for value in values]


def correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Return the correlation of two series whose means are 0; 0 where one doesn't vary.

    >>> correlation([-1.0, 0.0, 1.0], [2.0, 0.0, -2.0])
    -1.0
    """
    squares = sum(map(mul, first, first)) * sum(map(mul, second, second))
    return sum(map(mul, first, second)) / math.sqrt(squares) if squares > _NOTHING else 0.0


def bars(asked: int) -> Iterator[float]:
    """Yield what the smallest p must not exceed, then the next: Benjamini and Yekutieli.

    >>> [round(bar, 5) for bar in bars(2)]
    [0.01667, 0.03333]
    """
    heavier = math.fsum(1 / place for place in range(1, asked + 1))
    return (FALSE_SHARE * place / asked / heavier for place in range(1, asked + 1))


def accepted(pairs: Iterable[_Pair], asked: int) -> Sequence[_Pair]:
    """Return those that are told when `asked` pairs were looked at."""
    ordered = sorted(pairs, key=lambda pair: pair.p)
    passed = [
        place
        for place, (pair, bar) in enumerate(zip(ordered, bars(asked), strict=False), 1)
        if pair.p <= bar
    ]
    return ordered[: passed[-1]] if passed else []


def _shuffle(pairs: Sequence[_Pair], asked: int, seed: bytes) -> None:
    """Shuffle in rounds until each pair is told, or can't be any more, or rounds are over."""
    limits = [*bars(asked)]
    orders = {blocks: Orders(seed, blocks) for blocks in {pair.shuffled.blocks for pair in pairs}}
    waiting = list(pairs)
    rounds = _rounds(limits[0]) if pairs else []
    for until in rounds:
        for pair in waiting:
            pair.shuffle(orders[pair.shuffled.blocks], until)
        told = accepted(pairs, asked)
        hope = limits[len(pairs) - 1] * (1 + rounds[-1])
        waiting = [pair for pair in waiting if pair not in told and 1 + pair.reached <= hope]


def _rounds(bar: float) -> Sequence[int]:
    """Return how many shuffles there are after each round; after the last, p can be below `bar`.

    >>> _rounds(0.0005)
    [999, 2997]
    """
    rounds = [FIRST_ROUND]
    while bar * (1 + rounds[-1]) < 1:
        rounds.append(3 * rounds[-1])
    return rounds
