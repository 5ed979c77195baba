"""Phases as rows: what was taken from when to when, never two at once."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from tracker.domain.limits import DOSE_LIMIT_UG
from tracker.domain.phases import Phase, PhaseKind, PhasesRefused, in_order
from tracker.domain.started_plans import OpenedBy, Unblinding, Why
from tracker.domain.words import N_
from tracker.storage.models import accounts, phases, plans
from tracker.storage.questionnaires import AnyRow

UG_A_MG: Final = 1_000
OF_OWNER: Final = (
    select(
        phases.c.id,
        phases.c.kind,
        phases.c.start_day,
        phases.c.end_day,
        phases.c.label,
        phases.c.medicine,
        phases.c.dose_ug,
        phases.c.plan,
    )
    .where(phases.c.owner == bindparam("owner"))
    .order_by(phases.c.start_day)
)

WITH_OPENINGS: Final = OF_OWNER.add_columns(
    plans.c.revealed_at, plans.c.revealed_by, plans.c.why, plans.c.reason
).outerjoin(plans, and_(plans.c.owner == phases.c.owner, plans.c.id == phases.c.plan))
_WRITTEN: Final = OF_OWNER.add_columns(phases.c.created_at)


@dataclass(frozen=True, slots=True)
class StoredPhase:
    """A phase and the public id it is changed by; `plan` laid it out, None where none did."""

    id: str
    phase: Phase
    plan: str | None = None


def list_phases(session: Session, owner: str) -> Sequence[StoredPhase]:
    """Return the person's phases by start, with their ids; one statement."""
    return [
        StoredPhase(row.id, read_phase(row), row.plan)
        for row in session.execute(OF_OWNER, {"owner": owner})
    ]


def load_phases(session: Session, owner: str) -> tuple[Phase, ...]:
    """Return the person's phases by start; one statement."""
    return tuple(stored.phase for stored in list_phases(session, owner))


def read_phase(row: AnyRow) -> Phase:
    """Return the phase of a row with the columns of `OF_OWNER`."""
    return Phase(
        kind=PhaseKind(row.kind),
        start=row.start_day,
        end=row.end_day,
        label=row.label,
        medicine=row.medicine,
        dose_mg=None if row.dose_ug is None else Decimal(row.dose_ug) / UG_A_MG,
    )


def read_opening(row: AnyRow) -> Unblinding:
    """Return how the plan of a row with the columns of `WITH_OPENINGS` was opened."""
    return Unblinding(row.revealed_at, OpenedBy(row.revealed_by), Why(row.why), row.reason)


def new_id() -> str:
    """Return the id of a phase that is not stored yet."""
    return secrets.token_urlsafe(16)


def add_phase(
    session: Session, owner: str, phase: Phase, now: datetime, plan: str | None = None
) -> str:
    """Store a new phase and return its id.

    Raises:
        PhasesRefused: it can't stand beside the others, or its dose can't be kept exactly.
    """
    _check(session, owner, "", phase)
    made = new_id()
    columns = {**_columns(phase), "plan": plan, "created_at": now}
    session.execute(insert(phases).values(owner=owner, id=made, **columns))
    return made


def change_phase(session: Session, owner: str, phase_id: str, phase: Phase) -> bool:
    """Put `phase` in the place of the one with this id; return False where there is none.

    Raises:
        PhasesRefused: it can't stand beside the others, or its dose can't be kept exactly.
    """
    _check(session, owner, phase_id, phase)
    mine = update(phases).where(phases.c.owner == owner, phases.c.id == phase_id)
    found = session.execute(mine.values(**_columns(phase)).returning(phases.c.id))
    return found.first() is not None


def remove_phase(session: Session, owner: str, phase_id: str) -> bool:
    """Delete the phase with this id; return False where there is none."""
    mine = delete(phases).where(phases.c.owner == owner, phases.c.id == phase_id)
    return session.execute(mine.returning(phases.c.id)).first() is not None


def rearrange(
    session: Session,
    owner: str,
    before: Collection[str],
    after: Sequence[StoredPhase],
    now: datetime,
) -> None:
    """Put `after` in the place of the phases whose ids are `before`, all at once.

    One that keeps its id keeps when it was written down.

    Raises:
        PhasesRefused: they can't stand beside the others.
    """
    _lock(session, owner)
    rows = session.execute(_WRITTEN, {"owner": owner}).all()
    others = [read_phase(row) for row in rows if row.id not in before]
    in_order([*others, *(stored.phase for stored in after)])
    written = {row.id: row.created_at for row in rows}
    if before:
        mine = delete(phases).where(phases.c.owner == owner, phases.c.id.in_(before))
        session.execute(mine)
    if after:
        made: Sequence[dict[str, Any]] = [
            {
                **_columns(stored.phase),
                "owner": owner,
                "id": stored.id,
                "plan": stored.plan,
                "created_at": written.get(stored.id, now),
            }
            for stored in after
        ]
        session.execute(insert(phases), made)


def _lock(session: Session, owner: str) -> None:
    # Two people's phases never wait for each other; one person's are looked at one by one.
    session.execute(select(accounts.c.id).where(accounts.c.id == owner).with_for_update())


def _check(session: Session, owner: str, phase_id: str, phase: Phase) -> None:
    _lock(session, owner)
    others = [stored.phase for stored in list_phases(session, owner) if stored.id != phase_id]
    in_order([*others, phase])


def _columns(phase: Phase) -> dict[str, Any]:
    return {
        "kind": phase.kind.value,
        "start_day": phase.start,
        "end_day": phase.end,
        "label": phase.label,
        "medicine": phase.medicine,
        "dose_ug": None if phase.dose_mg is None else _micrograms(phase.dose_mg),
    }


def _micrograms(dose_mg: Decimal) -> int:
    exact = dose_mg * UG_A_MG
    if not exact.is_finite() or exact != int(exact) or not 0 < exact <= DOSE_LIMIT_UG:
        raise PhasesRefused(
            N_("A dose is a number of milligrams above 0 with at most three decimals.")
        )
    return int(exact)
