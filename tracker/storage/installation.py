"""This installation: one row that says which clock it was made under and its epoch."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, insert, select, update

from tracker.domain.words import N_, Refused
from tracker.storage.database import Session
from tracker.storage.models import accounts, installation


class WrongClock(Refused):
    """A diary of real people meets a test clock, or one of tests the real one."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What a database knows about itself.

    Attributes:
        epoch: random; a new one after each restore, so that phones send their last nights again.
        test_clock: whether it was made under a test clock.
        created_at: when it was made.
        keys_saved_at: when its keys were last written to a backup; None: never.
    """

    epoch: str
    test_clock: bool
    created_at: datetime
    keys_saved_at: datetime | None


def found(session: Session) -> Installation | None:
    """Return what the database knows about itself; None where it is new."""
    row = session.execute(
        select(
            installation.c.epoch,
            installation.c.test_clock,
            installation.c.created_at,
            installation.c.keys_saved_at,
        )
    ).one_or_none()
    return None if row is None else Installation(*row)


def settle(session: Session, now: datetime, *, test_clock: bool) -> None:
    """Write the row of a new database.

    Raises:
        WrongClock: the database was made under the other kind of clock.
    """
    present = found(session)
    if present is None:
        session.execute(
            insert(installation).values(
                id=1, epoch=new_epoch(), test_clock=test_clock, created_at=now
            )
        )
    else:
        refuse_wrong_clock(present, test_clock=test_clock)


def refuse_wrong_clock(present: Installation, *, test_clock: bool) -> None:
    """Refuse a real diary under a test clock, and a tested one under the real clock."""
    if test_clock and not present.test_clock:
        raise WrongClock(
            N_("This database was made under the real clock: TRACKER_CLOCK wants one of its own.")
        )
    if present.test_clock and not test_clock:
        raise WrongClock(
            N_("This database was made under a test clock: it is for tests, set TRACKER_CLOCK.")
        )


def begin_epoch(session: Session) -> None:
    """Begin a new epoch: what phones sent since the backup is asked for again."""
    session.execute(update(installation).values(epoch=new_epoch()))


def mark_keys_saved(session: Session, now: datetime) -> None:
    """Note that the keys lie in a backup."""
    session.execute(update(installation).values(keys_saved_at=now))


def has_demo(session: Session) -> bool:
    """Say whether demo people, whose passwords were shown on a screen, are among the accounts."""
    return bool(session.scalar(select(exists().where(accounts.c.demo))))


def new_epoch() -> str:
    """Return a random public id."""
    return secrets.token_urlsafe(16)
