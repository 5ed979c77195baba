"""Write a night: read what was sent, join it with what stands, keep every revision."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tracker.domain.answers import Answer, read_answer
from tracker.domain.diary import (
    NOTE_LIMIT,
    DayRefused,
    DayTooOld,
    Status,
    status_at,
    status_on_arrival,
)
from tracker.domain.limits import REASON_LIMIT
from tracker.domain.nights import SKEW_FLAGGED_OVER, Content, Joined, Sent, Stamp, join, stamp
from tracker.domain.people import Account
from tracker.domain.questionnaire import OCCASIONAL, Questionnaire
from tracker.domain.revisions import Outcome, Revision
from tracker.domain.text import TextRefused, clean_line, clean_lines
from tracker.domain.words import N_, Refused
from tracker.services.sums import recount
from tracker.storage import audit, diaries, questionnaires, revisions
from tracker.storage.database import Session
from tracker.storage.diaries import Standing

_MOST_MS: Final = 2**31 - 1  # what is kept of a skew: a phone set to 1970 is further off
_MINUTE: Final = timedelta(minutes=1)
_MS: Final = timedelta(milliseconds=1)


class NightRefused(Refused):
    """Something sent for a night is wrong; `errors` has a refusal for each field, "" for all."""

    def __init__(self, errors: Mapping[str, Refused]) -> None:
        super().__init__(N_("Something here could not be read, so nothing was saved."))
        self.errors = errors


class NothingToSave(Refused):
    """The form was sent untouched."""


class IdReused(Refused):
    """The client id belongs to something else that was sent before."""


@dataclass(frozen=True, slots=True)
class Night:
    """One writing of a night as it was sent.

    `tokens` holds what was said for each item key, "" to clear it; what is absent stays. `note` is
    None where it was not sent. `base_revision` is the number of the revision that the writer saw
    (0: none). `questionnaire` is the version that asked, `zone` the phone's ("" for none that we
    know). `from_form` is True where a page was sent, which may come again by Back and Save.
    """

    day: date
    tokens: Mapping[str, str]
    client_id: str
    payload_sha256: str
    note: str | None = None
    reason: str = ""
    base_revision: int | None = None
    replaces: str | None = None
    questionnaire: int | None = None
    measured_at: datetime | None = None
    phone_now: datetime | None = None
    zone: str = ""
    from_form: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a writing.

    `is_new` is False where it had come before, or changed nothing: then no revision was made and
    `revision` is the one that stands.
    """

    client_id: str
    revision: int
    payload_sha256: str
    received_at: datetime
    outcome: Outcome
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Readable:
    """What was sent, read: its answers and note, its reason, and the version that asked."""

    sent: Sent
    reason: str
    asked: Questionnaire


def asked_on(
    session: Session, who: Account, standing: Standing, number: int | None = None
) -> Questionnaire:
    """Return the version that asks for a night: the named one, else the person's present one.

    A night that was scored on the other ruler stays on its own.
    """
    current, head = standing.questionnaire, standing.head
    if number is None and head is not None and head.scored and head.ruler is not current.ruler:
        number = head.questionnaire
    if number is None or number == current.number:
        return current
    return questionnaires.by_number(session, who.id, number) or current


def record_night(
    session: Session, who: Account, night: Night, now: datetime, helper: Account | None = None
) -> Saved:
    """Save what was sent for a night, as a new revision where it changes anything.

    Args:
        session: a writing one.
        who: the diary's owner.
        night: as it was sent.
        now: when.
        helper: who entered it for the owner; None where the owner did.

    Raises:
        NightRefused: a field is wrong.
        DayRefused: the day has not begun, or scores come too late.
        NothingToSave: nothing was answered yet, and nothing is now.
        IdReused: a script sent something else under the same client id.
    """
    standing = diaries.load_standing(session, who.id, night.day, night.base_revision)
    try:
        revision = _planned(session, who, night, standing, now)
    except (NightRefused, DayRefused, NothingToSave):
        before = diaries.find_by_client_id(session, who.id, night.client_id)
        if before is None:
            raise
        return _sent_before(before, night)
    if revision is not None and helper is not None:
        revision = replace(revision, entered_by=helper.name)
    if revision is not None and revisions.append_revision(session, who.id, revision):
        verb = "night.saved" if standing.head is None else "night.edited"
        actor = who if helper is None else helper
        audit.record(session, who.id, verb, actor.id, now, day=night.day, revision=revision.number)
        recount(session, who, standing, revision, now)
        return _saved(revision, is_new=True)
    before = diaries.find_by_client_id(session, who.id, night.client_id)
    if before is None:
        return _unchanged(night, standing, now)
    if night.from_form and before.payload_sha256 != night.payload_sha256:
        return record_night(session, who, _sent_anew(night, before), now, helper)
    return _sent_before(before, night)


def _sent_before(before: Revision, night: Night) -> Saved:
    """Return the answer that the same writing got the first time."""
    if before.payload_sha256 != night.payload_sha256:
        raise IdReused(N_("This client_id belongs to another saving. Send it under a new one."))
    return _saved(before, is_new=False)


def _sent_anew(night: Night, before: Revision) -> Night:
    """Return a form that came by Back and Save under a fresh id, as an edit of its first saving."""
    base = before.number if before.day == night.day else night.base_revision
    return replace(night, client_id=str(uuid.uuid4()), base_revision=base)


def _saved(revision: Revision, *, is_new: bool) -> Saved:
    return Saved(
        client_id=revision.client_id,
        revision=revision.number,
        payload_sha256=revision.payload_sha256,
        received_at=revision.received_at,
        outcome=revision.outcome,
        is_new=is_new,
    )


def _unchanged(night: Night, standing: Standing, now: datetime) -> Saved:
    number = 0 if standing.head is None else standing.head.number
    return Saved(night.client_id, number, night.payload_sha256, now, Outcome.STORED, is_new=False)


def _planned(
    session: Session, who: Account, night: Night, standing: Standing, now: datetime
) -> Revision | None:
    """Return the revision that the writing makes, None where it changes nothing."""
    readable = _read(session, who, night, standing)
    moment = stamp(night.measured_at, night.phone_now, now)
    base_number, base = _base(session, who, night, standing, moment)
    head = standing.head
    stands = Content() if head is None else Content(head.answers, head.note)
    is_base_lost = base_number is not None and base is None
    # Who saw what we don't know contradicts what stands, where it differs: both are kept.
    joined = join(readable.sent, stands, Content() if is_base_lost else base)
    if not joined.clashes and joined.content == stands:
        if stands.is_empty:
            raise NothingToSave(N_("Nothing is answered yet. One answer is enough to save."))
        return None
    scores_change = joined.content.answers != stands.answers
    status, zone = _status(who, night, moment, scores_change=scores_change)
    return Revision(
        day=night.day,
        number=1 if head is None else head.revisions + 1,
        client_id=night.client_id,
        payload_sha256=night.payload_sha256,
        status=status,
        questionnaire=readable.asked.number,
        ruler=readable.asked.ruler,
        received_at=now,
        author=who.id,
        answers=joined.content.answers,
        note=joined.content.note,
        outcome=_outcome(joined, is_base_lost=is_base_lost),
        saved_at=moment.saved_at,
        measured_at=moment.measured_at,
        skew_ms=_skew_ms(moment),
        zone=zone.key,
        utc_offset=_offset(moment.saved_at, zone),
        reason=readable.reason,
        sent_later=moment.sent_later,
        base_revision=base_number,
        replaces=night.replaces,
    )


def _read(session: Session, who: Account, night: Night, standing: Standing) -> _Readable:
    """Read every field against the version that asked, collecting all that is wrong."""
    asked = asked_on(session, who, standing, night.questionnaire)
    # What has days of its own is taken on any: a form that was filled in offline comes late.
    known = asked.also(OCCASIONAL)
    errors: dict[str, Refused] = {}
    answers: dict[str, Answer | None] = {}
    for key, token in night.tokens.items():
        item = known.item(key)
        if item is None:
            errors[key] = Refused(N_("This is not asked in your diary. Reload the page."))
            continue
        try:
            answers[key] = read_answer(item, asked.ruler, token)
        except Refused as refused:
            errors[key] = refused
    head = standing.head
    if head is not None and head.scored and head.ruler is not asked.ruler and answers:
        errors[""] = Refused(N_("This night was answered on another ruler. Reload the page."))
    note, reason = None, ""
    try:
        note = None if night.note is None else clean_lines(night.note, NOTE_LIMIT)
    except TextRefused as refused:
        errors["note"] = refused
    try:
        reason = clean_line(night.reason, REASON_LIMIT)
    except TextRefused as refused:
        errors["reason"] = refused
    if errors:
        raise NightRefused(errors)
    return _Readable(Sent(answers, note), reason, asked)


def _base(
    session: Session, who: Account, night: Night, standing: Standing, moment: Stamp
) -> tuple[int | None, Content | None]:
    """Return what the writer saw and its number; no content where we don't know that revision.

    After a restore a number may have been given anew: a revision that came after Save was not seen.
    """
    if night.replaces is not None:
        before = diaries.find_by_client_id(session, who.id, night.replaces)
        if before is not None and before.day == night.day:
            return before.number, Content(before.answers, before.note)
    if night.base_revision == 0:
        return 0, Content()
    if standing.base_at is None or standing.base_at > moment.saved_at + SKEW_FLAGGED_OVER:
        return night.base_revision, None
    return night.base_revision, standing.base


def _outcome(joined: Joined, *, is_base_lost: bool) -> Outcome:
    if joined.clashes:
        return Outcome.CONFLICT
    return Outcome.MERGED if joined.is_merged or is_base_lost else Outcome.STORED


def _status(
    who: Account, night: Night, moment: Stamp, *, scores_change: bool
) -> tuple[Status, ZoneInfo]:
    """Return how the saving stands, by the diary's zone, else by the zone that the phone was in.

    Scores may come too late where a note may not.
    """
    zones = [who.tzinfo, *([ZoneInfo(night.zone)] if night.zone else [])]
    refusals: list[DayRefused] = []
    for zone in zones:
        try:
            status = status_at(night.day, moment.saved_at, zone, who.rollover)
        except DayRefused as refused:
            refusals.append(refused)
        else:
            return status_on_arrival(status, moment.saved_at, moment.received_at), zone
    if isinstance(refusals[0], DayTooOld) and not scores_change:
        return Status.LATE, zones[0]
    raise refusals[0]


def _skew_ms(moment: Stamp) -> int | None:
    return None if moment.skew is None else max(-_MOST_MS, min(moment.skew // _MS, _MOST_MS))


def _offset(instant: datetime, zone: ZoneInfo) -> int:
    """Return minutes east of Greenwich."""
    return int((instant.astimezone(zone).utcoffset() or timedelta()) / _MINUTE)
