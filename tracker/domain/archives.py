"""The archive: everything of one diary, and the chain of hashes over its revisions."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from tracker.domain.measurements import Measurement
from tracker.domain.medicines import Medicine
from tracker.domain.people import Theme
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import Item, Questionnaire
from tracker.domain.reminders import Wish
from tracker.domain.revisions import Revision
from tracker.domain.side_effects import SideEffect
from tracker.domain.started_plans import StartedPlan

FORMAT: Final = 1  # of the file; a reader that doesn't know a number refuses it
GENESIS: Final = "0" * 64  # what stands before the first revision
OWNER: Final = "owner"  # as author: whoever keeps the diary, whatever their id is there
OPERATOR: Final = "operator"

Json = bool | int | str | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Version:
    """What was asked from some day on; `created_at` is None for the first, made at sign-up."""

    asked: Questionnaire
    wording: int
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnItem:
    """A symptom in the person's words."""

    item: Item
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KeptPhase:
    """A phase, when it was written down, and the id of the plan that laid it out, None: none."""

    phase: Phase
    created_at: datetime
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class KeptMedicine:
    """A medicine, and when it and each of its doses were written down."""

    medicine: Medicine
    created_at: datetime
    doses_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class KeptPause:
    """Half-open days without expectation; `end` is None while the pause runs."""

    start: date
    end: date | None
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KeptEffect:
    """A side effect, and when it was written down."""

    effect: SideEffect
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A day on which no new side effect was told, and when that was written down."""

    day: date
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KeptMeasurement:
    """A measurement, and when it was written down."""

    measurement: Measurement
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KeptHappenings:
    """Side effects by start, "nothing new" and measurements by day."""

    effects: tuple[KeptEffect, ...] = ()
    checks: tuple[KeptCheck, ...] = ()
    measurements: tuple[KeptMeasurement, ...] = ()

    def __len__(self) -> int:
        """The number of all of them."""
        return len(self.effects) + len(self.checks) + len(self.measurements)


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings of an account that belong to its diary; as in `Account`."""

    zone: str
    rollover: time
    theme: Theme
    language: str
    calm: bool


@dataclass(frozen=True, slots=True)
class KeptReminder:
    """When somebody wants to be reminded and by what; which devices and address stays behind."""

    wish: Wish
    is_on: bool


@dataclass(frozen=True, slots=True)
class Archive:
    """All of one diary. Revisions by day and number, phases, pauses and medicines by start.

    `reminder` is None where none was ever set. `plans` are by start; what is sealed in one stays
    behind.

    Revisions name their author as `OWNER` where the person wrote them. Where they came from (their
    `origin` and `import_id`) is not part of it: whoever takes an archive in imports all of them.
    """

    preferences: Preferences
    versions: tuple[Version, ...]
    own_items: tuple[OwnItem, ...]
    phases: tuple[KeptPhase, ...]
    pauses: tuple[KeptPause, ...]
    revisions: tuple[Revision, ...]
    reminder: KeptReminder | None = None
    happenings: KeptHappenings = field(default_factory=KeptHappenings)
    medicines: tuple[KeptMedicine, ...] = ()
    plans: tuple[StartedPlan, ...] = ()


def medicines_in_order(kept: Iterable[KeptMedicine]) -> tuple[KeptMedicine, ...]:
    """Return medicines by first day, then as they were noted: the same on every installation."""
    return tuple(
        sorted(
            kept,
            key=lambda one: (
                one.medicine.start,
                one.created_at,
                one.medicine.name,
                one.medicine.end or date.max,
                [(dose.start, dose.dose_mg) for dose in one.medicine.doses],
            ),
        )
    )


def canonical(value: object) -> str:
    """Return JSON that is the same for the same value.

    >>> canonical({"b": "ä", "a": [1, None]})
    '{"a":[1,null],"b":"ä"}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(previous: str, revision: Mapping[str, object]) -> str:
    """Return the hash of a revision (without its own) after the one before: no key is needed.

    >>> link(GENESIS, {"day": "2026-01-01"})[:8]
    '155697b7'
    """
    return hashlib.sha256(f"{previous}{canonical(revision)}".encode()).hexdigest()


def links(revisions: Iterable[Mapping[str, object]]) -> list[str]:
    """Return the hash of every revision, in order."""
    previous, found = GENESIS, []
    for revision in revisions:
        previous = link(previous, revision)
        found.append(previous)
    return found
