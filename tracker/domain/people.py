"""People: an account, its role, its preferences, and what a name may be."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from tracker.domain import passwords
from tracker.domain.diary import LATEST_ROLLOVER
from tracker.domain.words import N_, Refused

NAME_LIMIT: Final = 40  # code points, after NFKC
CONSENT_VERSION: Final = 1  # of the words agreed to at sign-up; a change of them is a new version
SESSION_IDLE: Final = timedelta(days=30)  # a patient stays signed in this long since last use
SESSION_LIFE: Final = timedelta(days=365)  # and at most this long
READER_IDLE: Final = timedelta(minutes=30)  # the same of those who read what others wrote
READER_LIFE: Final = timedelta(hours=12)
SEEN_STEP: Final = timedelta(minutes=5)  # last use is written at most this often
CONFIRMATION: Final = timedelta(minutes=10)  # a factor given opens the sensitive deeds this long


class Role(StrEnum):
    """What an account is for; one account has one role."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    COORDINATOR = "coordinator"

    @property
    def needs_factor(self) -> bool:
        """True where a password alone opens nothing: the role reads what others wrote."""
        return self is not Role.PATIENT

    @property
    def idle(self) -> timedelta:
        """How long a session lasts without use."""
        return READER_IDLE if self.needs_factor else SESSION_IDLE

    @property
    def life(self) -> timedelta:
        """How long a session lasts at most."""
        return READER_LIFE if self.needs_factor else SESSION_LIFE

    def least_password(self, *, has_factor: bool) -> int:
        """Return how many characters a password needs: more where nothing stands beside it."""
        if has_factor or self.needs_factor:
            return passwords.LEAST_BESIDE_FACTOR
        return passwords.LEAST


class Theme(StrEnum):
    """How pages are lit; `auto` is dim after 19:00 or by the system's choice."""

    AUTO = "auto"
    DIM = "dim"
    LIGHT = "light"
    SEPIA = "sepia"


class NameRefused(Refused):
    """The text can't be a name here."""


class PreferenceRefused(Refused):
    """There is no such zone, or no such rollover."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person as the product knows them: a pseudonym will do.

    `zone` is an IANA name. `rollover` is the wall-clock time at which the diary day ends.
    `language` is "" where pages follow the browser. `disabled` is True where the operator
    closed the account: nobody signs in to it. `erase_at` is when all of it goes, None
    where the person did not ask for that. `consent_version` is None until the person agreed.
    `calm` is True where tonight's questions come one at a time.
    """

    id: str
    name: str
    role: Role
    zone: str
    rollover: time
    theme: Theme
    language: str
    created_at: datetime
    disabled: bool = False
    erase_at: datetime | None = None
    consent_version: int | None = None
    calm: bool = False

    @property
    def is_open(self) -> bool:
        """True where the person is here: neither closed by the operator nor about to be erased."""
        return not self.disabled and self.erase_at is None

    @property
    def tzinfo(self) -> ZoneInfo:
        """The person's own zone, by which their diary days are counted."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that holds: whose it is, and when its owner last proved to be there.

    `token_hash` is the SHA-256 of the cookie's token, the session's key. `has_factor` is True where
    the account has a second factor: then every session of it was opened with one.
    """

    account: Account
    token_hash: bytes
    created_at: datetime
    confirmed_at: datetime
    seen_at: datetime
    has_factor: bool = False

    @property
    def lacks_factor(self) -> bool:
        """True where nothing is open yet: the role needs a second factor, and there is none."""
        return self.account.role.needs_factor and not self.has_factor

    def is_unseen(self, now: datetime) -> bool:
        """True where the last use lies so far back that it is worth a write."""
        return now - self.seen_at >= SEEN_STEP

    def is_confirmed(self, now: datetime) -> bool:
        """True where a factor was given so lately that sensitive deeds are open."""
        return now - self.confirmed_at <= CONFIRMATION


def clean_name(text: str) -> str:
    """Return `text` as a name: NFKC, without space around it.

    Raises:
        NameRefused: it is empty, too long, or holds what can't be seen.

    >>> clean_name("  Moth ")
    'Moth'
    """
    name = unicodedata.normalize("NFKC", text).strip()
    if not name:
        raise NameRefused(N_("Choose a name. A made-up one will do."))
    if len(name) > NAME_LIMIT:
        raise NameRefused(
            N_("A name can be at most %(limit)d characters long. This one has %(length)d."),
            limit=NAME_LIMIT,
            length=len(name),
        )
    if not name.isprintable():
        raise NameRefused(N_("A name can't hold hidden or control characters."))
    return name


def name_key(name: str) -> str:
    """Return what tells names apart: case and the spelling of accents don't.

    >>> name_key("Moth") == name_key(" mOTH")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip().casefold())


def clean_zone(text: str) -> str:
    """Return `text` where it names a time zone.

    Raises:
        PreferenceRefused: it doesn't.
    """
    if not known_zone(text):
        raise PreferenceRefused(N_("“%(zone)s” is not a time zone we know."), zone=text)
    return text


def known_zone(text: str) -> bool:
    """True where `text` names a time zone that a person or a browser may use."""
    return text in _all_zones()


def clean_rollover(value: time) -> time:
    """Return `value` where a diary day may end then.

    Raises:
        PreferenceRefused: it is after noon, or no whole minute.
    """
    if value > LATEST_ROLLOVER or value != value.replace(second=0, microsecond=0):
        raise PreferenceRefused(N_("The diary day can end between 00:00 and 12:00."))
    return value


@cache
def zones() -> tuple[str, ...]:
    """Return the names of the time zones offered for choice, in order."""
    old = {"Brazil", "Canada", "Chile", "Etc", "Mexico", "US"}  # kept only for old computers
    return (
        *sorted(n for n in _all_zones() if "/" in n and n.partition("/")[0] not in old),
        "UTC",
    )


@cache
def _all_zones() -> frozenset[str]:
    return frozenset(available_timezones()) - {"Factory", "localtime"}
