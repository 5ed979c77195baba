"""What a diary keeps beside its nights, as reports and archives read it: one statement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final, TypeVar

from sqlalchemy import Select, Table, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.archives import (
    KeptCheck,
    KeptEffect,
    KeptHappenings,
    KeptMeasurement,
    KeptPhase,
)
from tracker.domain.happenings import Happenings
from tracker.domain.medicines import Medicine
from tracker.domain.phases import Phase
from tracker.domain.started_plans import Unblinding
from tracker.storage.measurements import read_measurement
from tracker.storage.medicines import OF_OWNER as MEDICINES
from tracker.storage.medicines import StoredMedicine, read_medicine
from tracker.storage.models import effect_checks, effects, measurements, medicines, phases
from tracker.storage.phases import WITH_OPENINGS, read_opening, read_phase
from tracker.storage.questionnaires import AnyRow
from tracker.storage.side_effects import read_effect

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Beside:
    """Phases, medicines, side effects and measurements of one person.

    Phases and medicines are by first day. `spans`, `medicines` and `happened` come with the times
    at which they were written down. `openings` say how hidden orders were opened, under the first
    day of each phase that their plan laid out.
    """

    spans: tuple[KeptPhase, ...]
    openings: Mapping[date, Unblinding]
    medicines: Sequence[StoredMedicine]
    happened: KeptHappenings

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases as a report takes them."""
        return tuple(one.phase for one in self.spans)

    @property
    def taken(self) -> tuple[Medicine, ...]:
        """The medicines as a report takes them."""
        return tuple(one.medicine for one in self.medicines)

    @property
    def happenings(self) -> Happenings:
        """Side effects and measurements as a report takes them."""
        return Happenings(
            effects=tuple(one.effect for one in self.happened.effects),
            checks=tuple(one.day for one in self.happened.checks),
            measurements=tuple(one.measurement for one in self.happened.measurements),
        )


def _all_of(table: Table) -> Select[Any]:
    columns = [column for column in table.columns if column.name not in {"owner", "id"}]
    return select(*columns).where(table.c.owner == bindparam("owner"))


_QUERIES: Final = {
    phases.name: WITH_OPENINGS.add_columns(phases.c.created_at),
    medicines.name: MEDICINES,
    **{table.name: _all_of(table) for table in (effects, effect_checks, measurements)},
}
_TYPES: Final = {
    column.name: column.type for query in _QUERIES.values() for column in query.selected_columns
}


def _widened(told_by: str, query: Select[Any]) -> Select[Any]:
    """Return `query` with the columns of all, NULL where it has none of that name."""
    own = query.selected_columns
    columns = (
        own[name] if name in own else cast(null(), kind).label(name)
        for name, kind in _TYPES.items()
    )
    return query.with_only_columns(literal(told_by).label("told_by"), *columns).order_by(None)


_ROWS: Final = union_all(*(_widened(*each) for each in _QUERIES.items()))


def load_beside(session: Session, owner: str) -> Beside:
    """Return what a person's diary keeps beside its nights; one statement."""
    rows = session.execute(_ROWS, {"owner": owner}).all()
    noted = _kept(rows, measurements, read_measurement, "day")
    return Beside(
        spans=tuple(
            KeptPhase(phase, at, plan)
            for (phase, plan), at in _kept(rows, phases, _planned, "start_day")
        ),
        openings={row.start_day: read_opening(row) for row in rows if row.revealed_at is not None},
        medicines=_medicines([row for row in rows if row.told_by == medicines.name]),
        happened=KeptHappenings(
            tuple(KeptEffect(*each) for each in _kept(rows, effects, read_effect, "start_day")),
            tuple(KeptCheck(*each) for each in _kept(rows, effect_checks, _day, "day")),
            tuple(KeptMeasurement(*each) for each in noted),
        ),
    )


def _kept(
    rows: Sequence[AnyRow], table: Table, read: Callable[[AnyRow], Told], by: str
) -> Sequence[tuple[Told, datetime]]:
    """Return what `table` tells by day, then as it was noted: the same order everywhere."""
    mine = [row for row in rows if row.told_by == table.name]
    told = [(getattr(row, by), row.created_at, read(row)) for row in mine]
    told.sort(key=lambda each: (*each[:2], repr(each[2])))
    return [(value, at) for _day, at, value in told]


def _medicines(rows: Sequence[AnyRow]) -> Sequence[StoredMedicine]:
    """Return medicines by first day; of each the rows are its doses."""
    ordered = sorted(
        rows, key=lambda row: (row.start_day, row.created_at, row.id, row.dose_day or row.start_day)
    )
    grouped = groupby(ordered, key=lambda row: row.id)
    return [read_medicine(list(group)) for _id, group in grouped]


def _planned(row: AnyRow) -> tuple[Phase, str | None]:
    return read_phase(row), row.plan


def _day(row: AnyRow) -> date:
    found: date = row.day
    return found
