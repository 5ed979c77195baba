"""Cycles: one person's placebo and treatment periods in pairs, each pair with its difference."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias

from tracker.domain.phases import Phase, PhaseKind, in_order
from tracker.domain.questionnaire import PAIN, Direction
from tracker.domain.series import Series
from tracker.domain.signs import SignFlip, sign_flip
from tracker.domain.spans import Span
from tracker.domain.statistics import need
from tracker.domain.windows import ARMS

DROPPED: Final = timedelta(days=7)  # start .. start + 6: what the period before leaves behind
REPEATED: Final = 2  # pairs; one alone repeats nothing
MOST_TESTED: Final = 32  # pairs, for the time that counting all draws takes

Pair: TypeAlias = tuple[Phase, Phase]  # placebo and treatment, whichever came first


@dataclass(frozen=True, slots=True)
class Period:
    """One phase after its first seven days, of which `answered` of `days` have a score.

    `mean` is that of the scores; None while the phase runs, where fewer than four in seven of the
    days are answered, or where some of them are on another ruler.
    """

    phase: Phase
    answered: int = 0
    days: int = 0
    mean: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Cycle:
    """A placebo and a treatment period that follow each other, in either order.

    `points` is the treatment's mean less the placebo's; `difference` the same as above 0 where the
    treatment was better. Both are None where a period has no mean.
    """

    placebo: Period
    treatment: Period
    points: Fraction | None = None
    difference: Fraction | None = None

    @property
    def is_running(self) -> bool:
        """True while one of the two is not over."""
        return self.placebo.phase.end is None or self.treatment.phase.end is None

    @property
    def first(self) -> Period:
        """The one that came first."""
        return self.placebo if self._began_with_placebo else self.treatment

    @property
    def second(self) -> Period:
        """The one that followed."""
        return self.treatment if self._began_with_placebo else self.placebo

    @property
    def _began_with_placebo(self) -> bool:
        return self.placebo.phase.start < self.treatment.phase.start


@dataclass(frozen=True, slots=True)
class Cycles:
    """The pairs of one person, by item; `is_randomised` where lots decided each pair's order.

    Pain is the question that is tested, fixed in advance: the others have differences alone.
    """

    items: Mapping[str, Sequence[Cycle]]
    is_randomised: bool = False

    @property
    def main(self) -> Sequence[Cycle]:
        """The pairs by pain; none where it is not answered, or not shown."""
        return self.items.get(PAIN.key, ())

    @property
    def differences(self) -> Sequence[Fraction]:
        """Those of the pairs that are over and have enough answers, by pain."""
        return [each.difference for each in self.main if each.difference is not None]

    @property
    def test(self) -> SignFlip | None:
        """The sign-flip test; None unless lots decided, and where there are too few pairs."""
        found = self.differences
        if not self.is_randomised or not REPEATED <= len(found) <= MOST_TESTED:
            return None
        return sign_flip(found)


def period_of(series: Series, phase: Phase) -> Period:
    """Return what is known of a phase after its first seven days, its start being the first."""
    if phase.end is None:
        return Period(phase)
    kept = Span(phase.start + DROPPED, phase.end)
    found = series.within(kept)
    is_enough = kept.days > 0 and len(found.scores) >= need(kept.days) and not found.elsewhere
    mean = found.tally.mean if is_enough else None
    return Period(phase, len(found.scores), kept.days, mean)


def cycle_of(series: Series, pair: Pair) -> Cycle:
    """Return the difference that a pair makes in one item."""
    placebo, treatment = (period_of(series, phase) for phase in pair)
    if placebo.mean is None or treatment.mean is None:
        return Cycle(placebo, treatment)
    points = treatment.mean - placebo.mean
    better = points if series.item.direction is Direction.HIGHER else -points
    return Cycle(placebo, treatment, points, better)


def pairs_of(phases: Sequence[Phase]) -> tuple[Pair, ...]:
    """Return the placebo and treatment phases that follow each other, each in one pair at most.

    A washout may lie between the two. While any phase is blinded nothing is paired: the pairs
    told before would give the others away.
    """
    if any(phase.kind is PhaseKind.BLINDED for phase in phases):
        return ()
    return tuple(
        _paired(phase for phase in in_order(phases) if phase.kind is not PhaseKind.WASHOUT)
    )


def _paired(phases: Iterable[Phase]) -> Iterator[Pair]:
    taken = None
    for before, after in pairwise(phases):
        if before is not taken and {before.kind, after.kind} == ARMS:
            taken = after
            yield (before, after) if before.kind is PhaseKind.PLACEBO else (after, before)


def cycles_of(
    series: Iterable[Series], phases: Sequence[Phase], *, is_randomised: bool = False
) -> Cycles | None:
    """Return the pairs of one person, None where fewer than two have begun.

    Args:
        series: the answered days of the items that are compared; an empty one is left out.
        phases: theirs, in any order; a given end is a fact.
        is_randomised: whether lots decided the order of each pair. A baseline with an open
            treatment after it is no pair, and never a test.
    """
    pairs = pairs_of(phases)
    if len(pairs) < REPEATED:
        return None
    return Cycles(
        {
            each.item.key: tuple(cycle_of(each, pair) for pair in pairs)
            for each in series
            if each.scores or each.elsewhere
        },
        is_randomised,
    )
