"""Backups and restores: equal rows, checked, rotated, and never half of one."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.storage.nights import MOTH, OWL, later, night, scores, welcome
from tests.storage.people import KEY, NOW
from tracker.config import Settings
from tracker.storage import audit, audit_check, backups, copies, erasures, installation, restores
from tracker.storage.backups import BackupRefused
from tracker.storage.copies import DamagedFile, ForeignFile
from tracker.storage.database import Database, Session
from tracker.storage.models import metadata
from tracker.storage.restores import KeysMissing
from tracker.storage.revisions import append_revision
from tracker.storage.schema import NewerDatabase

Rows = dict[str, Sequence[tuple[Any, ...]]]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    made = Settings.from_environment(
        {"TRACKER_INSTANCE": str(tmp_path / "instance"), "TRACKER_DATABASE_URL": database_url}
    )
    made.prepare()
    return made


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    with Database(settings.database_url, audit_key=KEY) as opened:
        opened.write(fill)
        yield opened


def fill(session: Session) -> None:
    installation.settle(session, NOW, test_clock=False)
    for owner in (MOTH, OWL):
        welcome(session, owner)
        for number in range(5):
            day = later(number)
            append_revision(session, owner, night(day, answers=scores(pain=number), note="Rain"))
            audit.record(session, owner, "night.saved", owner, NOW, day=day)


def rows(database: Database) -> Rows:
    with database.snapshot() as session:
        return {
            table.name: [
                tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
        }


def rows_of(file: Path) -> Rows:
    with Database(f"sqlite:///{file}") as copy:
        return rows(copy)


def test_a_backup_has_equal_rows_in_one_file_for_its_owner_alone(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    file = backups.write(database, folder, NOW)
    assert file == folder / "tracker-20261121T220000Z.db"
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == [file]
    assert backups.verified(file, KEY).events == 10
    again = backups.write(database, folder, NOW)
    assert again == folder / "tracker-20261121T220000Z.2.db"
    assert rows_of(file) == rows(database)


def test_a_backup_under_load_verifies_and_is_one_moment(database: Database, tmp_path: Path) -> None:
    stop = threading.Event()

    def write_on() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with database.writing() as session:
                audit.record(session, MOTH, "proof", MOTH, NOW, number=number)

    writer = threading.Thread(target=write_on)
    writer.start()
    files = [backups.write(database, tmp_path / "b", NOW) for _ in range(3)]
    stop.set()
    writer.join()
    counts = [backups.verified(file, KEY).events for file in files]
    assert counts == sorted(counts)
    assert backups.verified(files[-1], KEY).findings == ()


def test_a_backup_goes_over_no_file(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "there.db"
    file.write_text("mine")
    with pytest.raises(BackupRefused, match="exists already"):
        backups.write_to(database, file)
    with pytest.raises(BackupRefused, match="There is no folder"):
        backups.write_to(database, tmp_path / "no" / "there.db")
    assert file.read_text() == "mine"


def test_what_was_tampered_with_is_not_backed_up(settings: Settings, tmp_path: Path) -> None:
    with Database(settings.database_url, audit_key=KEY) as database:
        database.write(fill)
    with Database(settings.database_url, audit_key=b"x" * 32) as database:
        with pytest.raises(BackupRefused, match="don't verify"):
            backups.write(database, tmp_path / "b", NOW)
        assert list((tmp_path / "b").iterdir()) == []


def test_old_backups_go_as_promised(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 3, tzinfo=UTC)
    for days in range(500):
        taken = now - timedelta(days=days)
        (tmp_path / f"tracker-{taken:%Y%m%dT%H%M%SZ}.db").touch()
    noted = tmp_path / "tracker-20261001T000000Z-before-migration.db"
    old = tmp_path / "tracker-20240101T000000Z-before-restore.db"
    draft, fresh = tmp_path / ".backup-abc", tmp_path / ".backup-def"
    for folder in (draft, fresh):
        folder.mkdir()
    for path in (noted, old, Path(f"{old}-wal"), tmp_path / "notes.txt"):
        path.touch()
    gone = backups.rotate(tmp_path, datetime.now(UTC) - timedelta(hours=1), 12)
    assert fresh.exists()
    assert old in gone
    backups.rotate(tmp_path, now, 12)
    assert not Path(f"{old}-wal").exists()
    backups.rotate(tmp_path, datetime.now(UTC) + timedelta(days=2), 60)
    assert not draft.exists()
    kept = sorted(path.name for path in tmp_path.glob("tracker-*.db"))
    assert noted.name in kept
    regular = [name for name in kept if "before" not in name]
    daily = [f"tracker-202611{day:02}T030000Z.db" for day in range(15, 22)]
    weekly = ["tracker-20261101T030000Z.db", "tracker-20261108T030000Z.db"]
    assert set(daily + weekly) <= set(regular)
    assert len(regular) in range(18, 23)
    newest = backups.newest(tmp_path)
    assert newest is not None
    assert newest.taken == now
    assert backups.newest(tmp_path / "none") is None


def test_a_restored_backup_has_equal_rows_and_everyone_signs_in_again(
    settings: Settings, database: Database
) -> None:
    before = rows(database)
    file = backups.write(database, settings.backup_dir, NOW)
    heads = settings.audit_heads_file
    database.write(lambda session: audit.checkpoint(session, heads, NOW))
    with database.writing() as session:
        append_revision(session, MOTH, night(later(9)))
        epoch = installation.found(session)
    database.close()
    done = restores.restore(settings, KEY, file, NOW)
    assert done.aside is not None
    assert done.aside.name == "tracker-20261121T220000Z-before-restore.db"
    assert len(rows_of(done.aside)["revisions"]) == 11
    assert (done.erased, done.resealed) == (0, False)
    after = rows(database)
    changed = {"installation", "audit_events", "audit_heads", "audit_checkpoints"}
    for name in before.keys() - changed:
        assert after[name] == before[name]
    assert after["sessions"] == []
    assert len(after["audit_events"]) == len(before["audit_events"]) + 2
    with database.reading() as session:
        present = installation.found(session)
        assert present is not None
        assert epoch is not None
        assert present.epoch != epoch.epoch
        assert audit.events_of(session, MOTH, 1)[0].verb == "diary.restored"
    lines = heads.read_text().splitlines()
    assert len(lines) == 2
    assert len(list(settings.instance.glob("audit-heads-*.log"))) == 1


def test_a_backup_becomes_a_diary_where_there_is_none(
    database: Database, tmp_path: Path, empty_database_url: str
) -> None:
    file = backups.write(database, tmp_path / "b", NOW)
    fresh = Settings.from_environment(
        {"TRACKER_INSTANCE": str(tmp_path / "new"), "TRACKER_DATABASE_URL": empty_database_url}
    )
    fresh.prepare()
    assert restores.restore(fresh, KEY, file, NOW).aside is None
    with Database(empty_database_url) as restored:
        assert rows(restored)["answers"] == rows(database)["answers"]


def test_who_was_erased_since_stays_erased(settings: Settings, database: Database) -> None:
    file = backups.write(database, settings.backup_dir, NOW)
    erasures.note(settings.erased_file, [OWL, "someone-else"], NOW)
    database.close()
    assert restores.restore(settings, KEY, file, NOW).erased == 1
    after = rows(database)
    assert {row[0] for row in after["accounts"]} == {MOTH}
    assert {row[0] for row in after["answers"]} == {MOTH}
    assert {row[0] for row in after["audit_events"]} == {MOTH}
    assert {row[0] for row in after["erasures"]} == {OWL, "someone-else"}
    with database.reading() as session:
        assert audit_check.verify(session).findings == ()


def test_without_the_keys_only_who_says_so_goes_on(settings: Settings, database: Database) -> None:
    file = backups.write(database, settings.backup_dir, NOW)
    other = b"o" * 32
    before = rows(database)
    database.close()
    with pytest.raises(KeysMissing, match="--without-keys"):
        restores.restore(settings, other, file, NOW)
    assert rows(database) == before
    database.close()
    assert restores.restore(settings, other, file, NOW, without_keys=True).resealed
    with Database(settings.database_url, audit_key=other) as restored:
        with restored.reading() as session:
            assert audit_check.verify(session).findings == ()
            verbs = [event.verb for event in audit.events_of(session, MOTH, 2)]
        assert verbs == ["diary.restored", "audit.resealed"]
        assert rows(restored)["answers"] == before["answers"]


def test_strange_damaged_and_newer_files_are_refused(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    file = backups.write(database, tmp_path / "b", NOW)
    before = rows(database)
    text_file = tmp_path / "text"
    text_file.write_text("not a database")
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE a (b)")
    damaged = tmp_path / "damaged.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 20] = b"\xff" * (4096 * 17)
    damaged.write_bytes(content)
    torn = tmp_path / "torn.db"
    torn.write_bytes(file.read_bytes()[:100])
    newer = tmp_path / "newer.db"
    shutil.copy(file, newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'later'")
        connection.commit()
    dangling = tmp_path / "dangling.db"
    shutil.copy(file, dangling)
    with closing(sqlite3.connect(dangling)) as connection:
        connection.execute("DELETE FROM accounts")
        connection.commit()
    for wrong, refusal in (
        (text_file, ForeignFile),
        (foreign, ForeignFile),
        (damaged, DamagedFile),
        (torn, DamagedFile),
        (dangling, DamagedFile),
        (newer, NewerDatabase),
    ):
        with pytest.raises(refusal):
            restores.restore(settings, KEY, wrong, NOW)
    assert rows(database) == before


def test_a_damaged_diary_is_moved_aside_as_it_is(tmp_path: Path, sqlite_database_url: str) -> None:
    instance = tmp_path / "instance"
    broken = Settings.from_environment({"TRACKER_INSTANCE": str(instance)})
    broken.prepare()
    with Database(sqlite_database_url, audit_key=KEY) as database:
        database.write(fill)
        file = backups.write(database, tmp_path / "b", NOW)
    assert broken.database_file is not None
    broken.database_file.write_bytes(b"\xff" * 5_000)
    Path(f"{broken.database_file}-wal").write_bytes(b"left")
    done = restores.restore(broken, KEY, file, NOW)
    assert done.aside is not None
    assert done.aside.read_bytes().endswith(b"\xff" * 5_000)
    assert Path(f"{done.aside}-wal").read_bytes() == b"left"
    with Database(broken.database_url) as restored:
        assert len(rows(restored)["revisions"]) == 10


def test_copying_refuses_a_source_that_is_damaged(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.executescript(
            "CREATE TABLE p (id PRIMARY KEY); CREATE TABLE c (id REFERENCES p);"
            "INSERT INTO c VALUES (1);"
        )
    with pytest.raises(DamagedFile):
        copies.seal(tmp_path / "a.db")
