"""Reminders as rows: one a person, claimed by whichever process sends it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.domain.people import Account
from tracker.domain.reminders import Channel, Wish
from tracker.storage.accounts import read_account
from tracker.storage.models import accounts, entries, pauses, reminders


@dataclass(frozen=True, slots=True)
class Reminder:
    """One person's reminder as it stands.

    `due_at` is the next try, None while it is off, since `off_at`. `reminded_day` is the last
    diary day that had its reminder, `delivered_at` and `delivered_by` when and how. `address` is
    sealed; it counts once `confirm_sha256` is None. `asked` mails asked for that, the last one
    at `asked_at`.
    """

    owner: str
    id: str
    wish: Wish
    off_sha256: bytes
    due_at: datetime | None = None
    off_at: datetime | None = None
    tries: int = 0
    reminded_day: date | None = None
    delivered_at: datetime | None = None
    delivered_by: Channel | None = None
    address: bytes | None = None
    confirm_sha256: bytes | None = None
    asked: int = 0
    asked_at: datetime | None = None
    tested_at: datetime | None = None

    @property
    def is_on(self) -> bool:
        """True where reminders come."""
        return self.due_at is not None

    @property
    def is_confirmed(self) -> bool:
        """True where somebody who reads mail at the address said yes to it."""
        return self.address is not None and self.confirm_sha256 is None


def find(session: Session, owner: str) -> Reminder | None:
    """Return the person's reminder."""
    return _found(session, reminders.c.owner == owner)


def find_by_off(session: Session, token_hash: bytes) -> Reminder | None:
    """Return the reminder that a link switches off."""
    return _found(session, reminders.c.off_sha256 == token_hash)


def find_by_confirm(session: Session, token_hash: bytes) -> Reminder | None:
    """Return the reminder whose address a link confirms."""
    return _found(session, reminders.c.confirm_sha256 == token_hash)


def add(session: Session, reminder: Reminder, now: datetime) -> None:
    """Store somebody's first reminder."""
    values = {"owner": reminder.owner, "created_at": now, **_columns(reminder)}
    session.execute(insert(reminders).values(**values))


def change(session: Session, reminder: Reminder) -> None:
    """Put `reminder` in the place of the person's."""
    mine = update(reminders).where(reminders.c.owner == reminder.owner)
    session.execute(mine.values(**_columns(reminder)))


def next_due(session: Session, now: datetime) -> tuple[Reminder, Account] | None:
    """Return the reminder that is due the longest, and whose it is; nobody else gets it too.

    PostgreSQL locks the row until the transaction ends and passes over those that others hold;
    SQLite has one writer at a time.
    """
    query = (
        select(reminders)
        .where(reminders.c.due_at <= now)
        .order_by(reminders.c.due_at, reminders.c.owner)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    whose = select(accounts).where(accounts.c.id == row.owner)
    return _read(row), read_account(session.execute(whose).one())


def move(session: Session, reminder: Reminder, due_at: datetime, tries: int) -> None:
    """Move the next try of a reminder that `next_due` gave to this transaction."""
    mine = update(reminders).where(reminders.c.owner == reminder.owner)
    session.execute(mine.values(due_at=due_at, tries=tries))


def is_wanted(session: Session, owner: str, day: date) -> bool:
    """True where a night has no entry yet and its day is not paused; one statement."""
    written = exists().where(
        entries.c.owner == owner,
        entries.c.day == day,
        entries.c.logged,
        entries.c.deleted_at.is_(None),
    )
    paused = exists().where(
        pauses.c.owner == owner,
        pauses.c.start_day <= day,
        or_(pauses.c.end_day.is_(None), pauses.c.end_day > day),
    )
    return not session.scalar(select(or_(written, paused)))


def has_due(session: Session, now: datetime) -> bool:
    """True where a reminder waits to be claimed."""
    query = select(reminders.c.owner).where(reminders.c.due_at <= now).limit(1)
    return session.scalar(query) is not None


def any_on(session: Session) -> bool:
    """True where somebody wants to be reminded."""
    query = select(reminders.c.owner).where(reminders.c.due_at.is_not(None)).limit(1)
    return session.scalar(query) is not None


def _found(session: Session, chosen: Any) -> Reminder | None:  # noqa: ANN401 - a column's condition
    row = session.execute(select(reminders).where(chosen)).first()
    return None if row is None else _read(row)


def _read(row: Row[Any]) -> Reminder:
    return Reminder(
        owner=row.owner,
        id=row.id,
        wish=Wish(time(*divmod(row.clock, 60)), by_push=row.by_push, by_mail=row.by_mail),
        off_sha256=row.off_sha256,
        due_at=row.due_at,
        off_at=row.off_at,
        tries=row.tries,
        reminded_day=row.reminded_day,
        delivered_at=row.delivered_at,
        delivered_by=row.delivered_by and Channel(row.delivered_by),
        address=row.address,
        confirm_sha256=row.confirm_sha256,
        asked=row.asked,
        asked_at=row.asked_at,
        tested_at=row.tested_at,
    )


def _columns(reminder: Reminder) -> dict[str, Any]:
    wish = reminder.wish
    return {
        "id": reminder.id,
        "clock": wish.clock.hour * 60 + wish.clock.minute,
        "by_push": wish.by_push,
        "by_mail": wish.by_mail,
        "off_sha256": reminder.off_sha256,
        "due_at": reminder.due_at,
        "off_at": reminder.off_at,
        "tries": reminder.tries,
        "reminded_day": reminder.reminded_day,
        "delivered_at": reminder.delivered_at,
        "delivered_by": reminder.delivered_by and reminder.delivered_by.value,
        "address": reminder.address,
        "confirm_sha256": reminder.confirm_sha256,
        "asked": reminder.asked,
        "asked_at": reminder.asked_at,
        "tested_at": reminder.tested_at,
    }
