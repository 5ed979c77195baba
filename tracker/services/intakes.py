"""What a file brings: one shape for tables and archives, before anything of it is stored."""

import hashlib
import secrets
import string
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from tracker.domain.answers import Answer
from tracker.domain.archives import (
    OWNER,
    Archive,
    KeptHappenings,
    KeptMedicine,
    KeptPause,
    KeptPhase,
    KeptReminder,
    OwnItem,
    Preferences,
    Version,
    canonical,
)
from tracker.domain.diary import Diary, Entry
from tracker.domain.headings import own_headings
from tracker.domain.questionnaire import OWN_PREFIX, VERSION, Item, Kind, Questionnaire, Ruler
from tracker.domain.revisions import Deed, Outcome, Revision
from tracker.domain.started_plans import StartedPlan

_LETTERS: Final = string.ascii_letters + string.digits
_KEY_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Intake:
    """What a file brings.

    Revisions name `versions` by their numbers, which count from 1 and are the file's own; their
    author is not yet anybody. `preferences` and `reminder` are None where the file has none.
    `asks_on` says that a diary without nights is to ask as the last version does.
    """

    versions: tuple[Version, ...]
    revisions: tuple[Revision, ...]
    own_items: tuple[OwnItem, ...] = ()
    phases: tuple[KeptPhase, ...] = ()
    pauses: tuple[KeptPause, ...] = ()
    medicines: tuple[KeptMedicine, ...] = ()
    preferences: Preferences | None = None
    reminder: KeptReminder | None = None
    happenings: KeptHappenings = field(default_factory=KeptHappenings)
    asks_on: bool = True
    plans: tuple[StartedPlan, ...] = ()

    def nights(self) -> Mapping[date, tuple[Revision, ...]]:
        """Return the revisions of each night, oldest first."""
        return {day: tuple(night) for day, night in groupby(self.revisions, key=attrgetter("day"))}


def standing(night: Sequence[Revision]) -> Revision | None:
    """Return the revision that counts of a night, None where it is deleted."""
    counting = [one for one in night if one.outcome is not Outcome.CONFLICT]
    return None if counting[-1].deed is Deed.DELETE else counting[-1]


def of_archive(archive: Archive) -> Intake:
    """Return what an archive brings."""
    return Intake(
        versions=archive.versions,
        revisions=archive.revisions,
        own_items=archive.own_items,
        phases=archive.phases,
        pauses=archive.pauses,
        medicines=archive.medicines,
        preferences=archive.preferences,
        reminder=archive.reminder,
        happenings=archive.happenings,
        plans=archive.plans,
    )


def of_diary(diary: Diary, mine: Sequence[Item], now: datetime) -> Intake:
    """Return what a table brings.

    Args:
        diary: as it was read; own symptoms have their columns for keys.
        mine: the person's own symptoms: a column that one of them would have is that one.
        now: when it arrives.
    """
    known = own_headings(mine)
    items = {
        key: (known.get(key) or _owned(item)) if item.is_own else item
        for key, item in diary.items.items()
    }
    versions = _versions(diary, tuple(items.values()))
    numbers = {version.asked.ruler: version.asked.number for version in reversed(versions)}
    own = {item.key for item in mine}
    return Intake(
        versions=versions,
        revisions=tuple(
            _revision(entry, items, numbers[entry.ruler], now)
            for _, entry in sorted(diary.entries.items())
        ),
        own_items=tuple(
            OwnItem(item, now) for item in items.values() if item.is_own and item.key not in own
        ),
        asks_on=any(item.kind is Kind.SCALE for item in items.values()),
    )


def _owned(item: Item) -> Item:
    """Return a symptom under a key of its own: a name never stands in an address."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_KEY_LENGTH))
    return replace(item, key=OWN_PREFIX + letters)


def _versions(diary: Diary, items: tuple[Item, ...]) -> tuple[Version, ...]:
    """Return a version for each ruler, that of the last night last; then what is asked nightly."""
    rulers = dict.fromkeys([diary.ruler, *(one.ruler for _, one in sorted(diary.entries.items()))])
    last = max(diary.entries.values(), key=attrgetter("day"), default=None)
    newest = diary.ruler if last is None else last.ruler
    ordered = [*(ruler for ruler in rulers if ruler is not newest), newest]
    used = {entry.ruler for entry in diary.entries.values()} | {newest}
    asked: list[tuple[Ruler, tuple[Item, ...]]] = [
        (ruler, items) for ruler in ordered if ruler in used
    ]
    nightly = tuple(item for item in items if item.kind is Kind.SCALE)
    if nightly != items:
        asked.append((newest, nightly))
    return tuple(
        Version(Questionnaire(number, ruler, each), VERSION, None)
        for number, (ruler, each) in enumerate(asked, 1)
    )


def _revision(entry: Entry, items: Mapping[str, Item], number: int, now: datetime) -> Revision:
    answers: dict[str, Answer] = {items[key].key: answer for key, answer in entry.answers.items()}
    told = {key: [answer.state, answer.value] for key, answer in answers.items()}
    payload = canonical({"day": entry.day.isoformat(), "answers": told, "note": entry.note})
    return Revision(
        day=entry.day,
        number=entry.revision,
        client_id=str(uuid.uuid4()),
        payload_sha256=hashlib.sha256(payload.encode()).hexdigest(),
        status=entry.status,
        questionnaire=number,
        ruler=entry.ruler,
        received_at=now,
        author=OWNER,
        entered_by=entry.entered_by or None,
        answers=MappingProxyType(answers),
        note=entry.note,
        saved_at=entry.submitted_at,
        zone=entry.zone,
    )
