"""What a person can do with second factors: set one up, name it, remove it, print codes for it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.domain.factors import LABEL_LIMIT, Factor, FactorKind
from tracker.domain.passwords import LEAST, normal
from tracker.domain.people import Account, SignedIn
from tracker.domain.text import clean_line
from tracker.domain.words import N_, Refused
from tracker.services import codes, recovery
from tracker.services.people import Door
from tracker.storage import audit, factors, sessions
from tracker.storage import recovery as stored_codes
from tracker.storage.database import Session
from tracker.storage.recovery import CodeKind


class FactorCompulsory(Refused):
    """The account reads what others wrote, so one second factor stays."""

    def __init__(self) -> None:
        super().__init__(
            N_("Your account needs a second factor. Add another one before you remove this.")
        )


class PasswordTooShort(Refused):
    """Without a second factor the password stands alone, and is too short for that."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Your password has fewer than %(least)d characters, too few to stand alone. "
                "Choose a longer one first."
            ),
            least=LEAST,
        )


class FirstCodeRefused(Refused):
    """The first code is not the one that the app with this secret shows."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "That is not the code that belongs here. Wait for the next one; if it is refused "
                "too, look whether the phone's clock is right."
            )
        )


@dataclass(frozen=True, slots=True)
class Begun:
    """A factor that waits for its first code: the secret to type, and the address to open."""

    factor: Factor
    secret: str = field(repr=False)
    uri: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """The second factors of an account. `codes_left` is None where no codes were made."""

    factors: Sequence[Factor]
    codes_left: int | None


def kept(session: Session, who: Account) -> Kept:
    """Return the second factors that count, and how many recovery codes are unused."""
    left = stored_codes.codes_left(session, who.id, CodeKind.FACTOR)
    return Kept(factors.confirmed(session, who.id), left)


def begin(session: Session, who: Account, key: bytes, now: datetime) -> None:
    """Make a secret for a new factor; it counts once `complete` saw its first code."""
    factor_id = secrets.token_urlsafe(16)
    sealed = codes.seal_secret(key, codes.new_secret(), who.id, factor_id)
    factors.add(session, who.id, Factor(factor_id, FactorKind.TOTP, sealed, "", now))


def begun(session: Session, who: Account, key: bytes) -> Begun | None:
    """Return the factor that waits for its first code; None where none does."""
    factor = factors.begun(session, who.id)
    if factor is None:
        return None
    secret = codes.unseal_secret(key, factor.secret, who.id, factor.id)
    return None if secret is None else Begun(factor, secret, codes.uri(secret, who.name))


def complete(
    session: Session, who: SignedIn, begun: Begun, code: str, label: str, now: datetime
) -> tuple[str, ...]:
    """Let the factor count, by its first code; return recovery codes where it is the first one.

    Sessions elsewhere were opened without it, and end.

    Args:
        session: a writing one.
        who: whose, and in which session.
        begun: the factor.
        code: that the app shows.
        label: what the person calls it; "" for no name.
        now: when.

    Raises:
        FirstCodeRefused: the code is another.
        TextRefused: the label is too long, or holds what can't be seen.
    """
    step = codes.step_of(begun.secret, code, now)
    if step is None:
        raise FirstCodeRefused
    owner = who.account.id
    named = clean_line(label, LABEL_LIMIT)
    factors.confirm(
        session, owner, replace(begun.factor, label=named, confirmed_at=now, last_step=step)
    )
    audit.record(session, owner, "factor.added", owner, now)
    if who.has_factor:
        return ()
    sessions.end_all(session, owner, but=who.token_hash)
    return make_codes(session, who.account, now)


def make_codes(session: Session, who: Account, now: datetime) -> tuple[str, ...]:
    """Return ten new recovery codes, to be shown once; those before open nothing."""
    made = recovery.make_codes(session, who, CodeKind.FACTOR, now)
    audit.record(session, who.id, "factor.codes_made", who.id, now)
    return made


def rename(session: Session, who: Account, factor: Factor, label: str, now: datetime) -> None:
    """Give a factor another name.

    Raises:
        TextRefused: it is too long, or holds what can't be seen.
    """
    factors.rename(session, who.id, factor.id, clean_line(label, LABEL_LIMIT))
    audit.record(session, who.id, "factor.named", who.id, now)


def remove(session: Session, who: Account, factor: Factor, now: datetime) -> None:
    """Remove one of several factors.

    Raises:
        FactorCompulsory: it is the only one: `remove_last` may do it.
    """
    if [one.id for one in factors.confirmed(session, who.id)] == [factor.id]:
        raise FactorCompulsory
    factors.remove(session, who.id, factor.id)
    audit.record(session, who.id, "factor.removed", who.id, now)


def remove_last(door: Door, who: SignedIn, factor: Factor, password: str) -> None:
    """Remove a person's only factor, where their password can stand alone.

    Raises:
        FactorCompulsory: the account needs one.
        WrongPassword: that is not the password.
        PasswordTooShort: it can't stand alone.
        TooManyAttempts: it was tried too often.
    """
    account = who.account
    if account.role.needs_factor:
        raise FactorCompulsory
    recovery.confirm(door, who, password)
    if len(normal(password)) < LEAST:
        raise PasswordTooShort

    def take(session: Session) -> None:
        factors.remove(session, account.id, factor.id)
        if not factors.confirmed(session, account.id):
            stored_codes.replace_codes(session, account.id, CodeKind.FACTOR, [], door.now)
        audit.record(session, account.id, "factor.removed", account.id, door.now)

    door.database.write(take)
