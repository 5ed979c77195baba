"""What a person can do at the door: register, and sign in."""

import hashlib
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from tracker.domain.attempts import Bucket, network
from tracker.domain.diary import ROLLOVER
from tracker.domain.passwords import clean_password
from tracker.domain.people import (
    CONSENT_VERSION,
    Account,
    Role,
    SignedIn,
    Theme,
    clean_name,
    clean_zone,
    name_key,
)
from tracker.domain.words import N_, Refused
from tracker.services.hashing import Hasher
from tracker.storage import accounts, attempts, audit, questionnaires, sessions
from tracker.storage.attempts import Key
from tracker.storage.database import Database, Session
from tracker.storage.sessions import Device

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)  # 256 bits


class NameTaken(Refused):
    """Somebody here has that name."""


class SignInRefused(Refused):
    """Name and password don't open an account; the words don't say which of them is wrong."""

    def __init__(self) -> None:
        super().__init__(
            N_("Name and password don't belong together. Check both and try again."),
        )


class ErasurePending(Refused):
    """The person asked to be erased, and can still take it back."""

    def __init__(self, at: datetime) -> None:
        self.at: Final = at
        super().__init__(N_("You asked for everything to be erased. It has not happened yet."))


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser at the door.

    `label` is what it says it is, for the list of devices. `device_token` is the lasting one that
    it holds, None where it holds none.
    """

    address: str
    label: str
    device_token: str | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """Where strangers stand. Hashing takes its time, so deeds here open transactions themselves.

    An attempt is counted and committed before the password is looked at.
    """

    database: Database
    hasher: Hasher
    visitor: Visitor
    now: datetime


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What somebody says of themselves who begins a diary, and that they agree to the words."""

    name: str
    password: str
    zone: str
    theme: Theme = Theme.AUTO
    language: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just opened, and the two tokens that the browser is to hold."""

    token: str
    device_token: str
    signed_in: SignedIn


def register(door: Door, person: NewPerson) -> Opened:
    """Make an account that keeps a diary, and sign it in.

    Raises:
        Refused: the name can't be one or is taken, the zone is unknown, the password is weak.
        TooManyAttempts: too many accounts were made from this network.
    """
    account = new_account(person, door.now)
    password = clean_password(person.password, account.name)
    key = Key(Bucket.REGISTER, network(door.visitor.address))
    door.database.write(lambda session: attempts.count(session, [key], door.now))
    hashed = door.hasher.hash(password)

    def make(session: Session) -> Opened:
        add(session, account, hashed, account.id, door.now)
        return open_session(session, door, account)

    return door.database.write(make)


def new_account(person: NewPerson, now: datetime) -> Account:
    """Return the account that `person` will have.

    Raises:
        Refused: the name can't be one, or the zone is unknown.
    """
    return Account(
        id=secrets.token_urlsafe(16),
        name=clean_name(person.name),
        role=Role.PATIENT,
        zone=clean_zone(person.zone),
        rollover=ROLLOVER,
        theme=person.theme,
        language=person.language,
        created_at=now,
        consent_version=CONSENT_VERSION,
    )


def added_account(name: str, now: datetime, *, agreed: bool) -> Account:
    """Return the account of somebody whom the operator adds, in UTC until they bring a zone.

    Args:
        name: as typed.
        now: when.
        agreed: False where the person still has to agree, before the first sign-in.

    Raises:
        NameRefused: the name can't be one.
    """
    account = new_account(NewPerson(name, "", "UTC"), now)
    return account if agreed else replace(account, consent_version=None)


def add(session: Session, account: Account, hashed: str | None, actor: str, now: datetime) -> None:
    """Store a new account.

    Raises:
        NameTaken: somebody has that name.
    """
    if not accounts.add(session, account, hashed):
        raise NameTaken(
            N_("Somebody here is called “%(name)s” already. Choose another name."),
            name=account.name,
        )
    if account.role is Role.PATIENT:
        questionnaires.begin(session, account.id, now)
    audit.record(session, account.id, "account.made", actor, now)


def sign_in(door: Door, name: str, password: str, *, keep: bool = False) -> Opened:
    """Open a session for whoever has this name and password.

    Args:
        door: where the person stands.
        name: as typed.
        password: as typed.
        keep: take back a wish to be erased.

    Raises:
        SignInRefused: they don't belong together, or the account is closed.
        ErasurePending: they do, but the person asked to be erased and `keep` is False.
        TooManyAttempts: it was tried too often.
    """
    asked = door.database.write(lambda session: _ask(session, door, name))
    account, hashed = asked.account, asked.hashed
    fits = door.hasher.fits(hashed, password, known=asked.known)
    if not fits or account is None or hashed is None or account.disabled:
        raise SignInRefused
    if account.erase_at is not None:
        _check_erasure(account.erase_at, door.now, keep=keep)
    outdated = door.hasher.is_outdated(hashed)
    fresh = door.hasher.hash(password) if outdated else hashed

    def let_in(session: Session) -> Opened:
        if accounts.password_hash(session, account.id) != hashed:
            raise SignInRefused  # changed in this very moment
        for key in asked.keys:
            _succeed(session, key, door.now)
        if outdated:
            accounts.set_password_hash(session, account.id, fresh)
        if account.erase_at is not None:
            accounts.set_erasure(session, account.id, None)
            audit.record(session, account.id, "erasure.withdrawn", account.id, door.now)
        return open_session(session, door, replace(account, erase_at=None))

    return door.database.write(let_in)


def _check_erasure(at: datetime, now: datetime, *, keep: bool) -> None:
    if at <= now:
        raise SignInRefused  # what is left goes with the next tidying
    if not keep:
        raise ErasurePending(at)


def open_session(session: Session, door: Door, account: Account) -> Opened:
    """Open a session for `account` in this browser, which is known from now on."""
    token = secrets.token_urlsafe(32)
    device_token = _device_token(door.visitor) or secrets.token_urlsafe(32)
    device = Device(hash_of(device_token), door.visitor.label)
    sessions.add(session, account.id, hash_of(token), device, door.now)
    audit.record(session, account.id, "session.opened", account.id, door.now)
    signed_in = SignedIn(account, hash_of(token), door.now, door.now, door.now)
    return Opened(token, device_token, signed_in)


def hash_of(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True, slots=True)
class _Asked:
    account: Account | None
    hashed: str | None
    known: bool
    keys: tuple[Key, ...]


def _ask(session: Session, door: Door, name: str) -> _Asked:
    """Count a sign-in in its buckets, then say who is meant and whether the device is known."""
    account = accounts.find_by_name(session, name)
    device_token = _device_token(door.visitor)
    device = None if device_token is None else hash_of(device_token)
    known = account and device and sessions.is_known(session, account.id, device)
    if account is not None and device is not None and known:
        keys = [Key(Bucket.DEVICE, f"{account.id}:{device.hex()}")]
    else:
        keys = [
            Key(Bucket.ACCOUNT, name_key(name)),
            Key(Bucket.NETWORK, network(door.visitor.address)),
        ]
    attempts.count(session, keys, door.now)
    hashed = accounts.password_hash(session, "" if account is None else account.id)
    return _Asked(account, hashed, bool(known), tuple(keys))


def _succeed(session: Session, key: Key, now: datetime) -> None:
    if key.bucket is Bucket.NETWORK:
        attempts.forgive(session, key, now)
    else:
        attempts.clear(session, key)


def _device_token(visitor: Visitor) -> str | None:
    token = visitor.device_token
    return token if token is not None and _TOKEN.fullmatch(token) else None
