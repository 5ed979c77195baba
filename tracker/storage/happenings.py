"""Phases and happenings as a report reads them: four tables, one statement."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Select, Table, bindparam, cast, literal, null, select
from sqlalchemy import union_all as side_by_side
from sqlalchemy.orm import Session

from tracker.domain.archives import (
    KeptCheck,
    KeptEffect,
    KeptHappenings,
    KeptMeasurement,
    KeptPhase,
)
from tracker.domain.happenings import Happenings
from tracker.domain.phases import Phase
from tracker.storage import measurements as stored_measurements
from tracker.storage import side_effects
from tracker.storage.measurements import read_measurement
from tracker.storage.models import effect_checks, effects, measurements, phases
from tracker.storage.phases import read_phase
from tracker.storage.questionnaires import AnyRow
from tracker.storage.side_effects import read_effect

Told = TypeVar("Told")

_TABLES: Final = (phases, effects, effect_checks, measurements)
_LEFT_OUT: Final = frozenset({"owner", "id", "sealed"})


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
    spans, kept = load_kept(session, owner)
    return (
        tuple(one.phase for one in spans),
        Happenings(
            effects=tuple(one.effect for one in kept.effects),
            checks=tuple(one.day for one in kept.checks),
            measurements=tuple(one.measurement for one in kept.measurements),
        ),
    )


def load_kept(session: Session, owner: str) -> tuple[tuple[KeptPhase, ...], KeptHappenings]:
    """Return the same with the times at which it was written down; one statement."""
    rows = session.execute(_ROWS, {"owner": owner}).all()

    def kept(
        table: Table, read: Callable[[AnyRow], Told], by: str
    ) -> Sequence[tuple[Told, datetime]]:
        """Return what `table` tells by day, then as it was noted: the same order everywhere."""
        mine = [row for row in rows if row.told_by == table.name]
        told = [(getattr(row, by), row.created_at, read(row)) for row in mine]
        told.sort(key=lambda each: (*each[:2], repr(each[2])))
        return [(value, at) for _day, at, value in told]

    return (
        tuple(KeptPhase(*each) for each in kept(phases, read_phase, "start_day")),
        KeptHappenings(
            tuple(KeptEffect(*each) for each in kept(effects, read_effect, "start_day")),
            tuple(KeptCheck(*each) for each in kept(effect_checks, _day, "day")),
            tuple(KeptMeasurement(*each) for each in kept(measurements, read_measurement, "day")),
        ),
    )


def add_kept(session: Session, owner: str, brought: KeptHappenings) -> None:
    """Store side effects and measurements that are not there yet."""
    for told in brought.effects:
        side_effects.add_effect(session, owner, told.effect, told.created_at)
    for asked in brought.checks:
        side_effects.add_check(session, owner, asked.day, asked.created_at)
    for noted in brought.measurements:
        stored_measurements.add_measurement(session, owner, noted.measurement, noted.created_at)


def _day(row: AnyRow) -> date:
    found: date = row.day
    return found
