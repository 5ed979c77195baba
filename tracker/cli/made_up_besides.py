"""What the demo's people note beside their nights: plans, medicines, side effects, visits."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from tracker.boxes import Key
from tracker.cli.made_up import DOSE_MG, MEDICINE, MadeUp
from tracker.domain.answers import Answer, answered
from tracker.domain.blinding import shown
from tracker.domain.measurements import Measurement, read_value
from tracker.domain.medicines import ChangedBy, Dose, Medicine
from tracker.domain.occasions import due_on
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.plans import READY_MADE, Plan, Step, lay_out, prescribed
from tracker.domain.questionnaire import DOSE_TAKEN, OCCASIONAL, PGIC, TOLERABILITY
from tracker.domain.revisions import Revision
from tracker.domain.side_effects import Action, Effect, Severity, SideEffect
from tracker.domain.started_plans import (
    Holder,
    OpenedBy,
    StartedPlan,
    Unblinding,
    Why,
)

CAPSULES: Final = "Study capsules"
HIDDEN: Final = 14  # the first day of the hidden part, counted from the plan's first
LASTS: Final = 16 * 7  # days of the hidden part
DRUG_FIRST: Final = 0  # the order that was drawn, as its place in the plan
FORGOTTEN: Final = 0.05  # share of nights without the dose
WELL: Final = (88, 6)  # tolerability: its mean, and how far one answer lies off
# What was measured at visits, so many days after the first night.
VISITS: Final = (7, HIDDEN + 42, HIDDEN + 83, HIDDEN + 111)
MEASURED: Final = (
    ("Mechanical pain threshold", "kPa", ("152", "171", "188", "158")),
    ("Heat pain threshold", "\N{DEGREE SIGN}C", ("42.1", "43.0", "43.9", "42.4")),
    ("ESR", "mm/h", ("24", "19", "15", "22")),
)


@dataclass(frozen=True, slots=True)
class Besides:
    """All this of one person.

    `phases` are theirs as they are stored: of an order that is hidden only what may be shown.
    `known` are those by which questions fell due, as nobody knew the order yet. `key` opens it.
    """

    plan: StartedPlan
    key: Key
    phases: tuple[Phase, ...]
    known: tuple[Phase, ...]
    medicine: Medicine
    effects: tuple[SideEffect, ...]
    checks: tuple[date, ...]
    measurements: tuple[Measurement, ...] = ()


def besides_of(made: MadeUp) -> Besides | None:
    """Return what somebody notes beside their nights; None where they live by no plan."""
    course = {"demo-crossover": _finished, "demo-running": _running}.get(made.name)
    return None if course is None else course(made)


def answer_when_asked(made: MadeUp, besides: Besides) -> Iterator[Revision]:
    """Yield the nights with what is not asked every night answered, too."""
    chance = Random(made.name)  # noqa: S311 - made-up figures, not secrets
    given: dict[date, Mapping[str, Answer]] = {}
    days: dict[str, list[date]] = {TOLERABILITY.key: [], PGIC.key: []}
    for one in made.revisions:
        if one.day not in given:
            due = {item.key for item in due_on(one.day, besides.known, days)}
            drawn = _answers(chance, made.phases, one.day)
            given[one.day] = {key: answer for key, answer in drawn.items() if key in due}
            for key in days.keys() & due:
                days[key].append(one.day)
        yield replace(one, answers={**one.answers, **given[one.day]})


def _plan() -> Plan:
    """Return the crossover with its arms by name."""
    plan = prescribed(READY_MADE["crossover2013"], MEDICINE, DOSE_MG)
    arms = ("first arm", "second arm")
    return replace(plan, orders=tuple(tuple(map(_named, order, arms)) for order in plan.orders))


def _key(name: str) -> Key:
    """Return a key that is the same each time: this order is no secret, it stands in this file."""
    return Key(hashlib.sha256(name.encode()).digest())


def _named(step: Step, label: str) -> Step:
    return replace(step, label=label)


def _answers(chance: Random, lived: Sequence[Phase], day: date) -> dict[str, Answer]:
    """Draw an answer to each of these questions, whether or not it is asked."""
    is_forgotten = chance.random() < FORGOTTEN
    kind = max((phase for phase in lived if phase.start <= day), key=lambda one: one.start).kind
    drawn = {
        DOSE_TAKEN: DOSE_TAKEN.choices.index("no" if is_forgotten else "yes"),
        TOLERABILITY: min(100, round(chance.gauss(*WELL))),
        PGIC: 2 if kind is PhaseKind.TREATMENT else 4,
    }
    return {item.key: answered(drawn[item]) for item in OCCASIONAL}


def _started(made: MadeUp, unblinding: Unblinding | None) -> StartedPlan:
    plan = _plan()
    return StartedPlan(
        id=f"plan-{made.name}",
        plan=plan,
        started_on=made.first,
        created_at=datetime.combine(made.first, time(12), UTC),
        holder=Holder.APP,
        opens_on=made.first + timedelta(plan.days),
        unblinding=unblinding,
    )


def _finished(made: MadeUp) -> Besides:
    """Return a crossover that was opened after its last day."""
    first = made.first
    opened = datetime.combine(first + timedelta(HIDDEN + LASTS + 28), time(18, 30), UTC)
    plan = _started(
        made, Unblinding(opened, OpenedBy.OWNER, Why.PLANNED_END, "The 22 weeks are over.")
    )

    def on(day: int) -> date:
        return first + timedelta(HIDDEN + day)

    return Besides(
        plan=plan,
        key=_key(made.name),
        phases=made.phases,
        known=lay_out(shown(plan.plan), first),
        medicine=Medicine(
            CAPSULES,
            on(0),
            on(LASTS),
            time(22),
            (
                Dose(on(0), DOSE_MG, ChangedBy.STUDY),
                Dose(on(24), Decimal(3), ChangedBy.CLINICIAN, "for the headache"),
                Dose(on(52), DOSE_MG, ChangedBy.CLINICIAN, "as before"),
            ),
        ),
        effects=(
            SideEffect(Effect.VIVID_DREAMS, on(6), Severity.MILD, on(9), on(30)),
            SideEffect(
                Effect.HEADACHE,
                on(9),
                Severity.MODERATE,
                on(23),
                on(38),
                bothersome=True,
                action=Action.TOLD,
            ),
            SideEffect(Effect.OTHER, on(92), Severity.MILD, on(98), on(104), name="Dry mouth"),
        ),
        checks=tuple(on(day) for day in (37, 51, 66, 80, 111)),
        measurements=tuple(
            Measurement(name, read_value(value), first + timedelta(day), unit)
            for name, unit, values in MEASURED
            for day, value in zip(VISITS, values, strict=True)
        ),
    )


def _running(made: MadeUp) -> Besides:
    """Return a crossover whose hidden part is being lived."""
    first = made.first
    plan = _started(made, None)
    laid = lay_out(shown(plan.plan), first)

    def on(day: int) -> date:
        return first + timedelta(HIDDEN + day)

    return Besides(
        plan=plan,
        key=_key(made.name),
        phases=laid,
        known=laid,
        medicine=Medicine(
            CAPSULES, on(0), at=time(22), doses=(Dose(on(0), DOSE_MG, ChangedBy.STUDY),)
        ),
        effects=(
            SideEffect(Effect.HEADACHE, on(3), Severity.MILD, on(14), on(7)),
            SideEffect(Effect.VIVID_DREAMS, on(8), Severity.MILD, on(14)),
        ),
        checks=(on(28),),
    )
