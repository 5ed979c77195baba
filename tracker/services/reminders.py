"""What a person can do with their reminder: set it, switch it off by a tap or a link, undo that."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Final

from tracker.domain.archives import KeptReminder
from tracker.domain.people import Account
from tracker.domain.reminders import EVENING, UNDO_OFF, Wish, next_due
from tracker.domain.words import N_, Refused
from tracker.keys import Keys
from tracker.sealing import unseal
from tracker.services.people import hash_of
from tracker.storage import accounts, audit, reminders
from tracker.storage.database import Session
from tracker.storage.reminders import Reminder

NEVER_SET: Final = Wish(EVENING)


class NoSuchLink(Refused):
    """The link belongs to no reminder (any more)."""

    def __init__(self) -> None:
        super().__init__(N_("This link belongs to no reminder any more."))


def find(session: Session, who: Account) -> Reminder | None:
    """Return the reminder; None where none was ever set."""
    return reminders.find(session, who.id)


def address_of(reminder: Reminder | None, keys: Keys) -> str | None:
    """Return the mail address, confirmed or not; None where there is none, or it can't be read."""
    if reminder is None or reminder.address is None:
        return None
    found = unseal(keys.reminders, reminder.address, reminder.owner)
    return None if found is None else found.decode()


def off_token(keys: Keys, reminder_id: str) -> str:
    """Return the token of the links that switch a reminder off: always the same one.

    The database holds only its hash, and every mail needs it again: so it is made from a key.
    """
    return _token(keys, f"off:{reminder_id}")


def new(who: Account, keys: Keys) -> Reminder:
    """Return a reminder that is not stored yet, and neither on nor off."""
    made = secrets.token_urlsafe(16)
    return Reminder(who.id, made, NEVER_SET, hash_of(off_token(keys, made)))


def wish(session: Session, who: Account, wanted: Wish, keys: Keys, now: datetime) -> Reminder:
    """Remind the person from now on at this time, by these ways."""
    found = reminders.find(session, who.id)
    reminder = _on(replace(found or new(who, keys), wish=wanted), who, now)
    if found is None:
        reminders.add(session, reminder, now)
    else:
        reminders.change(session, reminder)
    audit.record(session, who.id, "reminder.set", who.id, now)
    return reminder


def switch_on(
    session: Session, who: Account, keys: Keys, now: datetime, *, push: bool = False
) -> Reminder:
    """Remind as before it was switched off; as offered where nothing was ever chosen.

    With `push` devices are among the ways from now on, whatever was chosen.
    """
    found = reminders.find(session, who.id)
    before = NEVER_SET if found is None else found.wish
    return wish(session, who, replace(before, by_push=before.by_push or push), keys, now)


def switch_off(session: Session, who: Account, now: datetime) -> None:
    """Remind no more; the time stays for another day."""
    found = reminders.find(session, who.id)
    if found is not None and found.is_on:
        reminders.change(session, _off(found, now))
        audit.record(session, who.id, "reminder.off", who.id, now)


def take_in(session: Session, who: Account, kept: KeptReminder, now: datetime) -> None:
    """Keep what an archive says of a reminder, unless the person has one.

    Its links are those of this installation, made when the first one is sent.
    """
    if reminders.find(session, who.id) is None:
        unlinked = hash_of(secrets.token_urlsafe(32))
        made = Reminder(who.id, secrets.token_urlsafe(16), kept.wish, unlinked)
        reminders.add(session, _on(made, who, now) if kept.is_on else _off(made, now), now)


def reschedule(session: Session, who: Account, now: datetime) -> None:
    """Reckon the next time anew, after the person's zone or end of day changed."""
    found = reminders.find(session, who.id)
    if found is not None and found.is_on:
        reminders.change(session, _on(found, who, now))


def read_link(session: Session, token: str) -> Reminder:
    """Return the reminder that a link switches off.

    Raises:
        NoSuchLink: none.
    """
    found = reminders.find_by_off(session, hash_of(token))
    if found is None:
        raise NoSuchLink
    return found


def follow_link(session: Session, token: str, keys: Keys, now: datetime) -> str:
    """Switch a reminder off for whoever holds its link; return what takes that back.

    Raises:
        NoSuchLink: it is none.
    """
    found = read_link(session, token)
    if found.is_on:
        found = _off(found, now)
        reminders.change(session, found)
        audit.record(session, found.owner, "reminder.off_by_link", found.owner, now)
    return _undo_token(keys, found)


def undo_link(session: Session, token: str, undo: str, keys: Keys, now: datetime) -> Reminder:
    """Switch a reminder on again, from the very page that its link led to.

    Raises:
        NoSuchLink: the link is none, or it was used an hour ago or earlier.
    """
    found = read_link(session, token)
    who = accounts.find(session, found.owner)
    fresh = found.off_at is not None and now - found.off_at <= UNDO_OFF
    fits = hmac.compare_digest(undo.encode(), _undo_token(keys, found).encode())
    if who is None or not (fresh and fits):
        raise NoSuchLink
    reminder = _on(found, who, now)
    reminders.change(session, reminder)
    audit.record(session, found.owner, "reminder.set", found.owner, now)
    return reminder


def _on(reminder: Reminder, who: Account, now: datetime) -> Reminder:
    due = next_due(now, reminder.wish.clock, who.tzinfo, who.rollover, reminder.reminded_day)
    return replace(reminder, due_at=due, off_at=None, tries=0)


def _off(reminder: Reminder, now: datetime) -> Reminder:
    return replace(reminder, due_at=None, off_at=now, tries=0)


def _undo_token(keys: Keys, reminder: Reminder) -> str:
    return _token(keys, f"undo:{reminder.id}:{reminder.off_at}")


def _token(keys: Keys, purpose: str) -> str:
    made = hmac.digest(keys.links, purpose.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
