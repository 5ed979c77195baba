"""What a signed-in person can do with the account: preferences, places, the end of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tracker.domain.people import Account, SignedIn, clean_rollover, clean_zone
from tracker.services import glances, reminders
from tracker.storage import accounts, audit, grants, sessions
from tracker.storage.audit import Event
from tracker.storage.database import Session
from tracker.storage.sessions import Place

UNDO_ERASURE: Final = timedelta(days=7)
LOG_LINES: Final = 50  # a page


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some lines of a person's log, newest first; `older` is None where nothing is before them."""

    events: Sequence[Event]
    older: int | None


def log_page(session: Session, who: Account, before: int | None) -> LogPage:
    """Return a page of what was done to an account, up to the line before number `before`."""
    events = audit.events_of(session, who.id, LOG_LINES, before)
    # A chain counts from 1 without gaps.
    last = events[-1].number if events else 1
    return LogPage(events, last if last > 1 else None)


def sign_out(session: Session, who: SignedIn, now: datetime) -> None:
    """End the session."""
    sessions.end(session, who.account.id, who.token_hash)
    audit.record(session, who.account.id, "session.ended", who.account.id, now)


def places(session: Session, who: SignedIn, now: datetime) -> Sequence[Place]:
    """Return where the person is signed in, last used first."""
    return sessions.places(session, who.account, now)


def end_place(session: Session, who: SignedIn, handle: str, now: datetime) -> bool:
    """End the person's session that `handle` names; return False where there is none (any more)."""
    for place in places(session, who, now):
        if place.handle == handle:
            sessions.end(session, who.account.id, place.token_hash)
            audit.record(session, who.account.id, "session.ended", who.account.id, now)
            return True
    return False


def end_everywhere(session: Session, who: SignedIn, now: datetime, *, here: bool) -> None:
    """End all sessions of the person, this one too where `here` is True."""
    sessions.end_all(session, who.account.id, but=None if here else who.token_hash)
    audit.record(session, who.account.id, "sessions.ended", who.account.id, now)


def save_preferences(session: Session, wanted: Account, now: datetime) -> None:
    """Store zone, rollover, theme, language and calm mode as `wanted` has them.

    Past nights keep their dates: only nights from now on are counted by a new zone or rollover.

    Raises:
        PreferenceRefused: there is no such zone or rollover.
    """
    clean_zone(wanted.zone)
    clean_rollover(wanted.rollover)
    if accounts.find(session, wanted.id) != wanted:
        accounts.save_preferences(session, wanted)
        reminders.reschedule(session, wanted, now)
        audit.record(session, wanted.id, "account.changed", wanted.id, now)
        glances.refresh(session, wanted, now)


def ask_erasure(session: Session, who: SignedIn, now: datetime) -> datetime:
    """Sign the person out everywhere and hide them; return when everything goes for good."""
    at = now + UNDO_ERASURE
    accounts.set_erasure(session, who.account.id, at)
    sessions.end_all(session, who.account.id)
    audit.record(session, who.account.id, "erasure.asked", who.account.id, now)
    return at


def disable(session: Session, account: Account, now: datetime) -> None:
    """Close the account, as the operator: nobody signs in to it, or reads and helps by it."""
    accounts.disable(session, account.id, now)
    sessions.end_all(session, account.id)
    grants.end_all_held(session, account.id, now)
    audit.record(session, account.id, "account.disabled", "operator", now)
