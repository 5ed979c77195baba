"""Housekeeping: what a diary needs done by itself, by day and every ten minutes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tracker.config import Settings
from tracker.services import glances
from tracker.storage import audit, backups, tidying
from tracker.storage.database import Database


def sign_heads(database: Database, settings: Settings, now: datetime) -> int:
    """Sign how far each audit chain has come, inside and outside the database."""
    with database.writing() as session:
        return audit.checkpoint(session, settings.audit_heads_file, now)


def back_up(database: Database, settings: Settings, now: datetime) -> Path:
    """Write a regular backup, let those go whose time is over, and return its path."""
    written = backups.write(database, settings.backup_dir, now)
    let_go(settings, now)
    return written


def let_go(settings: Settings, now: datetime) -> Sequence[Path]:
    """Delete the backups whose time is over; return which."""
    return backups.rotate(settings.backup_dir, now, settings.backup_keep)


def is_backup_due(settings: Settings, now: datetime) -> bool:
    """Say whether there is no regular backup of today (UTC)."""
    newest = backups.newest(settings.backup_dir)
    return newest is None or newest.taken.date() < now.astimezone(UTC).date()


def tidy(database: Database, settings: Settings, now: datetime) -> tidying.Tidied:
    """Delete what is past its time: sessions, texts of deleted nights, erased people."""
    with database.writing() as session:
        done = tidying.tidy(session, settings.erased_file, now)
    if done.erased or done.texts:
        database.truncate_log()
    return done


def keep_house(database: Database, settings: Settings, now: datetime) -> None:
    """Do what is due: sign and count anew each time, tidy and back up once a day."""
    sign_heads(database, settings, now)
    glances.roll_forward(database, now)
    if is_backup_due(settings, now):
        tidy(database, settings, now)
        back_up(database, settings, now)
