"""A plan that somebody lives by: when it began, who holds its key, and how that was opened."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tracker.domain.plans import Plan


class Holder(StrEnum):
    """Who holds the key to the order that was drawn."""

    NONE = "none"  # nothing is hidden
    APP = "app"  # the installation, until a date
    PERSON = "person"  # somebody else, by a link and a passphrase
    STUDY = "study"


class OpenedBy(StrEnum):
    """Who opened the order."""

    OWNER = "owner"
    HOLDER = "holder"
    STUDY = "study"


class Why(StrEnum):
    """Why the order was opened."""

    PLANNED_END = "planned_end"
    SIDE_EFFECT = "side_effect"
    EMERGENCY = "emergency"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unblinding:
    """That the order was opened; `reason` is in own words and may be empty."""

    at: datetime
    by: OpenedBy
    why: Why
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sealing:
    """The order under a key.

    `public` is what closed the box, `hidden` the private half under a passphrase or another key,
    `box` what holds the order. An archive carries `public` alone.
    """

    public: bytes
    hidden: bytes | None = field(default=None, repr=False)
    box: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class StartedPlan:
    """A plan that was started.

    `ended_at` is None where it was not stopped early, `opens_on` where no date was set,
    `sealing` where no order is sealed (yet), `looked_at` where its holder never looked again,
    `study` where it is no study's.
    """

    id: str
    plan: Plan
    started_on: date
    created_at: datetime
    holder: Holder = Holder.NONE
    ended_at: datetime | None = None
    opens_on: date | None = None
    study: str | None = None
    sealing: Sealing | None = field(default=None, repr=False)
    looked_at: datetime | None = None
    unblinding: Unblinding | None = None

    @property
    def is_blinded(self) -> bool:
        """True while the order is not to be known."""
        return self.holder is not Holder.NONE and self.unblinding is None

    @property
    def waits(self) -> bool:
        """True while no order is drawn: its holder has not come yet."""
        return self.is_blinded and self.sealing is None

    @property
    def about(self) -> str:
        """What the box is about: it opens for this plan alone, wherever it is kept."""
        return about(self.id)


def about(plan_id: str) -> str:
    """Return what the box of the plan with this id is about."""
    return f"plan {plan_id}"
