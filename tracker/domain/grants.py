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


class GrantEnd(StrEnum):
    """Who ended a grant."""

    OWNER = "owner"
    READER = "reader"
    OPERATOR = "operator"  # the reader's account was disabled or erased


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
