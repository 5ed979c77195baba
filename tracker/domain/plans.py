"""Plans: which phases follow one another, for how long, and in which orders some may come."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.words import N_, Refused

WEEK: Final = 7  # days
STEP_DAYS: Final = range(1, 731)  # how long one step may take
STEPS_LIMIT: Final = 40
PAIRS_LIMIT: Final = 8  # pairs of periods: 256 orders


class PlanRefused(Refused):
    """This can't be planned so."""


class Blinding(StrEnum):
    """Who doesn't know what is taken when."""

    NONE = "none"
    SINGLE = "single"  # whoever keeps the diary
    DOUBLE = "double"  # the clinician and the coordinator neither


@dataclass(frozen=True, slots=True)
class Step:
    """One phase of a plan: what it is, and how many days it takes."""

    kind: PhaseKind
    days: int
    label: str = ""
    medicine: str = ""
    dose_mg: Decimal | None = None

    def phase(self, start: date, end: date | None = None) -> Phase:
        """Return the step as a phase from `start` on; it takes its days where no end is given."""
        until = start + timedelta(days=self.days) if end is None else end
        return Phase(self.kind, start, until, self.label, self.medicine, self.dose_mg)


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows what.

    `before` comes first, then one of `orders`, then `after`. `orders` has one where nothing is
    drawn. `key` names a ready-made plan, "pairs" one of `pairs_of`, "own" one that a person made.
    """

    key: str
    before: tuple[Step, ...]
    orders: tuple[tuple[Step, ...], ...]
    after: tuple[Step, ...] = ()
    blinding: Blinding = Blinding.NONE

    @property
    def days(self) -> int:
        """How many days the plan takes, in its longest order."""
        longest = max(sum(step.days for step in order) for order in self.orders)
        return sum(step.days for step in (*self.before, *self.after)) + longest

    @property
    def medicines(self) -> frozenset[str]:
        """What may be taken in any order: names as they were written."""
        steps = itertools.chain(self.before, *self.orders, self.after)
        return frozenset(step.medicine for step in steps if step.medicine)


def lay_out(steps: Sequence[Step], start: date) -> tuple[Phase, ...]:
    """Return `steps` as phases, one right after the other from `start` on.

    >>> plan = READY_MADE["cytokine2015"]
    >>> [phase.end.isoformat() for phase in lay_out(plan.before, date(2026, 1, 1))]
    ['2026-01-15']
    """
    phases: list[Phase] = []
    for step in steps:
        phases.append(step.phase(start))
        start += timedelta(days=step.days)
    return tuple(phases)


def prescribed(plan: Plan, medicine: str, dose_mg: Decimal | None) -> Plan:
    """Return `plan` with what its treatments are: as prescribed, by whoever writes it down."""

    def filled(step: Step) -> Step:
        is_drug = step.kind is PhaseKind.TREATMENT
        return replace(step, medicine=medicine, dose_mg=dose_mg) if is_drug else step

    return replace(plan, orders=tuple(tuple(map(filled, order)) for order in plan.orders))


def drawn(plan: Plan, order: int) -> Plan:
    """Return `plan` with one of its orders and nothing hidden."""
    return replace(plan, orders=(plan.orders[order],), blinding=Blinding.NONE)


def checked(plan: Plan) -> Plan:
    """Return `plan` where it can be lived.

    Raises:
        PlanRefused: it has no step, too many, or one that is too short or too long; or orders
            that do not take equally long.
    """
    for order in plan.orders:
        steps = (*plan.before, *order, *plan.after)
        if not 0 < len(steps) <= STEPS_LIMIT:
            raise PlanRefused(
                N_("A plan has at least one phase and at most %(most)s."), most=STEPS_LIMIT
            )
        if any(step.days not in STEP_DAYS for step in steps):
            raise PlanRefused(N_("A phase takes at least one day and at most two years."))
    if len({sum(step.days for step in order) for order in plan.orders}) > 1:
        raise PlanRefused(N_("Every order of a plan must take equally long."))
    return plan


def pairs_of(
    medicine: str,
    dose_mg: Decimal | None,
    *,
    days: int,
    pairs: int,
    washout_days: int = 0,
    baseline_days: int = 2 * WEEK,
) -> Plan:
    """Return a plan for one person: periods of equal length in pairs, the order drawn in each.

    Raises:
        PlanRefused: there is no pair, or there are too many; or a period is too long.
    """
    if not 0 < pairs <= PAIRS_LIMIT:
        raise PlanRefused(N_("Choose 1 to %(most)s pairs."), most=PAIRS_LIMIT)
    drug = Step(PhaseKind.TREATMENT, days, medicine=medicine, dose_mg=dose_mg)
    placebo = Step(PhaseKind.PLACEBO, days)
    gap = (Step(PhaseKind.WASHOUT, washout_days),) if washout_days else ()
    orders = tuple(
        _with_gaps(itertools.chain.from_iterable(order), gap)
        for order in itertools.product(((drug, placebo), (placebo, drug)), repeat=pairs)
    )
    baseline = (Step(PhaseKind.BASELINE, baseline_days),) if baseline_days else ()
    return checked(Plan("pairs", baseline, orders, blinding=Blinding.DOUBLE))


def _with_gaps(periods: itertools.chain[Step], gap: tuple[Step, ...]) -> tuple[Step, ...]:
    first, *others = periods
    return (first, *itertools.chain.from_iterable((*gap, period) for period in others))


def _ready(
    key: str,
    baseline: int,
    *orders: tuple[tuple[PhaseKind, int], ...],
    after: tuple[tuple[PhaseKind, int], ...] = (),
    blinding: Blinding = Blinding.NONE,
) -> Plan:
    """Return a plan whose lengths are in weeks."""
    return Plan(
        key,
        before=_weeks(((PhaseKind.BASELINE, baseline),)),
        orders=tuple(_weeks(order) for order in orders),
        after=_weeks(after),
        blinding=blinding,
    )


def _weeks(steps: tuple[tuple[PhaseKind, int], ...]) -> tuple[Step, ...]:
    return tuple(Step(kind, weeks * WEEK) for kind, weeks in steps)


_DRUG: Final = PhaseKind.TREATMENT
_PLACEBO: Final = PhaseKind.PLACEBO
# The trials' timelines in weeks; measurement standard, section 8. What is taken, and how much, is
# for whoever prescribes it to say: no plan brings a dose.
READY_MADE: Final = MappingProxyType(
    {
        plan.key: plan
        for plan in (
            _ready(
                "pilot2009",  # [S] Younger & Mackey 2009
                2,
                ((_PLACEBO, 2), (_DRUG, 8)),
                after=((PhaseKind.WASHOUT, 2),),
                blinding=Blinding.SINGLE,
            ),
            _ready(
                "crossover2013",  # [S] Younger 2013, NCT00568555
                2,
                ((_DRUG, 12), (_PLACEBO, 4)),
                ((_PLACEBO, 4), (_DRUG, 12)),
                after=((PhaseKind.FOLLOW_UP, 4),),
                blinding=Blinding.DOUBLE,
            ),
            _ready("cytokine2015", 2, ((_DRUG, 8),), blinding=Blinding.SINGLE),  # [S] 2017
            _ready(
                "final2024",  # [S] NCT04270877
                1,
                ((_DRUG, 12),),
                ((_PLACEBO, 12),),
                blinding=Blinding.DOUBLE,
            ),
            Plan(
                "open_label",  # guideline text: four weeks of titration as prescribed
                before=_weeks(((PhaseKind.BASELINE, 2),)),
                orders=(
                    (
                        Step(_DRUG, 4 * WEEK, label="Titration"),
                        Step(_DRUG, 12 * WEEK),
                    ),
                ),
            ),
        )
    }
)
