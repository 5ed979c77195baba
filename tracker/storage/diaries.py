"""The diary as rows: whole diaries and single nights read in one or two statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from sqlalchemy.orm import Session

from tracker.domain.answers import Answer, AnswerState, answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.nights import Content
from tracker.domain.occasions import REACH, Answered
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import FIRST, OCCASIONAL, Item, Questionnaire, Ruler
from tracker.domain.revisions import Deed, Head, Origin, Outcome, Revision
from tracker.domain.spans import ONE_DAY, Span
from tracker.storage import selects
from tracker.storage.questionnaires import AnyRow, read_item, read_questionnaire

_RULERS: Final = {ruler.value: ruler for ruler in Ruler}
_STATUSES: Final = {status.value: status for status in Status}
_READ: Final = ("answers", "status", "ruler", "deed", "outcome", "origin")
_AS_STORED: Final = tuple(f.name for f in fields(Revision) if f.name not in _READ)


@dataclass(frozen=True, slots=True)
class Standing:
    """All that one night's form, or one saving of it, needs to know.

    `head` is None where nothing was ever written for the day. `base` is the night as the form
    showed it and `base_at` when that came, None where no such revision is known. `phases` are in
    order, without their words and doses. `lately` has the days around this one that answer what
    is not asked nightly. `took_medicine` is True where a medicine was active in the night before,
    `has_readers` where somebody was let read. `effects_asked` is the last day up to this one on
    which side effects were told of or denied, None where there is none.
    """

    questionnaire: Questionnaire
    head: Head | None
    base: Content | None
    base_at: datetime | None
    phases: tuple[Phase, ...]
    lately: Answered
    took_medicine: bool = False
    has_readers: bool = False
    effects_asked: date | None = None


def load_diary(session: Session, owner: str) -> Diary:
    """Return all nights that stand, with the items ever asked and the pauses; two statements."""
    nights = session.execute(selects.ENTRIES, {"owner": owner}).all()
    return _framed(nights, session.execute(selects.FRAME, {"owner": owner}).all())


def load_days(session: Session, owner: str, days: Span) -> tuple[Diary, date | None]:
    """Return the diary of some days only, and the first day of all, None before there is one."""
    values = {"owner": owner, "first": days.start, "after": days.end}
    nights = session.execute(selects.WITHIN, values).all()
    frame = session.execute(selects.FRAME, {"owner": owner}).all()
    return _framed(nights, frame), frame[0].begun


def load_entries(
    session: Session, owner: str, since: date | None = None, besides: Collection[date] = ()
) -> Mapping[date, Entry]:
    """Return the nights that stand from `since` on (None: all), and those of `besides`."""
    if since is None:
        nights = session.execute(selects.ENTRIES, {"owner": owner})
    else:
        values = {"owner": owner, "since": since, "besides": sorted(besides)}
        nights = session.execute(selects.SINCE, values)
    return {row[0]: _read_entry(*row) for row in nights}


def _framed(nights: Sequence[AnyRow], frame: Sequence[AnyRow]) -> Diary:
    found = {row[0]: _read_entry(*row) for row in nights}
    asked = [row for row in frame if row.item is not None]
    items: dict[str, Item] = {}
    for row in asked:
        if row.item not in items:
            items[row.item] = read_item(row)
    for item in OCCASIONAL:  # due by the phases, whatever the versions ask
        if item.key not in items and any(item.key in entry.answers for entry in found.values()):
            items[item.key] = item
    return Diary(
        ruler=Ruler(asked[0].ruler) if asked else FIRST.ruler,
        items=MappingProxyType(items),
        entries=MappingProxyType(found),
        pauses=read_pauses(frame[0].pauses if frame else None),
    )


def load_standing(session: Session, owner: str, day: date, base: int | None = None) -> Standing:
    """Return what stands for one night; one statement.

    Args:
        session: any.
        owner: has a questionnaire.
        day: the diary day.
        base: the number of the revision that the writer saw, where they told.
    """
    values = {
        "owner": owner,
        "day": day,
        "base": 0 if base is None else base,
        "lately": day - REACH,
        "soon": day + REACH,
        "before": day - ONE_DAY,
    }
    rows = session.execute(selects.STANDING, values).all()
    first = rows[0]
    return Standing(
        questionnaire=read_questionnaire(rows),
        head=None if first.head is None else _read_head(first),
        base=None
        if first.base_note is None
        else Content(read_tokens(first.base_tokens), first.base_note),
        base_at=first.base_received_at,
        phases=read_phases(first.phases),
        lately=read_lately(first.lately),
        took_medicine=first.took_medicine,
        has_readers=first.has_readers,
        effects_asked=first.effects_asked,
    )


def find_head(session: Session, owner: str, day: date) -> Head | None:
    """Return one night as it stands, a deleted one too."""
    row = session.execute(selects.HEAD, {"owner": owner, "day": day}).first()
    return None if row is None else _read_head(row)


def list_heads(session: Session, owner: str) -> Sequence[Head]:
    """Return all nights that stand, by day."""
    return [_read_head(row) for row in session.execute(selects.LIVING, {"owner": owner})]


def list_deleted(session: Session, owner: str) -> Sequence[Head]:
    """Return the nights that were deleted, by day; their answers lie in their revisions."""
    return [_read_head(row) for row in session.execute(selects.DELETED, {"owner": owner})]


def list_revisions(session: Session, owner: str, day: date | None = None) -> Sequence[Revision]:
    """Return all revisions of one night, or of all nights, oldest first."""
    if day is None:
        rows = session.execute(selects.REVISIONS, {"owner": owner})
    else:
        rows = session.execute(selects.OF_NIGHT, {"owner": owner, "day": day})
    return [_read_revision(row) for row in rows]


def list_changed(session: Session, owner: str) -> Sequence[Revision]:
    """Return all revisions of the nights that have several, by day and number."""
    return [_read_revision(row) for row in session.execute(selects.CHANGED, {"owner": owner})]


def list_imported(session: Session, owner: str, import_id: str) -> Sequence[Revision]:
    """Return the revisions that an import brought, by day and number."""
    rows = session.execute(selects.IMPORTED, {"owner": owner, "batch": import_id})
    return [_read_revision(row) for row in rows]


def find_by_client_id(session: Session, owner: str, client_id: str) -> Revision | None:
    """Return the revision that a saving of this id made."""
    row = session.execute(selects.BY_CLIENT_ID, {"owner": owner, "client_id": client_id}).first()
    return None if row is None else _read_revision(row)


def read_tokens(tokens: str | None) -> Mapping[str, Answer]:
    """Return the answers of one revision, which SQL gave as one text; None: none."""
    return MappingProxyType(dict(map(_pair, (tokens or "").split())))


@lru_cache(maxsize=8_192)
def _pair(token: str) -> tuple[str, Answer]:
    key, _, value = token.partition("=")
    return key, answered(int(value)) if value.isdigit() else Answer(AnswerState(value))


def read_pauses(text: str | None) -> tuple[Span, ...]:
    """Return the pauses of `selects.PAUSES`."""
    ends = (pause.split("/") for pause in sorted((text or "").split()))
    return tuple(Span(date.fromisoformat(start), date.fromisoformat(end)) for start, end in ends)


def read_phases(text: str | None) -> tuple[Phase, ...]:
    """Return the phases of `selects.PHASES`, in order, without their words and doses."""
    parts = (phase.split("/") for phase in sorted((text or "").split()))
    return tuple(
        Phase(PhaseKind(kind), date.fromisoformat(start), date.fromisoformat(end) if end else None)
        for start, end, kind in parts
    )


def read_lately(text: str | None) -> Answered:
    """Return the days of `selects.LATELY`, by item."""
    days: dict[str, set[date]] = {}
    for answer in (text or "").split():
        key, _, day = answer.partition("=")
        days.setdefault(key, set()).add(date.fromisoformat(day))
    return days


def _read_entry(  # noqa: PLR0913, PLR0917 - a row as it comes: by name it takes twice as long
    day: date,
    tokens: str | None,
    ruler: str,
    status: str,
    note: str,
    head: int,
    submitted_at: datetime | None,
    zone: str,
    origin: str,
    sent_later: bool,  # noqa: FBT001 - the same
    conflict: bool,  # noqa: FBT001 - the same
    entered_by: str | None,
) -> Entry:
    return Entry(
        day,
        read_tokens(tokens),
        _RULERS[ruler],
        _STATUSES[status],
        note,
        head,
        submitted_at,
        zone,
        origin == Origin.IMPORT,
        sent_later,
        conflict,
        entered_by or "",
    )


def _read_head(row: AnyRow) -> Head:
    return Head(
        day=row.day,
        number=row.head,
        revisions=row.revisions,
        status=Status(row.status),
        questionnaire=row.questionnaire,
        ruler=Ruler(row.head_ruler),
        answers=read_tokens(row.tokens),
        note=row.note,
        origin=Origin(row.origin),
        first_submitted_at=row.first_submitted_at,
        zone=row.zone,
        sent_later=row.sent_later,
        scored=row.scored,
        conflict=row.conflict,
        deleted_at=row.deleted_at,
        entered_by=row.entered_by or "",
    )


def _read_revision(row: AnyRow) -> Revision:
    values = {name: getattr(row, name) for name in _AS_STORED}
    return Revision(
        **values,
        answers=read_tokens(row.tokens),
        status=Status(row.status),
        ruler=Ruler(row.ruler),
        deed=Deed(row.deed),
        outcome=Outcome(row.outcome),
        origin=Origin(row.origin),
    )
