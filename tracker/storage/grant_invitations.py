"""Invitations to grants as rows: only their token's SHA-256, each good once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Update, bindparam, insert, select, update
from sqlalchemy.orm import Session

from tracker.domain.grants import GrantKind, Invitation, Side, Terms
from tracker.domain.scopes import Scope
from tracker.storage.models import grant_invitations
from tracker.storage.questionnaires import AnyRow
from tracker.storage.scopes import read_scope, scope_values

_COLUMNS: Final = grant_invitations.c
_OPEN: Final = (
    _COLUMNS.used_at.is_(None),
    _COLUMNS.revoked_at.is_(None),
    _COLUMNS.expires_at > bindparam("now"),
)
_BY_TOKEN: Final = select(grant_invitations).where(
    _COLUMNS.token_sha256 == bindparam("hashed"), *_OPEN
)
_BY_ID: Final = select(grant_invitations).where(_COLUMNS.id == bindparam("id"), *_OPEN)
_OF_MAKER: Final = (
    select(grant_invitations)
    .where(_COLUMNS.owner == bindparam("maker"), *_OPEN)
    .order_by(_COLUMNS.created_at.desc(), _COLUMNS.id)
)


def add(session: Session, invitation: Invitation, hashed: bytes) -> None:
    """Store a new invitation."""
    it, terms = invitation, invitation.terms
    session.execute(
        insert(grant_invitations).values(
            owner=it.maker,
            id=it.id,
            token_sha256=hashed,
            side=it.side,
            kind=it.kind,
            **scope_values(Scope() if terms is None else terms.scope),
            grant_end=None if terms is None else terms.expires_at,
            created_at=it.created_at,
            expires_at=it.expires_at,
        )
    )


def find_by_token(session: Session, hashed: bytes, now: datetime) -> Invitation | None:
    """Return the invitation of this token, None where it opens nothing (any more)."""
    return _first(session.execute(_BY_TOKEN, {"hashed": hashed, "now": now}).first())


def find(session: Session, invitation_id: str, now: datetime) -> Invitation | None:
    """Return an invitation that can still be accepted."""
    return _first(session.execute(_BY_ID, {"id": invitation_id, "now": now}).first())


def list_open(session: Session, maker: str, now: datetime) -> Sequence[Invitation]:
    """Return what somebody made and nobody accepted yet, newest first."""
    return [_read(row) for row in session.execute(_OF_MAKER, {"maker": maker, "now": now})]


def use(session: Session, invitation: Invitation, now: datetime) -> bool:
    """Use an invitation up; return False where it opens nothing (any more)."""
    return _close(session, invitation.maker, invitation.id, now, _change().values(used_at=now))


def revoke(session: Session, maker: str, invitation_id: str, now: datetime) -> bool:
    """Take an invitation back; return False where its maker has no such open one."""
    return _close(session, maker, invitation_id, now, _change().values(revoked_at=now))


def _change() -> Update:
    return update(grant_invitations)


def _close(session: Session, maker: str, invitation_id: str, now: datetime, change: Update) -> bool:
    mine = (_COLUMNS.owner == maker, _COLUMNS.id == invitation_id)
    done = session.execute(change.where(*mine, *_OPEN).returning(_COLUMNS.id), {"now": now})
    return done.first() is not None


def _first(row: AnyRow | None) -> Invitation | None:
    return None if row is None else _read(row)


def _read(row: AnyRow) -> Invitation:
    terms = Terms(GrantKind(row.kind), read_scope(row), row.grant_end)
    return Invitation(
        id=row.id,
        maker=row.owner,
        terms=terms if Side(row.side) is Side.OFFER else None,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
