"""Backups: written beside the running diary, checked before they count, and let go in time."""

import re
import shutil
import tempfile
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, count, islice
from pathlib import Path
from typing import Final, Self

from sqlalchemy import create_engine
from sqlalchemy.orm import Session as PlainSession
from sqlalchemy.pool import NullPool

from tracker.disk import make_folder
from tracker.domain.words import N_, Refused
from tracker.storage import audit_check, copies
from tracker.storage.database import Database

STAMP: Final = "%Y%m%dT%H%M%SZ"
# Regular ones are tracker-INSTANT.db; a note says why one of the others was made.
NAME: Final = re.compile(r"tracker-(\d{8}T\d{6}Z)(-[a-z][a-z-]*)?(\.\d+)?\.db")
DAYS: Final = 7
WEEKS: Final = 4
# The longest month: no copy goes before its promised time is over.
MONTH: Final = timedelta(days=31)
DRAFT: Final = ".backup-"
ABANDONED: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A file in the folder of backups.

    Attributes:
        taken: when, in UTC.
        path: where.
        note: why, where it is not a regular one; else "".
    """

    taken: datetime
    path: Path
    note: str

    @classmethod
    def named(cls, path: Path) -> Self | None:
        """Return the backup of this name; None where the name is not one of ours."""
        match = NAME.fullmatch(path.name)
        if match is None:
            return None
        taken = datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)
        return cls(taken, path, (match[2] or "").removeprefix("-"))


class BackupRefused(Refused):
    """No backup was made, or it did not pass its check."""


def write(
    database: Database, folder: Path, now: datetime, *, note: str = "", audited: bool = True
) -> Path:
    """Write a backup into the folder of backups; return its path.

    Args:
        database: may be in use by others.
        folder: made, for its owner alone, where there is none.
        now: names the file.
        note: says why, where it is not a regular one; lasts as long as the monthly ones.
        audited: whether the audit chains are verified; before a migration their tables may
            be other than this version's.
    """
    make_folder(folder)
    return write_to(database, free_path(folder, now, note), audited=audited)


def free_path(folder: Path, now: datetime, note: str = "") -> Path:
    """Return the path of a backup taken now; it is not there yet."""
    name = f"tracker-{now.astimezone(UTC).strftime(STAMP)}{note and '-'}{note}"
    numbered = (folder / f"{name}{again}.db" for again in chain([""], map(".{}".format, count(2))))
    return next(path for path in numbered if not path.exists())


def write_to(database: Database, final: Path, *, audited: bool = True) -> Path:
    """Write a backup to a path that is free; it appears there only when it is whole.

    Raises:
        BackupRefused: something is there already, or the audit chains don't verify.
        DamagedFile: the copy is damaged, and so is what it was taken from.
    """
    refuse_existing(final)
    with tempfile.TemporaryDirectory(prefix=DRAFT, dir=final.parent) as drafts:
        draft = Path(drafts, "draft.db")
        draft.touch(mode=0o600)
        copies.copy_database(database, draft)
        if audited:
            refuse_tampering(draft, database.audit_key)
        copies.settle_on_disk(draft, final)
    return final


def refuse_existing(file: Path) -> None:
    """Refuse to write over a file, or where there is no folder for it.

    Raises:
        BackupRefused: it is there, or its folder is not.
    """
    if not file.parent.is_dir():
        raise BackupRefused(N_("There is no folder %(folder)s."), folder=file.parent)
    if file.exists():
        raise BackupRefused(N_("%(file)s exists already; choose another name."), file=file)


def refuse_tampering(file: Path, key: bytes) -> None:
    """Refuse a copy whose audit chains are not as they were sealed.

    Raises:
        BackupRefused: they are not.
    """
    findings = verified(file, key).findings
    if findings:
        raise BackupRefused(
            N_("The audit chains don't verify (%(first)s); run tracker audit verify."),
            first=findings[0].as_refusal(),
        )


def verified(file: Path, key: bytes) -> audit_check.Verified:
    """Read the audit chains of a copy."""
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    with PlainSession(engine, info={"audit_key": key}) as session:
        return audit_check.verify(session)


def rotate(folder: Path, now: datetime, months: int) -> Sequence[Path]:
    """Delete the backups whose time is over; return which.

    Kept are the newest of each of the last 7 days, 4 weeks and `months` months on which there
    was one, and those with a note; none once it is older than `months` months.
    """
    found = sorted(_all(folder), reverse=True)
    regular = [each for each in found if not each.note]
    kept = {
        *_newest(regular, lambda each: each.taken.date(), DAYS),
        *_newest(regular, lambda each: each.taken.isocalendar()[:2], WEEKS),
        *_newest(regular, lambda each: (each.taken.year, each.taken.month), months),
        *(each for each in found if each.note),
    }
    oldest = now - months * MONTH
    gone = [each.path for each in found if each not in kept or each.taken < oldest]
    for path in gone:
        for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            part.unlink(missing_ok=True)
    # What a kill left of a backup that was never finished.
    for draft in folder.glob(f"{DRAFT}*"):
        if draft.stat().st_mtime < (now - ABANDONED).timestamp():
            shutil.rmtree(draft)
    return gone


def newest(folder: Path) -> Backup | None:
    """Return the newest regular backup; None where there is none."""
    return max((each for each in _all(folder) if not each.note), default=None)


def _all(folder: Path) -> Iterable[Backup]:
    files = folder.iterdir() if folder.is_dir() else ()
    return [backup for backup in map(Backup.named, files) if backup]


def _newest(
    regular: Iterable[Backup], period: Callable[[Backup], Hashable], most: int
) -> Iterable[Backup]:
    kept: dict[Hashable, Backup] = {}
    for each in regular:
        kept.setdefault(period(each), each)
    return islice(kept.values(), most)
