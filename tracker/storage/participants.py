"""Participants as rows: who takes part in a study, which slot they took, how their nights stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import and_, bindparam, case, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.domain.diary import Status
from tracker.domain.revisions import Origin
from tracker.domain.spans import Span
from tracker.domain.studies import Participant, Unblinded
from tracker.storage.models import (
    accounts,
    allocations,
    entries,
    participants,
    pauses,
    phases,
    plans,
    studies,
    unblindings,
)
from tracker.storage.questionnaires import AnyRow

_TAKEN: Final = and_(
    allocations.c.study == participants.c.study, allocations.c.code == participants.c.code
)
_UNTIL: Final = (
    select(func.max(phases.c.end_day))
    .join(plans, and_(plans.c.owner == phases.c.owner, plans.c.id == phases.c.plan))
    .where(plans.c.owner == participants.c.owner, plans.c.study == participants.c.study)
    .correlate(participants)
    .scalar_subquery()
    .label("until")
)
_JOINED: Final = select(participants, allocations.c.slot, _UNTIL).outerjoin(allocations, _TAKEN)
_OF_STUDY: Final = (
    _JOINED.add_columns(accounts.c.zone, accounts.c.rollover)
    .join(accounts, accounts.c.id == participants.c.owner)
    .where(
        participants.c.study == bindparam("study"),
        # Who asked to be erased, or was closed, is hidden at once.
        accounts.c.disabled_at.is_(None),
        accounts.c.erase_at.is_(None),
    )
    .order_by(func.length(participants.c.code), participants.c.code)
)
_ANYBODY: Final = _JOINED.where(participants.c.study == bindparam("study")).order_by(
    func.length(participants.c.code), participants.c.code
)
_BY_CODE: Final = _OF_STUDY.where(participants.c.code == bindparam("code"))
_OF_OWNER: Final = _JOINED.where(participants.c.owner == bindparam("owner")).order_by(
    participants.c.joined_at.desc(), participants.c.study
)
_IS_PAUSED: Final = exists().where(
    pauses.c.owner == entries.c.owner,
    pauses.c.start_day <= entries.c.day,
    or_(pauses.c.end_day.is_(None), pauses.c.end_day > entries.c.day),
)
_IS_ON_TIME: Final = and_(
    entries.c.status == Status.ON_TIME.value, entries.c.origin != Origin.IMPORT.value
)
_NIGHTS: Final = (
    select(
        entries.c.owner,
        func.count().label("logged"),
        func.sum(case((_IS_PAUSED, 1), else_=0)).label("unexpected"),
        func.sum(case((and_(_IS_ON_TIME, ~_IS_PAUSED), 1), else_=0)).label("on_time"),
        func.max(entries.c.day).label("last"),
    )
    .join(participants, participants.c.owner == entries.c.owner)
    .where(
        participants.c.study == bindparam("study"),
        entries.c.logged,
        entries.c.day >= participants.c.start_day,
        # Who left is counted to then; the plan's end is the caller's.
        func.coalesce(entries.c.day < participants.c.left_day, participants.c.left_day.is_(None)),
    )
    .group_by(entries.c.owner)
)
_PAUSES: Final = (
    select(pauses.c.owner, pauses.c.start_day, pauses.c.end_day)
    .join(participants, participants.c.owner == pauses.c.owner)
    .where(participants.c.study == bindparam("study"))
)
_LATELY: Final = (
    select(entries.c.owner, entries.c.day)
    .join(participants, participants.c.owner == entries.c.owner)
    .where(
        participants.c.study == bindparam("study"),
        entries.c.logged,
        entries.c.day >= participants.c.start_day,
        entries.c.day >= bindparam("since"),
    )
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A participant with the clock by which their diary days are counted."""

    part: Participant
    zone: str
    rollover: int


@dataclass(frozen=True, slots=True)
class Nights:
    """How many nights of a study somebody wrote, the last, the latest ones, and their pauses.

    `unexpected` of them lie in pauses; `on_time` are among the others.
    """

    logged: int = 0
    unexpected: int = 0
    on_time: int = 0
    last: date | None = None
    lately: frozenset[date] = field(default_factory=frozenset)
    pauses: tuple[Span, ...] = ()

    def is_paused(self, day: date) -> bool:
        """True where `day` lies in a pause and so is not expected."""
        return any(day in pause for pause in self.pauses)


def add(session: Session, part: Participant) -> None:
    """Store who takes part now."""
    session.execute(
        insert(participants).values(
            owner=part.owner,
            study=part.study,
            code=part.code,
            consent=part.consent,
            joined_at=part.joined_at,
            start_day=part.start,
            withdrawn=False,
        )
    )


def list_of_study(session: Session, study_id: str) -> Sequence[Listed]:
    """Return who takes or took part, by code."""
    rows = session.execute(_OF_STUDY, {"study": study_id})
    return [Listed(_read(row), row.zone, row.rollover) for row in rows]


def list_of_anybody(session: Session, study_id: str) -> Sequence[Participant]:
    """Return who takes or took part, who is hidden for now too: what they took is told to all."""
    return [_read(row) for row in session.execute(_ANYBODY, {"study": study_id})]


def find(session: Session, study_id: str, code: str) -> Listed | None:
    """Return the participant of this code."""
    row = session.execute(_BY_CODE, {"study": study_id, "code": code}).first()
    return None if row is None else Listed(_read(row), row.zone, row.rollover)


def list_of_owner(session: Session, owner: str) -> Sequence[Participant]:
    """Return where somebody takes or took part, newest first."""
    return [_read(row) for row in session.execute(_OF_OWNER, {"owner": owner})]


def medicines_of(session: Session, owner: str) -> frozenset[str]:
    """Return what is tried in the studies that the person took part in."""
    mine = participants.c.owner == owner
    joined = select(studies.c.medicine).join(participants, participants.c.study == studies.c.id)
    return frozenset(session.scalars(joined.where(mine)))


def start_on(session: Session, part: Participant, day: date) -> None:
    """Let somebody's plan begin on another day: it has not begun yet."""
    mine = (participants.c.owner == part.owner, participants.c.study == part.study)
    session.execute(update(participants).where(*mine).values(start_day=day))


def leave(
    session: Session, part: Participant, day: date, now: datetime, *, withdrawn: bool
) -> bool:
    """End somebody's part; return False where it had ended."""
    mine = update(participants).where(
        participants.c.owner == part.owner,
        participants.c.study == part.study,
        participants.c.left_at.is_(None),
    )
    left = mine.values(left_at=now, left_day=day, withdrawn=withdrawn)
    return session.execute(left.returning(participants.c.code)).first() is not None


def withdraw(session: Session, part: Participant) -> None:
    """Take back what somebody gave who has left."""
    mine = (participants.c.owner == part.owner, participants.c.study == part.study)
    session.execute(update(participants).where(*mine).values(withdrawn=True))


def nights_of_study(session: Session, study_id: str, since: date) -> Mapping[str, Nights]:
    """Return how everyone's nights stand, by owner; `lately` holds those from `since` on.

    Three statements; who wrote nothing and paused never is left out.
    """
    lately: dict[str, set[date]] = defaultdict(set)
    for owner, day in session.execute(_LATELY, {"study": study_id, "since": since}):
        lately[owner].add(day)
    paused: dict[str, list[Span]] = defaultdict(list)
    for owner, start, end in session.execute(_PAUSES, {"study": study_id}):
        paused[owner].append(Span(start, end or date.max))
    counted = {
        row.owner: Nights(
            row.logged, row.unexpected, row.on_time, row.last, frozenset(lately[row.owner])
        )
        for row in session.execute(_NIGHTS, {"study": study_id})
    }
    return {
        owner: replace(counted.get(owner, Nights()), pauses=tuple(paused[owner]))
        for owner in counted.keys() | paused.keys()
    }


def add_slots(session: Session, study_id: str, first: int, boxes: Sequence[bytes]) -> None:
    """Store more slots, each with its order in a box."""
    rows = [{"study": study_id, "slot": first + n, "box": box} for n, box in enumerate(boxes)]
    session.execute(insert(allocations), rows)


def count_slots(session: Session, study_id: str) -> tuple[int, int]:
    """Return how many slots there are, and how many of them are taken."""
    asked = select(func.count(), func.count(allocations.c.code))
    slots, taken = session.execute(asked.where(allocations.c.study == study_id)).one()
    return slots, taken


def take_slot(session: Session, study_id: str, code: str, now: datetime) -> int | None:
    """Give the next slot to somebody; None where none is left. The caller holds the study."""
    free = select(func.min(allocations.c.slot)).where(
        allocations.c.study == study_id, allocations.c.code.is_(None)
    )
    slot: int | None = session.scalar(free)
    if slot is not None:
        mine = (allocations.c.study == study_id, allocations.c.slot == slot)
        session.execute(update(allocations).where(*mine).values(code=code, taken_at=now))
    return slot


def keep_reason(session: Session, study_id: str, slot: int, reason: str) -> None:
    """Keep why a slot was given before the baseline was long enough."""
    mine = (allocations.c.study == study_id, allocations.c.slot == slot)
    session.execute(update(allocations).where(*mine).values(reason=reason))


def list_reasons(session: Session, study_id: str) -> Sequence[tuple[str, str]]:
    """Return who was randomised before the baseline was long enough, and why, by code."""
    early = (allocations.c.study == study_id, allocations.c.reason.is_not(None))
    asked = select(allocations.c.code, allocations.c.reason).where(*early)
    rows = session.execute(asked.order_by(allocations.c.slot))
    return [(row.code, row.reason) for row in rows]


def list_boxes(session: Session, study_id: str) -> Sequence[tuple[int, str | None, bytes]]:
    """Return all slots in order, who took each (None: nobody yet), and its box."""
    asked = select(allocations.c.slot, allocations.c.code, allocations.c.box)
    rows = session.execute(asked.where(allocations.c.study == study_id).order_by("slot"))
    return [(row.slot, row.code, row.box) for row in rows]


def add_unblinding(session: Session, study_id: str, told: Unblinded) -> None:
    """Write down that one person's order was opened."""
    session.execute(
        insert(unblindings).values(
            study=study_id,
            code=told.code,
            at=told.at,
            by_account=told.by,
            by_name=told.by_name,
            reason=told.reason,
            drawn=told.order,
        )
    )


def list_unblindings(session: Session, study_id: str) -> Sequence[Unblinded]:
    """Return whose orders were opened one by one, by time."""
    asked = select(unblindings).where(unblindings.c.study == study_id)
    rows = session.execute(asked.order_by(unblindings.c.at, unblindings.c.code))
    return [
        Unblinded(row.code, row.at, row.by_account, row.by_name, row.reason, row.drawn)
        for row in rows
    ]


def _read(row: AnyRow) -> Participant:
    return Participant(
        owner=row.owner,
        study=row.study,
        code=row.code,
        consent=row.consent,
        joined_at=row.joined_at,
        start=row.start_day,
        slot=row.slot,
        left_at=row.left_at,
        left_on=row.left_day,
        withdrawn=row.withdrawn,
        until=row.until,
    )
