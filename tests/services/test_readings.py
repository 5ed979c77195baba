"""Every reading by others is written down, once an hour as an event, then counted up."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from tests.storage.nights import MOTH, NOW, OWL, counted, person, welcome
from tracker.domain.people import Role
from tracker.domain.readings import Reader, ReaderKind, Reading, Seen, hour_of
from tracker.services import readings
from tracker.storage import audit, erasures
from tracker.storage.database import Database, Session

READER: Final = Reader(OWL, "Owl", ReaderKind.CLINICIAN)
CLINICIAN: Final = replace(person(OWL), role=Role.CLINICIAN)


def events(session: Session, owner: str) -> list[tuple[str, str, dict[str, str]]]:
    found = audit.events_of(session, owner, 50)
    return [(event.verb, event.actor, json.loads(event.ids)) for event in found]


def seen(session: Session, owner: str = MOTH) -> Sequence[Reading]:
    return readings.page(session, person(owner), 1).readings


def test_the_first_reading_of_an_hour_is_an_event_the_others_are_counted_up(
    database: Database,
) -> None:
    with database.writing() as session:
        welcome(session)
        for minutes in (0, 10, 20):
            at = NOW + timedelta(minutes=minutes)
            readings.note_reading(session, MOTH, READER, Seen.REPORT, at)
        last = NOW + timedelta(minutes=20)
        assert seen(session) == (Reading(READER, Seen.REPORT, hour_of(NOW), 3, NOW, last),)
        told = {"reader": OWL, "what": "report"}
        assert events(session, MOTH) == [("diary.read", OWL, told)]
        readings.note_reading(session, MOTH, READER, Seen.PDF, NOW)
        readings.note_reading(session, MOTH, READER, Seen.REPORT, NOW + timedelta(minutes=30))
        assert [(one.what, one.times) for one in seen(session)] == [
            (Seen.REPORT, 1),
            (Seen.REPORT, 3),
            (Seen.PDF, 1),
        ]
        assert len(events(session, MOTH)) == 3


def test_two_machines_clocks_may_differ(database: Database) -> None:
    before = NOW - timedelta(seconds=3)
    with database.writing() as session:
        welcome(session)
        for at in (NOW, before):
            readings.note_reading(session, MOTH, READER, Seen.REPORT, at)
        (one,) = seen(session)
        assert (one.times, one.first_at, one.last_at) == (2, before, NOW)


def test_a_name_stays_as_it_was(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        renamed = replace(READER, name="Dr Owl")
        for reader in (READER, renamed):
            readings.note_reading(session, MOTH, reader, Seen.REPORT, NOW)
        readings.note_reading(session, MOTH, renamed, Seen.REPORT, NOW + timedelta(hours=1))
        assert [one.reader.name for one in seen(session)] == ["Dr Owl", "Owl"]


def test_a_page_of_a_list_is_one_event_of_who_looks_and_a_reading_for_each_shown(
    database: Database,
) -> None:
    with database.writing() as session:
        for owner in (MOTH, "wren", "lark"):
            welcome(session, owner)
        with counted() as sent:
            readings.note_list(session, CLINICIAN, ["wren", MOTH], NOW)
        assert len(sent) == 3, "one for all readings, two for the event"
        assert events(session, OWL) == [("diary.listed", OWL, {"owners": f"{MOTH} wren"})]
        assert [events(session, owner) for owner in (MOTH, "wren")] == [[], []]
        for owner in (MOTH, "wren"):
            assert seen(session, owner) == (Reading(READER, Seen.LIST, hour_of(NOW), 1, NOW, NOW),)
        readings.note_list(session, CLINICIAN, [MOTH, "wren"], NOW)
        assert len(events(session, OWL)) == 1, "nobody new within the hour"
        readings.note_list(session, CLINICIAN, [MOTH, "lark"], NOW)
        assert events(session, OWL)[0][2] == {"owners": f"lark {MOTH}"}
        assert seen(session)[0].times == 3


def test_an_empty_list_leaves_nothing_and_a_page_holds_so_many(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        readings.note_list(session, CLINICIAN, [], NOW)
        assert events(session, OWL) == []
        many = [f"{number:022}" for number in range(readings.LISTED_AT_ONCE)]
        for owner in many:
            welcome(session, owner, asked=False)
        readings.note_list(session, CLINICIAN, many, NOW)
        with pytest.raises(ValueError, match="one page"):
            readings.note_list(session, CLINICIAN, [*many, MOTH], NOW)


def test_readings_are_paged_newest_first(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        for hours in range(readings.LINES + 1):
            at = NOW + timedelta(hours=hours)
            readings.note_reading(session, MOTH, READER, Seen.REPORT, at)
        first, second = (readings.page(session, person(), number) for number in (1, 2))
        assert (len(first.readings), first.older) == (readings.LINES, True)
        assert first.readings[0].last_at == NOW + timedelta(hours=readings.LINES)
        assert (len(second.readings), second.older) == (1, False)
        assert second.readings[0].first_at == NOW


def test_an_erased_owner_takes_the_readings_along_an_erased_reader_does_not(
    database: Database,
) -> None:
    with database.writing() as session:
        for owner in (MOTH, OWL):
            welcome(session, owner)
        readings.note_reading(session, MOTH, READER, Seen.REPORT, NOW)
        erasures.erase(session, OWL, NOW)
        assert [one.reader.name for one in seen(session)] == ["Owl"]
        erasures.erase(session, MOTH, NOW)
        assert seen(session) == ()
