"""What a person can do with side effects: tell of one, change it, end it, or say "nothing new"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.domain.people import Account
from tracker.domain.side_effects import SideEffect, clean_effect, is_due, last_asked
from tracker.domain.spans import ONE_DAY
from tracker.storage import audit, phases, side_effects
from tracker.storage.database import Session
from tracker.storage.side_effects import StoredEffect


@dataclass(frozen=True, slots=True)
class Standing:
    """All side effects, newest first, and how it stands with being asked.

    `since` is the day on which the person was asked last, None where they never were; `is_due` says
    that it was two weeks ago or more; `is_answered` that they said "nothing new" today.
    """

    effects: Sequence[StoredEffect]
    since: date | None
    is_due: bool
    is_answered: bool


def standing(session: Session, who: Account, today: date) -> Standing:
    """Return the person's side effects as they stand on `today`."""
    stored = side_effects.list_effects(session, who.id)
    checks = side_effects.list_checks(session, who.id)
    since = last_asked([one.effect for one in stored], checks, today)
    return Standing(
        effects=stored[::-1],
        since=since,
        is_due=is_due(phases.load_phases(session, who.id), since, today),
        is_answered=today in checks,
    )


def find(session: Session, who: Account, effect_id: str) -> StoredEffect | None:
    """Return the person's side effect with this id; None where there is none."""
    known = side_effects.list_effects(session, who.id)
    return next((stored for stored in known if stored.id == effect_id), None)


def tell(session: Session, who: Account, told: SideEffect, today: date, now: datetime) -> str:
    """Store a side effect, new or taken away before; return its id.

    Raises:
        SideEffectRefused: it can't be as it was told.
    """
    made = side_effects.add_effect(session, who.id, clean_effect(told, today), now)
    audit.record(session, who.id, "effect.added", who.id, now, effect=made)
    return made


def change(
    session: Session, who: Account, effect_id: str, told: SideEffect, today: date, now: datetime
) -> bool:
    """Put `told` in the place of the one with this id; return False where there is none.

    When it was first told of stays.

    Raises:
        SideEffectRefused: it can't be as it was told.
    """
    stored = find(session, who, effect_id)
    if stored is None:
        return False
    cleaned = clean_effect(replace(told, reported=stored.effect.reported), today)
    if cleaned != stored.effect:
        side_effects.change_effect(session, who.id, effect_id, cleaned)
        audit.record(session, who.id, "effect.changed", who.id, now, effect=effect_id)
    return True


def end(
    session: Session, who: Account, effect_id: str, last_day: date, today: date, now: datetime
) -> bool:
    """Let it end with `last_day`; return False where there is none.

    Raises:
        SideEffectRefused: that is before it starts, or has not come.
    """
    stored = find(session, who, effect_id)
    if stored is None:
        return False
    ended = replace(stored.effect, end=last_day + ONE_DAY)
    return change(session, who, effect_id, ended, today, now)


def remove(session: Session, who: Account, effect_id: str, now: datetime) -> SideEffect | None:
    """Take it away and return it, for `tell` to bring back; None where there is none."""
    stored = find(session, who, effect_id)
    if stored is None:
        return None
    side_effects.remove_effect(session, who.id, effect_id)
    audit.record(session, who.id, "effect.removed", who.id, now, effect=effect_id)
    return stored.effect


def nothing_new(session: Session, who: Account, today: date, now: datetime) -> None:
    """Note that the person was asked today and had nothing new to tell; twice is once."""
    if side_effects.add_check(session, who.id, today, now):
        audit.record(session, who.id, "effect.asked", who.id, now, day=today)


def take_back(session: Session, who: Account, today: date, now: datetime) -> bool:
    """Take today's "nothing new" back; return False where there is none."""
    if not side_effects.remove_check(session, who.id, today):
        return False
    audit.record(session, who.id, "effect.unasked", who.id, now, day=today)
    return True
