"""What a person can do in a study: read what is agreed to, join, leave; and how all stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.diary import diary_day
from tracker.domain.people import Account, Role
from tracker.domain.recovery import hash_code
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.started_plans import Holder
from tracker.domain.studies import (
    MISSED_OF,
    Consent,
    Participant,
    Study,
    StudyRefused,
    StudyState,
    code_of,
)
from tracker.domain.words import N_
from tracker.services import plans, questionnaires
from tracker.services.plans import Keeping
from tracker.storage import audit, participants, studies
from tracker.storage.database import Session
from tracker.storage.participants import Listed, Nights


class CodeOpensNothing(StudyRefused):
    """The code was never one, was used up or taken back, or nobody can join now: all the same."""

    def __init__(self) -> None:
        super().__init__(
            N_("This code opens nothing (any more). Ask those who gave it to you for another.")
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """A study that can be joined, and what is agreed to."""

    study: Study
    consent: Consent


@dataclass(frozen=True, slots=True)
class Standing:
    """How one participant's nights stand; those in a pause are not expected.

    `missed` are those of the last fourteen closed days that were, oldest first.
    """

    part: Participant
    expected: int
    logged: int
    on_time: int
    missed: tuple[date, ...]
    last: date | None


def offer(session: Session, who: Account, code: str, now: datetime) -> Offer:
    """Return the study that a code leads to.

    Raises:
        CodeOpensNothing: it leads nowhere (any more).
        StudyRefused: `who` keeps no diary, or takes part in a study already.
    """
    return _offer(session, who, studies.study_of_code(session, hash_code(code), now))


def _offer(session: Session, who: Account, study: Study | None) -> Offer:
    if study is None or study.state is not StudyState.OPEN:
        raise CodeOpensNothing
    if who.role is not Role.PATIENT:
        raise StudyRefused(N_("Only who keeps a diary can take part."))
    if any(part.left_at is None for part in participants.list_of_owner(session, who.id)):
        raise StudyRefused(N_("You take part in a study already. Leave that one first."))
    if any(part.study == study.id for part in participants.list_of_owner(session, who.id)):
        raise StudyRefused(N_("You took part in this study before, so you can't join it again."))
    return Offer(study, studies.list_consents(session, study.id)[0])


def join(
    session: Session, who: Account, code: str, version: int, start: date, now: datetime
) -> Participant:
    """Let `who` take part: a plan begins on `start`, the study's questions are asked.

    The study holds the plan's key, and seals its order once they are randomised.

    Raises:
        CodeOpensNothing: the code leads nowhere (any more).
        StudyRefused: the consent text changed meanwhile, or the day lies behind or too far ahead.
        PhasesRefused: phases of theirs lie in the way.
    """
    found = _offer(session, who, studies.use_code(session, hash_code(code), now))
    study, today = found.study, diary_day(now, who.tzinfo, who.rollover)
    if version != found.consent.version:
        raise StudyRefused(N_("The text was changed meanwhile. Please read it again."))
    if not today <= start <= today + timedelta(days=60):
        raise StudyRefused(N_("Choose a first day from today to sixty days ahead."))
    number = studies.next_number(session, study.id)
    part = Participant(who.id, study.id, code_of(number), version, now, start)
    participants.add(session, part)
    keeping = Keeping(Holder.STUDY, study=study.id) if study.is_drawn else Keeping()
    plans.start(session, who, study.draft.protocol.steps(), start, keeping, now)
    questionnaires.choose_ruler(session, who, study.draft.ruler, now)
    asked_before = [item.key for item in questionnaires.choices(session, who)[0].items]
    questionnaires.ask(session, who, [*study.asked, *asked_before], now)
    audit.record(session, study.id, "study.joined", study.id, now, code=part.code, version=version)
    audit.record(session, who.id, "study.joined", who.id, now, study=study.id, version=version)
    return part


def list_mine(session: Session, who: Account) -> Sequence[tuple[Participant, Study, Consent]]:
    """Return where somebody takes or took part, with what they agreed to, newest first."""
    return [
        (part, study, agreed)
        for part in participants.list_of_owner(session, who.id)
        for study in [studies.find(session, part.study)]
        for agreed in studies.list_consents(session, part.study)
        if study is not None and agreed.version == part.consent
    ]


def leave(session: Session, who: Account, study_id: str, now: datetime, *, withdrawn: bool) -> bool:
    """End somebody's part in a study, or take back what they gave when they left; False: no such.

    Their diary stays as it is; the study sees no night from today on, or none at all.
    """
    mine = participants.list_of_owner(session, who.id)
    part = next((one for one in mine if one.study == study_id), None)
    if part is None or part.withdrawn or (part.left_at is not None and not withdrawn):
        return False
    if part.left_at is None:
        day = diary_day(now, who.tzinfo, who.rollover)
        participants.leave(session, part, day, now, withdrawn=withdrawn)
    else:
        participants.withdraw(session, part)
    verb = "study.withdrawn" if withdrawn else "study.left"
    audit.record(session, study_id, verb, study_id, now, code=part.code)
    audit.record(session, who.id, verb, who.id, now, study=study_id)
    return True


def count_present(session: Session, study: Study) -> int:
    """Return of how many the study sees something: who withdrew or was erased is not among them."""
    listed = participants.list_of_study(session, study.id)
    return sum(not one.part.withdrawn for one in listed)


def find(session: Session, study: Study, code: str, now: datetime) -> Standing | None:
    """Return how the nights of the participant of this code stand."""
    known = standings(session, study, now)
    return next((one for one in known if one.part.code == code), None)


def standings(session: Session, study: Study, now: datetime) -> Sequence[Standing]:
    """Return how everybody's nights stand who takes or took part, without who withdrew."""
    since = (now - timedelta(days=MISSED_OF + 2)).date()
    nights = participants.nights_of_study(session, study.id, since)
    days = study.draft.protocol.steps()
    return [
        _standing(one, nights.get(one.part.owner, Nights()), one.part.span(days), now)
        for one in participants.list_of_study(session, study.id)
        if not one.part.withdrawn
    ]


def _standing(listed: Listed, nights: Nights, span: Span, now: datetime) -> Standing:
    today = diary_day(now, ZoneInfo(listed.zone), time(*divmod(listed.rollover, 60)))
    closed = today + ONE_DAY if today in nights.lately else today
    lived = Span(span.start, max(span.start, min(span.end, closed)))
    last = Span(max(lived.start, lived.end - timedelta(days=MISSED_OF)), lived.end)
    return Standing(
        part=listed.part,
        expected=sum(not nights.is_paused(day) for day in lived),
        logged=nights.logged - nights.unexpected,
        on_time=nights.on_time,
        missed=tuple(day for day in last if day not in nights.lately and not nights.is_paused(day)),
        last=nights.last,
    )
