"""What a person can do with a night that was written: pick, delete, bring back, look back."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.answers import Answer
from tracker.domain.nights import Content, Joined, Sent, join
from tracker.domain.people import Account
from tracker.domain.revisions import Deed, Head, Outcome, Revision, open_conflicts
from tracker.domain.words import N_, Refused
from tracker.services.sums import recount
from tracker.storage import audit, diaries, revisions
from tracker.storage.database import Session
from tracker.storage.diaries import Standing
from tracker.storage.tidying import UNDO


class NothingToRestore(Refused):
    """The night isn't deleted, or its 30 days are over."""


class NothingToChoose(Refused):
    """The night waits for no choice, or no longer for this one."""


class NothingToDelete(Refused):
    """There is no such night, or it is deleted already."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Two ways in which a night was written: as it stands, and as `other` says."""

    revision: Revision
    stands: Content
    other: Content


def delete_night(session: Session, who: Account, day: date, now: datetime) -> None:
    """Delete a night; it can be brought back for 30 days.

    Raises:
        NothingToDelete: there is none.
    """
    standing = diaries.load_standing(session, who.id, day)
    head = standing.head
    if head is None or head.deleted_at is not None:
        raise NothingToDelete(N_("There is no such night, or it is deleted already."))
    tap = _Tap("night.deleted", head, Content(), Deed.DELETE)
    _append(session, who, standing, tap, now)


def restore_night(session: Session, who: Account, day: date, now: datetime) -> None:
    """Bring a deleted night back as it was.

    Raises:
        NothingToRestore: it isn't deleted, or was more than 30 days ago.
    """
    standing = diaries.load_standing(session, who.id, day)
    head = standing.head
    if head is None or head.deleted_at is None or now - head.deleted_at > UNDO:
        raise NothingToRestore(
            N_("This night can't be brought back: it isn't deleted, or its 30 days are over."),
        )
    history = diaries.list_revisions(session, who.id, day)
    content = standing_before(history, head.number)
    tap = _Tap("night.restored", head, content, Deed.RESTORE)
    _append(session, who, standing, tap, now)


def choose(
    session: Session, who: Account, day: date, number: int, now: datetime, *, keep_other: bool
) -> None:
    """Settle a conflict in one tap: what stands is kept, or the `other` counts.

    What only one of the two had said is kept either way.

    Raises:
        NothingToChoose: revision `number` is no conflict that waits.
    """
    standing = diaries.load_standing(session, who.id, day)
    history = diaries.list_revisions(session, who.id, day)
    head = standing.head
    waiting = open_conflicts(history)
    asked = next((one for one in waiting if one.number == number), None)
    if head is None or asked is None:
        raise NothingToChoose(N_("This was settled already. Nothing needs to be chosen."))
    joined = _joined(history, asked, Content(head.answers, head.note))
    content = joined.content if keep_other else joined.kept
    tap = _Tap("night.chosen", head, content, settles=asked, is_last=len(waiting) == 1)
    _append(session, who, standing, tap, now)


def choice(history: Sequence[Revision], head: Head) -> Choice | None:
    """Return the oldest conflict that waits, None where none does."""
    waiting = open_conflicts(history)
    if not waiting:
        return None
    stands = Content(head.answers, head.note)
    joined = _joined(history, waiting[0], stands)
    return Choice(waiting[0], joined.kept, joined.content)


def standing_before(history: Sequence[Revision], number: int) -> Content:
    """Return the night as it stood before revision `number`; empty before the first."""
    earlier = [
        one for one in history if one.number < number and one.outcome is not Outcome.CONFLICT
    ]
    return _content(earlier[-1]) if earlier else Content()


def _joined(history: Sequence[Revision], conflict: Revision, stands: Content) -> Joined:
    """Return how a kept conflict would join the night as it stands now."""
    before = standing_before(history, conflict.number)
    keys = conflict.answers.keys() | before.answers.keys()
    meant: dict[str, Answer | None] = {
        key: conflict.answers.get(key)
        for key in sorted(keys)
        if conflict.answers.get(key) != before.answers.get(key)
    }
    seen = next((_content(one) for one in history if one.number == conflict.base_revision), None)
    note = conflict.note if conflict.note != before.note else None
    return join(Sent(meant, note), stands, seen or Content())


def _content(revision: Revision) -> Content:
    return Content(revision.answers, revision.note)


@dataclass(frozen=True, slots=True)
class _Tap:
    """What one tap does to a night: what it then holds, and the conflict settled, last or not."""

    verb: str
    head: Head
    content: Content
    deed: Deed = Deed.SAVE
    settles: Revision | None = None
    is_last: bool = False


def _append(session: Session, who: Account, standing: Standing, tap: _Tap, now: datetime) -> None:
    """Add the revision that a tap makes; its status is the night's own."""
    head, client_id = tap.head, str(uuid.uuid4())
    revision = Revision(
        day=head.day,
        number=head.revisions + 1,
        client_id=client_id,
        payload_sha256=hashlib.sha256(f"{tap.deed} {client_id}".encode()).hexdigest(),
        status=head.status,
        questionnaire=head.questionnaire,
        ruler=head.ruler,
        received_at=now,
        author=who.id,
        answers=tap.content.answers,
        note=tap.content.note,
        deed=tap.deed,
        saved_at=now,
        zone=who.zone,
        base_revision=head.number,
        replaces=None if tap.settles is None else tap.settles.client_id,
    )
    revisions.append_revision(session, who.id, revision, settles=tap.is_last)
    audit.record(session, who.id, tap.verb, who.id, now, day=revision.day, revision=revision.number)
    recount(session, who, standing, revision, now)
