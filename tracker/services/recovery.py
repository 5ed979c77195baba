"""What a person can do about a password: give it again, change it, set a new one without it."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.domain.attempts import Bucket, network
from tracker.domain.passwords import clean_password
from tracker.domain.people import CONSENT_VERSION, Account, SignedIn, clean_zone
from tracker.domain.recovery import CODES, LINK_LIFE, hash_code, make_code
from tracker.domain.words import N_, Refused
from tracker.services import proofs
from tracker.services.people import Door, Opened, device_of, hash_of, open_session
from tracker.storage import accounts, attempts, audit, factors, recovery, sessions
from tracker.storage.attempts import Key
from tracker.storage.database import Session
from tracker.storage.recovery import CodeKind


class WrongPassword(Refused):
    """The password asked again is not the person's."""

    def __init__(self) -> None:
        super().__init__(N_("That is not your password."))


class WrongCode(Refused):
    """The code asked for is none of the person's, or was used."""

    def __init__(self) -> None:
        super().__init__(N_("That code doesn't fit, or it was used. Wait for the next one."))


class CodeRefused(Refused):
    """Name and recovery code don't open an account."""

    def __init__(self) -> None:
        super().__init__(
            N_("Name and code don't belong together, or the code was used. Try the next one."),
        )


class LinkRefused(Refused):
    """The link was used, is too old, or never was one."""

    def __init__(self) -> None:
        super().__init__(
            N_("This link opens nothing any more. Ask whoever runs this server for a new one."),
        )


class ConsentNeeded(Refused):
    """The person has not agreed to the words yet."""

    def __init__(self) -> None:
        super().__init__(N_("Please read this and tick the box if you agree."))


@dataclass(frozen=True, slots=True)
class Recovered:
    """A new password is set. `opened` is None where a second factor has to be proved first."""

    device_token: str
    opened: Opened | None


def confirm(door: Door, who: SignedIn, password: str) -> None:
    """Open the sensitive deeds for ten minutes, by the password.

    Raises:
        WrongPassword: it isn't.
        TooManyAttempts: it was tried too often.
    """
    key = Key(Bucket.PASSWORD, who.account.id)
    door.database.write(lambda session: attempts.count(session, [key], door.now))
    with door.database.reading() as session:
        hashed = accounts.password_hash(session, who.account.id)
    if not door.hasher.fits(hashed, password, known=True):
        raise WrongPassword

    door.database.write(lambda session: _open_up(session, door, who, key))


def confirm_by_code(door: Door, who: SignedIn, code: str) -> None:
    """Open the sensitive deeds for ten minutes, by a code of the second factor.

    Raises:
        WrongCode: it is none, or was used.
        TooManyAttempts: it was tried too often.
    """
    owner, key = who.account.id, Key(Bucket.FACTOR, who.account.id)
    door.database.write(lambda session: attempts.count(session, [key], door.now))

    def open_up(session: Session) -> None:
        held = proofs.read(session, owner, code)
        proof = proofs.find(held, owner, code, door.totp_key, door.now)
        if proof is None or not proofs.use(session, owner, proof, door.now):
            raise WrongCode
        _open_up(session, door, who, key)

    door.database.write(open_up)


def _open_up(session: Session, door: Door, who: SignedIn, key: Key) -> None:
    attempts.clear(session, key)
    sessions.confirm(session, who.token_hash, door.now)
    audit.record(session, who.account.id, "session.confirmed", who.account.id, door.now)


def change_password(door: Door, who: SignedIn, old: str, new: str) -> None:
    """Put a new password in place of the old one; all other sessions end.

    Raises:
        PasswordRefused: the new one is weak.
        WrongPassword: the old one isn't it.
        TooManyAttempts: it was tried too often.
    """
    least = who.account.role.least_password(has_factor=who.has_factor)
    password = clean_password(new, who.account.name, least)
    confirm(door, who, old)
    hashed = door.hasher.hash(password)

    def change(session: Session) -> None:
        accounts.set_password_hash(session, who.account.id, hashed)
        sessions.end_all(session, who.account.id, but=who.token_hash)
        audit.record(session, who.account.id, "password.changed", who.account.id, door.now)

    door.database.write(change)


def make_sheet(session: Session, who: SignedIn, now: datetime) -> tuple[str, ...]:
    """Return ten new recovery codes, to be shown once; those of an older sheet open nothing."""
    codes = make_codes(session, who.account, CodeKind.SHEET, now)
    audit.record(session, who.account.id, "recovery.sheet_made", who.account.id, now)
    return codes


def make_codes(session: Session, who: Account, kind: CodeKind, now: datetime) -> tuple[str, ...]:
    """Return ten new codes of a kind, in place of those before."""
    codes = tuple(make_code(secrets.choice) for _ in range(CODES))
    recovery.replace_codes(session, who.id, kind, map(hash_code, codes), now)
    return codes


def codes_left(session: Session, who: SignedIn) -> int | None:
    """Return how many codes of the sheet are still good, None where there never was a sheet."""
    return recovery.codes_left(session, who.account.id, CodeKind.SHEET)


def recover(door: Door, name: str, code: str, new: str) -> Recovered:
    """Set a new password by a recovery code, and sign in; all other sessions end.

    A code of the sheet stands in for the password alone: a second factor is still to be proved.

    Raises:
        PasswordRefused: the new password is weak.
        CodeRefused: name and code don't belong together, or the code was used.
        TooManyAttempts: it was tried too often from this network.
    """
    password = clean_password(new, name)
    key = Key(Bucket.RECOVERY, network(door.visitor.address))
    door.database.write(lambda session: attempts.count(session, [key], door.now))
    hashed = door.hasher.hash(password)

    def reset(session: Session) -> Recovered:
        account = accounts.find_by_name(session, name)
        if account is None or not account.is_open:
            raise CodeRefused
        if not recovery.use(session, account.id, CodeKind.SHEET, hash_code(code), door.now):
            raise CodeRefused
        attempts.forgive(session, key, door.now)
        return _reset(session, door, account, hashed)

    return door.database.write(reset)


def take_factors(session: Session, account: Account, now: datetime) -> bool:
    """Take the second factor from an account, as the operator; return False where it has none.

    The password goes with it, and all sessions end: until the link is followed nothing opens.
    """
    had = factors.remove_all(session, account.id)
    if had:
        recovery.replace_codes(session, account.id, CodeKind.FACTOR, [], now)
        accounts.set_password_hash(session, account.id, None)
        sessions.end_all(session, account.id)
        audit.record(session, account.id, "factor.removed", "operator", now)
    return had


def make_link(session: Session, account: Account, now: datetime) -> str:
    """Return the token of a link by which the person sets a password, as the operator."""
    token = secrets.token_urlsafe(32)
    recovery.replace_link(session, account.id, hash_of(token), now, LINK_LIFE)
    audit.record(session, account.id, "password.link_made", "operator", now)
    return token


def read_link(door: Door, token: str) -> Account:
    """Return whose password the link sets.

    Raises:
        LinkRefused: nobody's (any more).
        TooManyAttempts: it was tried too often from this network.
    """
    key = Key(Bucket.LINK, network(door.visitor.address))
    door.database.write(lambda session: attempts.count(session, [key], door.now))

    def read(session: Session) -> Account:
        owner = recovery.owner_of_link(session, hash_of(token), door.now)
        account = None if owner is None else accounts.find(session, owner)
        if account is None or not account.is_open:
            raise LinkRefused
        attempts.forgive(session, key, door.now)
        return account

    return door.database.write(read)


def follow_link(door: Door, token: str, new: str, *, consent: bool, zone: str) -> Recovered:
    """Set a new password by the operator's link, and sign in; all other sessions end.

    Args:
        door: where the person stands.
        token: of the link.
        new: the password wanted.
        consent: whether the person agreed to the words just now.
        zone: the browser's; taken where the operator made the account and couldn't know it.

    Raises:
        LinkRefused: the link opens nothing (any more).
        ConsentNeeded: the person never agreed, and doesn't now.
        PasswordRefused: the new password is weak.
        TooManyAttempts: it was tried too often from this network.
    """
    account = read_link(door, token)
    first = account.consent_version is None
    if first and not consent:
        raise ConsentNeeded
    least = account.role.least_password(has_factor=False)
    hashed = door.hasher.hash(clean_password(new, account.name, least))

    def reset(session: Session) -> Recovered:
        if not recovery.use(session, account.id, CodeKind.OPERATOR, hash_of(token), door.now):
            raise LinkRefused
        if not first:
            return _reset(session, door, account, hashed)
        accounts.consent(session, account.id, CONSENT_VERSION, door.now)
        settled = replace(account, consent_version=CONSENT_VERSION, zone=clean_zone(zone))
        accounts.save_preferences(session, settled)
        return _reset(session, door, settled, hashed)

    return door.database.write(reset)


def _reset(session: Session, door: Door, account: Account, hashed: str) -> Recovered:
    accounts.set_password_hash(session, account.id, hashed)
    sessions.end_all(session, account.id)
    audit.record(session, account.id, "password.reset", account.id, door.now)
    if factors.confirmed(session, account.id):
        token, device = device_of(door)
        sessions.remember(session, account.id, device, door.now)
        return Recovered(token, None)
    opened = open_session(session, door, account)
    return Recovered(opened.device_token, opened)
