"""Grants: the standing access that an owner gives someone, and ends whenever they like."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tracker.domain.scopes import Scope

INVITATION_LIFE: Final = timedelta(days=14)  # of an invitation to a grant, either way


class GrantKind(StrEnum):
    """What a grant lets someone do."""

    READ = "read"  # a clinician reads the report, as far as the scope goes
    HELP = "help"  # a helper logs tonight and yesterday for the owner, and reads nothing else


class Side(StrEnum):
    """Who makes an invitation to a grant."""

    OFFER = "offer"  # the owner offers access; scope and end are theirs already
    ASK = "ask"  # a clinician asks for it; the owner picks scope and end on accepting


class GrantEnd(StrEnum):
    """Who ended a grant."""

    OWNER = "owner"
    READER = "reader"
    OPERATOR = "operator"  # the reader's account was disabled or erased


@dataclass(frozen=True, slots=True)
class Terms:
    """What an owner lets somebody do, how far, and until when (None: until somebody ends it)."""

    kind: GrantKind
    scope: Scope
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """One person's standing access to another's diary.

    `owner` and `reader` are account ids; `reader_name` stays as it was when the grant was made,
    so that the owner can always tell who had read. `expires_at` is None where the owner set no
    end. `ended_at` and `ended_by` are None while nobody ended it.
    """

    id: str
    owner: str
    reader: str
    reader_name: str
    kind: GrantKind
    scope: Scope
    created_at: datetime
    expires_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: GrantEnd | None = None

    def holds(self, now: datetime) -> bool:
        """True where the reader may still come in."""
        return self.ended_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation to a grant, good once, until `expires_at`.

    `maker` is the account that made it: the owner of the diary who offers, or the clinician who
    asks. `terms` are what an owner offers, None where a clinician asks: then the owner picks them.
    """

    id: str
    maker: str
    terms: Terms | None
    created_at: datetime
    expires_at: datetime

    @property
    def side(self) -> Side:
        """Who made it."""
        return Side.ASK if self.terms is None else Side.OFFER

    @property
    def kind(self) -> GrantKind:
        """What it leads to; clinicians ask to read."""
        return GrantKind.READ if self.terms is None else self.terms.kind
