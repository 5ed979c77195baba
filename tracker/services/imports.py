"""What a person can do with a file: show it, take it in, let it be."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from tracker.domain.archives import OPERATOR, OWNER, Preferences, Version
from tracker.domain.people import Account
from tracker.domain.questionnaire import Questionnaire
from tracker.domain.revisions import Origin, Revision
from tracker.services import reminders, sums
from tracker.services.import_plans import Plan, plan
from tracker.services.intakes import Intake
from tracker.storage import (
    accounts,
    archives,
    audit,
    flips,
    happenings,
    imports,
    medicines,
    pauses,
    phases,
    plans,
    questionnaires,
    revisions,
)
from tracker.storage.database import Database, Session
from tracker.storage.imports import Import, ImportMissing
from tracker.storage.tables.files import Format, ImportState
from tracker.storage.tidying import UNDO

__all__ = [
    "OPERATOR",
    "Format",
    "ImportMissing",
    "ImportState",
    "Past",
    "Standing",
    "Taken",
    "Taking",
    "Undone",
    "Upload",
]

_PAST: Final = frozenset({ImportState.APPLIED, ImportState.UNDONE})
BATCH: Final = 400  # revisions staged in one transaction: others' savings don't wait for long


class Standing(StrEnum):
    """What becomes of nights that the diary has already."""

    SKIP = "skip"  # they stay as they are
    ADD = "add"  # the file's answers are added as a revision; what was deleted comes back


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came; `name` is what the person's own computer calls it."""

    format: Format
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in, in nights: new ones, those added to, those left as they were."""

    new: int
    added: int
    left: int


@dataclass(frozen=True, slots=True)
class Past:
    """A file that came before, and how many nights it brought or added to.

    `reading` is how a table of another app was read, None for other files.
    """

    file: Import
    nights: int
    reading: str | None
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, in nights: those that are as before, those kept since they changed."""

    back: int
    kept: int


@dataclass(frozen=True, slots=True)
class Taking:
    """One file being taken in: whose, by whom (an account's id or "operator"), and how."""

    who: Account
    batch: str
    intake: Intake
    actor: str
    now: datetime
    standing: Standing = Standing.SKIP


def keep_upload(session: Session, who: Account, upload: Upload, actor: str, now: datetime) -> str:
    """Keep a file until the person says what is to be done; return its batch's id.

    What they began before and never confirmed goes.
    """
    imports.drop_staged(session, who.id)
    batch = Import(
        id=secrets.token_urlsafe(16),
        format=upload.format,
        file_name=upload.name,
        file_sha256=hashlib.sha256(upload.content).hexdigest(),
        author=actor,
        created_at=now,
    )
    imports.open_import(session, who.id, batch, upload.content)
    return batch.id


def kept_upload(session: Session, who: Account, batch: str) -> Upload | None:
    """Return a file that waits for its person's word; None where there is none of that id."""
    found = imports.find_import(session, who.id, batch)
    content = imports.content_of(session, who.id, batch)
    if found is None or content is None:
        return None
    return Upload(found.format, found.file_name, content)


def say(session: Session, who: Account, batch: str, reading: str) -> None:
    """Keep how a file that waits is to be read.

    Raises:
        ImportMissing: none of that id waits.
    """
    if imports.content_of(session, who.id, batch) is None:
        raise ImportMissing
    imports.keep_reading(session, who.id, batch, reading)


def said(session: Session, who: Account, batch: str) -> str | None:
    """Return how a file is to be read; None where that was not said yet."""
    return imports.readings_of(session, who.id).get(batch)


def history(session: Session, who: Account, now: datetime) -> Sequence[Past]:
    """Return the files that were taken in, newest first, and one whose columns wait for more."""
    counts = imports.count_nights(session, who.id)
    told = imports.readings_of(session, who.id)
    return [
        Past(one, counts.get(one.id, 0), told.get(one.id), can_undo=_can_undo(one, now))
        for one in imports.list_imports(session, who.id)
        if one.state in _PAST or (one.state is ImportState.STAGED and one.id in told)
    ]


def undo(session: Session, who: Account, batch: str, now: datetime) -> Undone:
    """Take back what a file brought; nights that were changed since stay.

    Raises:
        ImportMissing: nothing was taken in under that id, or longer than 30 days ago.
    """
    found = imports.find_import(session, who.id, batch)
    if found is None or not _can_undo(found, now):
        raise ImportMissing
    flipped = flips.undo_import(session, who.id, batch, who.id, now)
    count = len(flipped.changed)
    audit.record(session, who.id, "diary.import_undone", who.id, now, batch=batch, nights=count)
    sums.refresh(session, who, now)
    return Undone(count, len(flipped.kept))


def _can_undo(one: Import, now: datetime) -> bool:
    return (
        one.state is ImportState.APPLIED
        and one.applied_at is not None
        and now - one.applied_at <= UNDO
    )


def drop(session: Session, who: Account, batch: str) -> None:
    """Throw a file away that waits.

    Raises:
        ImportMissing: there is none of that id.
    """
    imports.drop_import(session, who.id, batch)


def take(
    database: Database, taking: Taking, progress: Callable[[int, int], None] | None = None
) -> Taken:
    """Take a kept file in: staged in batches that nobody sees, visible by one flip.

    Args:
        database: of the diary.
        taking: what, for whom, how.
        progress: told how many revisions of how many are staged.

    Raises:
        ImportMissing: the file was taken in or thrown away in the meantime.
    """
    owner, batch = taking.who.id, taking.batch
    with database.reading() as session:
        planned = plan(session, taking.who, taking.intake, taking.now)
    wanted = _wanted(taking, planned)
    database.write(lambda session: imports.clear_staged(session, owner, batch))
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        with database.writing() as session:
            imports.stage(session, owner, batch, part)
        if progress is not None:
            progress(start + len(part), len(wanted))
    return database.write(lambda session: _flip(session, taking, planned))


def _wanted(taking: Taking, planned: Plan) -> Sequence[Revision]:
    nights = dict(planned.nights.new)
    if taking.standing is Standing.ADD:
        nights |= planned.nights.deleted
    return [_by(taking.who, one) for day in sorted(nights) for one in nights[day]]


def _by(who: Account, revision: Revision) -> Revision:
    """Return a revision whose author is the person themselves, where the file doesn't say more."""
    return replace(revision, author=who.id) if revision.author == OWNER else revision


def _flip(session: Session, taking: Taking, planned: Plan) -> Taken:
    who, now = taking.who, taking.now
    numbers = _ask(session, taking, planned)
    imports.renumber(session, who.id, taking.batch, numbers)
    flipped = flips.apply_import(session, who.id, taking.batch, now)
    nights = planned.nights
    added = nights.differing if taking.standing is Standing.ADD else {}
    for one in added.values():
        number = numbers[one.questionnaire]
        over = replace(
            _by(who, one), questionnaire=number, origin=Origin.IMPORT, import_id=taking.batch
        )
        revisions.append_revision(session, who.id, over)
    for started in planned.plans:
        plans.add(session, who.id, started)
    for kept in planned.phases:
        phases.add_phase(session, who.id, kept.phase, kept.created_at, kept.plan)
    for noted in planned.medicines:
        medicines.add_medicine(session, who.id, noted.medicine, noted.created_at, *noted.doses_at)
    for pause in planned.pauses:
        made = pauses.new_pause(pause.start, pause.end, pause.reason)
        pauses.add_pause(session, who.id, made, pause.created_at)
    happenings.add_kept(session, who.id, planned.happenings)
    if planned.is_fresh and taking.intake.preferences is not None:
        who = _preferring(who, taking.intake.preferences)
        accounts.save_preferences(session, who)
    if planned.is_fresh and taking.intake.reminder is not None:
        reminders.take_in(session, who, taking.intake.reminder, now)
    count = len(flipped.changed) + len(added)
    audit.record(
        session, who.id, "diary.imported", taking.actor, now, batch=taking.batch, nights=count
    )
    sums.refresh(session, who, now)
    left = len(nights.new) + len(nights.same) + len(nights.differing) + len(nights.deleted) - count
    return Taken(len(flipped.changed), len(added), left)


def _ask(session: Session, taking: Taking, planned: Plan) -> Mapping[int, int]:
    """Store what the file asked; return the person's own number of each of its versions."""
    owner, intake, now = taking.who.id, taking.intake, taking.now
    mine = {item.key for item in planned.own_items}
    for own in intake.own_items:
        if own.item.key in mine:
            questionnaires.add_own_item(session, owner, own.item, own.created_at)
    history = questionnaires.history(session, owner)
    numbers: dict[int, int] = {}
    count = len(history)
    for version in intake.versions:
        found = _known(version, history, is_fresh=planned.is_fresh)
        if found is None:
            count += 1
            found = count
            asked = replace(version.asked, number=found)
            archives.add_version(session, owner, replace(version, asked=asked), now)
        numbers[version.asked.number] = found
    if not (planned.is_fresh and intake.asks_on):
        questionnaires.save_next(session, owner, history[-1].ruler, history[-1].items, now)
    return numbers


def _known(version: Version, history: Sequence[Questionnaire], *, is_fresh: bool) -> int | None:
    """Return the number of the person's version that asks the same.

    A diary that begins with the file keeps the file's numbers: only the same beginning is shared.
    """
    asked = version.asked
    alike = [one.number for one in history if (one.ruler, one.items) == (asked.ruler, asked.items)]
    if is_fresh:
        return asked.number if asked.number in alike else None
    return alike[0] if alike else None


def _preferring(who: Account, kept: Preferences) -> Account:
    return replace(
        who,
        zone=kept.zone,
        rollover=kept.rollover,
        theme=kept.theme,
        language=kept.language,
        calm=kept.calm,
    )
