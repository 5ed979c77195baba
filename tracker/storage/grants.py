"""Grants as rows: who may read or help, how far, until when."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.domain.grants import Grant, GrantEnd, GrantKind
from tracker.storage.models import grants
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


def end_grant(session: Session, owner: str, grant_id: str, by: GrantEnd, now: datetime) -> bool:
    """End a grant at once; return False where there is none that is not ended."""
    mine = update(grants).where(
        grants.c.owner == owner, grants.c.id == grant_id, grants.c.ended_at.is_(None)
    )
    done = session.execute(mine.values(ended_at=now, ended_by=by).returning(grants.c.id))
    return done.first() is not None


def read_grant(row: AnyRow) -> Grant:
    """Return the grant of a row that holds all columns of `grants`."""
    return Grant(
        **{name: getattr(row, name) for name in _PLAIN},
        kind=GrantKind(row.kind),
        scope=read_scope(row),
        ended_by=None if row.ended_by is None else GrantEnd(row.ended_by),
    )
