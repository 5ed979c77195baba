"""INSERT with ON CONFLICT, spelled alike for both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_new(session: Session, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert one row; return False, and change nothing, where its key is taken."""
    kind = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = kind.insert(table).values(**values).on_conflict_do_nothing()
    key = next(iter(table.primary_key))
    return session.execute(statement.returning(key)).first() is not None
