"""What a person can do with plans: lay one out, move what is left, stop it, open its order."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from tracker.boxes import BoxRefused, Key
from tracker.domain.blinding import decode_order, revealed, shown
from tracker.domain.diary import diary_day
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.plans import Blinding, Plan, PlanRefused, checked, lay_out
from tracker.domain.spans import ONE_DAY
from tracker.domain.started_plans import Holder, Sealing, StartedPlan, Unblinding
from tracker.domain.words import N_
from tracker.services import study_plans, sums
from tracker.services.people import hash_of
from tracker.storage import audit, participants, phases, plans
from tracker.storage.database import Session
from tracker.storage.phases import StoredPhase

NOTHING_TAKEN: Final = frozenset({PhaseKind.BASELINE, PhaseKind.WASHOUT, PhaseKind.FOLLOW_UP})


class PlanMissing(PlanRefused):
    """The person has no such plan."""

    def __init__(self) -> None:
        super().__init__(N_("This plan is not here."))


class KeyMissing(PlanRefused):
    """What would open the order is not here."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps the key of a plan; nothing is hidden where nobody does."""

    holder: Holder = Holder.NONE
    sealing: Sealing | None = field(default=None, repr=False)
    opens_on: date | None = None
    study: str | None = None
    token_sha256: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """What stopping a plan changed: phases as they were, for `resume` to bring back."""

    before: Sequence[StoredPhase]


def new_id() -> str:
    """Return the id of a plan that is not started yet: what is sealed is sealed for it."""
    return secrets.token_urlsafe(16)


def start(  # noqa: PLR0913 - whose, what, from when on, under whose key
    session: Session,
    owner: Account,
    plan: Plan,
    started_on: date,
    keeping: Keeping,
    now: datetime,
    *,
    plan_id: str | None = None,
) -> str:
    """Lay a plan out as phases, of which only what may be shown is stored; return its id.

    Raises:
        PlanRefused: it can't be lived, or hides nothing and has a holder.
        PhasesRefused: its phases can't stand beside those that are there.
    """
    is_open = keeping.holder is Holder.NONE
    if is_open != (plan.blinding is Blinding.NONE):
        raise PlanRefused(N_("Choose who holds the key, for a plan that hides its order."))
    started = StartedPlan(
        id=plan_id or new_id(),
        plan=checked(plan),
        started_on=started_on,
        created_at=now,
        holder=keeping.holder,
        opens_on=keeping.opens_on,
        study=keeping.study,
        sealing=keeping.sealing,
    )
    plans.add(session, owner.id, started, keeping.token_sha256)
    laid = [
        StoredPhase(phases.new_id(), phase, started.id)
        for phase in lay_out(shown(plan), started_on)
    ]
    phases.rearrange(session, owner.id, (), laid, now)
    _done(session, owner, "plan.started", started, now)
    return started.id


def shift(
    session: Session,
    owner: Account,
    plan_id: str,
    days: int,
    now: datetime,
    *,
    actor: str = "",
) -> None:
    """Move all of a plan that has not begun by so many days, back where they are negative.

    What runs goes on until then where nothing is taken in it; a treatment keeps its days, and the
    days after it belong to no phase. A blinded part that nobody has sealed yet has not begun.
    `actor` is who does it where the owner does not.

    Raises:
        PlanRefused: nothing is left to move, a blinded part would have begun already, or the
            plan's study could not follow.
        PhasesRefused: the phases can't stand beside the others then.
    """
    started, mine = _plan_and_phases(session, owner, plan_id)
    today, moved = diary_day(now, owner.tzinfo, owner.rollover), timedelta(days=days)
    hidden = hidden_from(one.phase for one in mine) if started.waits else None
    begins = min(today, hidden or today)
    left = [one for one in mine if one.phase.start >= begins]
    if not left:
        raise PlanRefused(N_("Nothing of this plan is left to move."))
    after = [replace(one, phase=_moved(one.phase, moved)) for one in left]
    if started.is_blinded and any(_lies_back(one.phase, today) for one in after):
        raise has_begun(today)
    part, first = study_plans.present(session, owner, started), left[0].phase.start
    study_plans.demand_room(started, part, after, today)
    before = [one for one in mine if one.phase.end == first and one.phase.kind in NOTHING_TAKEN]
    after += [replace(one, phase=replace(one.phase, end=first + moved)) for one in before]
    phases.rearrange(session, owner.id, [one.id for one in (*left, *before)], after, now)
    if part is not None and first == part.start:
        participants.start_on(session, part, first + moved)
    _done(session, owner, "plan.shifted", started, now, actor)


def stop(session: Session, owner: Account, plan_id: str, now: datetime) -> Stopped:
    """End a plan today: what runs has its last day, what has not begun never comes.

    Raises:
        PlanRefused: nothing of it is left.
    """
    started, mine = _plan_and_phases(session, owner, plan_id)
    today = diary_day(now, owner.tzinfo, owner.rollover)
    after = today + ONE_DAY
    dropped = [one for one in mine if one.phase.start > today]
    cut = [
        one
        for one in mine
        if one.phase.start <= today and (one.phase.end is None or one.phase.end > after)
    ]
    if started.ended_at is not None or not (dropped or cut):
        raise PlanRefused(N_("Nothing of this plan is left to stop."))
    ended = [replace(one, phase=replace(one.phase, end=after)) for one in cut]
    phases.rearrange(session, owner.id, [one.id for one in (*dropped, *cut)], ended, now)
    plans.end(session, owner.id, plan_id, now)
    _done(session, owner, "plan.stopped", started, now)
    return Stopped([*cut, *dropped])


def resume(session: Session, owner: Account, plan_id: str, stopped: Stopped, now: datetime) -> None:
    """Bring back what stopping took away.

    Raises:
        PlanRefused: the plan goes on already, or its order was opened in the meantime.
        PhasesRefused: other phases lie there now.
    """
    started, mine = _plan_and_phases(session, owner, plan_id)
    was_blinded = any(one.phase.kind is PhaseKind.BLINDED for one in stopped.before)
    if (was_blinded and not started.is_blinded) or not plans.end(session, owner.id, plan_id, None):
        raise PlanRefused(N_("This can't be brought back any more."))
    known = {one.id for one in mine}
    there = [one.id for one in stopped.before if one.id in known]
    back = [replace(one, plan=plan_id) for one in stopped.before]
    phases.rearrange(session, owner.id, there, back, now)
    _done(session, owner, "plan.resumed", started, now)


def reveal(  # noqa: PLR0913 - whose plan, by which key, and why
    session: Session,
    owner: Account,
    plan_id: str,
    key: Key,
    unblinding: Unblinding,
    *,
    actor: str,
    box: bytes | None = None,
) -> None:
    """Open the order: blinded phases become what they were, on the days that were lived.

    Args:
        session: a writing one.
        owner: of the diary.
        plan_id: of the plan.
        key: that opens its box.
        unblinding: when, by whom, why: it stays visible.
        actor: who did it, in the audit chain.
        box: from its holder's file; None takes the one that is kept here.

    Raises:
        PlanRefused: there is no such plan, it is open already, or nothing is sealed in it.
        BoxRefused: the key is another, or the box was changed.
    """
    order = order_of(_found(session, owner, plan_id), key, box)
    disclose(session, owner, plan_id, order, unblinding, actor=actor)


def disclose(
    session: Session,
    owner: Account,
    plan_id: str,
    order: int,
    unblinding: Unblinding,
    *,
    actor: str,
) -> None:
    """Write down what the blinded phases were, by an order that was opened elsewhere.

    Raises:
        PlanRefused: there is no such plan, or it is open already.
    """
    started, mine = _plan_and_phases(session, owner, plan_id)
    if not plans.unblind(session, owner.id, plan_id, unblinding):
        raise PlanRefused(N_("The order of this plan is open already."))
    blinded = [one for one in mine if one.phase.kind is PhaseKind.BLINDED]
    told = {one.id: revealed(started.plan, order, [one.phase]) for one in blinded}
    after = [
        StoredPhase(one.id if place == 0 else phases.new_id(), phase, plan_id)
        for one in blinded
        for place, phase in enumerate(told[one.id])
    ]
    opened = [one.id for one in blinded if told[one.id]]
    phases.rearrange(session, owner.id, opened, after, unblinding.at)
    _done(session, owner, "plan.revealed", started, unblinding.at, actor)


def order_of(started: StartedPlan, key: Key, box: bytes | None = None) -> int:
    """Return the place of the order that was sealed.

    Raises:
        KeyMissing: nothing is sealed here.
        BoxRefused: the key is another, or the box was changed.
    """
    kept = None if started.sealing is None else started.sealing.box
    found = box or kept
    if found is None:
        raise KeyMissing(N_("No sealed order is kept here. Its holder's key file has it."))
    return order_in(found, key, started.plan, started.about)


def order_in(box: bytes, key: Key, plan: Plan, about: str) -> int:
    """Return the place in `plan` of the order that lies in a box.

    Raises:
        BoxRefused: the key is another, or the box was changed or is about something else.
    """
    order = decode_order(key.open(box, about))
    if order >= len(plan.orders):
        raise BoxRefused(N_("What was sealed was changed, or belongs elsewhere."))
    return order


def renew_link(session: Session, owner: Account, plan_id: str, now: datetime) -> str:
    """Return the token of a new link for its key's holder; the old one leads nowhere any more.

    Raises:
        PlanMissing: there is no such plan that a second person holds the key of.
    """
    token = secrets.token_urlsafe(32)
    if not plans.change_link(session, owner.id, plan_id, hash_of(token)):
        raise PlanMissing
    audit.record(session, owner.id, "plan.link_made", owner.id, now, plan=plan_id)
    return token


def find(session: Session, owner: Account, plan_id: str) -> tuple[StartedPlan, Sequence[Phase]]:
    """Return a plan and the phases that it laid out, by start.

    Raises:
        PlanMissing: the owner has no such plan.
    """
    started, mine = _plan_and_phases(session, owner, plan_id)
    return started, [one.phase for one in mine]


def list_all(session: Session, owner: Account) -> Sequence[StartedPlan]:
    """Return the owner's plans by start; one statement."""
    return plans.list_plans(session, owner.id)


def possible_medicines(session: Session, owner: Account) -> frozenset[str]:
    """Return all that the plans whose order is hidden may contain, whatever their keys say.

    Names of every plan that is still blinded are returned, long over or not: a notice too many
    is no harm. Of an opened one the phases tell.
    """
    hidden = [one.plan.medicines for one in plans.list_plans(session, owner.id) if one.is_blinded]
    return frozenset().union(*hidden)


def hidden_from(mine: Iterable[Phase]) -> date | None:
    """Return when the hidden part of a plan's phases begins; None where nothing is hidden."""
    starts = (phase.start for phase in mine if phase.kind is PhaseKind.BLINDED)
    return min(starts, default=None)


def has_begun(day: date) -> PlanRefused:
    """Return the refusal of a blinded part that would begin on `day`."""
    return PlanRefused(
        N_("The part whose order is hidden can't begin before today: it would on %(day)s."), day=day
    )


def _plan_and_phases(
    session: Session, owner: Account, plan_id: str
) -> tuple[StartedPlan, Sequence[StoredPhase]]:
    started = _found(session, owner, plan_id)
    return started, [one for one in phases.list_phases(session, owner.id) if one.plan == plan_id]


def _found(session: Session, owner: Account, plan_id: str) -> StartedPlan:
    started = plans.find(session, owner.id, plan_id)
    if started is None:
        raise PlanMissing
    return started


def _lies_back(phase: Phase, today: date) -> bool:
    return phase.kind is PhaseKind.BLINDED and phase.start < today


def _moved(phase: Phase, by: timedelta) -> Phase:
    return replace(phase, start=phase.start + by, end=None if phase.end is None else phase.end + by)


def _done(
    session: Session,
    owner: Account,
    verb: str,
    started: StartedPlan,
    now: datetime,
    actor: str = "",
) -> None:
    """Write the deed down, in its study's log too, and count anew what follows the phases."""
    audit.record(session, owner.id, verb, actor or owner.id, now, plan=started.id)
    study_plans.tell(session, owner, started, verb, now)
    sums.refresh(session, owner, now)
