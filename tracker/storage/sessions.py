"""Sessions and devices as rows: only the SHA-256 of what a browser holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.domain.people import READER_IDLE, SEEN_STEP, SESSION_IDLE, Account, Role, SignedIn
from tracker.storage import subscriptions
from tracker.storage.accounts import read_account
from tracker.storage.factors import HAS_FACTOR
from tracker.storage.inserts import insert_new
from tracker.storage.models import accounts, devices, sessions

# Prebuilt, for every request of somebody signed in begins with it.
_FIND: Final = (
    select(
        accounts,
        sessions.c.created_at.label("opened_at"),
        sessions.c.confirmed_at,
        sessions.c.seen_at,
        HAS_FACTOR.label("has_factor"),
    )
    .join_from(sessions, accounts, sessions.c.owner == accounts.c.id)
    .where(
        sessions.c.token_sha256 == bindparam("token"),
        sessions.c.expires_at > bindparam("now"),
        or_(
            sessions.c.seen_at > bindparam("reader_idle"),
            and_(accounts.c.role == Role.PATIENT.value, sessions.c.seen_at > bindparam("idle")),
        ),
        accounts.c.disabled_at.is_(None),
        accounts.c.erase_at.is_(None),
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is signed in.

    `handle` names the session in a form; it opens nothing. `label` is the browser and system.
    """

    handle: str
    token_hash: bytes
    label: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Device:
    """A browser: the SHA-256 of its lasting token, and what it says it is."""

    token_hash: bytes
    label: str


def add(
    session: Session, account: Account, token_hash: bytes, device: Device, now: datetime
) -> None:
    """Store a new session, and its device as one that signed in here: pushes there are theirs."""
    owner = account.id
    values = {
        "token_sha256": token_hash,
        "owner": owner,
        "device_sha256": device.token_hash,
        "label": device.label,
        "created_at": now,
        "seen_at": now,
        "confirmed_at": now,
        "expires_at": now + account.role.life,
    }
    session.execute(insert(sessions).values(values))
    remember(session, owner, device, now)
    subscriptions.settle(session, owner, device.token_hash, token_hash)


def find(session: Session, token_hash: bytes, now: datetime) -> SignedIn | None:
    """Return the session that this token opens, None where it is over or its account closed."""
    values = {
        "token": token_hash,
        "now": now,
        "idle": now - SESSION_IDLE,
        "reader_idle": now - READER_IDLE,
    }
    row = session.execute(_FIND, values).first()
    if row is None:
        return None
    return SignedIn(
        account=read_account(row),
        token_hash=token_hash,
        created_at=row.opened_at,
        confirmed_at=row.confirmed_at,
        seen_at=row.seen_at,
        has_factor=bool(row.has_factor),
    )


def touch(session: Session, token_hash: bytes, now: datetime) -> None:
    """Write `now` as the last use, unless one was written within five minutes."""
    session.execute(
        update(sessions)
        .where(sessions.c.token_sha256 == token_hash, sessions.c.seen_at <= now - SEEN_STEP)
        .values(seen_at=now)
    )


def confirm(session: Session, token_hash: bytes, now: datetime) -> None:
    """Write that the owner gave a factor now."""
    chosen = sessions.c.token_sha256 == token_hash
    session.execute(update(sessions).where(chosen).values(confirmed_at=now))


def places(session: Session, account: Account, now: datetime) -> Sequence[Place]:
    """Return where the owner is signed in, last used first."""
    query = (
        select(sessions)
        .where(
            sessions.c.owner == account.id,
            sessions.c.expires_at > now,
            sessions.c.seen_at > now - account.role.idle,
        )
        .order_by(sessions.c.seen_at.desc(), sessions.c.token_sha256)
    )
    return [
        Place(row.token_sha256[:12].hex(), row.token_sha256, row.label, row.created_at, row.seen_at)
        for row in session.execute(query)
    ]


def end(session: Session, owner: str, token_hash: bytes) -> None:
    """End one session of the owner, and the pushes to its browser."""
    end_where(session, sessions.c.owner == owner, sessions.c.token_sha256 == token_hash)


def end_all(session: Session, owner: str, *, but: bytes | None = None) -> None:
    """End all sessions of the owner and the pushes there, but for the one named."""
    others = sessions.c.token_sha256 != (b"" if but is None else but)
    end_where(session, sessions.c.owner == owner, others)


def end_where(session: Session, *chosen: ColumnElement[bool]) -> int:
    """End the sessions that all conditions choose, and the pushes there; return how many."""
    subscriptions.remove_of_sessions(session, select(sessions.c.token_sha256).where(*chosen))
    ended = session.execute(delete(sessions).where(*chosen).returning(sessions.c.token_sha256))
    return len(ended.all())


def is_known(session: Session, owner: str, device_hash: bytes) -> bool:
    """True where the owner signed in on this device before."""
    query = select(devices.c.owner).where(
        devices.c.owner == owner, devices.c.token_sha256 == device_hash
    )
    return session.scalar(query) is not None


def remember(session: Session, owner: str, device: Device, now: datetime) -> None:
    """Store a device as one on which the owner proved to be who they are."""
    values = {
        "owner": owner,
        "token_sha256": device.token_hash,
        "label": device.label,
        "created_at": now,
        "seen_at": now,
    }
    if not insert_new(session, devices, values):
        session.execute(
            update(devices)
            .where(devices.c.owner == owner, devices.c.token_sha256 == device.token_hash)
            .values(label=device.label, seen_at=now)
        )
