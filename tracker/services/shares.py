"""What a person can do about the links that they share, and whoever holds one with it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tracker.domain.attempts import Bucket, network
from tracker.domain.people import Account
from tracker.domain.readings import Reader, ReaderKind, Seen
from tracker.domain.responder import Rule
from tracker.domain.scopes import Scope
from tracker.domain.shares import Opening, Share, clean_passphrase, token_in
from tracker.domain.windows import Preset
from tracker.domain.words import N_, Refused
from tracker.services import readings
from tracker.services.people import Door, hash_of
from tracker.services.reports import read_report
from tracker.storage import accounts, attempts, audit, shares
from tracker.storage.attempts import Key
from tracker.storage.database import Session
from tracker.storage.shares import Locked


class LinkClosed(Refused):
    """Nothing opens by this: it never was a share, or is one no more; the words don't say which."""

    def __init__(self) -> None:
        super().__init__(N_("This opens nothing. The link may be incomplete, or it was ended."))


class PassphraseNeeded(Refused):
    """The link is right, and its owner gave a passphrase that goes with it."""

    def __init__(self) -> None:
        super().__init__(N_("A passphrase goes with this link."))


class WrongPassphrase(Refused):
    """The passphrase doesn't go with the link."""

    def __init__(self) -> None:
        super().__init__(N_("That is not the passphrase that goes with this link."))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new share is to be: its name for the owner, what may be read, for how many days."""

    label: str
    scope: Scope
    life: timedelta
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """A share just made, and the token of its link, which is told once."""

    share: Share
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A share and its openings, newest first."""

    share: Share
    openings: Sequence[Opening]


@dataclass(frozen=True, slots=True)
class Opened:
    """A share that a browser may read by, and whose diary it is."""

    share: Share
    owner: Account


@dataclass(frozen=True, slots=True)
class Entered:
    """A share just opened, and the token that the browser is to hold."""

    share: Share
    token: str = field(repr=False)


def make(door: Door, who: Account, wish: Wish) -> Made:
    """Make a link by which whoever holds it reads what the wish says.

    Raises:
        ShareRefused: the passphrase is too short or too long.
        TooManyAttempts: others have been hashing for too long.
    """
    passphrase = clean_passphrase(wish.passphrase)
    hashed = door.hasher.hash(passphrase) if passphrase else None
    token = secrets.token_urlsafe(32)
    share = Share(
        id=secrets.token_urlsafe(16),
        owner=who.id,
        label=wish.label,
        scope=wish.scope,
        has_passphrase=hashed is not None,
        created_at=door.now,
        expires_at=door.now + wish.life,
    )

    def write(session: Session) -> Made:
        shares.add_share(session, Locked(share, hashed), hash_of(token))
        audit.record(session, who.id, "share.made", who.id, door.now, share=share.id)
        return Made(share, token)

    return door.database.write(write)


def revoke(session: Session, who: Account, share_id: str, now: datetime) -> bool:
    """End a share for good; return False where the person has none that is not ended."""
    if not shares.revoke(session, who.id, share_id, now):
        return False
    audit.record(session, who.id, "share.revoked", who.id, now, share=share_id)
    return True


def list_all(session: Session, who: Account) -> Sequence[Listed]:
    """Return all shares of a person with their openings, newest first; two statements."""
    found = shares.list_shares(session, who.id)
    openings: Mapping[str, list[Opening]] = {share.id: [] for share in found}
    for opening in shares.list_openings(session, who.id):
        openings[opening.share].append(opening)
    return [Listed(share, openings[share.id]) for share in found]


def usual_first(session: Session, who: Account, now: datetime) -> date | None:
    """Return the first day of the baseline, None where there is none: shares begin there."""
    baseline = read_report(session, who, Rule.YOUNGER2013, Preset.WEEK, now).report.baseline
    return None if baseline is None else baseline.start


def enter(door: Door, link: str, passphrase: str | None, browser: str | None) -> Entered:
    """Open a share: this is what is counted.

    Args:
        door: where whoever holds the link stands.
        link: as it was given, or what follows its #.
        passphrase: None where it was not asked for yet.
        browser: the token that the browser holds for what it opened before, None where none.

    Raises:
        LinkClosed: nothing opens by it.
        PassphraseNeeded: it is right, and a passphrase goes with it.
        WrongPassphrase: that wasn't it.
        TooManyAttempts: it was tried too often from this network, or on this share.
    """
    token_hash = hash_of(token_in(link))
    tried = Key(Bucket.LINK, f"share {network(door.visitor.address)}")
    door.database.write(lambda session: attempts.count(session, [tried], door.now))
    with door.database.reading() as session:
        locked = _found(session, token_hash, door.now)
    guess = Key(Bucket.PASSWORD, f"share {locked.share.id}")
    if locked.passphrase_hash is not None:
        _demand(door, locked, passphrase, tried, guess)

    def let_in(session: Session) -> Entered:
        share = _found(session, token_hash, door.now).share
        attempts.forgive(session, tried, door.now)
        attempts.clear(session, guess)
        known = browser is not None and shares.has_opened(session, hash_of(browser))
        token = browser if browser is not None and known else secrets.token_urlsafe(32)
        shares.add_opening(session, share, secrets.token_urlsafe(9), door.visitor.label, door.now)
        shares.let_in(session, share, hash_of(token), door.now)
        readings.note_reading(session, share.owner, _reader(share), Seen.OPENED, door.now)
        return Entered(share, token)

    return door.database.write(let_in)


def find_opened(session: Session, browser: str, share_id: str, now: datetime) -> Opened | None:
    """Return the share where the browser opened it and may still read by it; two statements."""
    share = shares.find_opened(session, hash_of(browser), share_id, now)
    owner = None if share is None else accounts.find(session, share.owner)
    if share is None or owner is None or not owner.is_open:
        return None
    return Opened(share, owner)


def note_reading(session: Session, opened: Opened, browser: str, what: Seen, now: datetime) -> None:
    """Write down that something is read by a share; nothing is shown before this is committed."""
    readings.note_reading(session, opened.owner.id, _reader(opened.share), what, now)
    shares.touch(session, hash_of(browser), opened.share.id, now)


def _reader(share: Share) -> Reader:
    """Return whoever holds the link, as the owner's log names them."""
    return Reader(share.id, share.name, ReaderKind.LINK)


def _found(session: Session, token_hash: bytes, now: datetime) -> Locked:
    locked = shares.find_by_token(session, token_hash)
    owner = None if locked is None else accounts.find(session, locked.share.owner)
    if locked is None or owner is None or not owner.is_open or not locked.share.holds(now):
        raise LinkClosed
    return locked


def _demand(door: Door, locked: Locked, passphrase: str | None, tried: Key, guess: Key) -> None:
    """Let nobody on who doesn't know the passphrase; each guess is counted before it is looked at.

    Raises:
        PassphraseNeeded: none was given.
        WrongPassphrase: it is another one.
        TooManyAttempts: there were many guesses.
    """
    if passphrase is None:
        door.database.write(lambda session: attempts.forgive(session, tried, door.now))
        raise PassphraseNeeded
    door.database.write(lambda session: attempts.count(session, [guess], door.now))
    if not door.hasher.fits(locked.passphrase_hash, passphrase, known=False):
        raise WrongPassphrase
