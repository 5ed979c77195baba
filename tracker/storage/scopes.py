"""Scopes as columns of the row that gives access."""

from collections.abc import Mapping
from typing import Any

from tracker.domain.scopes import Scope
from tracker.storage.questionnaires import AnyRow


def scope_values(scope: Scope) -> Mapping[str, Any]:
    """Return the columns of a scope."""
    return {
        "first_day": scope.first,
        "end_day": scope.end,
        "items": None if scope.items is None else " ".join(sorted(scope.items)),
        "notes": scope.notes,
        "treatment": scope.treatment,
        "pdf": scope.pdf,
    }


def read_scope(row: AnyRow) -> Scope:
    """Return the scope of a row that has the columns of one."""
    return Scope(
        first=row.first_day,
        end=row.end_day,
        items=None if row.items is None else frozenset(row.items.split()),
        notes=row.notes,
        treatment=row.treatment,
        pdf=row.pdf,
    )
