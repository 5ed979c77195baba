"""Plans as rows: what was started, and what is sealed of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.orm import Session

from tracker.domain.plan_texts import read_plan, written
from tracker.domain.started_plans import (
    Holder,
    OpenedBy,
    Sealing,
    StartedPlan,
    Unblinding,
    Why,
)
from tracker.storage.models import plans
from tracker.storage.questionnaires import AnyRow

_OF_OWNER: Final = (
    select(plans)
    .where(plans.c.owner == bindparam("owner"))
    .order_by(plans.c.started_on, plans.c.created_at, plans.c.id)
)
_ONE: Final = _OF_OWNER.where(plans.c.id == bindparam("plan"))
_BY_LINK: Final = select(plans).where(plans.c.token_sha256 == bindparam("token"))


@dataclass(frozen=True, slots=True)
class HeldPlan:
    """A plan as its key's holder reaches it, and whose it is."""

    owner: str
    started: StartedPlan


def add(
    session: Session, owner: str, started: StartedPlan, token_sha256: bytes | None = None
) -> None:
    """Store a plan; `token_sha256` is of its holder's link, None where there is none."""
    sealing, unblinding = started.sealing, started.unblinding
    session.execute(
        insert(plans).values(
            owner=owner,
            id=started.id,
            definition=written(started.plan),
            started_on=started.started_on,
            created_at=started.created_at,
            ended_at=started.ended_at,
            holder=started.holder.value,
            study=started.study,
            opens_on=started.opens_on,
            token_sha256=token_sha256,
            looked_at=started.looked_at,
            **({} if sealing is None else _sealing(sealing)),
            **({"reason": ""} if unblinding is None else _unblinding(unblinding)),
        )
    )


def list_plans(session: Session, owner: str) -> Sequence[StartedPlan]:
    """Return the person's plans by start; one statement."""
    return [_read(row) for row in session.execute(_OF_OWNER, {"owner": owner})]


def find(session: Session, owner: str, plan_id: str) -> StartedPlan | None:
    """Return the person's plan with this id; None where there is none."""
    row = session.execute(_ONE, {"owner": owner, "plan": plan_id}).first()
    return None if row is None else _read(row)


def find_by_link(session: Session, token_sha256: bytes) -> HeldPlan | None:
    """Return the plan that a holder's link leads to; None where it leads nowhere."""
    row = session.execute(_BY_LINK, {"token": token_sha256}).first()
    return None if row is None else HeldPlan(row.owner, _read(row))


def seal(session: Session, owner: str, plan_id: str, sealing: Sealing) -> bool:
    """Keep the sealed order; return False where one is sealed already: it is drawn once."""
    return _changed(session, owner, plan_id, plans.c.public.is_(None), _sealing(sealing))


def change_link(session: Session, owner: str, plan_id: str, token_sha256: bytes) -> bool:
    """Let another link lead its holder here; return False where the plan has no such holder."""
    is_held = plans.c.holder == Holder.PERSON.value
    return _changed(session, owner, plan_id, is_held, {"token_sha256": token_sha256})


def look(session: Session, owner: str, plan_id: str, now: datetime) -> None:
    """Note that the key's holder looked at the order again."""
    _changed(session, owner, plan_id, plans.c.public.is_not(None), {"looked_at": now})


def end(session: Session, owner: str, plan_id: str, at: datetime | None) -> bool:
    """Note that the plan was stopped, or with None that it goes on; return False where it did."""
    is_other = plans.c.ended_at.is_not(None) if at is None else plans.c.ended_at.is_(None)
    return _changed(session, owner, plan_id, is_other, {"ended_at": at})


def unblind(session: Session, owner: str, plan_id: str, unblinding: Unblinding) -> bool:
    """Note that the order was opened; return False where it was open already."""
    is_closed = plans.c.revealed_at.is_(None)
    return _changed(session, owner, plan_id, is_closed, _unblinding(unblinding))


def _changed(
    session: Session,
    owner: str,
    plan_id: str,
    condition: ColumnElement[bool],
    values: dict[str, Any],
) -> bool:
    mine = update(plans).where(plans.c.owner == owner, plans.c.id == plan_id, condition)
    return session.execute(mine.values(**values).returning(plans.c.id)).first() is not None


def _sealing(sealing: Sealing) -> dict[str, Any]:
    return {"public": sealing.public, "hidden": sealing.hidden, "sealed": sealing.box}


def _unblinding(unblinding: Unblinding) -> dict[str, Any]:
    return {
        "revealed_at": unblinding.at,
        "revealed_by": unblinding.by.value,
        "why": unblinding.why.value,
        "reason": unblinding.reason,
    }


def _read(row: AnyRow) -> StartedPlan:
    return StartedPlan(
        id=row.id,
        plan=read_plan(row.definition),
        started_on=row.started_on,
        created_at=row.created_at,
        holder=Holder(row.holder),
        ended_at=row.ended_at,
        opens_on=row.opens_on,
        study=row.study,
        sealing=None if row.public is None else Sealing(row.public, row.hidden, row.sealed),
        looked_at=row.looked_at,
        unblinding=None
        if row.revealed_at is None
        else Unblinding(row.revealed_at, OpenedBy(row.revealed_by), Why(row.why), row.reason),
    )
