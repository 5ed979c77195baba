"""Second factors as rows: secrets encrypted, and the step of the last code that was taken."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from tracker.domain.factors import Factor, FactorKind
from tracker.storage.models import accounts, factors

# For queries that read an account: whether it has a factor that counts.
HAS_FACTOR: Final = (
    exists()
    .where(factors.c.owner == accounts.c.id, factors.c.confirmed_at.is_not(None))
    .correlate(accounts)
)


def confirmed(session: Session, owner: str) -> Sequence[Factor]:
    """Return the owner's factors that count, oldest first."""
    query = (
        select(factors)
        .where(factors.c.owner == owner, factors.c.confirmed_at.is_not(None))
        .order_by(factors.c.confirmed_at, factors.c.id)
    )
    return [_factor(row) for row in session.execute(query)]


def owners(session: Session) -> frozenset[str]:
    """Return who has a factor that counts."""
    query = select(factors.c.owner).where(factors.c.confirmed_at.is_not(None))
    return frozenset(session.scalars(query))


def begun(session: Session, owner: str) -> Factor | None:
    """Return the factor that waits for its first code, None where none does."""
    query = select(factors).where(factors.c.owner == owner, factors.c.confirmed_at.is_(None))
    row = session.execute(query).first()
    return None if row is None else _factor(row)


def add(session: Session, owner: str, factor: Factor) -> None:
    """Store a factor; one that waited for its first code goes."""
    waiting = (factors.c.owner == owner, factors.c.confirmed_at.is_(None))
    session.execute(delete(factors).where(*waiting))
    session.execute(
        insert(factors).values(
            owner=owner,
            id=factor.id,
            kind=factor.kind.value,
            secret=factor.secret,
            label=factor.label,
            created_at=factor.created_at,
            confirmed_at=factor.confirmed_at,
            last_step=factor.last_step,
        )
    )


def confirm(session: Session, owner: str, factor: Factor) -> None:
    """Let a factor count from now on: `factor` says since when, under which name and step."""
    session.execute(
        update(factors)
        .where(factors.c.owner == owner, factors.c.id == factor.id)
        .values(label=factor.label, confirmed_at=factor.confirmed_at, last_step=factor.last_step)
    )


def use_step(session: Session, owner: str, factor_id: str, step: int) -> bool:
    """Take a code of this step; return False where one of it, or of a later one, was taken."""
    statement = (
        update(factors)
        .where(factors.c.owner == owner, factors.c.id == factor_id, factors.c.last_step < step)
        .values(last_step=step)
        .returning(factors.c.id)
    )
    return session.execute(statement).first() is not None


def rename(session: Session, owner: str, factor_id: str, label: str) -> None:
    """Give a factor another name."""
    chosen = (factors.c.owner == owner, factors.c.id == factor_id)
    session.execute(update(factors).where(*chosen).values(label=label))


def remove(session: Session, owner: str, factor_id: str) -> None:
    """Delete a factor."""
    session.execute(delete(factors).where(factors.c.owner == owner, factors.c.id == factor_id))


def remove_all(session: Session, owner: str) -> bool:
    """Delete all of the owner's factors; return whether one of them counted."""
    had = bool(confirmed(session, owner))
    session.execute(delete(factors).where(factors.c.owner == owner))
    return had


def _factor(row: Row[Any]) -> Factor:
    return Factor(
        id=row.id,
        kind=FactorKind(row.kind),
        secret=row.secret,
        label=row.label,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        last_step=row.last_step,
    )
