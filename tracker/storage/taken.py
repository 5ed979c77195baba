"""Phases and medicines in one statement: what every report asks for together."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Select, cast, literal, null, union_all
from sqlalchemy.orm import Session

from tracker.domain.archives import KeptPhase
from tracker.domain.medicines import Medicine
from tracker.domain.phases import Phase
from tracker.storage.medicines import OF_OWNER as MEDICINES
from tracker.storage.medicines import StoredMedicine, read_medicine
from tracker.storage.models import phases
from tracker.storage.phases import OF_OWNER as PHASES
from tracker.storage.phases import read_phase

_PHASE: Final = "phase"
_OF_PHASE: Final = PHASES.add_columns(phases.c.created_at)
_TYPES: Final = {
    column.name: column.type
    for query in (_OF_PHASE, MEDICINES)
    for column in query.selected_columns
}


def _widened(query: Select[Any], what: str) -> Select[Any]:
    """Return `query` with the columns of both, NULL where it has none of that name."""
    own = query.selected_columns
    columns = (
        own[name] if name in own else cast(null(), kind).label(name)
        for name, kind in _TYPES.items()
    )
    return query.with_only_columns(literal(what).label("what"), *columns).order_by(None)


_BOTH: Final = union_all(_widened(_OF_PHASE, _PHASE), _widened(MEDICINES, "medicine")).order_by(
    "what", "start_day", "created_at", "id", "dose_day"
)


def list_taken(
    session: Session, owner: str
) -> tuple[Sequence[KeptPhase], Sequence[StoredMedicine]]:
    """Return the person's phases and medicines, and when each was noted; one statement."""
    rows = session.execute(_BOTH, {"owner": owner}).all()
    known = [row for row in rows if row.what != _PHASE]
    return (
        [KeptPhase(read_phase(row), row.created_at) for row in rows if row.what == _PHASE],
        [read_medicine(list(group)) for _id, group in groupby(known, key=lambda row: row.id)],
    )


def load_taken(session: Session, owner: str) -> tuple[tuple[Phase, ...], tuple[Medicine, ...]]:
    """Return the person's phases and medicines, each by first day; one statement."""
    known, taken = list_taken(session, owner)
    return tuple(one.phase for one in known), tuple(one.medicine for one in taken)
