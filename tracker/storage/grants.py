"""Grants as rows: who may read or help, how far, until when."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.domain.grants import Grant, GrantEnd, GrantKind
from tracker.storage.models import accounts, grants
from tracker.storage.questionnaires import AnyRow
from tracker.storage.scopes import read_scope, scope_values

_PLAIN: Final = tuple(
    field.name for field in fields(Grant) if field.name not in {"scope", "kind", "ended_by"}
)
HOLDS: Final = (
    grants.c.ended_at.is_(None),
    or_(grants.c.expires_at.is_(None), grants.c.expires_at > bindparam("now")),
)
_OF_OWNER: Final = (
    select(grants)
    .where(grants.c.owner == bindparam("owner"))
    .order_by(grants.c.created_at.desc(), grants.c.id)
)
_TO_READER: Final = (
    select(grants, accounts.c.name.label("owner_name"))
    .join(accounts, accounts.c.id == grants.c.owner)
    .where(
        grants.c.reader == bindparam("reader"),
        grants.c.kind == bindparam("kind"),
        accounts.c.disabled_at.is_(None),
        accounts.c.erase_at.is_(None),
        *HOLDS,
    )
    .order_by(accounts.c.name_key)
)
_BETWEEN: Final = select(grants).where(
    grants.c.owner == bindparam("owner"),
    grants.c.reader == bindparam("reader"),
    grants.c.kind == bindparam("kind"),
    *HOLDS,
)


def add_grant(session: Session, grant: Grant) -> None:
    """Store a new grant."""
    values = {name: getattr(grant, name) for name in _PLAIN}
    session.execute(
        insert(grants).values(
            **values, kind=grant.kind, ended_by=grant.ended_by, **scope_values(grant.scope)
        )
    )


def list_grants(session: Session, owner: str) -> Sequence[Grant]:
    """Return all grants that an owner ever gave, newest first; one statement."""
    return [read_grant(row) for row in session.execute(_OF_OWNER, {"owner": owner})]


def find_grant(
    session: Session, owner: str, reader: str, kind: GrantKind, now: datetime
) -> Grant | None:
    """Return the grant by which `reader` may come in now, None where there is none."""
    asked = {"owner": owner, "reader": reader, "kind": kind, "now": now}
    row = session.execute(_BETWEEN, asked).first()
    return None if row is None else read_grant(row)


def list_held(
    session: Session, reader: str, kind: GrantKind, now: datetime
) -> Sequence[tuple[Grant, str]]:
    """Return the grants by which `reader` may come in now, each with its owner's name, by name."""
    asked = {"reader": reader, "kind": kind, "now": now}
    return [(read_grant(row), row.owner_name) for row in session.execute(_TO_READER, asked)]


def end_grant(session: Session, owner: str, grant_id: str, now: datetime) -> str | None:
    """End a grant as its owner; return who held it, None where there is none to end."""
    mine = update(grants).where(
        grants.c.owner == owner, grants.c.id == grant_id, grants.c.ended_at.is_(None)
    )
    ended = mine.values(ended_at=now, ended_by=GrantEnd.OWNER)
    reader: str | None = session.scalar(ended.returning(grants.c.reader))
    return reader


def end_held(session: Session, reader: str, grant_id: str, now: datetime) -> str | None:
    """End a grant as the one who holds it; return its owner, None where there is none to end."""
    held = update(grants).where(
        grants.c.reader == reader, grants.c.id == grant_id, grants.c.ended_at.is_(None)
    )
    ended = held.values(ended_at=now, ended_by=GrantEnd.READER)
    owner: str | None = session.scalar(ended.returning(grants.c.owner))
    return owner


def end_between(
    session: Session, owner: str, reader: str, kind: GrantKind, now: datetime
) -> str | None:
    """End what `reader` held of this kind, as its owner; return its id, None where there is none.

    One whose time is over counts too: a new one can't stand beside it.
    """
    standing = update(grants).where(
        grants.c.owner == owner,
        grants.c.reader == reader,
        grants.c.kind == kind,
        grants.c.ended_at.is_(None),
    )
    ended = standing.values(ended_at=now, ended_by=GrantEnd.OWNER)
    ended_id: str | None = session.scalar(ended.returning(grants.c.id))
    return ended_id


def end_all_held(session: Session, reader: str, now: datetime) -> None:
    """End whatever somebody holds whose account is closed or erased."""
    held = update(grants).where(grants.c.reader == reader, grants.c.ended_at.is_(None))
    session.execute(held.values(ended_at=now, ended_by=GrantEnd.OPERATOR))


def read_grant(row: AnyRow) -> Grant:
    """Return the grant of a row that holds all columns of `grants`."""
    return Grant(
        **{name: getattr(row, name) for name in _PLAIN},
        kind=GrantKind(row.kind),
        scope=read_scope(row),
        ended_by=None if row.ended_by is None else GrantEnd(row.ended_by),
    )
