"""Authenticator apps, for tests: factors begun and set up, the codes that they show, who reads."""

from collections.abc import Sequence
from datetime import timedelta

import pyotp

from tests.services.doors import (
    TOTP_KEY,
)
from tracker.domain.factors import Factor
from tracker.domain.people import Role, SignedIn
from tracker.services import factors, people
from tracker.services.factors import (
    Begun,
)
from tracker.services.people import Door, Opened
from tracker.storage import audit, sessions

STEP = timedelta(seconds=30)
SHORT = "otter paints"  # enough beside a second factor, too little alone


def begun(door: Door, who: SignedIn) -> Begun:
    """Begin a factor; return it."""
    with door.database.writing() as session:
        factors.begin(session, who.account, TOTP_KEY, door.now)
        found = factors.begun(session, who.account, TOTP_KEY)
    assert found is not None
    return found


def shown(secret: str, door: Door) -> str:
    """Return what the app with this secret shows."""
    return pyotp.TOTP(secret).at(door.now)


def complete(door: Door, who: SignedIn, label: str = "phone") -> tuple[str, Sequence[str]]:
    """Set a factor up; return its secret and the recovery codes that came with it."""
    new = begun(door, who)
    code = shown(new.secret, door)
    with door.database.writing() as session:
        return new.secret, factors.complete(session, who, new, code, label, door.now)


def kept(door: Door, who: SignedIn) -> factors.Kept:
    """Return the factors that count."""
    with door.database.reading() as session:
        return factors.kept(session, who.account)


def only(door: Door, who: SignedIn) -> Factor:
    """Return the one factor there is."""
    (factor,) = kept(door, who).factors
    return factor


def current(door: Door, opened: Opened) -> SignedIn:
    """Return the session as it is found now."""
    with door.database.reading() as session:
        found = sessions.find(session, people.hash_of(opened.token), door.now)
    assert found is not None
    return found


def reader(door: Door, role: Role = Role.CLINICIAN, password: str = SHORT) -> Opened:
    """Add somebody who reads what others wrote, and sign them in by their password."""
    account = people.added_account("Ada", door.now, role, agreed=True)
    with door.database.writing() as session:
        people.add(session, account, door.hasher.hash(password), "operator", door.now)
    return people.sign_in(door, "Ada", password)


def verbs(door: Door, who: SignedIn) -> list[tuple[str, str]]:
    """Return what was done, and by whom, newest first."""
    with door.database.reading() as session:
        return [(e.verb, e.actor) for e in audit.events_of(session, who.account.id, 50)]
