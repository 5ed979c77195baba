"""The flips of an import: all of a batch's nights appear at once, or go at once."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Insert,
    Table,
    and_,
    bindparam,
    false,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from tracker.domain.diary import Status
from tracker.domain.questionnaire import Ruler
from tracker.domain.revisions import Deed, Outcome, Revision, open_conflicts
from tracker.storage.diaries import list_changed, list_imported
from tracker.storage.imports import clear_staged, move
from tracker.storage.models import (
    answers,
    entries,
    revisions,
    staged_answers,
    staged_revisions,
)
from tracker.storage.questionnaires import AnyRow
from tracker.storage.revisions import append_revision, entry_row, revision_row
from tracker.storage.tables.files import ImportState

_NONE: Final[ColumnElement[int]] = literal_column("0")
_ONE: Final[ColumnElement[int]] = literal_column("1")


def _copied(source: Table, target: Table, number: str) -> Insert:
    """Copy a batch's rows, counted on from those of a night that was deleted before."""
    names = [column.name for column in target.columns]
    values = [
        (source.c[name] + func.coalesce(entries.c.revisions, _NONE)).label(name)
        if name == number
        else source.c[name]
        for name in names
        if name in source.c
    ]
    of_night = and_(entries.c.owner == source.c.owner, entries.c.day == source.c.day)
    rows = (
        select(*values)
        .select_from(source.outerjoin(entries, of_night))
        .where(
            source.c.owner == bindparam("owner"),
            source.c.import_id == bindparam("batch"),
            or_(entries.c.day.is_(None), entries.c.deleted_at.is_not(None)),
        )
    )
    return insert(target).from_select(names, rows)


_COPY_REVISIONS: Final = _copied(staged_revisions, revisions, "number")
_COPY_ANSWERS: Final = _copied(staged_answers, answers, "revision")
_STAGED_DAYS: Final = (
    select(staged_revisions.c.day)
    .where(
        staged_revisions.c.owner == bindparam("owner"),
        staged_revisions.c.import_id == bindparam("batch"),
    )
    .distinct()
)
_KNOWN_CLIENT_IDS: Final = (
    select(staged_revisions.c.day, staged_revisions.c.number)
    .join_from(
        staged_revisions,
        revisions,
        and_(
            revisions.c.owner == staged_revisions.c.owner,
            revisions.c.client_id == staged_revisions.c.client_id,
        ),
    )
    .where(
        staged_revisions.c.owner == bindparam("owner"),
        staged_revisions.c.import_id == bindparam("batch"),
    )
)
_RENEW_CLIENT_ID: Final = (
    update(staged_revisions)
    .where(
        staged_revisions.c.owner == bindparam("whose"),
        staged_revisions.c.import_id == bindparam("batch"),
        staged_revisions.c.day == bindparam("night"),
        staged_revisions.c.number == bindparam("nth"),
    )
    .values(client_id=bindparam("fresh"))
)
_NEW_ENTRIES: Final = postgresql.insert(entries)
_PUT_ENTRIES: Final = _NEW_ENTRIES.on_conflict_do_update(
    index_elements=["owner", "day"],
    set_={
        column.name: _NEW_ENTRIES.excluded[column.name]
        for column in entries.columns
        if not column.primary_key
    },
)
_BROUGHT: Final = (
    select(
        entries.c.day,
        entries.c.revisions,
        revisions.c.status,
        revisions.c.questionnaire,
        revisions.c.ruler,
        (revisions.c.import_id == entries.c.import_id).label("untouched"),
    )
    .join_from(
        entries,
        revisions,
        and_(
            revisions.c.owner == entries.c.owner,
            revisions.c.day == entries.c.day,
            revisions.c.number == entries.c.head,
        ),
    )
    .where(
        entries.c.owner == bindparam("owner"),
        entries.c.import_id == bindparam("batch"),
        entries.c.deleted_at.is_(None),
    )
    .order_by(entries.c.day)
)
_TAKE_AWAY: Final = (
    update(entries)
    .where(entries.c.owner == bindparam("whose"), entries.c.day == bindparam("night"))
    .values(
        head=entries.c.revisions + _ONE,
        revisions=entries.c.revisions + _ONE,
        logged=false(),
        deleted_at=bindparam("gone_at"),
    )
)


@dataclass(frozen=True, slots=True)
class Flipped:
    """The diary days that a flip changed, and those that it left as the person has them."""

    changed: tuple[date, ...]
    kept: tuple[date, ...]


def apply_import(session: Session, owner: str, import_id: str, now: datetime) -> Flipped:
    """Make a staged batch's nights part of the diary.

    A night that stands already is kept as it is. Where one was deleted, the batch's revisions are
    counted on from the deleted ones.

    Raises:
        ImportMissing: there is no such staged batch.
    """
    move(
        session,
        owner,
        import_id,
        {"state": ImportState.APPLIED.value, "applied_at": now},
        since=ImportState.STAGED,
    )
    _renew_client_ids(session, owner, import_id)
    batch = {"owner": owner, "batch": import_id}
    wanted = set(session.scalars(_STAGED_DAYS, batch))
    session.execute(_COPY_REVISIONS, batch)
    session.execute(_COPY_ANSWERS, batch)
    rows = [
        _folded(owner, tuple(night))
        for _, night in groupby(list_imported(session, owner, import_id), attrgetter("day"))
    ]
    if rows:
        session.execute(_PUT_ENTRIES, rows)
    clear_staged(session, owner, import_id)
    changed = {row["day"] for row in rows}
    return Flipped(tuple(sorted(changed)), tuple(sorted(wanted - changed)))


def undo_import(
    session: Session, owner: str, import_id: str, author: str, now: datetime
) -> Flipped:
    """Take back what a batch did: its nights are deleted, as a person would delete them.

    A night that it only added to is as it was before. What was edited since is kept.

    Raises:
        ImportMissing: there is no such applied batch.
    """
    move(
        session,
        owner,
        import_id,
        {"state": ImportState.UNDONE.value, "undone_at": now},
        since=ImportState.APPLIED,
    )
    rows = session.execute(_BROUGHT, {"owner": owner, "batch": import_id}).all()
    gone = [row for row in rows if row.untouched]
    if gone:
        deletions = [revision_row(owner, _deletion(row, author, now)) for row in gone]
        session.execute(insert(revisions), deletions)
        session.execute(
            _TAKE_AWAY, [{"whose": owner, "night": row.day, "gone_at": now} for row in gone]
        )
    back = _take_back_added(session, owner, import_id, author, now)
    return Flipped(
        tuple(sorted([*(row.day for row in gone), *back])),
        tuple(row.day for row in rows if not row.untouched),
    )


def _take_back_added(
    session: Session, owner: str, import_id: str, author: str, now: datetime
) -> list[date]:
    """Bring back what stood before a batch added its answers, where these still count."""
    back: list[date] = []
    changed = list_changed(session, owner)
    for day, found in groupby(changed, attrgetter("day")):
        night = list(found)
        counting = [one for one in night if one.outcome is not Outcome.CONFLICT]
        if counting[-1].import_id == import_id and counting[-1].deed is not Deed.DELETE:
            restored = _as_before(counting[-2], night[-1].number, counting[-1].number)
            append_revision(
                session, owner, replace(restored, author=author, received_at=now, saved_at=now)
            )
            back.append(day)
    return back


def _as_before(before: Revision, last: int, head: int) -> Revision:
    """Return the revision that says again what `before` said."""
    client_id = str(uuid.uuid4())
    return Revision(
        day=before.day,
        number=last + 1,
        client_id=client_id,
        payload_sha256=hashlib.sha256(client_id.encode()).hexdigest(),
        status=before.status,
        questionnaire=before.questionnaire,
        ruler=before.ruler,
        received_at=before.received_at,
        author=before.author,
        answers=before.answers,
        note=before.note,
        deed=Deed.RESTORE,
        zone=before.zone,
        base_revision=head,
    )


def _renew_client_ids(session: Session, owner: str, import_id: str) -> None:
    """A file taken in again, after its nights were deleted, is a new saving."""
    known = session.execute(_KNOWN_CLIENT_IDS, {"owner": owner, "batch": import_id}).all()
    fresh = [
        {
            "whose": owner,
            "batch": import_id,
            "night": row.day,
            "nth": row.number,
            "fresh": str(uuid.uuid4()),
        }
        for row in known
    ]
    if fresh:
        session.execute(_RENEW_CLIENT_ID, fresh)


def _folded(owner: str, night: Sequence[Revision]) -> dict[str, Any]:
    """Return the row of `entries` that a night's revisions, in order, lead to."""
    row = entry_row(owner, night[0])
    for revision in night[1:]:
        row = _followed(row, entry_row(owner, revision), revision)
    return row | {"conflict": bool(open_conflicts(night))}


def _followed(row: dict[str, Any], following: dict[str, Any], revision: Revision) -> dict[str, Any]:
    if revision.outcome is Outcome.CONFLICT:
        return row | {"revisions": revision.number}
    moved = {name: following[name] for name in ("head", "revisions", "logged", "deleted_at")}
    return (row if row["scored"] else following) | moved


def _deletion(row: AnyRow, author: str, now: datetime) -> Revision:
    client_id = str(uuid.uuid4())
    return Revision(
        day=row.day,
        number=row.revisions + 1,
        client_id=client_id,
        payload_sha256=hashlib.sha256(client_id.encode()).hexdigest(),
        status=Status(row.status),
        questionnaire=row.questionnaire,
        ruler=Ruler(row.ruler),
        received_at=now,
        author=author,
        answers={},
        deed=Deed.DELETE,
        saved_at=now,
    )
