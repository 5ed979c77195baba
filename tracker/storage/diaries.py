"""The diary as rows: whole diaries and single nights read in one or two statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Text,
    and_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.orm import Session

from tracker.domain.answers import Answer, AnswerState, answered
from tracker.domain.diary import Diary, Status
from tracker.domain.nights import Content
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import FIRST, Item, Questionnaire, Ruler
from tracker.domain.revisions import Deed, Head, Origin, Outcome, Revision
from tracker.domain.spans import Span
from tracker.storage.models import (
    accounts,
    answers,
    entries,
    pauses,
    phases,
    questionnaire_items,
    questionnaires,
    revisions,
)
from tracker.storage.questionnaires import ASKED, OWN_COLUMNS, AnyRow, read_item, read_questionnaire

OWNER: Final[BindParameter[str]] = bindparam("owner")


def _tokens(day: ColumnElement[Any], number: ColumnElement[Any]) -> ScalarSelect[str]:
    """All answers of one revision as one text, "pain=4 fatigue=declined": one row a night."""
    token = answers.c.item + "=" + func.coalesce(cast(answers.c.value, Text), answers.c.state)
    return (
        select(func.aggregate_strings(token, " "))
        .where(answers.c.owner == OWNER, answers.c.day == day, answers.c.revision == number)
        .scalar_subquery()
    )


_HEAD_COLUMNS: Final = (
    entries.c.day,
    entries.c.head,
    entries.c.revisions,
    entries.c.status,
    entries.c.origin,
    entries.c.first_submitted_at,
    entries.c.zone,
    entries.c.sent_later,
    entries.c.scored,
    entries.c.conflict,
    entries.c.deleted_at,
    revisions.c.questionnaire,
    revisions.c.ruler.label("head_ruler"),
    revisions.c.note,
    _tokens(entries.c.day, entries.c.head).label("tokens"),
)
_IS_HEAD: Final = and_(
    revisions.c.owner == entries.c.owner,
    revisions.c.day == entries.c.day,
    revisions.c.number == entries.c.head,
)
_HEADS: Final = (
    select(*_HEAD_COLUMNS)
    .join_from(entries, revisions, _IS_HEAD)
    .where(entries.c.owner == OWNER)
    .order_by(entries.c.day)
)
_HEAD: Final = _HEADS.where(entries.c.day == bindparam("day"))
_LIVING: Final = _HEADS.where(entries.c.deleted_at.is_(None))
_DELETED: Final = _HEADS.where(entries.c.deleted_at.is_not(None))

# Pauses and phases lie beside every item asked: one statement for all that frames the nights.
_PAUSES: Final = (
    select(
        func.aggregate_strings(
            cast(pauses.c.start_day, Text)
            + "/"
            + func.coalesce(cast(pauses.c.end_day, Text), date.max.isoformat()),
            " ",
        )
    )
    .where(pauses.c.owner == OWNER)
    .scalar_subquery()
)
_PHASES: Final = (
    select(
        func.aggregate_strings(
            cast(phases.c.start_day, Text)
            + "/"
            + func.coalesce(cast(phases.c.end_day, Text), "")
            + "/"
            + phases.c.kind,
            " ",
        )
    )
    .where(phases.c.owner == OWNER)
    .scalar_subquery()
)
_FRAME: Final = (
    select(
        questionnaires.c.number,
        questionnaires.c.ruler,
        questionnaire_items.c.item,
        *OWN_COLUMNS,
        _PAUSES.label("pauses"),
    )
    .select_from(accounts.outerjoin(ASKED, questionnaires.c.owner == accounts.c.id))
    .where(accounts.c.id == OWNER)
    .order_by(questionnaires.c.number.desc(), questionnaire_items.c.position)
)

_NEWEST: Final = (
    select(func.max(questionnaires.c.number)).where(questionnaires.c.owner == OWNER)
).scalar_subquery()
_BASE: Final = revisions.alias("base")
_STANDING: Final = (
    select(
        questionnaires.c.number,
        questionnaires.c.ruler,
        questionnaire_items.c.item,
        *OWN_COLUMNS,
        *_HEAD_COLUMNS,
        _BASE.c.note.label("base_note"),
        _tokens(bindparam("day"), bindparam("base")).label("base_tokens"),
        _PHASES.label("phases"),
    )
    .select_from(
        ASKED.outerjoin(entries, and_(entries.c.owner == OWNER, entries.c.day == bindparam("day")))
        .outerjoin(revisions, _IS_HEAD)
        .outerjoin(
            _BASE,
            and_(
                _BASE.c.owner == OWNER,
                _BASE.c.day == bindparam("day"),
                _BASE.c.number == bindparam("base"),
            ),
        )
    )
    .where(questionnaires.c.owner == OWNER, questionnaires.c.number == _NEWEST)
    .order_by(questionnaire_items.c.position)
)

_REVISIONS: Final = (
    select(revisions, _tokens(revisions.c.day, revisions.c.number).label("tokens"))
    .where(revisions.c.owner == OWNER)
    .order_by(revisions.c.day, revisions.c.number)
)
_OF_NIGHT: Final = _REVISIONS.where(revisions.c.day == bindparam("day"))
_IMPORTED: Final = _REVISIONS.where(revisions.c.import_id == bindparam("batch"))
_BY_CLIENT_ID: Final = _REVISIONS.where(revisions.c.client_id == bindparam("client_id"))

_READ: Final = ("answers", "status", "ruler", "deed", "outcome", "origin")
_AS_STORED: Final = tuple(f.name for f in fields(Revision) if f.name not in _READ)


@dataclass(frozen=True, slots=True)
class Standing:
    """All that one night's form, or one saving of it, needs to know.

    `head` is None where nothing was ever written for the day. `base` is the night as the form
    showed it, None where no such revision is known. `phases` are in order, without their words and
    doses.
    """

    questionnaire: Questionnaire
    head: Head | None
    base: Content | None
    phases: tuple[Phase, ...]


def load_diary(session: Session, owner: str) -> Diary:
    """Return all nights that stand, with the items ever asked and the pauses; two statements."""
    nights = session.execute(_LIVING, {"owner": owner}).all()
    frame = session.execute(_FRAME, {"owner": owner}).all()
    asked = [row for row in frame if row.item is not None]
    items: dict[str, Item] = {}
    for row in asked:
        if row.item not in items:
            items[row.item] = read_item(row)
    return Diary(
        ruler=Ruler(asked[0].ruler) if asked else FIRST.ruler,
        items=MappingProxyType(items),
        entries=MappingProxyType({row.day: _read_head(row).entry for row in nights}),
        pauses=_read_pauses(frame[0].pauses if frame else None),
    )


def load_standing(session: Session, owner: str, day: date, base: int | None = None) -> Standing:
    """Return what stands for one night; one statement.

    Args:
        session: any.
        owner: has a questionnaire.
        day: the diary day.
        base: the number of the revision that the writer saw, where they told.
    """
    values = {"owner": owner, "day": day, "base": 0 if base is None else base}
    rows = session.execute(_STANDING, values).all()
    first = rows[0]
    return Standing(
        questionnaire=read_questionnaire(rows),
        head=None if first.head is None else _read_head(first),
        base=None
        if first.base_note is None
        else Content(read_tokens(first.base_tokens), first.base_note),
        phases=_read_phases(first.phases),
    )


def find_head(session: Session, owner: str, day: date) -> Head | None:
    """Return one night as it stands, a deleted one too."""
    row = session.execute(_HEAD, {"owner": owner, "day": day}).first()
    return None if row is None else _read_head(row)


def list_heads(session: Session, owner: str) -> Sequence[Head]:
    """Return all nights that stand, by day."""
    return [_read_head(row) for row in session.execute(_LIVING, {"owner": owner})]


def list_deleted(session: Session, owner: str) -> Sequence[Head]:
    """Return the nights that were deleted, by day; their answers lie in their revisions."""
    return [_read_head(row) for row in session.execute(_DELETED, {"owner": owner})]


def list_revisions(session: Session, owner: str, day: date | None = None) -> Sequence[Revision]:
    """Return all revisions of one night, or of all nights, oldest first."""
    if day is None:
        rows = session.execute(_REVISIONS, {"owner": owner})
    else:
        rows = session.execute(_OF_NIGHT, {"owner": owner, "day": day})
    return [_read_revision(row) for row in rows]


def list_imported(session: Session, owner: str, import_id: str) -> Sequence[Revision]:
    """Return the revisions that an import brought, by day and number."""
    rows = session.execute(_IMPORTED, {"owner": owner, "batch": import_id})
    return [_read_revision(row) for row in rows]


def find_by_client_id(session: Session, owner: str, client_id: str) -> Revision | None:
    """Return the revision that a saving of this id made."""
    row = session.execute(_BY_CLIENT_ID, {"owner": owner, "client_id": client_id}).first()
    return None if row is None else _read_revision(row)


def read_tokens(tokens: str | None) -> Mapping[str, Answer]:
    """Return the answers of one revision, which SQL gave as one text; None: none."""
    pairs = (token.split("=") for token in (tokens or "").split())
    return MappingProxyType({key: _answer(token) for key, token in pairs})


@cache
def _answer(token: str) -> Answer:
    return answered(int(token)) if token.isdigit() else Answer(AnswerState(token))


def _read_pauses(text: str | None) -> tuple[Span, ...]:
    ends = (pause.split("/") for pause in sorted((text or "").split()))
    return tuple(Span(date.fromisoformat(start), date.fromisoformat(end)) for start, end in ends)


def _read_phases(text: str | None) -> tuple[Phase, ...]:
    parts = (phase.split("/") for phase in sorted((text or "").split()))
    return tuple(
        Phase(PhaseKind(kind), date.fromisoformat(start), date.fromisoformat(end) if end else None)
        for start, end, kind in parts
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
