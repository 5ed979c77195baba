"""A study's plan in a participant's diary: theirs to move and stop, and the study is told of it."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from tracker.domain.blinding import shown
from tracker.domain.people import Account
from tracker.domain.plans import PlanRefused
from tracker.domain.started_plans import Holder, Sealing, StartedPlan
from tracker.domain.studies import MOST_DELAY, Participant, Study, Unblinded
from tracker.domain.words import N_
from tracker.storage import audit, participants, phases, plans
from tracker.storage.database import Session
from tracker.storage.phases import StoredPhase

# What a participant does with the plan, in the log of the study.
_TOLD: Final = MappingProxyType(
    {
        "plan.shifted": "study.plan_moved",
        "plan.stopped": "study.plan_stopped",
        "plan.resumed": "study.plan_resumed",
    }
)


class NoRoom(PlanRefused):
    """The plan would end later than the study can follow."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The study can wait %(weeks)d weeks at most. Speak to those who run it, or leave"
                " the study: then the plan is yours alone."
            ),
            weeks=MOST_DELAY.days // 7,
        )


def demand_room(
    started: StartedPlan, part: Participant | None, moved: Sequence[StoredPhase], today: date
) -> None:
    """Let through what a study can follow: nothing into the past, and not too far ahead.

    Args:
        started: the plan.
        part: of its owner in its study, None where there is none (any more).
        moved: its phases, where they would lie.
        today: the owner's diary day.

    Raises:
        NoRoom: the study would lose sight of its end.
        PlanRefused: some of it would lie in the past.
    """
    if part is None:
        return
    if any(one.phase.start < today for one in moved):
        raise PlanRefused(N_("A study's plan can't be moved into the past."))
    last = started.started_on + timedelta(days=started.plan.days) + MOST_DELAY
    if any(one.phase.end is not None and one.phase.end > last for one in moved):
        raise NoRoom


def present(session: Session, owner: Account, started: StartedPlan) -> Participant | None:
    """Return the part that somebody takes in the study of a plan; None where they left."""
    if started.study is None:
        return None
    mine = participants.list_of_owner(session, owner.id)
    return next((one for one in mine if one.study == started.study and one.left_at is None), None)


def tell(session: Session, owner: Account, started: StartedPlan, verb: str, now: datetime) -> None:
    """Write into the study's log what became of a participant's plan."""
    part = present(session, owner, started) if verb in _TOLD else None
    if part is not None:
        audit.record(session, part.study, _TOLD[verb], part.study, now, code=part.code)


def emergency(session: Session, owner: Account, started: StartedPlan) -> Unblinded | None:
    """Return that the study opened this person's order alone; None where it did not."""
    if started.study is None:
        return None
    mine = {
        one.code
        for one in participants.list_of_owner(session, owner.id)
        if one.study == started.study
    }
    told = participants.list_unblindings(session, started.study)
    return next((one for one in told if one.code in mine), None)


def of(session: Session, study: Study, part: Participant, now: datetime) -> StartedPlan:
    """Return the plan that a study laid out for somebody.

    Who joined before studies laid out plans gets theirs now, round the phases that are there.
    """
    known = plans.list_plans(session, part.owner)
    found = next((one for one in known if one.study == study.id), None)
    return found or _adopted(session, study, part, now)


def _adopted(session: Session, study: Study, part: Participant, now: datetime) -> StartedPlan:
    plan = study.draft.protocol.steps()
    started = StartedPlan(
        id=secrets.token_urlsafe(16),
        plan=plan,
        started_on=part.start,
        created_at=part.joined_at,
        holder=Holder.STUDY,
        study=study.id,
        sealing=None if part.slot is None or study.public is None else Sealing(study.public),
    )
    plans.add(session, part.owner, started)
    days = replace(part, left_on=None).span(plan)
    steps = {(step.kind, step.label) for step in shown(plan)}
    mine = [
        replace(one, plan=started.id)
        for one in phases.list_phases(session, part.owner)
        if one.plan is None
        and one.phase.start in days
        and (one.phase.kind, one.phase.label) in steps
    ]
    phases.rearrange(session, part.owner, [one.id for one in mine], mine, now)
    return started
