"""Audit chains: recorded, signed, and read again after every kind of tampering."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from tests.storage.people import KEY, NOW, add_person
from tools.prove import tampering
from tracker.storage import audit, audit_check, erasures
from tracker.storage.database import Database, UnsafeDatabase
from tracker.storage.models import audit_checkpoints, audit_events


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with Database(database_url, audit_key=KEY) as opened:
        yield opened


def fill(database: Database, *owners: str, events: int = 3) -> None:
    with database.writing() as session:
        for number in range(events):
            for owner in owners:
                audit.record(session, owner, "night.saved", owner, NOW, day=number, id="x")


def problems(database: Database, lines: list[str] | None = None) -> list[str]:
    with database.reading() as session:
        done = audit_check.verify(session, lines or [])
    return [str(finding.as_refusal()) for finding in done.findings]


def test_each_owner_has_a_chain_of_their_own(database: Database) -> None:
    fill(database, "ann", "bea")
    with database.reading() as session:
        newest = audit.events_of(session, "ann", 2)
        oldest = audit.events_of(session, "ann", 2, before=2)
        done = audit_check.verify(session)
    assert [event.number for event in newest] == [3, 2]
    assert [event.number for event in oldest] == [1]
    assert newest[0].ids == '{"day":"2","id":"x"}'
    assert newest[0].previous == newest[1].hash
    assert newest[0].at == NOW
    assert (done.chains, done.events, done.findings) == (2, 6, ())


def test_nothing_is_recorded_without_a_key(database_url: str) -> None:
    with (
        Database(database_url) as database,
        pytest.raises(UnsafeDatabase, match="audit key"),
        database.writing() as session,
    ):
        audit.record(session, "ann", "night.saved", "ann", NOW)


def test_only_heads_that_moved_are_signed_again(database: Database, tmp_path: Path) -> None:
    heads = tmp_path / "heads.log"
    assert database.write(lambda session: audit.checkpoint(session, heads, NOW)) == 0
    assert not heads.exists()
    fill(database, "ann", "bea")
    assert database.write(lambda session: audit.checkpoint(session, heads, NOW)) == 2
    fill(database, "bea")
    later = NOW + timedelta(minutes=10)
    assert database.write(lambda session: audit.checkpoint(session, heads, later)) == 1
    assert heads.stat().st_mode & 0o777 == 0o600
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(audit_checkpoints)) == 3
    assert problems(database, heads.read_text().splitlines()) == []


def test_a_chain_cut_short_is_found_by_the_list_outside(database: Database, tmp_path: Path) -> None:
    heads = tmp_path / "heads.log"
    fill(database, "ann", "bea")
    database.write(lambda session: audit.checkpoint(session, heads, NOW))
    lines = heads.read_text().splitlines()
    with database.writing() as session:
        add_person(session, "bea")
        erasures.erase(session, "bea", NOW)
        erasures.erase(session, "bea", NOW)
    assert problems(database, lines) == []
    ours = [line for line in lines if line.startswith("ann ")]
    beyond = ours[0].replace("ann 3 ", "ann 9 ")
    assert problems(database, [beyond]) == [
        "Chain ann: the checkpoint at event 9 has a wrong signature."
    ]
    signed = audit.Checkpoint.signed(KEY, "ann", 9, "f" * 64, NOW).line()
    assert problems(database, [signed]) == ["Chain ann: it once had event 9, which is gone."]
    signed = audit.Checkpoint.signed(KEY, "zoe", 2, "f" * 64, NOW).line()
    assert problems(database, [signed]) == ["Chain zoe: it once had event 2, which is gone."]
    signed = audit.Checkpoint.signed(KEY, "ann", 2, "f" * 64, NOW).line()
    assert problems(database, [signed]) == ["Chain ann: event 2 is not the one that was signed."]
    for unreadable in (
        "nonsense",
        ours[0].replace(ours[0].split()[3], "2026-13-41T22:00:00.000000Z"),
    ):
        assert problems(database, [unreadable]) == ["Line 1 of the checkpoints can't be read."]


def test_lines_that_a_power_cut_tore_are_no_finding_and_are_signed_again(
    database: Database, tmp_path: Path
) -> None:
    heads = tmp_path / "heads.log"
    torn = ["ann 3 0a\0\0\0", "\0\0f0", "ann"]
    # Nothing is signed inside yet: the very first lines were on their way.
    fill(database, "ann")
    assert problems(database, torn) == []
    database.write(lambda session: audit.checkpoint(session, heads, NOW))
    whole = heads.read_text()
    assert problems(database, [*whole.splitlines(), *torn]) == []
    heads.write_text(whole + "\n".join(torn))
    fill(database, "ann")
    database.write(lambda session: audit.checkpoint(session, heads, NOW))
    assert heads.read_text().startswith(whole)
    assert len(heads.read_text().splitlines()) == 2
    assert problems(database, heads.read_text().splitlines()) == []
    # Before a line that stands inside too it is no power cut.
    assert problems(database, [torn[2], *heads.read_text().splitlines()]) == [
        "Line 1 of the checkpoints can't be read."
    ]


def test_a_head_that_moved_alone_is_found(database: Database) -> None:
    fill(database, "ann")
    database.write(lambda session: session.execute(text("UPDATE audit_heads SET number = 7")))
    assert problems(database) == ["Chain ann: its head does not name event 3, its last."]


def test_a_hundred_random_changes_are_all_found(tmp_path: Path) -> None:
    assert tampering.found_of(100, tmp_path, seed=7) == (100, 100)


def test_events_are_neither_changed_nor_deleted_by_the_program(database: Database) -> None:
    fill(database, "ann")
    for statement in (audit_events.update().values(verb="x"), audit_events.delete()):
        with pytest.raises(IntegrityError, match="stay as"), database.writing() as session:
            session.execute(statement)
