"""Shares as rows: links with their scope, every opening, and the browsers that opened them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.domain.shares import READER_IDLE, READER_LIFE, Opening, Share
from tracker.storage.inserts import insert_new
from tracker.storage.models import share_openings, share_readers, shares
from tracker.storage.questionnaires import AnyRow
from tracker.storage.scopes import read_scope, scope_values

_PLAIN: Final = ("id", "owner", "label", "created_at", "expires_at", "revoked_at")
_OF_OWNER: Final = (
    select(shares)
    .where(shares.c.owner == bindparam("owner"))
    .order_by(shares.c.created_at.desc(), shares.c.id)
)
_OPENINGS: Final = (
    select(share_openings)
    .where(share_openings.c.owner == bindparam("owner"))
    .order_by(share_openings.c.at.desc(), share_openings.c.id)
)
_OPENED: Final = (
    select(shares)
    .join_from(
        share_readers,
        shares,
        (shares.c.owner == share_readers.c.owner) & (shares.c.id == share_readers.c.share),
    )
    .where(
        share_readers.c.token_sha256 == bindparam("reader"),
        share_readers.c.share == bindparam("share"),
        share_readers.c.seen_at > bindparam("idle"),
        share_readers.c.created_at > bindparam("begun"),
        shares.c.revoked_at.is_(None),
        shares.c.expires_at > bindparam("now"),
    )
)


@dataclass(frozen=True, slots=True)
class Locked:
    """A share and the hash of the passphrase that it asks for, None where it asks for none."""

    share: Share
    passphrase_hash: str | None = field(repr=False)


def add_share(session: Session, locked: Locked, token_hash: bytes) -> None:
    """Store a new share."""
    share = locked.share
    session.execute(
        insert(shares).values(
            **{name: getattr(share, name) for name in _PLAIN},
            **scope_values(share.scope),
            token_sha256=token_hash,
            passphrase_hash=locked.passphrase_hash,
        )
    )


def list_shares(session: Session, owner: str) -> Sequence[Share]:
    """Return all shares that an owner ever made, newest first; one statement."""
    return [_read(row) for row in session.execute(_OF_OWNER, {"owner": owner})]


def list_openings(session: Session, owner: str) -> Sequence[Opening]:
    """Return every opening of an owner's shares, newest first; one statement."""
    rows = session.execute(_OPENINGS, {"owner": owner})
    return [Opening(row.share, row.at, row.device) for row in rows]


def find_by_token(session: Session, token_hash: bytes) -> Locked | None:
    """Return the share of this link, also where it is over; None where there is none."""
    row = session.execute(select(shares).where(shares.c.token_sha256 == token_hash)).first()
    return None if row is None else Locked(_read(row), row.passphrase_hash)


def revoke(session: Session, owner: str, share_id: str, now: datetime) -> bool:
    """End a share at once; return False where there is none that is not revoked."""
    mine = shares.c.owner == owner, shares.c.id == share_id, shares.c.revoked_at.is_(None)
    done = session.execute(
        update(shares).where(*mine).values(revoked_at=now).returning(shares.c.id)
    )
    _forget(session, share_readers.c.owner == owner, share_readers.c.share == share_id)
    return done.first() is not None


def revoke_all(session: Session, now: datetime) -> None:
    """End every share: which of them were revoked since a backup is not in it."""
    session.execute(update(shares).where(shares.c.revoked_at.is_(None)).values(revoked_at=now))
    session.execute(delete(share_readers))


def add_opening(
    session: Session, share: Share, opening_id: str, device: str, now: datetime
) -> None:
    """Note that a share was opened."""
    values = {"owner": share.owner, "share": share.id, "id": opening_id, "at": now}
    session.execute(insert(share_openings).values(**values, device=device))


def let_in(session: Session, share: Share, reader_hash: bytes, now: datetime) -> None:
    """Let a browser read by a share from now on."""
    values = {"token_sha256": reader_hash, "share": share.id, "owner": share.owner}
    times = {"created_at": now, "seen_at": now}
    if not insert_new(session, share_readers, values | times):
        chosen = _is_reader(reader_hash, share.id)
        session.execute(update(share_readers).where(*chosen).values(times))


def find_opened(session: Session, reader_hash: bytes, share_id: str, now: datetime) -> Share | None:
    """Return the share where this browser opened it and may still read by it."""
    asked = {
        "reader": reader_hash,
        "share": share_id,
        "idle": now - READER_IDLE,
        "begun": now - READER_LIFE,
        "now": now,
    }
    row = session.execute(_OPENED, asked).first()
    return None if row is None else _read(row)


def has_opened(session: Session, reader_hash: bytes) -> bool:
    """True where this browser's token is one of ours."""
    query = select(share_readers.c.share).where(share_readers.c.token_sha256 == reader_hash)
    return session.execute(query.limit(1)).first() is not None


def touch(session: Session, reader_hash: bytes, share_id: str, now: datetime) -> None:
    """Write that the browser read by the share now."""
    chosen = (*_is_reader(reader_hash, share_id), share_readers.c.seen_at < now)
    session.execute(update(share_readers).where(*chosen).values(seen_at=now))


def forget_readers(session: Session, now: datetime) -> int:
    """Delete what browsers may no longer read by; return how many."""
    over = or_(
        share_readers.c.seen_at <= now - READER_IDLE,
        share_readers.c.created_at <= now - READER_LIFE,
    )
    return _forget(session, over)


def _forget(session: Session, *chosen: ColumnElement[bool]) -> int:
    gone = delete(share_readers).where(*chosen).returning(share_readers.c.share)
    return len(session.execute(gone).all())


def _is_reader(
    reader_hash: bytes, share_id: str
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (share_readers.c.token_sha256 == reader_hash, share_readers.c.share == share_id)


def _read(row: AnyRow) -> Share:
    return Share(
        **{name: getattr(row, name) for name in _PLAIN},
        scope=read_scope(row),
        has_passphrase=row.passphrase_hash is not None,
    )
