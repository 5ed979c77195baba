"""Audit chains tampered with at random: how many of the changes are found."""

import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, insert, select, text, update

from tracker.storage import audit, audit_check
from tracker.storage.database import Database, Session
from tracker.storage.migrations import migrate
from tracker.storage.models import audit_checkpoints, audit_events, audit_heads

KEY: Final = b"t" * 32
NOW: Final = datetime(2026, 11, 21, 22, tzinfo=UTC)
OWNERS: Final = ("ann", "bea", "cleo")
EVENTS: Final = 40
SIGNED_EACH: Final = 10
ROUNDS: Final = 1_000
KINDS: Final = ("edit", "delete", "swap", "insert", "cut", "vanish")
FREED: Final = text(
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
)


def fill(database: Database, heads: Path) -> None:
    """Write chains, and sign them on the way and at the end."""
    for number in range(EVENTS):
        with database.writing() as session:
            for owner in OWNERS:
                audit.record(session, owner, "night.saved", owner, NOW, day=number)
            if number % SIGNED_EACH == SIGNED_EACH - 1:
                audit.checkpoint(session, heads, NOW)
    with database.writing() as session:
        # Who tampers has the whole file: no trigger stops them.
        for name in session.scalars(FREED).all():
            session.execute(text(f"DROP TRIGGER {name}"))


def tamper(session: Session, kind: str, chance: random.Random) -> None:
    """Change chains as someone would who has the database and not the key."""
    events = audit_events.c
    owner = chance.choice(OWNERS)
    number = chance.randint(1, EVENTS)
    here = (events.owner == owner, events.number == number)
    if kind == "edit":
        name, value = chance.choice(
            [("actor", "operator"), ("verb", "night.read"), ("ids", "{}"), ("at", NOW.max)]
        )
        value = NOW.replace(year=2020) if name == "at" else value
        session.execute(update(audit_events).where(*here).values({name: value}))
    elif kind == "delete":
        session.execute(delete(audit_events).where(*here))
        if chance.choice([True, False]):
            _close_gap(session, owner, number)
    elif kind == "swap":
        other = chance.choice([each for each in range(1, EVENTS + 1) if each != number])
        _swap(session, owner, number, other)
    elif kind == "insert":
        row = _row(session, owner, number)
        forged = {**row, "number": EVENTS + 1, "previous": _row(session, owner, EVENTS)["hash"]}
        session.execute(insert(audit_events), forged)
        session.execute(
            update(audit_heads)
            .where(audit_heads.c.owner == owner)
            .values(number=EVENTS + 1, hash=row["hash"])
        )
    else:
        _cut(session, owner, number if kind == "cut" else 1)


def _row(session: Session, owner: str, number: int) -> dict[str, Any]:
    found = session.execute(
        select(audit_events).where(audit_events.c.owner == owner, audit_events.c.number == number)
    )
    return dict(found.mappings().one())


def _close_gap(session: Session, owner: str, number: int) -> None:
    for each in range(number + 1, EVENTS + 1):
        session.execute(
            update(audit_events)
            .where(audit_events.c.owner == owner, audit_events.c.number == each)
            .values(number=each - 1)
        )


def _swap(session: Session, owner: str, first: int, second: int) -> None:
    rows = {first: _row(session, owner, second), second: _row(session, owner, first)}
    for number, row in rows.items():
        session.execute(
            update(audit_events)
            .where(audit_events.c.owner == owner, audit_events.c.number == number)
            .values(
                {name: row[name] for name in ("at", "actor", "verb", "ids", "previous", "hash")}
            )
        )


def _cut(session: Session, owner: str, number: int) -> None:
    """Cut a chain's tail off, with everything in the database that tells of it."""
    for table in (audit_events, audit_checkpoints):
        session.execute(delete(table).where(table.c.owner == owner, table.c.number >= number))
    if number == 1:
        session.execute(delete(audit_heads).where(audit_heads.c.owner == owner))
        return
    session.execute(
        update(audit_heads)
        .where(audit_heads.c.owner == owner)
        .values(number=number - 1, hash=_row(session, owner, number - 1)["hash"])
    )


def found_of(rounds: int, folder: Path, seed: int = 1) -> tuple[int, int]:
    """Tamper so many times, each time on whole chains; return found and done."""
    chance = random.Random(seed)
    heads = folder / "heads.log"
    found = 0
    with Database(f"sqlite:///{folder / 'chains.db'}", audit_key=KEY) as database:
        migrate(database)
        fill(database, heads)
        lines = heads.read_text(encoding="ascii").splitlines()
        with database.reading() as session:
            if audit_check.verify(session, lines).findings:
                raise RuntimeError("chains that nobody touched don't verify")
        for number in range(rounds):
            with database.writing() as session:
                tamper(session, KINDS[number % len(KINDS)], chance)
                found += bool(audit_check.verify(session, lines).findings)
                session.rollback()
    return found, rounds


def prove() -> bool:
    """Run it in full and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        found, done = found_of(ROUNDS, Path(folder))
    print(f"audit chains tampered with: {found} of {done} found")
    return found == done
