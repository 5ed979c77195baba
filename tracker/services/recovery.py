"""What a person can do about a password: give it again, change it, set a new one without it."""

import secrets
from dataclasses import replace
from datetime import datetime

from tracker.domain.attempts import Bucket, network
from tracker.domain.passwords import clean_password
from tracker.domain.people import CONSENT_VERSION, Account, SignedIn, clean_zone
from tracker.domain.recovery import CODES, LINK_LIFE, clean_code, make_code
from tracker.domain.words import N_, Refused
from tracker.services.people import Door, Opened, hash_of, open_session
from tracker.storage import accounts, attempts, audit, recovery, sessions
from tracker.storage.attempts import Key
from tracker.storage.database import Session


class WrongPassword(Refused):
    """The password asked again is not the person's."""

    def __init__(self) -> None:
        super().__init__(N_("That is not your password."))


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


def confirm(door: Door, who: SignedIn, password: str) -> None:
    """Open the sensitive deeds for ten minutes.

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

    def open_up(session: Session) -> None:
        attempts.clear(session, key)
        sessions.confirm(session, who.token_hash, door.now)
        audit.record(session, who.account.id, "session.confirmed", who.account.id, door.now)

    door.database.write(open_up)


def change_password(door: Door, who: SignedIn, old: str, new: str) -> None:
    """Put a new password in place of the old one; all other sessions end.

    Raises:
        PasswordRefused: the new one is weak.
        WrongPassword: the old one isn't it.
        TooManyAttempts: it was tried too often.
    """
    password = clean_password(new, who.account.name)
    confirm(door, who, old)
    hashed = door.hasher.hash(password)

    def change(session: Session) -> None:
        accounts.set_password_hash(session, who.account.id, hashed)
        sessions.end_all(session, who.account.id, but=who.token_hash)
        audit.record(session, who.account.id, "password.changed", who.account.id, door.now)

    door.database.write(change)


def make_sheet(session: Session, who: SignedIn, now: datetime) -> tuple[str, ...]:
    """Return ten new recovery codes, to be shown once; those of an older sheet open nothing."""
    codes = tuple(make_code(secrets.choice) for _ in range(CODES))
    hashes = [hash_of(clean_code(code)) for code in codes]
    recovery.replace_sheet(session, who.account.id, hashes, now)
    audit.record(session, who.account.id, "recovery.sheet_made", who.account.id, now)
    return codes


def codes_left(session: Session, who: SignedIn) -> int | None:
    """Return how many codes of the sheet are still good, None where there never was a sheet."""
    return recovery.codes_left(session, who.account.id)


def recover(door: Door, name: str, code: str, new: str) -> Opened:
    """Set a new password by a recovery code, and sign in; all other sessions end.

    Raises:
        PasswordRefused: the new password is weak.
        CodeRefused: name and code don't belong together, or the code was used.
        TooManyAttempts: it was tried too often from this network.
    """
    password = clean_password(new, name)
    key = Key(Bucket.RECOVERY, network(door.visitor.address))
    door.database.write(lambda session: attempts.count(session, [key], door.now))
    hashed = door.hasher.hash(password)

    def reset(session: Session) -> Opened:
        account = accounts.find_by_name(session, name)
        if account is None or not _is_open(account):
            raise CodeRefused
        if not recovery.use(session, account.id, hash_of(clean_code(code)), door.now):
            raise CodeRefused
        attempts.forgive(session, key, door.now)
        return _reset(session, door, account, hashed)

    return door.database.write(reset)


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
        if account is None or not _is_open(account):
            raise LinkRefused
        attempts.forgive(session, key, door.now)
        return account

    return door.database.write(read)


def follow_link(door: Door, token: str, new: str, *, consent: bool, zone: str) -> Opened:
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
    hashed = door.hasher.hash(clean_password(new, account.name))

    def reset(session: Session) -> Opened:
        if not recovery.use(session, account.id, hash_of(token), door.now):
            raise LinkRefused
        if not first:
            return _reset(session, door, account, hashed)
        accounts.consent(session, account.id, CONSENT_VERSION, door.now)
        settled = replace(account, consent_version=CONSENT_VERSION, zone=clean_zone(zone))
        accounts.save_preferences(session, settled)
        return _reset(session, door, settled, hashed)

    return door.database.write(reset)


def _reset(session: Session, door: Door, account: Account, hashed: str) -> Opened:
    accounts.set_password_hash(session, account.id, hashed)
    sessions.end_all(session, account.id)
    audit.record(session, account.id, "password.reset", account.id, door.now)
    return open_session(session, door, account)


def _is_open(account: Account) -> bool:
    return not account.disabled and account.erase_at is None
