"""Tidying: what is past its time goes, and with it what people deleted for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import CursorResult, Executable, and_, delete, exists, or_, select, update

from tracker.domain.factors import SETUP_LIFE
from tracker.storage import erasures, shares
from tracker.storage.database import Session
from tracker.storage.models import (
    accounts,
    attempts,
    doses,
    entries,
    factors,
    grant_invitations,
    medicines,
    recovery_codes,
    revisions,
    sessions,
)
from tracker.storage.sessions import end_where

# How long a deleted night can be taken back: the erase page and the night's page say so.
UNDO: Final = timedelta(days=30)
# A counter of failed attempts is of no use after so long without one.
COUNTED: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much went.

    Attributes:
        sessions: sign-ins, and openings of shared links, that had ended by themselves.
        counters: counts of failed attempts, codes and invitations that had ended, factors never
            confirmed.
        texts: notes of nights deleted, notes deleted, or medicines removed, more than 30 days ago.
        erased: people who asked for it and let the days of undo pass.
    """

    sessions: int
    counters: int
    texts: int
    erased: int


def tidy(session: Session, erased_file: Path, now: datetime) -> Tidied:
    """Delete what is past its time.

    Args:
        session: a writing one.
        erased_file: the list outside the database, which every restore applies.
        now: when.
    """
    ended = end_where(session, sessions.c.expires_at <= now) + shares.forget_readers(session, now)
    counters = _gone(session, delete(attempts).where(attempts.c.last_at <= now - COUNTED))
    codes = _gone(session, delete(recovery_codes).where(recovery_codes.c.expires_at <= now))
    codes += _gone(session, delete(grant_invitations).where(grant_invitations.c.expires_at <= now))
    begun = (factors.c.confirmed_at.is_(None), factors.c.created_at <= now - SETUP_LIFE)
    unproved = _gone(session, delete(factors).where(*begun))
    texts = _purge_texts(session, now) + _forget_medicines(session, now)
    erased = _erase_due(session, erased_file, now)
    return Tidied(ended, counters + codes + unproved, texts, len(erased))


def _purge_texts(session: Session, now: datetime) -> int:
    """Empty the words of deleted nights, and the words before a deleted note."""
    end = now - UNDO
    head = revisions.alias()
    night = and_(entries.c.owner == revisions.c.owner, entries.c.day == revisions.c.day)
    deleted = exists().where(night, entries.c.deleted_at <= end)
    cleared = exists().where(
        night,
        head.c.owner == entries.c.owner,
        head.c.day == entries.c.day,
        head.c.number == entries.c.head,
        head.c.number > revisions.c.number,
        head.c.note == "",
        head.c.received_at <= end,
    )
    kept = revisions.c.purged_at.is_(None)
    words = or_(revisions.c.note != "", revisions.c.reason != "")
    nights = update(revisions).where(kept, words, deleted).values(note="", reason="", purged_at=now)
    notes = (
        update(revisions)
        .where(kept, revisions.c.note != "", cleared)
        .values(note="", purged_at=now)
    )
    return _gone(session, nights) + _gone(session, notes)


def _forget_medicines(session: Session, now: datetime) -> int:
    """Delete the medicines that were removed, with their doses."""
    removed = medicines.c.removed_at <= now - UNDO
    theirs = exists().where(
        medicines.c.owner == doses.c.owner, medicines.c.id == doses.c.medicine, removed
    )
    session.execute(delete(doses).where(theirs))
    return _gone(session, delete(medicines).where(removed))


def _erase_due(session: Session, erased_file: Path, now: datetime) -> Sequence[str]:
    """Erase those who asked for it; the list outside knows first, so no restore brings one back."""
    due = session.scalars(select(accounts.c.id).where(accounts.c.erase_at <= now)).all()
    if due:
        erasures.note(erased_file, due, now)
    for owner in due:
        erasures.erase(session, owner, now)
    return due


def _gone(session: Session, statement: Executable) -> int:
    result: CursorResult[Any] = session.execute(statement)  # type: ignore[assignment] # a DML's
    return result.rowcount
