"""Who gets which slot of a study, and who may learn what order lay in it."""

from collections.abc import Sequence
from datetime import datetime

from tracker.boxes import Key
from tracker.domain.diary import diary_day
from tracker.domain.people import Account
from tracker.domain.started_plans import OpenedBy, Sealing, StartedPlan, Unblinding, Why
from tracker.domain.studies import (
    MOST_DELAY,
    Participant,
    Study,
    StudyRefused,
    StudyState,
    Unblinded,
    clean_reason,
)
from tracker.domain.words import N_
from tracker.services import plans, study_plans
from tracker.services.studies import Run, about, opened
from tracker.services.study_plans import NoRoom
from tracker.storage import accounts, audit, participants, studies
from tracker.storage import plans as stored_plans
from tracker.storage.database import Session


class TooFewNights(StudyRefused):
    """The baseline has fewer nights than the protocol asks for."""


class TooLate(StudyRefused):
    """The plan of somebody has waited so long that the study could not follow it to its end."""

    def __init__(self) -> None:
        super().__init__(
            N_("Their baseline took over %(weeks)d weeks longer than planned: it is too late."),
            weeks=MOST_DELAY.days // 7,
        )


def randomise(session: Session, run: Run, code: str, reason: str, now: datetime) -> int:
    """Give the next slot to somebody; return its number. What lies in it stays closed.

    Their plan's hidden part is sealed from now on. Where it would have begun already it begins
    today, as the baseline went on until then.

    Args:
        session: a writing one.
        run: the study, as who does it runs it.
        code: whom.
        reason: why before the baseline is long enough, "" where it is.
        now: when.

    Raises:
        TooFewNights: the baseline has too few nights, and no reason is given.
        StudyRefused: nothing is drawn, no slot is left, they have one, or take part no more.
        TooLate: their plan waited longer than the study can.
        PhasesRefused: phases of their own lie where the hidden part would.
    """
    study = run.study
    studies.hold(session, study.id)
    found = participants.find(session, study.id, code)
    if found is None or found.part.left_at is not None:
        raise StudyRefused(N_("Nobody of this code takes part."))
    if not study.is_drawn or study.public is None or study.state is StudyState.PREPARING:
        raise StudyRefused(N_("There is nothing to draw in this study."))
    if study.unblinded_at is not None:
        raise StudyRefused(N_("The arms are known: nobody can be randomised any more."))
    if found.part.slot is not None:
        raise StudyRefused(N_("They are randomised already."))
    written = participants.nights_of_study(session, study.id, found.part.start)
    nights = written[found.part.owner].logged if found.part.owner in written else 0
    if nights < study.draft.least_nights and not reason.strip():
        raise TooFewNights(
            N_("The baseline has %(nights)s nights, %(least)s are needed. Wait, or say why not."),
            nights=nights,
            least=study.draft.least_nights,
        )
    slot = participants.take_slot(session, study.id, code, now)
    if slot is None:
        raise StudyRefused(N_("No slot is left. The key's holder can add some."))
    _seal(session, study, found.part, study.public, now)
    told = {"code": code, "slot": slot}
    if nights < study.draft.least_nights:
        participants.keep_reason(session, study.id, slot, clean_reason(reason))
    audit.record(session, study.id, "study.randomised", run.member.account, now, **told)
    audit.record(session, found.part.owner, "study.randomised", study.id, now, study=study.id)
    return slot


def ask_to_unblind(session: Session, run: Run, now: datetime) -> None:
    """Ask for the unblinding of all, so that another coordinator can do it.

    Raises:
        StudyRefused: the study is not closed yet, or the arms are known.
    """
    if run.study.state is not StudyState.CLOSED or not run.study.is_drawn:
        raise StudyRefused(N_("Close the study first. Then all can be unblinded, once."))
    studies.change(session, run.study.id, asked_by=run.member.account)
    audit.record(session, run.study.id, "study.unblinding_asked", run.member.account, now)


def may_unblind(run: Run) -> bool:
    """True where `run.member` may unblind all with the passphrase: two people, or the holder."""
    asked = run.study.asked_by
    return run.member.holds_key or (asked is not None and asked != run.member.account)


def unblind(session: Session, run: Run, passphrase: str, now: datetime) -> int:
    """Open everybody's order, and write the real phases into each diary; return how many.

    Raises:
        StudyRefused: the study is not closed, or this needs the holder or a second coordinator.
        BoxRefused: the passphrase is another.
    """
    study = run.study
    studies.hold(session, study.id)
    if study.state is not StudyState.CLOSED or not study.is_drawn:
        raise StudyRefused(N_("Close the study first. Then all can be unblinded, once."))
    if not may_unblind(run):
        raise StudyRefused(
            N_("That needs the key's holder, or another coordinator who asked for it before.")
        )
    key = opened(session, study, passphrase)
    orders = _orders(session, study, key)
    studies.change(session, study.id, unblinded_at=now)
    audit.record(session, study.id, "study.unblinded", run.member.account, now)
    with_all = Unblinding(now, OpenedBy.STUDY, Why.PLANNED_END)
    known = {
        one.code: Unblinding(one.at, OpenedBy.STUDY, Why.EMERGENCY)
        for one in participants.list_unblindings(session, study.id)
    }
    for part in participants.list_of_anybody(session, study.id):
        owner, order = accounts.find(session, part.owner), orders.get(part.code)
        if owner is not None and order is not None:
            started, told = (
                study_plans.of(session, study, part, now),
                known.get(part.code, with_all),
            )
            plans.disclose(session, owner, started.id, order, told, actor=study.id)
            audit.record(session, owner.id, "study.unblinded", study.id, now, study=study.id)
    return len(orders)


def unblind_one(
    session: Session, run: Run, code: str, passphrase: str, reason: str, now: datetime
) -> Unblinded:
    """Open one person's order in an emergency: it stays visible in the report.

    Only who asks learns it. The diary stays blinded for all who read it until all are unblinded.

    Raises:
        StudyRefused: there is no reason, nobody of this code was randomised, or all is known.
        BoxRefused: the passphrase is another.
    """
    study, why = run.study, clean_reason(reason)
    studies.hold(session, study.id)
    boxes = participants.list_boxes(session, study.id)
    mine = next(((slot, box) for slot, taken, box in boxes if taken == code), None)
    known = participants.list_unblindings(session, study.id)
    if mine is None or any(one.code == code for one in known):
        raise StudyRefused(N_("Nobody of this code is randomised and still blinded."))
    slot, box = mine
    key = opened(session, study, passphrase)
    order = plans.order_in(box, key, study.draft.protocol.steps(), about(study, slot))
    told = Unblinded(code, now, run.member.account, run.member.name, why, order)
    participants.add_unblinding(session, study.id, told)
    audit.record(session, study.id, "study.unblinded_one", run.member.account, now, code=code)
    found = participants.find(session, study.id, code)
    if found is not None:
        owner, by = found.part.owner, run.member.account
        audit.record(session, owner, "study.unblinded_one", by, now, study=study.id)
    return told


def unblindings(session: Session, study: Study) -> Sequence[Unblinded]:
    """Return whose orders were opened one by one."""
    return participants.list_unblindings(session, study.id)


def _seal(session: Session, study: Study, part: Participant, public: bytes, now: datetime) -> None:
    """Let a participant's plan wait no more."""
    owner, started = accounts.find(session, part.owner), study_plans.of(session, study, part, now)
    if started.ended_at is not None:
        raise StudyRefused(N_("They stopped their plan: there is nothing to draw for."))
    late = None if owner is None else _late(session, owner, started, now)
    if owner is not None and late:
        try:
            plans.shift(session, owner, started.id, late, now, actor=study.id)
        except NoRoom:
            raise TooLate from None
    stored_plans.seal(session, part.owner, started.id, Sealing(public))


def _late(session: Session, owner: Account, started: StartedPlan, now: datetime) -> int:
    """Return how many days ago the hidden part of a plan would have begun, 0 where it has time."""
    hidden = plans.hidden_from(plans.find(session, owner, started.id)[1])
    today = diary_day(now, owner.tzinfo, owner.rollover)
    return 0 if hidden is None else max(0, (today - hidden).days)


def _orders(session: Session, study: Study, key: Key) -> dict[str, int]:
    """Return the order of everybody who took a slot, by study code."""
    plan = study.draft.protocol.steps()
    return {
        code: plans.order_in(box, key, plan, about(study, slot))
        for slot, code, box in participants.list_boxes(session, study.id)
        if code is not None
    }
