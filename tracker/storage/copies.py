"""Copies of a whole database: one SQLite file each, whichever product holds the diary."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, MetaData, Row, insert, select

from tracker.disk import sync
from tracker.domain.words import N_, Refused
from tracker.storage.database import Database, Session
from tracker.storage.migrations import migrate
from tracker.storage.schema import APPLICATION_ID, known, migrations_folder, standing

BATCH: Final = 1_000
# Alembic's own: every copy has it from its migrations.
UNCOPIED: Final = frozenset({"alembic_version"})
HEADER: Final = b"SQLite format 3\0"


class ForeignFile(Refused):
    """The file is no backup of a diary."""


class DamagedFile(Refused):
    """The file was a backup, and is damaged."""


def copy_database(database: Database, target: Path) -> None:
    """Copy all that is committed into a new SQLite file, while others go on writing."""
    with database.snapshot() as session:
        if database.file is not None:
            _copy_file(session, target)
        else:
            _copy_rows_into_file(session.connection(), target)
    seal(target)


def _copy_file(session: Session, target: Path) -> None:
    source: Any = session.connection().connection.driver_connection
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _copy_rows_into_file(source: Connection, target: Path) -> None:
    revision = standing(source, known(migrations_folder()))
    with Database(f"sqlite:///{target}") as database:
        migrate(database, to=revision or "head")
        with database.connected(foreign_keys=False) as connection:
            copy_rows(source, connection)


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy all rows between two databases of one schema; the target's tables are empty."""
    tables = MetaData()
    tables.reflect(source)
    there = MetaData()
    there.reflect(target)
    for table in tables.sorted_tables:
        if table.name in UNCOPIED:
            continue
        rows = iter(source.execute(select(table), execution_options={"yield_per": BATCH}))
        while batch := [_plain(row) for row in islice(rows, BATCH)]:
            target.execute(insert(there.tables[table.name]), batch)


def _plain(row: Row[Any]) -> dict[str, Any]:
    """Return a row whose instants both products read alike: in UTC, with the zone said."""
    return {
        name: _in_utc(value) if isinstance(value, datetime) else value
        for name, value in row._asdict().items()
    }


def _in_utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def seal(file: Path) -> None:
    """Make a copy complete in one file, and see that it is sound.

    Raises:
        DamagedFile: pages are damaged, or rows point to rows that are not there.
    """
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        refuse_damage(copy)


def refuse_damage(copy: sqlite3.Connection) -> None:
    """Refuse a file whose pages or references are damaged.

    Raises:
        DamagedFile: they are.
    """
    try:
        sound = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        sound = sound and not copy.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise DamagedFile(N_("The copy is damaged; take an older one."))


def copy_backup(file: Path, target: Path) -> None:
    """Copy a backup into a new file, after seeing that it is a sound one of ours.

    Raises:
        ForeignFile: it is not a backup of a diary.
        DamagedFile: it was one.
    """
    with file.open("rb") as opened:
        if opened.read(len(HEADER)) != HEADER:
            raise _foreign(file)
    # `immutable`: nothing is made beside the backup, wherever it lies.
    with (
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        try:
            ours = source.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
            if ours:
                source.backup(copy)
        except sqlite3.DatabaseError as error:
            raise DamagedFile(N_("The copy is damaged; take an older one.")) from error
        if not ours:
            raise _foreign(file)
        refuse_damage(copy)


def _foreign(file: Path) -> ForeignFile:
    return ForeignFile(N_("%(file)s is no backup of a diary, so nothing was changed."), file=file)


def settle_on_disk(file: Path, final: Path) -> None:
    """Give a finished file its name, for good: a power cut leaves it whole or not there."""
    sync(file)
    file.replace(final)
    sync(final.parent)
