"""Recovery codes and the operator's links as rows: only their SHA-256, each good once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.storage.models import recovery_codes


class CodeKind(StrEnum):
    """What a code stands in for; it opens nothing else."""

    SHEET = "sheet"  # the password
    OPERATOR = "operator"  # the password, as the operator's link
    FACTOR = "factor"  # the second factor


def replace_codes(
    session: Session, owner: str, kind: CodeKind, hashes: Iterable[bytes], now: datetime
) -> None:
    """Put new codes of a kind in place of the old ones; none at all takes those away."""
    _replace(session, owner, kind, hashes, now, None)


def replace_link(
    session: Session, owner: str, hashed: bytes, now: datetime, life: timedelta
) -> None:
    """Store the operator's link to a new password; one before it opens nothing any more."""
    _replace(session, owner, CodeKind.OPERATOR, [hashed], now, now + life)


def owner_of_link(session: Session, hashed: bytes, now: datetime) -> str | None:
    """Return whose password this link sets, None where it is used up or too old."""
    codes = recovery_codes.c
    query = select(codes.owner).where(
        codes.kind == CodeKind.OPERATOR,
        codes.code_sha256 == hashed,
        codes.used_at.is_(None),
        codes.expires_at > now,
    )
    return session.scalar(query)


def is_good(session: Session, owner: str, kind: CodeKind, hashed: bytes) -> bool:
    """True where the owner has this code, without an end, and did not use it yet."""
    codes = recovery_codes.c
    query = select(codes.owner).where(
        codes.owner == owner,
        codes.code_sha256 == hashed,
        codes.kind == kind,
        codes.used_at.is_(None),
    )
    return session.scalar(query) is not None


def use(session: Session, owner: str, kind: CodeKind, hashed: bytes, now: datetime) -> bool:
    """Use a code of the owner up; return False where it opens nothing (any more)."""
    codes = recovery_codes.c
    statement = (
        update(recovery_codes)
        .where(
            codes.owner == owner,
            codes.code_sha256 == hashed,
            codes.kind == kind,
            codes.used_at.is_(None),
            or_(codes.expires_at.is_(None), codes.expires_at > now),
        )
        .values(used_at=now)
        .returning(codes.owner)
    )
    return session.execute(statement).first() is not None


def codes_left(session: Session, owner: str, kind: CodeKind) -> int | None:
    """Return how many codes of a kind are still good, None where none were ever made."""
    codes = recovery_codes.c
    query = select(func.count(), func.count(codes.used_at)).where(
        codes.owner == owner, codes.kind == kind
    )
    made, used = session.execute(query).one()
    return made - used if made else None


def _replace(
    session: Session,
    owner: str,
    kind: CodeKind,
    hashes: Iterable[bytes],
    now: datetime,
    expires_at: datetime | None,
) -> None:
    codes = recovery_codes.c
    session.execute(delete(recovery_codes).where(codes.owner == owner, codes.kind == kind))
    for hashed in hashes:
        values = {
            "owner": owner,
            "code_sha256": hashed,
            "kind": kind.value,
            "created_at": now,
            "expires_at": expires_at,
        }
        session.execute(insert(recovery_codes).values(values))
