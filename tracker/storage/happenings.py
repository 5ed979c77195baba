"""Phases and happenings as a report reads them: four tables, one statement."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Select, Table, bindparam, cast, literal, null, select
from sqlalchemy import union_all as side_by_side
from sqlalchemy.orm import Session

from tracker.domain.happenings import Happenings
from tracker.domain.phases import Phase
from tracker.storage.measurements import read_measurement
from tracker.storage.models import effect_checks, effects, measurements, phases
from tracker.storage.phases import read_phase
from tracker.storage.questionnaires import AnyRow
from tracker.storage.side_effects import read_effect

Told = TypeVar("Told")

_TABLES: Final = (phases, effects, effect_checks, measurements)
_LEFT_OUT: Final = frozenset({"owner", "sealed"})


def _named() -> dict[str, ColumnElement[Any]]:
    """Return every column of the tables by name; those of one name have one type."""
    return {
        column.name: column
        for table in _TABLES
        for column in table.columns
        if column.name not in _LEFT_OUT
    }


def _rows_of(table: Table) -> Select[Any]:
    """Select the person's rows of `table`, with nothing in the columns of the others."""
    columns = [
        table.c[name] if name in table.c else cast(null(), column.type).label(name)
        for name, column in _named().items()
    ]
    mine = table.c.owner == bindparam("owner")
    return select(literal(table.name).label("told_by"), *columns).where(mine)


_ROWS: Final = side_by_side(*map(_rows_of, _TABLES))


def load_happenings(session: Session, owner: str) -> tuple[tuple[Phase, ...], Happenings]:
    """Return the person's phases and what else happened; one statement."""
    rows = session.execute(_ROWS, {"owner": owner}).all()
    return (
        _read(rows, phases, read_phase, "start_day"),
        Happenings(
            effects=_read(rows, effects, read_effect, "start_day"),
            checks=_read(rows, effect_checks, _day, "day"),
            measurements=_read(rows, measurements, read_measurement, "day"),
        ),
    )


def _read(
    rows: Sequence[AnyRow], table: Table, read: Callable[[AnyRow], Told], by: str
) -> tuple[Told, ...]:
    """Return what `table` tells, by day and then as it was noted."""
    found = [row for row in rows if row.told_by == table.name]
    found.sort(key=lambda row: (getattr(row, by), row.created_at, row.id))
    return tuple(read(row) for row in found)


def _day(row: AnyRow) -> date:
    found: date = row.day
    return found
