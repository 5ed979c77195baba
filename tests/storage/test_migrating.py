"""Migrations: killed anywhere they converge, and strangers' databases are left alone."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from tests.storage.people import NOW
from tools.prove import migrating
from tracker.storage import schema
from tracker.storage.database import Database, UnsafeDatabase
from tracker.storage.migrations import migrate, rebuild
from tracker.storage.models import devices
from tracker.storage.schema import ForeignDatabase, NewerDatabase

REVISIONS = """
revision: str = "one"
down_revision: str | None = None
---
revision = "two"
down_revision = "one"
"""


def test_a_killed_migration_leaves_nothing_and_runs_again(
    empty_database_url: str, database_url: str
) -> None:
    expected = migrating.schema(database_url)
    for statement in (0, 4, 17):
        assert migrating.converges_after(empty_database_url, statement)
    with Database(empty_database_url) as database:
        assert migrate(database)
    assert migrating.schema(empty_database_url) == expected


def test_a_backup_is_asked_for_only_before_something_is_changed(empty_database_url: str) -> None:
    asked: list[str] = []
    with Database(empty_database_url) as database:
        assert schema.is_empty(database)
        assert not schema.is_current(database)
        assert migrate(database, before=lambda: asked.append("new"))
        assert not migrate(database, before=lambda: asked.append("same"))
        assert not schema.is_empty(database)
        assert schema.is_current(database)
    assert asked == []


def test_revisions_are_read_in_their_order(tmp_path: Path) -> None:
    first, second = REVISIONS.split("---")
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "b.py").write_text(first)
    (tmp_path / "versions" / "a.py").write_text(second)
    assert schema.known(tmp_path) == ("one", "two")


def test_an_older_diary_is_backed_up_before_its_migration(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = schema.migrations_folder()
    head = schema.known(folder)[-1]
    newer = tmp_path / "migrations"
    (newer / "versions").mkdir(parents=True)
    for file in folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            target = newer / file.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(file.read_bytes())
    (newer / "versions" / "next.py").write_text(
        f'from alembic import op\nrevision = "next"\ndown_revision = "{head}"\n'
        'def upgrade():\n    op.execute("CREATE TABLE added (a INTEGER)")\n'
    )
    monkeypatch.setattr("tracker.storage.schema.PACKAGE", tmp_path / "inside")
    asked: list[str] = []
    with Database(database_url) as database:
        assert migrate(database, before=lambda: asked.append("backup"))
        assert schema.is_current(database)
    assert asked == ["backup"]
    monkeypatch.undo()
    with Database(database_url) as database, pytest.raises(NewerDatabase):
        migrate(database)


def test_another_programs_tables_are_left_alone(empty_database_url: str) -> None:
    with Database(empty_database_url) as database:
        database.write(lambda session: session.execute(text("CREATE TABLE theirs (a INTEGER)")))
        with pytest.raises(ForeignDatabase):
            migrate(database)
        with pytest.raises(ForeignDatabase):
            schema.is_empty(database)


def test_dangling_rows_undo_a_migration(sqlite_database_url: str) -> None:
    def point_nowhere(connection: Connection) -> None:
        connection.execute(
            devices.insert().values(
                owner="nobody", token_sha256=b"a" * 32, label="", created_at=NOW, seen_at=NOW
            )
        )

    with Database(sqlite_database_url) as database:
        with pytest.raises(UnsafeDatabase, match="left as it was"):
            rebuild(database, point_nowhere)
        assert schema.is_current(database)
        with database.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM devices")) == 0


def test_what_a_server_says_of_itself_is_told(database_url: str) -> None:
    with Database(database_url) as database, database.reading() as session:
        told = schema.server_settings(session, ["fsync"])
    assert told == ({} if database_url.startswith("sqlite") else {"fsync": "off"})


def test_a_wheel_carries_its_migrations_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert schema.migrations_folder().name == "migrations"
    monkeypatch.setattr("tracker.storage.schema.PACKAGE", tmp_path)
    (tmp_path / "_migrations").mkdir()
    assert schema.migrations_folder() == tmp_path / "_migrations"
