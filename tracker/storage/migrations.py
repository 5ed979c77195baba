"""The migrations run: in one transaction under the lock, so that a kill changes nothing."""

from collections.abc import Callable
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
    """Bring a database to a revision; return whether anything was to be done.

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
    wanted = revisions[-1] if to == "head" else to
    with database.locked(), database.connected(foreign_keys=False) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": ADVISORY_LOCK})
        revision = standing(connection, revisions)
        if revision == wanted:
            return False
        if revision is not None:
            before()
        _run(connection, wanted, down=revision in revisions[revisions.index(wanted) + 1 :])
        if connection.dialect.name == "sqlite":
            _finish_sqlite(connection)
    return True


def _run(connection: Connection, wanted: str, *, down: bool) -> None:
    # No configuration file: Alembic gets its folder and the connection in its transaction.
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    (command.downgrade if down else command.upgrade)(config, wanted)


def _finish_sqlite(connection: Connection) -> None:
    connection.execute(text(f"PRAGMA application_id={APPLICATION_ID}"))
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise UnsafeDatabase(
            N_("Rows point to rows that are not there; the database was left as it was.")
        )
