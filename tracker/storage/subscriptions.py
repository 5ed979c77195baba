"""Subscriptions as rows: the browsers that somebody is pushed to while signed in there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from tracker.storage.models import sessions, subscriptions


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser that is pushed to; `endpoint` is sealed, `label` is browser and system.

    `session_sha256` is None where a restore signed it out: it sleeps until its owner comes back.
    """

    owner: str
    id: str
    session_sha256: bytes | None
    endpoint_sha256: bytes
    endpoint: bytes
    label: str
    created_at: datetime


def add(session: Session, subscription: Subscription) -> None:
    """Store a browser; it belongs to nobody else from now on, and stands there once."""
    it = subscription
    session.execute(
        delete(subscriptions).where(subscriptions.c.endpoint_sha256 == it.endpoint_sha256)
    )
    device = select(sessions.c.device_sha256).where(sessions.c.token_sha256 == it.session_sha256)
    session.execute(
        insert(subscriptions).values(
            owner=it.owner,
            id=it.id,
            session_sha256=it.session_sha256,
            device_sha256=device.scalar_subquery(),
            endpoint_sha256=it.endpoint_sha256,
            endpoint=it.endpoint,
            label=it.label,
            created_at=it.created_at,
        )
    )


def awake(session: Session, owner: str) -> Sequence[Subscription]:
    """Return the browsers of a person in which they are signed in, oldest first."""
    query = (
        select(subscriptions)
        .where(subscriptions.c.owner == owner, subscriptions.c.session_sha256.is_not(None))
        .order_by(subscriptions.c.created_at, subscriptions.c.id)
    )
    return [
        Subscription(
            row.owner,
            row.id,
            row.session_sha256,
            row.endpoint_sha256,
            row.endpoint,
            row.label,
            row.created_at,
        )
        for row in session.execute(query)
    ]


def remove(session: Session, owner: str, subscription_id: str) -> bool:
    """Delete a browser of a person; return False where there is none of that id."""
    mine = delete(subscriptions).where(
        subscriptions.c.owner == owner, subscriptions.c.id == subscription_id
    )
    return session.execute(mine.returning(subscriptions.c.id)).first() is not None


def remove_of_sessions(session: Session, tokens: Select[tuple[bytes]]) -> None:
    """Delete the browsers of sessions that are about to end."""
    session.execute(delete(subscriptions).where(subscriptions.c.session_sha256.in_(tokens)))


def settle(session: Session, owner: str, device_hash: bytes, token_hash: bytes) -> None:
    """Give a browser to who has just signed in there: theirs go on, another's end."""
    here = subscriptions.c.device_sha256 == device_hash
    session.execute(delete(subscriptions).where(here, subscriptions.c.owner != owner))
    session.execute(update(subscriptions).where(here).values(session_sha256=token_hash))


def put_to_sleep(session: Session) -> None:
    """Let all browsers wait for their owners to sign in there again."""
    session.execute(update(subscriptions).values(session_sha256=None))


def remove_all(session: Session) -> None:
    """Delete all: without the keys of their day they can't be read."""
    session.execute(delete(subscriptions))
