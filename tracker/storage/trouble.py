"""What can be the matter with a disk or a database, by name."""

import errno
import sqlite3
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy.engine import ExceptionContext

from tracker.domain.words import N_, Refused


class StorageTrouble(Refused):
    """The database can't do this now; nothing was changed, and trying again is safe."""


class WriterBusy(StorageTrouble):
    """Someone else has been writing for too long."""

    def __init__(self) -> None:
        super().__init__(N_("Someone else is saving just now. Please try again."))


class StorageFull(StorageTrouble):
    """There is no room left on the disk."""

    def __init__(self) -> None:
        super().__init__(N_("The disk is full, so nothing was saved. Please try again later."))


class StorageReadOnly(StorageTrouble):
    """The disk, or the database, can't be written to."""

    def __init__(self) -> None:
        super().__init__(
            N_("The disk can't be written to, so nothing was saved. Please try again later.")
        )


class StorageGone(StorageTrouble):
    """The database can't be reached."""

    def __init__(self) -> None:
        super().__init__(N_("The database can't be reached just now. Please try again."))


class TakenBack(StorageTrouble):
    """PostgreSQL took a transaction back for another's sake; it may run again at once."""

    def __init__(self) -> None:
        super().__init__(N_("Someone else is saving just now. Please try again."))


class UnsafeDatabase(Refused):
    """The database does not promise what a diary needs."""


# The low byte of SQLite's code is the kind; the rest says more than anyone needs.
KIND: Final = 0xFF
SQLITE: Final[dict[int, Callable[[], StorageTrouble]]] = {
    sqlite3.SQLITE_FULL: StorageFull,
    sqlite3.SQLITE_READONLY: StorageReadOnly,
    sqlite3.SQLITE_IOERR: StorageReadOnly,
    sqlite3.SQLITE_CANTOPEN: StorageGone,
    sqlite3.SQLITE_BUSY: WriterBusy,
    sqlite3.SQLITE_LOCKED: WriterBusy,
}
POSTGRES: Final[dict[str, Callable[[], StorageTrouble]]] = {
    "40001": TakenBack,  # serialization_failure
    "40P01": TakenBack,  # deadlock_detected
    "55P03": WriterBusy,  # lock_not_available
    "53100": StorageFull,  # disk_full
    "25006": StorageReadOnly,  # read_only_sql_transaction
    "0A000": StorageReadOnly,  # a standby's answer to BEGIN READ WRITE
}
# Connection lost or refused, shutting down, starting up, out of connections or memory.
POSTGRES_AWAY: Final = ("08", "53", "57P")


def of_file(error: OSError) -> StorageTrouble:
    """Name what the system said about a file of ours."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return StorageFull() if full else StorageReadOnly()


def of_sqlite(context: ExceptionContext) -> BaseException | None:
    """Name what SQLite's driver raised; None leaves it as it is."""
    code = getattr(context.original_exception, "sqlite_errorcode", sqlite3.SQLITE_OK)
    named = SQLITE.get(code & KIND)
    return named() if named else None


def of_postgres(context: ExceptionContext) -> BaseException | None:
    """Name what PostgreSQL's driver raised; None leaves it as it is."""
    if context.is_pre_ping:
        # The pool is about to connect again by itself.
        return None
    error: Any = context.original_exception
    # None also where the server could not be asked at all.
    state: str = getattr(error, "sqlstate", None) or ""
    if named := POSTGRES.get(state):
        return named()
    away = state.startswith(POSTGRES_AWAY) or context.is_disconnect or context.connection is None
    return StorageGone() if away else None
