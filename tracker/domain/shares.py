"""Shares: links by which whoever holds one reads a report, as far and as long as it goes."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tracker.domain.passwords import MOST
from tracker.domain.scopes import Scope
from tracker.domain.words import N_, Refused

LABEL_LIMIT: Final = 60  # code points; for the owner's own memory
LIVES: Final = (7, 30, 90, 365)  # days that a share may last [O]
USUAL_LIFE: Final = 30  # days
LEAST_PASSPHRASE: Final = 8  # code points; tries are few and slow, and the link is needed too
READER_IDLE: Final = timedelta(minutes=30)  # a reader's browser that rests so long opens anew
READER_LIFE: Final = timedelta(hours=12)  # after which it opens anew in any case
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)  # 256 bits


class ShareRefused(Refused):
    """A share can't be made so."""


@dataclass(frozen=True, slots=True)
class Share:
    """One link: what whoever holds it may read of `owner`'s diary, and until when.

    `label` is what the owner calls it, "" where they don't. `revoked_at` is None while it was not
    revoked.
    """

    id: str
    owner: str
    label: str
    scope: Scope
    has_passphrase: bool
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """True where the link still opens something."""
        return self.revoked_at is None and now < self.expires_at

    @property
    def name(self) -> str:
        """What the log of readings calls it."""
        return self.label or f"{self.created_at:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Opening:
    """One time that a share was opened: when, and by which kind of browser ("" if unknown)."""

    share: str
    at: datetime
    device: str


def token_in(text: str) -> str:
    """Return the token in a link, or in what follows its #; "" where there is none.

    >>> token_in(f"https://diary.example/s#{'a' * 43} ") == "a" * 43
    True
    >>> token_in("hello")
    ''
    """
    token = text.strip().rpartition("#")[2]
    return token if _TOKEN.fullmatch(token) else ""


def clean_passphrase(text: str) -> str:
    """Return `text` where it may guard a share, "" where none was typed.

    Raises:
        ShareRefused: it is too short or too long.
    """
    if text and not LEAST_PASSPHRASE <= len(text) <= MOST:
        raise ShareRefused(
            N_("A passphrase needs %(least)d to %(most)d characters, or leave it empty."),
            least=LEAST_PASSPHRASE,
            most=MOST,
        )
    return text
