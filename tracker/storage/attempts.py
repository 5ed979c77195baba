"""Attempts as rows: failures counted in buckets, under the rows' locks."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from tracker.domain.attempts import Bucket, TooManyAttempts, counted, delay
from tracker.storage.inserts import insert_new
from tracker.storage.models import attempts


class Key(NamedTuple):
    """One bucket: what is counted, and for whom or from where."""

    bucket: Bucket
    of: str


def count(session: Session, keys: Iterable[Key], now: datetime) -> None:
    """Count an attempt as failed in each bucket, before it is looked at.

    So many at a time can't slip by; `clear` or `forgive` takes it back where it succeeds.

    Raises:
        TooManyAttempts: one of the buckets has to wait; the caller's transaction ends with it.
    """
    for key in sorted(keys):  # always in this order: two people never wait for each other
        insert_new(
            session,
            attempts,
            {
                "kind": key.bucket.value,
                "bucket_sha256": _hash(key),
                "failures": 0,
                "last_at": now,
                "not_before": now,
            },
        )
        row = session.execute(select(attempts).where(_is(key)).with_for_update()).one()
        if row.not_before > now:
            raise TooManyAttempts(row.not_before - now)
        failures = counted(row.failures, row.last_at, now) + 1
        _write(session, key, failures, now, delay(key.bucket, failures))


def clear(session: Session, key: Key) -> None:
    """Forget a bucket's failures: its person got in."""
    session.execute(delete(attempts).where(_is(key)))


def forgive(session: Session, key: Key, now: datetime) -> None:
    """Take back one attempt of a bucket that strangers share, because it succeeded."""
    session.execute(
        update(attempts)
        .where(_is(key), attempts.c.failures > 0)
        .values(failures=attempts.c.failures - 1, not_before=now)
    )


def _write(session: Session, key: Key, failures: int, now: datetime, wait: timedelta) -> None:
    values = {"failures": failures, "last_at": now, "not_before": now + wait}
    session.execute(update(attempts).where(_is(key)).values(values))


def _hash(key: Key) -> bytes:
    return hashlib.sha256(f"{key.bucket}:{key.of}".encode()).digest()


def _is(key: Key) -> ColumnElement[bool]:
    return and_(
        attempts.c.kind == key.bucket.value,
        attempts.c.bucket_sha256 == _hash(key),
    )
