"""The database: sessions that read, sessions that write, and what each promises."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Final, Self, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from tracker.domain.words import N_
from tracker.storage import trouble
from tracker.storage.trouble import (
    StorageFull,
    StorageGone,
    StorageReadOnly,
    StorageTrouble,
    TakenBack,
    UnsafeDatabase,
    WriterBusy,
)
from tracker.storage.writer import PATIENCE, WriterLock

__all__ = [
    "Database",
    "Session",
    "StorageFull",
    "StorageGone",
    "StorageReadOnly",
    "StorageTrouble",
    "UnsafeDatabase",
    "WriterBusy",
]

Result = TypeVar("Result")

# Set in this order and read back; (name, as written, as read). FULL: with NORMAL a power
# cut takes acknowledged entries along. `fullfsync` matters on macOS only.
PRAGMAS: Final = (
    ("busy_timeout", "5000", 5000),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("secure_delete", "ON", 1),
    ("mmap_size", "0", 0),
    ("fullfsync", "ON", 1),
    # Without it INSERT OR REPLACE would delete what triggers keep, unseen by them.
    ("recursive_triggers", "ON", 1),
)
# A reader that writes is a mistake; SQLite says so.
READER: Final = (*PRAGMAS, ("query_only", "ON", 1))
POSTGRES_OPTIONS: Final = {
    "synchronous_commit": "on",
    "timezone": "UTC",
    "lock_timeout": "5s",
}
ATTEMPTS: Final = 3


class Database:
    """One database, opened: give its `reading` and `writing` sessions to storage functions.

    SQLite: readers never wait; one writer at a time, under the writer lock from before
    BEGIN until after COMMIT. PostgreSQL: plain transactions, READ COMMITTED.
    Close it before a fork and at the end (it is a context manager too).

    Args:
        url: as `Settings.database_url`.
        audit_key: seals the audit chains; without it nothing can be recorded.
    """

    def __init__(self, url: str, *, audit_key: bytes = b"") -> None:
        self.url: Final = url
        self.audit_key: Final = audit_key
        self._info: Final = {"audit_key": audit_key}
        sqlite = make_url(url).get_backend_name() == "sqlite"
        self.file: Final = Path(make_url(url).database or "") if sqlite else None
        if self.file is not None:
            self.lock: WriterLock | None = WriterLock.beside(self.file)
            # Every transaction of SQLite sees one moment.
            self.reader = self._snapshot = _sqlite(url, READER, pool_size=8)
            # One connection is enough for one writer.
            self.writer = _sqlite(url, PRAGMAS, pool_size=1).execution_options(write=True)
        else:
            self.lock = None
            engine = _postgres(url)
            self.reader = engine.execution_options(postgresql_readonly=True)
            self.writer = engine.execution_options(write=True)
            self._snapshot = self.reader.execution_options(isolation_level="REPEATABLE READ")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; SQLite's last one checkpoints, so it does under the lock."""
        self.reader.dispose()
        with self.locked():
            self.writer.dispose()

    def locked(self) -> AbstractContextManager[None]:
        """Hold the writer lock without a transaction; nothing to hold with PostgreSQL."""
        return nullcontext() if self.lock is None else self.lock.held()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the database and can't change it."""
        with Session(self.reader, autoflush=False, info=self._info) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Give a reading session for which nothing changes from its first line to its last."""
        with Session(self._snapshot, autoflush=False, info=self._info) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose work is committed at the end, or not done at all.

        Raises:
            WriterBusy: others were writing for too long.
            StorageFull: the disk is full.
            StorageReadOnly: the disk or the database can't be written to.
            StorageGone: the database can't be reached.
        """
        with self.locked(), Session(self.writer, info=self._info) as session, session.begin():
            # Takes the write lock before the first read: a later upgrade could fail.
            session.connection()
            yield session

    def write(self, deed: Callable[[Session], Result]) -> Result:
        """Run a deed in a writing session; PostgreSQL may ask for it up to three times.

        The deed must be safe to run again from its start, also after a commit whose
        answer was lost: that is what `client_id` is for.
        """
        for _ in range(ATTEMPTS - 1):
            try:
                return self._written(deed)
            except (TakenBack, StorageGone):
                continue
        return self._written(deed)

    def truncate_log(self) -> None:
        """Empty SQLite's log, so that deleted words are not found in it either."""
        if self.file is not None:
            with self.locked(), self.writer.connect() as connection:
                raw = connection.connection.cursor()
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.close()

    def _written(self, deed: Callable[[Session], Result]) -> Result:
        with self.writing() as session:
            return deed(session)

    @contextmanager
    def connected(self, *, foreign_keys: bool = True) -> Iterator[Connection]:
        """Give a writing connection of its own, in a transaction, closed for good after.

        For migrations and restores. SQLite checks no foreign keys while tables are made
        anew: inside a transaction the switch does nothing, so it is thrown before.
        The caller holds the lock.
        """
        with self.writer.connect() as connection:
            try:
                if self.file is not None and not foreign_keys:
                    cursor = connection.connection.cursor()
                    cursor.execute("PRAGMA foreign_keys=OFF")
                    cursor.close()
                with connection.begin():
                    yield connection
            finally:
                connection.invalidate()


def _sqlite(url: str, pragmas: tuple[tuple[str, str, object], ...], *, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        connect_args={"isolation_level": None},
        pool_size=pool_size,
        max_overflow=32,
        pool_timeout=PATIENCE,
    )
    event.listen(engine, "connect", partial(_set_pragmas, pragmas))
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", trouble.of_sqlite, retval=True)
    return engine


def _set_pragmas(
    pragmas: tuple[tuple[str, str, object], ...], raw: DBAPIConnection, _: ConnectionPoolEntry
) -> None:
    cursor = raw.cursor()
    for name, value, wanted in pragmas:
        cursor.execute(f"PRAGMA {name}={value}")
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
        if row != (wanted,):
            raise UnsafeDatabase(
                N_("SQLite refuses %(name)s=%(value)s, without which a diary is not safe."),
                name=name,
                value=value,
            )
    cursor.close()


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _postgres(url: str) -> Engine:
    options = " ".join(f"-c {name}={value}" for name, value in POSTGRES_OPTIONS.items())
    engine = create_engine(
        url,
        connect_args={"options": options, "connect_timeout": int(PATIENCE)},
        isolation_level="READ COMMITTED",
        pool_size=8,
        max_overflow=8,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
    )
    event.listen(engine, "connect", _assert_synchronous)
    event.listen(engine, "handle_error", trouble.of_postgres, retval=True)
    return engine


def _assert_synchronous(raw: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = raw.cursor()
    cursor.execute("SHOW synchronous_commit")
    row = cursor.fetchone()
    cursor.close()
    # The question began a transaction.
    raw.rollback()
    if row is None or row[0] != POSTGRES_OPTIONS["synchronous_commit"]:
        raise UnsafeDatabase(
            N_("PostgreSQL runs with synchronous_commit off: a power cut would lose nights.")
        )
