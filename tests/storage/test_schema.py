"""The migrations lead to the very tables that the program is written for."""

import re
from collections.abc import Mapping

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from tests.storage.nights import MOTH, night, welcome
from tracker.storage.database import Database
from tracker.storage.migrations import migrate
from tracker.storage.models import metadata
from tracker.storage.revisions import append_revision
from tracker.storage.schema import migrations_folder
from tracker.storage.triggers import APPEND_ONLY

SQLITE = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"
POSTGRES = """
    SELECT 'column ' || table_name || '.' || column_name,
        concat_ws(' ', data_type, is_nullable, column_default)
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT 'constraint ' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT 'trigger ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'function ' || proname, prosrc
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def schema(connection: Connection) -> Mapping[str, str]:
    """Return all that a database enforces, by name, without the migrations' own table."""
    rows = connection.execute(text(SQLITE if connection.dialect.name == "sqlite" else POSTGRES))
    return {
        name: re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip()
        for name, sql in rows
        if "alembic_version" not in name
    }


def test_the_migrations_give_what_the_tables_say(empty_database_url: str) -> None:
    with Database(empty_database_url) as database:
        migrate(database)
        with database.connected() as connection:
            migrated = schema(connection)
        with database.connected(foreign_keys=False) as connection:
            metadata.drop_all(connection)
            metadata.create_all(connection)
            assert schema(connection) == migrated
    for table in APPEND_ONLY:
        assert {f"trigger {table.name}_update", f"trigger {table.name}_delete"} <= set(migrated)


def test_alembic_finds_nothing_left_to_migrate(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    with database.connected() as connection:
        config.attributes["connection"] = connection
        command.check(config)


def test_going_down_takes_everything_along_and_up_again_works(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    with database.connected(foreign_keys=False) as connection:
        before = schema(connection)
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert schema(connection) == {}
        command.upgrade(config, "head")
        assert schema(connection) == before


@pytest.mark.usefixtures("database")
def test_a_second_migration_finds_all_done(database_url: str) -> None:
    with Database(database_url) as database:
        with database.writing() as session:
            welcome(session)
            append_revision(session, MOTH, night())
        assert not migrate(database)
