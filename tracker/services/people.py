"""What a person can do at the door: register, and sign in."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field, replace
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
from tracker.services import proofs
from tracker.services.hashing import Hasher
from tracker.services.proofs import Held, Proof
from tracker.storage import accounts, attempts, audit, factors, questionnaires, sessions
from tracker.storage.attempts import Key
from tracker.storage.database import Database, Session
from tracker.storage.sessions import Device

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)  # 256 bits


class NameTaken(Refused):
    """Somebody here has that name."""


class SignInRefused(Refused):
    """What was typed opens no account; the words don't say what of it is wrong."""

    def __init__(self, *, with_code: bool = False) -> None:
        super().__init__(
            N_(
                "Name, password and code don't belong together. Check them and try again; "
                "each code works once, for about a minute."
            )
            if with_code
            else N_("Name and password don't belong together. Check both and try again."),
        )


class CodeNeeded(Refused):
    """Name and password belong together, and the account has a second factor."""

    def __init__(self) -> None:
        super().__init__(N_("Now the code from your authenticator app."))


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

    An attempt is counted and committed before the password is looked at. `totp_key` is the one
    under which secrets of second factors are encrypted.
    """

    database: Database
    hasher: Hasher
    visitor: Visitor
    now: datetime
    totp_key: bytes = field(repr=False)


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


def new_account(person: NewPerson, now: datetime, role: Role = Role.PATIENT) -> Account:
    """Return the account that `person` will have.

    Raises:
        Refused: the name can't be one, or the zone is unknown.
    """
    return Account(
        id=secrets.token_urlsafe(16),
        name=clean_name(person.name),
        role=role,
        zone=clean_zone(person.zone),
        rollover=ROLLOVER,
        theme=person.theme,
        language=person.language,
        created_at=now,
        consent_version=CONSENT_VERSION,
    )


def added_account(name: str, now: datetime, role: Role = Role.PATIENT, *, agreed: bool) -> Account:
    """Return the account of somebody whom the operator adds, in UTC until they bring a zone.

    Args:
        name: as typed.
        now: when.
        role: what the account is for.
        agreed: False where the person still has to agree, before the first sign-in.

    Raises:
        NameRefused: the name can't be one.
    """
    account = new_account(NewPerson(name, "", "UTC"), now, role)
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


def sign_in(door: Door, name: str, password: str, code: str = "", *, keep: bool = False) -> Opened:
    """Open a session for whoever has this name and password, and a second factor where one is set.

    Args:
        door: where the person stands.
        name: as typed.
        password: as typed.
        code: of the second factor, or a recovery code for it, as typed; "" for none.
        keep: take back a wish to be erased.

    Raises:
        SignInRefused: they don't belong together, or the account is closed.
        CodeNeeded: they do, but a second factor is set and no code was given.
        ErasurePending: they do, but the person asked to be erased and `keep` is False.
        TooManyAttempts: it was tried too often.
    """
    refusal = SignInRefused(with_code=bool(code))
    asked = door.database.write(lambda session: _ask(session, door, name, code))
    account, hashed = asked.account, asked.hashed
    fits = door.hasher.fits(hashed, password, known=asked.known)
    if not fits or account is None or hashed is None or account.disabled:
        raise refusal
    proof = _proof(door, account, asked.held, code)
    if (proof is None) != (not asked.held.factors):
        raise refusal
    fresh = door.hasher.hash(password) if door.hasher.is_outdated(hashed) else hashed

    def let_in(session: Session) -> Opened:
        if not _still_holds(session, door, account, hashed, proof):
            raise refusal
        for key in asked.keys:
            _succeed(session, key, door.now)
        if fresh != hashed:
            accounts.set_password_hash(session, account.id, fresh)
        kept = _with_erasure_settled(session, account, door.now, keep=keep)
        return open_session(session, door, kept, has_factor=proof is not None)

    return door.database.write(let_in)


def _proof(door: Door, account: Account, held: Held, code: str) -> Proof | None:
    """Return what the code proves; None where it proves nothing, or nothing needs to be proved."""
    if not held.factors:
        return None
    if not code:
        raise CodeNeeded
    return proofs.find(held, account.id, code, door.totp_key, door.now)


def _still_holds(
    session: Session, door: Door, account: Account, hashed: str, proof: Proof | None
) -> bool:
    """Use the proof up; return False where it was used, or the account just changed."""
    if accounts.password_hash(session, account.id) != hashed:
        return False
    if proof is None:
        return not factors.confirmed(session, account.id)
    return proofs.use(session, account.id, proof, door.now)


def _with_erasure_settled(
    session: Session, account: Account, now: datetime, *, keep: bool
) -> Account:
    """Return the account without a wish to be erased, which its person takes back."""
    if account.erase_at is None:
        return account
    _check_erasure(account.erase_at, now, keep=keep)
    accounts.set_erasure(session, account.id, None)
    audit.record(session, account.id, "erasure.withdrawn", account.id, now)
    return replace(account, erase_at=None)


def _check_erasure(at: datetime, now: datetime, *, keep: bool) -> None:
    if at <= now:
        raise SignInRefused  # what is left goes with the next tidying
    if not keep:
        raise ErasurePending(at)


def open_session(
    session: Session, door: Door, account: Account, *, has_factor: bool = False
) -> Opened:
    """Open a session for `account` in this browser, which is known from now on.

    Args:
        session: a writing one.
        door: where the person stands.
        account: whose.
        has_factor: whether a second factor is set; then it was proved just now.
    """
    token = secrets.token_urlsafe(32)
    device_token, device = device_of(door)
    sessions.add(session, account, hash_of(token), device, door.now)
    audit.record(session, account.id, "session.opened", account.id, door.now)
    signed_in = SignedIn(account, hash_of(token), door.now, door.now, door.now, has_factor)
    return Opened(token, device_token, signed_in)


def device_of(door: Door) -> tuple[str, Device]:
    """Return the lasting token that this browser holds, or is to hold from now on; and its row."""
    token = _device_token(door.visitor) or secrets.token_urlsafe(32)
    return token, Device(hash_of(token), door.visitor.label)


def hash_of(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True, slots=True)
class _Asked:
    account: Account | None
    hashed: str | None
    known: bool
    keys: tuple[Key, ...]
    held: Held


def _ask(session: Session, door: Door, name: str, code: str) -> _Asked:
    """Count a sign-in in its buckets, then say who is meant and whether the device is known."""
    account = accounts.find_by_name(session, name)
    device_token = _device_token(door.visitor)
    device = None if device_token is None else hash_of(device_token)
    known = account and device and sessions.is_known(session, account.id, device)
    if account is not None and device is not None and known:
        here = f"{account.id}:{device.hex()}"
        keys = [Key(Bucket.DEVICE, here), *([Key(Bucket.FACTOR, here)] if code else [])]
    else:
        keys = [
            Key(Bucket.ACCOUNT, name_key(name)),
            Key(Bucket.NETWORK, network(door.visitor.address)),
        ]
    attempts.count(session, keys, door.now)
    owner = "" if account is None else account.id
    hashed = accounts.password_hash(session, owner)
    held = proofs.read(session, owner, code)
    return _Asked(account, hashed, bool(known), tuple(keys), held)


def _succeed(session: Session, key: Key, now: datetime) -> None:
    if key.bucket is Bucket.NETWORK:
        attempts.forgive(session, key, now)
    else:
        attempts.clear(session, key)


def _device_token(visitor: Visitor) -> str | None:
    token = visitor.device_token
    return token if token is not None and _TOKEN.fullmatch(token) else None
