"""Accounts as rows: who has one, their password's hash, their preferences."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from tracker.domain.people import Account, Role, Theme, name_key
from tracker.storage.inserts import insert_new
from tracker.storage.models import accounts


def add(
    session: Session, account: Account, password_hash: str | None, *, demo: bool = False
) -> bool:
    """Store a new account; return False where its name is taken.

    Args:
        session: a writing one.
        account: consent, where given, counts from its `created_at`.
        password_hash: None where the person has yet to choose a password.
        demo: True for made-up people.
    """
    values = {
        "id": account.id,
        "name": account.name,
        "name_key": name_key(account.name),
        "role": account.role.value,
        "password_hash": password_hash,
        "demo": demo,
        "created_at": account.created_at,
        "consent_version": account.consent_version,
        "consented_at": account.created_at if account.consent_version else None,
        **_preferences(account),
    }
    return insert_new(session, accounts, values)


def find(session: Session, owner: str) -> Account | None:
    """Return the account with this id."""
    row = session.execute(select(accounts).where(accounts.c.id == owner)).first()
    return None if row is None else read_account(row)


def find_by_name(session: Session, name: str) -> Account | None:
    """Return the account with this name, however it is typed."""
    query = select(accounts).where(accounts.c.name_key == name_key(name))
    row = session.execute(query).first()
    return None if row is None else read_account(row)


def everyone(session: Session) -> Sequence[Account]:
    """Return all accounts by name."""
    query = select(accounts).order_by(accounts.c.name_key)
    return [read_account(row) for row in session.execute(query)]


def any_demo(session: Session) -> bool:
    """True where made-up people live in this database."""
    return session.scalar(select(accounts.c.id).where(accounts.c.demo).limit(1)) is not None


def password_hash(session: Session, owner: str) -> str | None:
    """Return the hash to verify a password against, None where there is none."""
    return session.scalar(select(accounts.c.password_hash).where(accounts.c.id == owner))


def set_password_hash(session: Session, owner: str, hashed: str | None) -> None:
    """Put another hash in place of the old one; None: no password opens the account any more."""
    _change(session, owner, password_hash=hashed)


def save_preferences(session: Session, account: Account) -> None:
    """Store zone, rollover, theme, language and calm mode as `account` has them."""
    _change(session, account.id, **_preferences(account))


def consent(session: Session, owner: str, version: int, now: datetime) -> None:
    """Store that the person agreed to the words of this version."""
    _change(session, owner, consent_version=version, consented_at=now)


def disable(session: Session, owner: str, now: datetime) -> None:
    """Close the account: nobody signs in to it any more."""
    _change(session, owner, disabled_at=now)


def set_erasure(session: Session, owner: str, at: datetime | None) -> None:
    """Store when all of the person's rows go; None takes the wish back."""
    _change(session, owner, erase_at=at)


def read_account(row: Row[Any]) -> Account:
    """Return the account of a row that holds all columns of `accounts`."""
    return Account(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        zone=row.zone,
        rollover=time(*divmod(row.rollover, 60)),
        theme=Theme(row.theme),
        language=row.language,
        created_at=row.created_at,
        disabled=row.disabled_at is not None,
        erase_at=row.erase_at,
        consent_version=row.consent_version,
        calm=row.calm,
    )


def _preferences(account: Account) -> dict[str, Any]:
    return {
        "zone": account.zone,
        "rollover": account.rollover.hour * 60 + account.rollover.minute,
        "theme": account.theme.value,
        "language": account.language,
        "calm": account.calm,
    }


def _change(session: Session, owner: str, **values: object) -> None:
    session.execute(update(accounts).where(accounts.c.id == owner).values(**values))
