"""Blinding: what may be shown of a plan while its order is sealed, and what its key reveals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.plans import Blinding, Plan, Step
from tracker.domain.windows import ARMS

ORDER_BYTES: Final = 2  # an order's place in its plan: every key is as long as every other


@dataclass(frozen=True, slots=True)
class _Shape:
    """What of a step may be shown where it is the same in every order.

    `open` is the step itself where it is no arm: a washout is named, and must be the same too.
    """

    days: int
    open: Step | None


def masked(plan: Plan) -> tuple[Step, ...]:
    """Return the drawn part of a plan as anybody without the key may see it.

    Where the periods are of one length, and lie on the same days in every order, each is a blinded
    phase of its own: A and B, or 1A, 1B, 2A, 2B where there are several pairs, in the order of
    time, so that a letter says when and never what. Otherwise all of it is one blinded phase: no
    boundary, label or dose inside it may tell.
    """
    shapes = {_shapes(order) for order in plan.orders}
    (first, *_) = plan.orders
    periods = [step for step in first if step.kind in ARMS]
    doses = {
        step.dose_mg for order in plan.orders for step in order if step.kind is PhaseKind.TREATMENT
    }
    is_equal = len(shapes) == 1 and len({step.days for step in periods}) == 1 and len(doses) == 1
    if not is_equal or len(periods) % 2:
        return (Step(PhaseKind.BLINDED, max(map(_days, plan.orders))),)
    labels = iter(_labels(len(periods)))
    return tuple(
        Step(PhaseKind.BLINDED, step.days, next(labels)) if step.kind in ARMS else step
        for step in first
    )


def shown(plan: Plan) -> tuple[Step, ...]:
    """Return all steps of a plan as anybody without its key may see them."""
    drawn = plan.orders[0] if plan.blinding is Blinding.NONE else masked(plan)
    return (*plan.before, *drawn, *plan.after)


def revealed(plan: Plan, order: int, lived: Sequence[Phase]) -> tuple[Phase, ...]:
    """Return what the blinded phases that were lived really were, by the order that was sealed.

    What happened stays: a phase that began late, ended early or went on keeps its days. The
    boundaries inside one blinded phase lie where the plan has them from that phase's start on;
    what would lie after its end never came, and its last part takes what is left.

    Args:
        plan: as it was laid out.
        order: the place of the drawn order in the plan.
        lived: the plan's phases of kind `blinded`, as they stand.
    """
    drawn = plan.orders[order]
    shapes = masked(plan)
    if len(shapes) == 1:
        return tuple(part for phase in lived for part in _parts(drawn, phase))
    by_label = {
        shape.label: step
        for shape, step in zip(shapes, drawn, strict=True)
        if shape.kind is PhaseKind.BLINDED
    }
    return tuple(
        _filled(by_label[phase.label], phase, phase.start, phase.end)
        for phase in lived
        if phase.label in by_label
    )


def encode_order(order: int) -> bytes:
    """Return an order as the bytes that are sealed: always as many.

    >>> decode_order(encode_order(255))
    255
    """
    return order.to_bytes(ORDER_BYTES, "big")


def decode_order(content: bytes) -> int:
    """Return the order that was sealed."""
    return int.from_bytes(content, "big")


def _parts(drawn: Sequence[Step], phase: Phase) -> Iterable[Phase]:
    """Cut one blinded phase at the boundaries of the drawn order."""
    starts = [phase.start]
    for step in drawn[:-1]:
        starts.append(starts[-1] + timedelta(days=step.days))
    begun = [start for start in starts if phase.end is None or start < phase.end]
    ends: list[date | None] = [after for _before, after in pairwise(begun)]
    for step, start, end in zip(drawn, begun, [*ends, phase.end], strict=False):
        yield _filled(step, phase, start, end)


def _filled(step: Step, phase: Phase, start: date, end: date | None) -> Phase:
    """Return what `step` was, on the days that were lived."""
    return replace(
        phase,
        kind=step.kind,
        start=start,
        end=end,
        label=step.label or phase.label,
        medicine=step.medicine,
        dose_mg=step.dose_mg,
    )


def _labels(periods: int) -> list[str]:
    if periods == 2:  # noqa: PLR2004 - one pair
        return ["A", "B"]
    return [f"{pair}{letter}" for pair in range(1, periods // 2 + 1) for letter in "AB"]


def _shapes(order: Sequence[Step]) -> tuple[_Shape, ...]:
    return tuple(_Shape(step.days, None if step.kind in ARMS else step) for step in order)


def _days(order: Sequence[Step]) -> int:
    return sum(step.days for step in order)
