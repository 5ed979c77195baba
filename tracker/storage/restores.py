"""Restoring: a backup becomes the diary, and what was the diary is moved aside."""

import shutil
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import bindparam, delete, select, text, update

from tracker.config import Settings
from tracker.disk import make_folder, sync
from tracker.domain.words import N_, Refused
from tracker.storage import (
    audit,
    audit_check,
    backups,
    copies,
    erasures,
    installation,
    shares,
    subscriptions,
)
from tracker.storage.database import Database, Session
from tracker.storage.migrations import migrate, rebuild
from tracker.storage.models import (
    accounts,
    audit_checkpoints,
    audit_events,
    audit_heads,
    sessions,
)
from tracker.storage.schema import is_empty
from tracker.storage.writer import WriterLock

TRIGGERS: Final = text(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
    "AND tbl_name IN ('audit_events', 'audit_checkpoints')"
)
SEAL_AGAIN: Final = update(audit_events).where(
    audit_events.c.owner == bindparam("whose"), audit_events.c.number == bindparam("which")
)
ASIDE: Final = "before-restore"


class KeysMissing(Refused):
    """The backup was made under other keys than those of this installation."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        aside: where the diary lies that was there before; None where there was none.
        erased: how many people were erased once more.
        resealed: whether the audit chains were sealed anew, under other keys.
    """

    aside: Path | None
    erased: int
    resealed: bool


def restore(
    settings: Settings, key: bytes, file: Path, now: datetime, *, without_keys: bool = False
) -> Restored:
    """Make a backup the diary of this installation; nobody else may be using it.

    Everything is prepared in a draft first: a refusal or a kill before the last step leaves
    the present diary as it is.

    Args:
        settings: say where the diary, its list of the erased and its backups are.
        key: seals the audit chains.
        file: a backup, or a diary that is not in use.
        now: when.
        without_keys: go on though the chains up to now can't be verified any more.

    Raises:
        ForeignFile: the file is something else.
        DamagedFile: it is damaged.
        NewerDatabase: a newer version made it.
        KeysMissing: it was made under other keys.
    """
    make_folder(settings.backup_dir)
    # Beside the diary: it takes its place by a rename, which can't cross file systems.
    folder = (settings.database_file or settings.secret_key_file).parent
    with tempfile.TemporaryDirectory(prefix=backups.DRAFT, dir=folder) as drafts:
        draft = Path(drafts, "draft.db")
        draft.touch(mode=0o600)
        copies.copy_backup(file, draft)
        with Database(f"sqlite:///{draft}", audit_key=key) as database:
            migrate(database)
            resealed = _resealed(database, now, without_keys=without_keys)
            erased = _made_ready(database, erasures.listed(settings.erased_file), now)
        copies.seal(draft)
        aside = _put_in_place(settings, draft, now)
    _begin_heads(settings, key, now)
    return Restored(aside, erased, resealed)


def _resealed(database: Database, now: datetime, *, without_keys: bool) -> bool:
    """Seal the chains anew where other keys sealed them; return whether that was so."""
    with database.reading() as session:
        findings = audit_check.verify(session).findings
    if not findings:
        return False
    if not without_keys:
        raise KeysMissing(
            N_(
                "The audit chains of this backup don't verify with this installation's key "
                "(%(first)s). Give the keys with --keys FILE, or go on with --without-keys: "
                "second factors, push subscriptions and the proof of the audit up to today are "
                "lost, the diaries are not."
            ),
            first=findings[0].as_refusal(),
        )
    with database.writing() as session:
        reseal(session, now)
        subscriptions.remove_all(session)
    return True


def reseal(session: Session, now: datetime) -> None:
    """Seal all chains of a draft with our key, and say so in each of them.

    The database itself refuses changed events, so its triggers stand aside meanwhile.
    """
    triggers = session.execute(TRIGGERS).all()
    for name, _ in triggers:
        session.execute(text(f"DROP TRIGGER {name}"))
    session.execute(delete(audit_checkpoints))
    key: bytes = session.info["audit_key"]
    previous: dict[str, str] = {}
    in_order = audit.EVENTS.order_by(audit_events.c.owner, audit_events.c.number)
    for row in session.execute(in_order).all():
        before = audit.Event(*row)
        event = replace(before, previous=previous.get(before.owner, audit.GENESIS))
        previous[event.owner] = event.seal(key)
        session.execute(
            SEAL_AGAIN,
            {
                "whose": event.owner,
                "which": event.number,
                "previous": event.previous,
                "hash": previous[event.owner],
            },
        )
    for owner, head in previous.items():
        session.execute(update(audit_heads).where(audit_heads.c.owner == owner).values(hash=head))
    for _, statement in triggers:
        session.execute(text(statement))
    for owner in previous:
        audit.record(session, owner, "audit.resealed", "operator", now)


def _made_ready(database: Database, gone: Mapping[str, datetime], now: datetime) -> int:
    """Do to a draft what happened since: the erased are erased, nobody is signed in."""
    with database.writing() as session:
        installation.begin_epoch(session)
        # Some signed out since; who they are is not in the backup.
        subscriptions.put_to_sleep(session)
        session.execute(delete(sessions))
        # Some links were ended since; which, is not in the backup either.
        shares.revoke_all(session, now)
        there = set(session.scalars(select(accounts.c.id))) & gone.keys()
        for owner, at in gone.items():
            erasures.erase(session, owner, at)
        for owner in session.scalars(select(audit_heads.c.owner)).all():
            audit.record(session, owner, "diary.restored", "operator", now)
    return len(there)


def _put_in_place(settings: Settings, draft: Path, now: datetime) -> Path | None:
    """Make the draft the diary; return where the one before lies."""
    if settings.database_file is not None:
        return _replace_file(settings.database_file, draft, settings.backup_dir, now)
    with Database(settings.database_url) as database:
        aside = None
        if not is_empty(database):
            aside = backups.write(database, settings.backup_dir, now, note=ASIDE, audited=False)
        with Database(f"sqlite:///{draft}") as source, source.reading() as session:
            rebuild(database, lambda target: copies.copy_rows(session.connection(), target))
    return aside


def _replace_file(present: Path, draft: Path, folder: Path, now: datetime) -> Path | None:
    """Copy the present file aside, then let the draft take its place in one step."""
    aside = None
    with WriterLock.beside(present).held():
        if present.exists():
            _gather(present)
            aside = backups.free_path(folder, now, ASIDE)
            for part in _parts(present):
                copy = Path(f"{aside}{part.name.removeprefix(present.name)}")
                shutil.copyfile(part, copy)
                sync(copy)
            sync(folder)
            for part in _parts(present)[1:]:
                part.unlink()
            # A log that a power cut brought back would be played into the file that comes now.
            sync(present.parent)
        copies.settle_on_disk(draft, present)
    return aside


def _gather(file: Path) -> None:
    """Bring what lies in the log into the file; a damaged one is kept as it is."""
    with suppress(sqlite3.DatabaseError):
        # A look without the log: SQLite would delete one whose file it can't read.
        with closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as connection:
            connection.execute("PRAGMA schema_version")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _parts(file: Path) -> Sequence[Path]:
    """Return the file, and its log and index where a damaged one left them."""
    named = (file, Path(f"{file}-wal"), Path(f"{file}-shm"))
    return [part for part in named if part.exists()]


def _begin_heads(settings: Settings, key: bytes, now: datetime) -> None:
    """Begin the list of heads anew: the chains are shorter now than it says."""
    heads = settings.audit_heads_file
    if heads.exists():
        stamp = now.astimezone(UTC).strftime(backups.STAMP)
        heads.replace(heads.with_name(f"{heads.stem}-{stamp}{heads.suffix}"))
    with (
        Database(settings.database_url, audit_key=key) as database,
        database.writing() as session,
    ):
        audit.checkpoint(session, heads, now)
