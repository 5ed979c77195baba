"""The database: its promises asserted, its faults named, its writers in a row."""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.storage.people import KEY, NOW, add_person
from tools.prove import writers
from tracker.storage import audit
from tracker.storage.database import (
    Database,
    Session,
    StorageFull,
    StorageGone,
    StorageReadOnly,
    StorageTrouble,
    UnsafeDatabase,
    WriterBusy,
    _assert_synchronous,
    _set_pragmas,
)
from tracker.storage.models import accounts
from tracker.storage.trouble import TakenBack

NAMES = accounts.select().with_only_columns(accounts.c.id).order_by(accounts.c.id)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with Database(database_url, audit_key=KEY) as opened:
        yield opened


@pytest.fixture
def sqlite(sqlite_database_url: str) -> Iterator[Database]:
    with Database(sqlite_database_url, audit_key=KEY) as opened:
        yield opened


@pytest.fixture
def postgres(postgres_database_url: str) -> Iterator[Database]:
    with Database(postgres_database_url, audit_key=KEY) as opened:
        yield opened


def add_people(session: Session, *owners: str) -> None:
    for owner in owners:
        add_person(session, owner)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(NAMES))


def test_what_is_written_is_read_and_what_fails_is_not(database: Database) -> None:
    with database.writing() as session:
        add_person(session, "ann")
    with pytest.raises(IntegrityError), database.writing() as session:
        add_people(session, "bea", "ann")
    assert names(database) == ["ann"]


def test_a_reading_session_can_not_write(database: Database) -> None:
    with pytest.raises(StorageReadOnly), database.reading() as session:
        add_person(session, "ann")
    assert names(database) == []


def test_one_reading_session_sees_one_moment(database: Database) -> None:
    with database.snapshot() as session:
        before = session.scalars(NAMES).all()
        with database.writing() as other:
            add_person(other, "ann")
        assert session.scalars(NAMES).all() == before == []
    assert names(database) == ["ann"]


def test_faults_of_the_program_keep_their_own_names(database: Database) -> None:
    with database.writing() as session:
        add_person(session, "ann")
    with pytest.raises(IntegrityError), database.writing() as session:
        add_person(session, "ann")
    with pytest.raises(DBAPIError, match=r"syntax"):
        database.write(lambda session: session.execute(text("SELEC 1")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("trusted_schema", 0),
        ("secure_delete", 1),
        ("mmap_size", 0),
    ],
)
def test_every_connection_has_its_pragmas(sqlite: Database, name: str, value: object) -> None:
    with sqlite.reading() as session, sqlite.writing() as writing:
        assert session.scalar(text(f"PRAGMA {name}")) == value
        assert session.scalar(text("PRAGMA query_only")) == 1
        assert writing.scalar(text(f"PRAGMA {name}")) == value
        assert writing.scalar(text("PRAGMA query_only")) == 0


def test_a_pragma_that_sqlite_does_not_take_is_refused() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(UnsafeDatabase, match="journal_mode=WAL"):
        _set_pragmas((("journal_mode", "WAL", "wal"),), connection, None)  # type: ignore[arg-type]  # the pool's record is not looked at
    connection.close()


def test_postgres_commits_to_the_disk_whatever_its_server_says(postgres: Database) -> None:
    with postgres.writing() as session:
        assert session.scalar(text("SHOW synchronous_commit")) == "on"
        assert session.scalar(text("SHOW timezone")) == "UTC"
        session.execute(text("SET synchronous_commit TO off"))
        raw = session.connection().connection.dbapi_connection
        assert raw is not None
        with pytest.raises(UnsafeDatabase, match="synchronous_commit"):
            _assert_synchronous(raw, None)  # type: ignore[arg-type]  # the pool's record is not looked at


def test_a_full_disk_is_named_and_mended_without_a_restart(sqlite: Database) -> None:
    def fill(session: Session) -> None:
        for number in range(2_000):
            audit.record(session, "ann", "proof", "tracker", NOW, number=number)

    with sqlite.writing() as session:
        pages = session.scalar(text("PRAGMA page_count"))
    with sqlite.writer.connect() as connection:
        connection.execute(text(f"PRAGMA max_page_count={pages}"))
    with pytest.raises(StorageFull):
        sqlite.write(fill)
    assert names(sqlite) == []
    with sqlite.writer.connect() as connection:
        connection.execute(text("PRAGMA max_page_count=1000000"))
    sqlite.write(fill)
    sqlite.write(lambda session: add_person(session, "ann"))
    assert names(sqlite) == ["ann"]


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/no/such.db")
    with pytest.raises(StorageGone), database.reading() as session:
        session.connection()
    with pytest.raises(StorageReadOnly):
        database.write(lambda session: session.connection())
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(StorageGone), away:
        away.write(lambda session: session.connection())


def test_a_writer_that_did_not_ask_is_waited_for_and_then_named(sqlite: Database) -> None:
    with sqlite.writer.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout=10"))
    foreign = sqlite3.connect(str(sqlite.file), isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(WriterBusy), sqlite.writing():
        pass
    foreign.close()
    sqlite.write(lambda session: add_person(session, "ann"))
    assert names(sqlite) == ["ann"]


def test_a_lost_connection_is_made_again(postgres: Database, postgres_database_url: str) -> None:
    assert names(postgres) == []
    others = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with Database(postgres_database_url) as second:
        second.write(lambda session: session.execute(others))
    with postgres.writing() as session:
        add_person(session, "ann")
    assert names(postgres) == ["ann"]


def test_a_deed_cut_off_from_postgres_is_done_again_as_a_whole(postgres: Database) -> None:
    tries = []

    def deed(session: Session) -> str:
        add_person(session, "ann")
        tries.append(1)
        if len(tries) < 3:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return "done"

    assert postgres.write(deed) == "done"
    assert len(tries) == 3
    assert names(postgres) == ["ann"]


@pytest.mark.parametrize(
    ("state", "named"),
    [
        ("40001", TakenBack),
        ("40P01", TakenBack),
        ("55P03", WriterBusy),
        ("53100", StorageFull),
        ("25006", StorageReadOnly),
        ("0A000", StorageReadOnly),
        ("57P03", StorageGone),
    ],
)
def test_what_postgres_says_is_named(
    postgres: Database, state: str, named: type[StorageTrouble]
) -> None:
    raising = text(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$")
    with pytest.raises(named):
        postgres.write(lambda session: session.execute(raising))


def test_four_processes_write_without_one_error(sqlite_database_url: str) -> None:
    outcome = writers.together(sqlite_database_url, processes=4, writes=75)
    sys.stdout.write(f"longest wait {outcome.longest:.0f} ms\n")
    assert (outcome.writes, outcome.refused) == (300, 0)
    with Database(sqlite_database_url) as database, database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM audit_events")) == 300


def test_nothing_of_deleted_words_is_left_in_the_log(database: Database) -> None:
    with database.writing() as session:
        add_person(session, "ann-whose-name-must-go")
    with database.writing() as session:
        session.execute(accounts.delete())
    database.truncate_log()
    if database.file is not None:
        log = Path(f"{database.file}-wal")
        assert log.stat().st_size == 0
        assert b"whose-name-must-go" not in database.file.read_bytes()
