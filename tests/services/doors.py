"""People at the door, for tests: a browser, a time, a name and a password."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from tracker.services import people
from tracker.services.hashing import shared
from tracker.services.people import Door, NewPerson, Opened, Visitor
from tracker.storage import sessions
from tracker.storage.database import Database

NOW: Final = datetime(2026, 3, 1, 21, 0, tzinfo=UTC)
PASSWORD: Final = "copper kettle by the window"
OTHER_PASSWORD: Final = "seven herons over the weir"
TOTP_KEY: Final = b"t" * 32
PHONE: Final = Visitor("192.0.2.7", "Firefox on Android")
STRANGER: Final = Visitor("198.51.100.9", "curl")


def door(database: Database, visitor: Visitor = PHONE, now: datetime = NOW) -> Door:
    """Return a door where `visitor` stands at `now`."""
    return Door(database, shared(), visitor, now, TOTP_KEY)


def later(at: Door, wait: timedelta) -> Door:
    """Return the same door `wait` later."""
    return replace(at, now=at.now + wait)


def registered(at: Door, name: str = "Moth", password: str = PASSWORD) -> Opened:
    """Make a person in Kathmandu."""
    return people.register(at, NewPerson(name, password, "Asia/Kathmandu"))


def known(at: Door, opened: Opened) -> Door:
    """Return the door at which the browser of `opened` stands."""
    return replace(at, visitor=replace(at.visitor, device_token=opened.device_token))


def is_open(at: Door, opened: Opened) -> bool:
    """True where the session's token still opens it."""
    with at.database.reading() as session:
        return sessions.find(session, people.hash_of(opened.token), at.now) is not None
