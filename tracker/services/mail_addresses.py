"""What a person can do with the mail address for reminders: it counts once a mail was answered."""

import secrets
from dataclasses import replace
from datetime import datetime

from tracker.domain.addresses import clean_address
from tracker.domain.people import Account
from tracker.domain.reminders import CONFIRM_LIFE, wait_to_ask
from tracker.domain.words import N_, Refused
from tracker.keys import Keys
from tracker.sealing import seal
from tracker.services.people import hash_of
from tracker.services.reminders import NoSuchLink, find, new
from tracker.storage import audit, reminders
from tracker.storage.database import Session
from tracker.storage.reminders import Reminder


class AskedTooOften(Refused):
    """A mail that asks was sent a moment ago."""


def ask(session: Session, who: Account, address: str, keys: Keys, now: datetime) -> tuple[str, str]:
    """Keep an address in place of another; return it, and the token of the link to mail to it.

    Raises:
        AddressRefused: it is none.
        AskedTooOften: strangers could be pestered.
    """
    clean = clean_address(address)
    found = find(session, who)
    reminder = found or replace(new(who, keys), off_at=now)
    if reminder.asked_at is not None and now < reminder.asked_at + wait_to_ask(reminder.asked):
        raise AskedTooOften(
            N_("A mail was sent a short while ago. Look for it, or try again later.")
        )
    token = secrets.token_urlsafe(32)
    asking = replace(
        reminder,
        address=seal(keys.reminders, clean.encode(), who.id),
        confirm_sha256=hash_of(token),
        asked=reminder.asked + 1,
        asked_at=now,
    )
    if found is None:
        reminders.add(session, asking, now)
    else:
        reminders.change(session, asking)
    audit.record(session, who.id, "mail.asked", who.id, now)
    return clean, token


def read_link(session: Session, token: str, now: datetime) -> Reminder:
    """Return the reminder whose address a link confirms.

    Raises:
        NoSuchLink: none, or the link is too old.
    """
    found = reminders.find_by_confirm(session, hash_of(token))
    if found is None or found.asked_at is None or now - found.asked_at > CONFIRM_LIFE:
        raise NoSuchLink
    return found


def confirm(session: Session, token: str, now: datetime) -> None:
    """Let the address count: who reads its mail said yes.

    Raises:
        NoSuchLink: the link is none, or too old.
    """
    found = read_link(session, token, now)
    reminders.change(session, replace(found, confirm_sha256=None, asked=0, asked_at=None))
    audit.record(session, found.owner, "mail.confirmed", found.owner, now)


def remove(session: Session, who: Account, now: datetime) -> None:
    """Forget the address; how often it was asked for stays."""
    found = find(session, who)
    if found is not None and found.address is not None:
        reminders.change(session, replace(found, address=None, confirm_sha256=None))
        audit.record(session, who.id, "mail.removed", who.id, now)
