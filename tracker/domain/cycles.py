"""Cycles: one person's placebo and treatment periods in pairs, each pair with its difference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tracker.domain.phases import Phase, PhaseKind, in_order
from tracker.domain.series import Series
from tracker.domain.spans import Span
from tracker.domain.statistics import need
from tracker.domain.windows import ARMS

DROPPED: Final = timedelta(days=7)  # start .. start + 6: what the period before leaves behind


@dataclass(frozen=True, slots=True)
class Cycle:
    """A placebo and a treatment period that follow each other, in either order.

    `difference` is the placebo's mean burden minus the treatment's, above 0 where the treatment
    was better; None where a period has too few answered days.
    """

    placebo: Phase
    treatment: Phase
    difference: Fraction | None


def period_mean(series: Series, phase: Phase, closed_until: date) -> Fraction | None:
    """Return the mean burden of a period after its first seven days, its start being the first.

    None where fewer than four in seven of the other days were answered, where none is left, or
    where some of them are on another ruler.
    """
    span = phase.span(closed_until)
    kept = Span(span.start + DROPPED, span.end)
    found = series.within(kept)
    if not kept.days or found.elsewhere or len(found.scores) < need(kept.days):
        return None
    return found.tally.burden(series.item.direction, series.maximum).mean


def cycles_of(series: Series, phases: Sequence[Phase], closed_until: date) -> tuple[Cycle, ...]:
    """Return the cycles of one person's phases: each period is in one of them at most.

    The sign-flip test of their differences (`tracker.domain.signs`) says something only where
    the order within each pair was drawn by lot: never of a baseline with an open treatment after.
    """
    return tuple(
        _cycle(series, pair, closed_until)
        for pair in _pairs([phase for phase in in_order(phases) if phase.kind in ARMS])
    )


def _pairs(periods: Sequence[Phase]) -> Iterator[dict[PhaseKind, Phase]]:
    taken = None
    for before, after in pairwise(periods):
        if before.kind is not after.kind and before is not taken:
            taken = after
            yield {before.kind: before, after.kind: after}


def _cycle(series: Series, pair: dict[PhaseKind, Phase], closed_until: date) -> Cycle:
    placebo, treatment = pair[PhaseKind.PLACEBO], pair[PhaseKind.TREATMENT]
    before = period_mean(series, placebo, closed_until)
    after = period_mean(series, treatment, closed_until)
    if before is None or after is None:
        return Cycle(placebo, treatment, None)
    return Cycle(placebo, treatment, before - after)
