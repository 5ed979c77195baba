"""Phases: half-open spans of diary days, each with what was taken."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.domain.spans import Span
from tracker.domain.words import N_, Refused


class PhaseKind(StrEnum):
    """What a phase is; `blinded` where a file doesn't tell."""

    BASELINE = "baseline"
    PLACEBO = "placebo"
    TREATMENT = "treatment"
    WASHOUT = "washout"
    FOLLOW_UP = "follow_up"
    BLINDED = "blinded"


class PhasesRefused(Refused):
    """These phases can't stand together."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase.

    `start` is the diary day of the first dose and lies in neither window (a baseline's start lies
    in its own). `end` is exclusive, None while it runs. `dose_mg` is in milligrams, None where
    there is none.
    """

    kind: PhaseKind
    start: date
    end: date | None = None
    label: str = ""
    medicine: str = ""
    dose_mg: Decimal | None = None

    def span(self, closed_until: date) -> Span:
        """Return the phase's days; a running one ends at `closed_until`, never before its start."""
        return Span(self.start, max(self.start, closed_until) if self.end is None else self.end)


def in_order(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """Return `phases` by start.

    Raises:
        PhasesRefused: one ends before it starts, two overlap, or one runs on before another.
    """
    ordered = tuple(sorted(phases, key=lambda phase: phase.start))
    for phase in ordered:
        if phase.end is not None and phase.end <= phase.start:
            raise PhasesRefused(
                N_("The phase that starts on %(start)s must end after that day."),
                start=phase.start,
            )
    for before, after in itertools.pairwise(ordered):
        if before.end is None:
            raise PhasesRefused(
                N_("The phase that starts on %(start)s needs an end: another follows it."),
                start=before.start,
            )
        if before.end > after.start:
            raise PhasesRefused(
                N_("The phases that start on %(first)s and on %(second)s overlap."),
                first=before.start,
                second=after.start,
            )
    return ordered


def as_of(phases: Sequence[Phase], closed_until: date) -> tuple[Phase, ...]:
    """Return `phases` as they stand on a running diary, in order.

    A planned end that hasn't come is no end yet, and a phase that hasn't begun is left out.
    `closed_until` is the day after the last closed day.
    """
    return tuple(
        replace(phase, end=None) if phase.end is not None and phase.end > closed_until else phase
        for phase in in_order(phases)
        if phase.start <= closed_until
    )
