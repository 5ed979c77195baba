"""A plan as canonical JSON, and back: what was written is read, and nothing else."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, Final

from tracker.domain.archives import Json, canonical
from tracker.domain.limits import DOSE_LIMIT_UG, LABEL_LIMIT, MEDICINE_LIMIT, PLAN_LIMIT
from tracker.domain.phases import PhaseKind
from tracker.domain.plans import Blinding, Plan, PlanRefused, Step, checked
from tracker.domain.text import clean_line
from tracker.domain.words import N_, Refused

ORDERS_LIMIT: Final = 256
KEY_LIMIT: Final = 40
UG_A_MG: Final = 1_000


def written(plan: Plan) -> str:
    """Return `plan` as canonical JSON.

    Each step stands once, in the order of its first coming; orders name them by their places, for
    eight pairs have 256 orders of two different steps.

    >>> written(Plan("own", (), ((Step(PhaseKind.PLACEBO, 7),),)))[:54]
    '{"after":[],"before":[],"blinding":"none","key":"own",'
    """
    return canonical(definition(plan))


def definition(plan: Plan) -> dict[str, Json]:
    """Return `plan` as the object that is written."""
    steps = list(dict.fromkeys(chain(plan.before, *plan.orders, plan.after)))
    places = {step: place for place, step in enumerate(steps)}
    return {
        "key": plan.key,
        "blinding": plan.blinding.value,
        "steps": [_step(step) for step in steps],
        "before": [places[step] for step in plan.before],
        "orders": [[places[step] for step in order] for order in plan.orders],
        "after": [places[step] for step in plan.after],
    }


def read_plan(text: str) -> Plan:
    """Return the plan that was written as `text`.

    Raises:
        PlanRefused: it is not as `written` writes it, or can't be lived.
    """
    refusal = PlanRefused(N_("This is not a plan as Evenfall writes it."))
    if len(text) > PLAN_LIMIT:
        raise refusal
    try:
        plan = _plan(json.loads(text))
        is_sound = written(plan) == text and _is_sound(plan)
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError):
        raise refusal from None
    if not is_sound:
        raise refusal
    return checked(plan)


def _is_sound(plan: Plan) -> bool:
    """Say whether all of it can be stored."""
    is_counted = 0 < len(plan.orders) <= ORDERS_LIMIT and 0 < len(plan.key) <= KEY_LIMIT
    steps = set(chain(plan.before, *plan.orders, plan.after))
    return is_counted and all(map(_can_be_stored, steps))


def _plan(told: Mapping[str, Any]) -> Plan:
    steps = [_read_step(each) for each in told["steps"]]

    def named(places: Sequence[int]) -> tuple[Step, ...]:
        return tuple(steps[place] for place in places)

    return Plan(
        key=told["key"],
        before=named(told["before"]),
        orders=tuple(named(order) for order in told["orders"]),
        after=named(told["after"]),
        blinding=Blinding(told["blinding"]),
    )


def _read_step(told: Mapping[str, Any]) -> Step:
    dose = told["dose_mg"]
    return Step(
        kind=PhaseKind(told["kind"]),
        days=told["days"],
        label=told["label"],
        medicine=told["medicine"],
        dose_mg=None if dose is None else Decimal(dose),
    )


def _can_be_stored(step: Step) -> bool:
    """Say whether a phase could be stored of it; what is sealed is never written as `blinded`."""
    try:
        is_clean = (
            clean_line(step.label, LABEL_LIMIT) == step.label
            and clean_line(step.medicine, MEDICINE_LIMIT) == step.medicine
        )
    except Refused:
        return False
    micrograms = 1 if step.dose_mg is None else step.dose_mg * UG_A_MG
    is_dose = 0 < micrograms <= DOSE_LIMIT_UG and micrograms == int(micrograms)
    return is_clean and is_dose and step.kind is not PhaseKind.BLINDED and type(step.days) is int


def _step(step: Step) -> dict[str, Json]:
    dose = step.dose_mg
    return {
        "kind": step.kind.value,
        "days": step.days,
        "label": step.label,
        "medicine": step.medicine,
        "dose_mg": None if dose is None else format(dose.normalize(), "f"),
    }
