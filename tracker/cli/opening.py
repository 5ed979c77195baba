"""Opening the diary for a command: settings, keys and a database of today's schema."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tracker.config import Settings
from tracker.keys import Keys
from tracker.storage import installation, schema
from tracker.storage.database import Database
from tracker.storage.writer import refuse_network_folder


@dataclass(frozen=True, slots=True)
class Opened:
    """What a command works with.

    Attributes:
        settings: as the environment gives them.
        keys: derived from this installation's secret.
        database: migrated, and made under the clock that is asked for.
    """

    settings: Settings
    keys: Keys
    database: Database


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Opened]:
    """Set up what is missing, migrate after a backup, and close at the end.

    Args:
        settings: those of the environment by default.
    """
    settings = settings or Settings.from_environment(os.environ)
    settings.prepare()
    keys = Keys.made_or_read(settings.secret_key_file)
    if settings.database_file is not None:
        prepare_file(settings.database_file)
    with Database(settings.database_url, audit_key=keys.audit) as database:
        bring_up_to_date(settings, database)
        yield Opened(settings, keys, database)


def prepare_file(file: Path) -> None:
    """Make an SQLite file that only its owner can read, where there is none."""
    refuse_network_folder(file.parent)
    os.close(os.open(file, os.O_CREAT | os.O_RDONLY, 0o600))


def bring_up_to_date(settings: Settings, database: Database) -> None:
    """Migrate a database, after a backup of what it holds, and settle which clock it has."""
    if not schema.is_current(database):
        # Alembic takes a third of a second to load, so only who needs it does.
        from tracker.storage.migrations import migrate

        migrate(database, before=lambda: before_migration(settings, database))
    with database.reading() as session:
        present = installation.found(session)
    test_clock = settings.test_clock is not None
    if present is None:
        with database.writing() as session:
            installation.settle(session, settings.clock(), test_clock=test_clock)
    else:
        installation.refuse_wrong_clock(present, test_clock=test_clock)


def before_migration(settings: Settings, database: Database) -> None:
    """Back up a diary that is about to be migrated."""
    from tracker.storage import backups

    backups.write(
        database, settings.backup_dir, settings.clock(), note="before-migration", audited=False
    )
