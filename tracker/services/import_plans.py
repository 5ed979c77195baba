"""What taking a file in would do to the diary that stands."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from tracker.domain.archives import KeptHappenings, KeptMedicine, KeptPause, KeptPhase
from tracker.domain.diary import FutureDay
from tracker.domain.medicines import MOST_MEDICINES, Medicine
from tracker.domain.nights import Content, Sent, join
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhasesRefused, in_order
from tracker.domain.questionnaire import Item, Questionnaire
from tracker.domain.revisions import Head, Outcome, Revision
from tracker.domain.started_plans import StartedPlan
from tracker.domain.words import N_
from tracker.services.intakes import Intake, standing
from tracker.storage import diaries, pauses, plans, questionnaires
from tracker.storage.beside import load_beside
from tracker.storage.database import Session

EARLIEST_ZONE: Final = timedelta(hours=14)  # where a day begins first


@dataclass(slots=True)
class Nights:
    """The file's nights, by what stands for their days here.

    `differing` has the revision that would be added to each, `deleted` are those deleted here.
    """

    new: dict[date, tuple[Revision, ...]] = field(default_factory=dict)
    same: list[date] = field(default_factory=list)
    differing: dict[date, Revision] = field(default_factory=dict)
    deleted: dict[date, tuple[Revision, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking a file in would do.

    `is_fresh` says that the diary has no nights and no questions of its own yet: then the file's
    settings count, and `asked` is what it asks. `phases_left` and `pauses_left` count those that
    overlap what stands, `medicines_left` those that stand here or are too many. `happenings` are
    those that are not here already. `plans` are those that phases of it come from and that are not
    here yet.
    """

    nights: Nights
    own_items: tuple[Item, ...]
    phases: tuple[KeptPhase, ...]
    phases_left: int
    pauses: tuple[KeptPause, ...]
    pauses_left: int
    happenings: KeptHappenings
    medicines: tuple[KeptMedicine, ...]
    medicines_left: int
    is_fresh: bool
    asked: Questionnaire
    plans: tuple[StartedPlan, ...] = ()

    @property
    def days(self) -> Sequence[date]:
        """All diary days of the file, in order."""
        nights = self.nights
        return sorted([*nights.new, *nights.same, *nights.differing, *nights.deleted])


def plan(session: Session, who: Account, intake: Intake, now: datetime) -> Plan:
    """Say what taking a file in would do; nothing is stored.

    Raises:
        FutureDay: a night of it has not begun anywhere.
    """
    latest = max((one.day for one in intake.revisions), default=date.min)
    if latest > (now + EARLIEST_ZONE).date():
        raise FutureDay(N_("The file has the night %(day)s, which has not come."), day=latest)
    heads = _heads(session, who)
    history = questionnaires.history(session, who.id)
    mine = {item.key for item in questionnaires.own_items_of(session, who.id)}
    is_fresh = not heads and not mine and len(history) == 1
    here = load_beside(session, who.id)
    fitting = _fitting(intake.phases, here.phases)
    free = _free(intake.pauses, session, who)
    unknown = _unknown(intake.medicines, here.taken)
    return Plan(
        nights=_sorted_in(intake, heads),
        own_items=tuple(own.item for own in intake.own_items if own.item.key not in mine),
        phases=fitting,
        phases_left=len(intake.phases) - len(fitting),
        pauses=free,
        pauses_left=len(intake.pauses) - len(free),
        happenings=_unseen(intake.happenings, here.happened),
        medicines=unknown,
        medicines_left=len(intake.medicines) - len(unknown),
        is_fresh=is_fresh,
        asked=intake.versions[-1].asked if is_fresh and intake.asks_on else history[-1],
        plans=_plans(intake, fitting, session, who),
    )


def _heads(session: Session, who: Account) -> Mapping[date, Head]:
    known = (*diaries.list_heads(session, who.id), *diaries.list_deleted(session, who.id))
    return {head.day: head for head in known}


def _sorted_in(intake: Intake, heads: Mapping[date, Head]) -> Nights:
    nights = Nights()
    for day, night in intake.nights().items():
        head, end = heads.get(day), standing(night)
        if head is None:
            nights.new[day] = night
        elif head.deleted_at is not None and end is not None:
            nights.deleted[day] = night
        elif end is None or (over := _over(head, end)) is None:
            nights.same.append(day)
        else:
            nights.differing[day] = over
    return nights


def _over(head: Head, end: Revision) -> Revision | None:
    """Return the file's night as a revision of the one that stands; None where it adds nothing.

    What the file leaves open stays, unless the two are on different rulers.
    """
    stands = Content(head.answers, head.note)
    if end.ruler is head.ruler:
        content = join(Sent(end.answers, end.note or None), stands).content
    else:
        content = Content(end.answers, end.note or head.note)
    if content == stands:
        return None
    return replace(
        end,
        number=head.revisions + 1,
        client_id=str(uuid.uuid4()),
        answers=content.answers,
        note=content.note,
        outcome=Outcome.STORED,
        purged_at=None,
        base_revision=head.number,
        replaces=None,
    )


def _fitting(brought: Sequence[KeptPhase], present: Sequence[Phase]) -> tuple[KeptPhase, ...]:
    """Return the phases of a file that stand beside those that are here, and each other."""
    kept: list[KeptPhase] = []
    for one in brought:
        try:
            in_order([*present, *(each.phase for each in kept), one.phase])
        except PhasesRefused:
            continue
        kept.append(one)
    return tuple(kept)


def _unseen(brought: KeptHappenings, present: KeptHappenings) -> KeptHappenings:
    """Return side effects and measurements of a file that are not here already."""
    effects = {one.effect for one in present.effects}
    checks = {one.day for one in present.checks}
    measured = {one.measurement for one in present.measurements}
    return KeptHappenings(
        tuple(one for one in brought.effects if one.effect not in effects),
        tuple(one for one in brought.checks if one.day not in checks),
        tuple(one for one in brought.measurements if one.measurement not in measured),
    )


def _unknown(
    brought: Sequence[KeptMedicine], present: Sequence[Medicine]
) -> tuple[KeptMedicine, ...]:
    """Return the medicines of a file that don't stand here, as many as there is room for."""
    begun = {(one.name, one.start) for one in present}
    found = [one for one in brought if (one.medicine.name, one.medicine.start) not in begun]
    return tuple(found[: max(0, MOST_MEDICINES - len(present))])


def _plans(
    intake: Intake, fitting: Sequence[KeptPhase], session: Session, who: Account
) -> tuple[StartedPlan, ...]:
    """Return the plans of a file that are new here, without those of which no phase fits."""
    if not intake.plans:
        return ()
    known = {one.id for one in plans.list_plans(session, who.id)}
    left = {one.plan for one in intake.phases} - {one.plan for one in fitting}
    return tuple(one for one in intake.plans if one.id not in known | left)


def _free(brought: Sequence[KeptPause], session: Session, who: Account) -> tuple[KeptPause, ...]:
    """Return the pauses of a file that overlap none that is here."""
    present = [(one.start, one.end or date.max) for one in pauses.list_pauses(session, who.id)]
    return tuple(
        one
        for one in brought
        if not any(one.start < end and start < (one.end or date.max) for start, end in present)
    )
