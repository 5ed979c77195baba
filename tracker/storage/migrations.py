"""The migrations run: in one transaction under the lock, so that a kill changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from tracker.domain.words import N_
from tracker.storage.database import Database, UnsafeDatabase
from tracker.storage.schema import APPLICATION_ID, known, migrations_folder, standing

# One number for all who migrate this database; PostgreSQL keeps the others waiting.
ADVISORY_LOCK: Final = APPLICATION_ID


def migrate(
    database: Database, *, to: str = "head", before: Callable[[], object] = lambda: None
) -> bool:
    """Bring a database up to a revision; return whether anything was to be done.

    Args:
        database: empty, or a diary of this version or an older one.
        to: a revision; the newest by default.
        before: called, under the lock, before an existing diary is changed: a backup.

    Raises:
        ForeignDatabase: it holds tables of another program.
        NewerDatabase: its revision is unknown here.
        UnsafeDatabase: rows would point to rows that are not there; nothing was changed.
    """
    revisions = known(migrations_folder())
    with _changing(database) as connection:
        revision = standing(connection, revisions)
        if revision == (revisions[-1] if to == "head" else to):
            return False
        if revision is not None:
            before()
        command.upgrade(_config(connection), to)
    return True


def rebuild(database: Database, fill: Callable[[Connection], None]) -> None:
    """Make all tables anew and fill them, in one transaction: all of it happens or nothing."""
    with _changing(database) as connection:
        if standing(connection, known(migrations_folder())) is not None:
            command.downgrade(_config(connection), "base")
        command.upgrade(_config(connection), "head")
        fill(connection)


@contextmanager
def _changing(database: Database) -> Iterator[Connection]:
    """Give a connection in a transaction that no other migration shares."""
    with database.locked(), database.connected(foreign_keys=False) as connection:
        if database.file is None:
            connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": ADVISORY_LOCK})
            yield connection
        else:
            yield connection
            connection.execute(text(f"PRAGMA application_id={APPLICATION_ID}"))
            _refuse_dangling(connection)


def _config(connection: Connection) -> Config:
    # No configuration file: Alembic gets its folder, and the connection in its transaction.
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _refuse_dangling(connection: Connection) -> None:
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise UnsafeDatabase(
            N_("Rows point to rows that are not there; the database was left as it was.")
        )
