"""Put diaries into a real database, as if they had been written night by night."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time

from flask import Flask

from tests.web.client import Visitor
from tracker.domain.diary import Diary, Entry
from tracker.domain.people import Account
from tracker.domain.phases import Phase
from tracker.domain.revisions import Origin, Outcome, Revision
from tracker.storage import imports, pauses, phases, questionnaires
from tracker.storage.database import Database, Session
from tracker.storage.revisions import append_first, append_revision
from tracker.storage.tables.files import Format
from tracker.web.context import Installation

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def installation(app: Flask) -> Installation:
    """Return what the application was made with."""
    made: Installation = app.extensions["evenfall"]
    return made


def write(session: Session, owner: str, kept: Diary) -> None:
    """Write every night of `kept` with as many revisions as it says; a conflict is one more."""
    for item in kept.items.values():
        if item.is_own:
            questionnaires.add_own_item(session, owner, item, NOW)
    asked = questionnaires.save_next(session, owner, kept.ruler, kept.items.values(), NOW)
    batch = imports.Import("from-a-file", Format.CSV, "diary.csv", "0" * 64, owner, NOW)
    if any(entry.imported for entry in kept.entries.values()):
        imports.open_import(session, owner, batch)
    first = {day: _revision(owner, entry, asked.number) for day, entry in kept.entries.items()}
    for day, entry in kept.entries.items():
        if entry.imported:
            first[day] = replace(first[day], origin=Origin.IMPORT, import_id=batch.id)
    append_first(session, owner, [_again(one, 1) for one in first.values()])
    for day, entry in kept.entries.items():
        for number in range(2, entry.revision + 1):
            append_revision(session, owner, _again(first[day], number))
        if entry.conflict:
            clash = replace(_again(first[day], entry.revision + 1), outcome=Outcome.CONFLICT)
            append_revision(session, owner, clash)


def _again(revision: Revision, number: int) -> Revision:
    return replace(revision, number=number, client_id=str(uuid.uuid4()))


def _revision(owner: str, entry: Entry, asked: int) -> Revision:
    at = datetime.combine(entry.day, time(20), UTC)
    return Revision(
        day=entry.day,
        number=1,
        client_id="",
        payload_sha256="0" * 64,
        status=entry.status,
        questionnaire=asked,
        ruler=entry.ruler,
        received_at=at,
        author=owner,
        answers=entry.answers,
        saved_at=at,
        measured_at=at,
        zone="Europe/Helsinki",
        utc_offset=120,
    )


def keep(visitor: Visitor, kept: Diary, spans: Iterable[Phase] = ()) -> Account:
    """Write a diary and phases for the person who is signed in, and return them."""
    assert visitor.account is not None
    database: Database = installation(visitor.app).database
    with database.writing() as session:
        write(session, visitor.account.id, kept)
        for phase in spans:
            phases.add_phase(session, visitor.account.id, phase, NOW)
    return visitor.account


def day(text: str) -> date:
    """Return the day written as 2026-09-01."""
    return date.fromisoformat(text)


def pause(visitor: Visitor, start: date, end: date) -> None:
    """Let the person pause from `start` to the day before `end`."""
    assert visitor.account is not None
    with installation(visitor.app).database.writing() as session:
        made = pauses.new_pause(start, end)
        pauses.add_pause(session, visitor.account.id, made, NOW)
