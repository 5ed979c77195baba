"""Side effects as rows, and the days on which there was nothing new."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from tracker.domain.side_effects import Action, Effect, Severity, SideEffect
from tracker.storage.inserts import insert_new
from tracker.storage.models import effect_checks, effects, participants
from tracker.storage.questionnaires import AnyRow

_TOLD: Final = (
    effects.c.effect,
    effects.c.severity,
    effects.c.start_day,
    effects.c.end_day,
    effects.c.bothersome,
    effects.c.action,
    effects.c.reported_day,
)
OF_OWNER: Final = (
    select(effects.c.id, effects.c.name, *_TOLD)
    .where(effects.c.owner == bindparam("owner"))
    .order_by(effects.c.start_day, effects.c.created_at, effects.c.effect, effects.c.name)
)
# Told of while they took part; own words are not even read. The plan's end is the caller's.
_OF_STUDY: Final = (
    select(effects.c.owner, literal("").label("name"), *_TOLD)
    .join(participants, participants.c.owner == effects.c.owner)
    .where(
        participants.c.study == bindparam("study"),
        participants.c.withdrawn.is_(False),
        effects.c.reported_day >= participants.c.start_day,
        func.coalesce(
            effects.c.reported_day < participants.c.left_day, participants.c.left_day.is_(None)
        ),
    )
    .order_by(effects.c.owner, effects.c.reported_day, effects.c.created_at, effects.c.effect)
)
CHECKS: Final = (
    select(effect_checks.c.day)
    .where(effect_checks.c.owner == bindparam("owner"))
    .order_by(effect_checks.c.day)
)


@dataclass(frozen=True, slots=True)
class StoredEffect:
    """A side effect and the public id it is changed by."""

    id: str
    effect: SideEffect


def list_effects(session: Session, owner: str) -> Sequence[StoredEffect]:
    """Return the person's side effects by start, with their ids; one statement."""
    found = session.execute(OF_OWNER, {"owner": owner})
    return [StoredEffect(row.id, read_effect(row)) for row in found]


def list_checks(session: Session, owner: str) -> Sequence[date]:
    """Return the days on which the person had nothing new to tell; one statement."""
    return [row.day for row in session.execute(CHECKS, {"owner": owner})]


def list_of_study(session: Session, study_id: str) -> Mapping[str, Sequence[SideEffect]]:
    """Return what each participant told of, by owner and in the order told; one statement."""
    told: dict[str, list[SideEffect]] = {}
    for row in session.execute(_OF_STUDY, {"study": study_id}):
        told.setdefault(row.owner, []).append(read_effect(row))
    return told


def read_effect(row: AnyRow) -> SideEffect:
    """Return the side effect of a row with the columns of `OF_OWNER`."""
    return SideEffect(
        effect=Effect(row.effect),
        start=row.start_day,
        severity=Severity(row.severity),
        reported=row.reported_day,
        end=row.end_day,
        bothersome=row.bothersome,
        action=Action(row.action),
        name=row.name,
    )


def add_effect(session: Session, owner: str, told: SideEffect, now: datetime) -> str:
    """Store a new side effect and return its id."""
    made = secrets.token_urlsafe(16)
    session.execute(insert(effects).values(owner=owner, id=made, created_at=now, **_columns(told)))
    return made


def change_effect(session: Session, owner: str, effect_id: str, told: SideEffect) -> bool:
    """Put `told` in the place of the one with this id; return False where there is none."""
    mine = update(effects).where(effects.c.owner == owner, effects.c.id == effect_id)
    found = session.execute(mine.values(**_columns(told)).returning(effects.c.id))
    return found.first() is not None


def remove_effect(session: Session, owner: str, effect_id: str) -> bool:
    """Delete the side effect with this id; return False where there is none."""
    mine = delete(effects).where(effects.c.owner == owner, effects.c.id == effect_id)
    return session.execute(mine.returning(effects.c.id)).first() is not None


def add_check(session: Session, owner: str, day: date, now: datetime) -> bool:
    """Note that on `day` there was nothing new; return False where that is noted already."""
    return insert_new(session, effect_checks, {"owner": owner, "day": day, "created_at": now})


def remove_check(session: Session, owner: str, day: date) -> bool:
    """Take the note of `day` back; return False where there is none."""
    mine = delete(effect_checks).where(effect_checks.c.owner == owner, effect_checks.c.day == day)
    return session.execute(mine.returning(effect_checks.c.day)).first() is not None


def _columns(told: SideEffect) -> dict[str, object]:
    return {
        "effect": told.effect.value,
        "name": told.name,
        "severity": told.severity.value,
        "start_day": told.start,
        "end_day": told.end,
        "bothersome": told.bothersome,
        "action": told.action.value,
        "reported_day": told.reported,
    }
