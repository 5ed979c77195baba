"""The audit chain of each owner: what was done, sealed so that no line changes unnoticed.

An event holds the hash of the one before it and an HMAC-SHA256 over both, so a line that was
edited, deleted, swapped or put in is found by the key. The newest lines could be cut off:
checkpoints, kept in the database and outside of it, say how far each chain had come.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from sqlalchemy import func, insert, select, text

from tracker.disk import append
from tracker.domain.words import N_
from tracker.storage.database import Session, UnsafeDatabase
from tracker.storage.models import audit_checkpoints, audit_events, audit_heads

# A signed head as it stands in the file outside the database.
LINE: Final = re.compile(
    r"(\S{1,40}) ([0-9]{1,10}) ([0-9a-f]{64}) (\d{4}-\d\d-\d\dT[0-9:.]{15}Z) ([0-9a-f]{64})\n?"
)
# What stands before the first event.
GENESIS: Final = "0" * 64

# One statement makes the head where there is none, locks it, and reads it.
LOCK_HEAD: Final = text(
    "INSERT INTO audit_heads (owner, number, hash) VALUES (:owner, 0, :genesis) "
    "ON CONFLICT (owner) DO UPDATE SET owner = excluded.owner RETURNING number, hash"
)
ALONE: Final = text("LOCK TABLE audit_checkpoints IN SHARE ROW EXCLUSIVE MODE")
# A trigger moves the head along.
ADD_EVENT: Final = insert(audit_events)
EVENTS: Final = select(
    audit_events.c.owner,
    audit_events.c.number,
    audit_events.c.at,
    audit_events.c.actor,
    audit_events.c.verb,
    audit_events.c.ids,
    audit_events.c.previous,
    audit_events.c.hash,
)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a chain.

    Attributes:
        owner: whose chain.
        number: from 1, without gaps.
        at: when, in UTC.
        actor: an account's id, `operator` or `tracker`.
        verb: what was done, such as `night.saved`.
        ids: canonical JSON of random ids and days; never names or content.
        previous: the hash of the event before.
        hash: the seal.
    """

    owner: str
    number: int
    at: datetime
    actor: str
    verb: str
    ids: str
    previous: str
    hash: str

    def seal(self, key: bytes) -> str:
        """Return the hash that this event must have."""
        return sealed(
            key,
            "event",
            self.owner,
            self.number,
            stamp(self.at),
            self.actor,
            self.verb,
            self.ids,
            self.previous,
        )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a chain had come, signed.

    Attributes:
        owner: whose chain.
        number: of its newest event then.
        hash: of that event.
        at: when it was signed.
        signature: over all these.
    """

    owner: str
    number: int
    hash: str
    at: datetime
    signature: str

    @classmethod
    def signed(cls, key: bytes, owner: str, number: int, head: str, at: datetime) -> Self:
        """Return a checkpoint with its signature."""
        return cls(owner, number, head, at, _signature(key, owner, number, head, at))

    def is_genuine(self, key: bytes) -> bool:
        """Say whether the signature is ours."""
        expected = _signature(key, self.owner, self.number, self.hash, self.at)
        return hmac.compare_digest(expected, self.signature)

    def line(self) -> str:
        """Return the checkpoint as it stands in the file outside the database."""
        return f"{self.owner} {self.number} {self.hash} {stamp(self.at)} {self.signature}\n"


def record(
    session: Session, owner: str, verb: str, actor: str, now: datetime, **ids: object
) -> None:
    """Add an event to an owner's chain; the session must be a writing one.

    Args:
        session: of a database opened with its audit key.
        owner: whose chain: a person, or a study.
        verb: what was done, such as `night.saved`.
        actor: an account's id, `operator` or `tracker`.
        now: when.
        ids: random ids, days and counts, written as text; never names or content.

    Raises:
        UnsafeDatabase: the database was opened without a key.
    """
    key: bytes = session.info["audit_key"]
    if not key:
        raise UnsafeDatabase(N_("The database was opened without its audit key."))
    number, head = lock(session, owner)
    told = canonical({name: str(value) for name, value in ids.items()})
    event = Event(owner, number + 1, now.astimezone(UTC), actor, verb, told, head, "")
    seal = event.seal(key)
    session.execute(
        ADD_EVENT,
        {
            "owner": owner,
            "number": event.number,
            "at": event.at,
            "actor": actor,
            "verb": verb,
            "ids": told,
            "previous": head,
            "hash": seal,
        },
    )


def lock(session: Session, owner: str) -> tuple[int, str]:
    """Hold an owner's chain, and so all deeds on it, until the end; return its number and hash."""
    number, head = session.execute(LOCK_HEAD, {"owner": owner, "genesis": GENESIS}).one()
    return number, head


def events_of(
    session: Session, owner: str, limit: int, before: int | None = None
) -> Sequence[Event]:
    """Return the newest events of a chain, newest first; only those before number `before`."""
    asked = EVENTS.where(audit_events.c.owner == owner)
    if before is not None:
        asked = asked.where(audit_events.c.number < before)
    rows = session.execute(asked.order_by(audit_events.c.number.desc()).limit(limit))
    return [Event(*row) for row in rows]


def checkpoint(session: Session, file: Path, now: datetime) -> int:
    """Sign the heads that moved since their last checkpoint; return how many.

    They are on the disk outside before the transaction ends: a kill between the two
    leaves lines twice, never a chain without its line.

    Args:
        session: a writing one, of a database opened with its audit key.
        file: the list outside the database; made where there is none.
        now: when.
    """
    key: bytes = session.info["audit_key"]
    if session.get_bind().dialect.name == "postgresql":
        # Another machine's server may be signing too.
        session.execute(ALONE)
    newest = (
        select(audit_checkpoints.c.owner, func.max(audit_checkpoints.c.number).label("number"))
        .group_by(audit_checkpoints.c.owner)
        .subquery()
    )
    moved = session.execute(
        select(audit_heads.c.owner, audit_heads.c.number, audit_heads.c.hash)
        .outerjoin(newest, newest.c.owner == audit_heads.c.owner)
        .where(audit_heads.c.number > func.coalesce(newest.c.number, 0))
        .order_by(audit_heads.c.owner)
    )
    made = [Checkpoint.signed(key, *row, now.astimezone(UTC)) for row in moved]
    if made:
        append(file, "".join(each.line() for each in made), LINE)
        session.execute(
            insert(audit_checkpoints),
            [
                {
                    "owner": each.owner,
                    "number": each.number,
                    "hash": each.hash,
                    "at": each.at,
                    "signature": each.signature,
                }
                for each in made
            ],
        )
    return len(made)


def canonical(value: object) -> str:
    """Return JSON that is the same for the same value.

    >>> canonical({"day": "2026-11-21", "a": ["b"]})
    '{"a":["b"],"day":"2026-11-21"}'
    """
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def sealed(key: bytes, *parts: str | int) -> str:
    """Return the HMAC-SHA256 of values, in hexadecimal letters."""
    return hmac.new(key, canonical(parts).encode(), hashlib.sha256).hexdigest()


def stamp(at: datetime) -> str:
    """Return an instant as text that is the same whichever database kept it.

    >>> stamp(datetime(2026, 11, 21, 22, tzinfo=UTC))
    '2026-11-21T22:00:00.000000Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _signature(key: bytes, owner: str, number: int, head: str, at: datetime) -> str:
    return sealed(key, "checkpoint", owner, number, head, stamp(at))
