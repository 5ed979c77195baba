"""Writing nights: revisions are appended, the night's head follows, deleted words are purged."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import (
    and_,
    bindparam,
    case,
    insert,
    or_,
    true,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from tracker.domain.revisions import Deed, Outcome, Revision
from tracker.storage.diaries import find_by_client_id
from tracker.storage.models import answers, entries, revisions
from tracker.storage.trouble import TakenBack

_STORED: Final = tuple(field.name for field in fields(Revision) if field.name != "answers")
# Both databases read PostgreSQL's ON CONFLICT; prebuilt, for this is every evening's path.
_ADD: Final = postgresql.insert(revisions).on_conflict_do_nothing().returning(revisions.c.number)
_ADD_ANSWERS: Final = insert(answers)
_NEW: Final = postgresql.insert(entries)


def _first(name: str) -> Any:  # noqa: ANN401 - as any column as `name` may be
    """What the first saving with an answer fixed stays; before there is one, the newest counts."""
    return case((entries.c.scored, entries.c[name]), else_=_NEW.excluded[name])


_MOVE_HEAD: Final = _NEW.on_conflict_do_update(
    index_elements=["owner", "day"],
    set_={
        "head": _NEW.excluded.head,
        "revisions": _NEW.excluded.revisions,
        "logged": _NEW.excluded.logged,
        "deleted_at": _NEW.excluded.deleted_at,
        "conflict": and_(entries.c.conflict, bindparam("stays", type_=entries.c.conflict.type)),
        "scored": or_(entries.c.scored, _NEW.excluded.scored),
        **{
            name: _first(name)
            for name in (
                "status",
                "origin",
                "first_submitted_at",
                "zone",
                "sent_later",
                "import_id",
            )
        },
    },
)
_KEEP_HEAD: Final = (
    update(entries)
    .where(entries.c.owner == bindparam("whose"), entries.c.day == bindparam("night"))
    .values(revisions=bindparam("number"), conflict=true())
)


def append_revision(
    session: Session, owner: str, revision: Revision, *, settles: bool = False
) -> bool:
    """Append one saving of a night and move its head; 3 statements.

    A conflict is kept beside the night, whose head stays. A deletion takes the night out of sight.

    Args:
        session: a writing one.
        owner: whose night.
        revision: with the number after the night's last, and all of its answers.
        settles: an open conflict ends with this saving.

    Returns:
        False, with nothing written, where this client id was stored before: read it with
        `find_by_client_id` and compare the payload's hash.

    Raises:
        TakenBack: someone else's saving of this night got the number: run the deed again.
    """
    if session.execute(_ADD, revision_row(owner, revision)).first() is None:
        if find_by_client_id(session, owner, revision.client_id) is None:
            raise TakenBack
        return False
    rows = answer_rows(owner, revision)
    if rows:
        session.execute(_ADD_ANSWERS, rows)
    if revision.outcome is Outcome.CONFLICT:
        session.execute(
            _KEEP_HEAD, {"whose": owner, "night": revision.day, "number": revision.number}
        )
    else:
        session.execute(_MOVE_HEAD, entry_row(owner, revision) | {"stays": not settles})
    return True


def append_first(session: Session, owner: str, nights: Iterable[Revision]) -> None:
    """Append the first saving of each of many nights at once; 3 statements.

    Args:
        session: a writing one.
        owner: whose nights.
        nights: each with number 1, of a day that has none yet; no conflicts.

    Raises:
        IntegrityError: a night is there already, or a client id was used before.
    """
    first = [*nights]
    for table, rows in (
        (revisions, [revision_row(owner, one) for one in first]),
        (answers, [row for one in first for row in answer_rows(owner, one)]),
        (entries, [entry_row(owner, one) for one in first]),
    ):
        if rows:
            session.execute(insert(table), rows)


def revision_row(owner: str, revision: Revision) -> dict[str, Any]:
    """Return the row of `revisions`."""
    return {"owner": owner, **{name: getattr(revision, name) for name in _STORED}}


def answer_rows(owner: str, revision: Revision) -> list[dict[str, Any]]:
    """Return the rows of `answers`."""
    return [
        {
            "owner": owner,
            "day": revision.day,
            "revision": revision.number,
            "item": item,
            "ruler": revision.ruler,
            "state": answer.state,
            "value": answer.value,
        }
        for item, answer in revision.answers.items()
    ]


def entry_row(owner: str, revision: Revision) -> dict[str, Any]:
    """Return the row of `entries` of a night that begins with `revision`."""
    return {
        "owner": owner,
        "day": revision.day,
        "head": revision.number,
        "revisions": revision.number,
        "status": revision.status,
        "origin": revision.origin,
        "first_submitted_at": revision.saved_at,
        "zone": revision.zone,
        "sent_later": revision.sent_later,
        "scored": bool(revision.answers),
        "logged": bool(revision.answers),
        "conflict": False,
        "deleted_at": revision.received_at if revision.deed is Deed.DELETE else None,
        "import_id": revision.import_id,
    }
