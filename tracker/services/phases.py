"""What a person can do with phases: add one, change it, end it, take it away, bring it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.spans import ONE_DAY
from tracker.services import sums
from tracker.storage import audit, phases
from tracker.storage.database import Session
from tracker.storage.phases import StoredPhase


def list_all(session: Session, owner: Account) -> Sequence[StoredPhase]:
    """Return the owner's phases by start, with the ids they are changed by."""
    return phases.list_phases(session, owner.id)


def find(session: Session, owner: Account, phase_id: str) -> StoredPhase | None:
    """Return the owner's phase with this id; None where there is none."""
    known = phases.list_phases(session, owner.id)
    return next((stored for stored in known if stored.id == phase_id), None)


def add(
    session: Session,
    owner: Account,
    phase: Phase,
    now: datetime,
    *,
    ends_running: bool = False,
    plan: str | None = None,
) -> str:
    """Store a new phase, or one that was taken away; return its id.

    Where `ends_running` is True, a phase that still runs ends on the day before the new one.
    `plan` is the id of the plan that it was laid out by.

    Raises:
        PhasesRefused: it can't stand beside the others.
    """
    if ends_running:
        end_running(session, owner, phase.start, now)
    made = phases.add_phase(session, owner.id, phase, now, plan)
    _done(session, owner, "phase.added", made, now)
    return made


def end_running(session: Session, owner: Account, before: date, now: datetime) -> None:
    """Let a phase that still runs end on the day before `before`."""
    for stored in phases.list_phases(session, owner.id):
        if stored.phase.end is None and stored.phase.start < before:
            end(session, owner, stored.id, before - ONE_DAY, now)


def change(session: Session, owner: Account, phase_id: str, phase: Phase, now: datetime) -> bool:
    """Put `phase` in the place of the one with this id; return False where there is none.

    Raises:
        PhasesRefused: it can't stand beside the others.
    """
    stored = find(session, owner, phase_id)
    if stored is None:
        return False
    if stored.plan is not None and stored.phase.kind is PhaseKind.BLINDED:
        # By its letter the key finds it; what else it was is for the key to tell.
        phase = replace(stored.phase, start=phase.start, end=phase.end)
    if stored.phase != phase:
        phases.change_phase(session, owner.id, phase_id, phase)
        _done(session, owner, "phase.changed", phase_id, now)
    return True


def end(session: Session, owner: Account, phase_id: str, last_day: date, now: datetime) -> bool:
    """Let the phase end with `last_day`; return False where there is none.

    Raises:
        PhasesRefused: that is before it starts, or into the next one.
    """
    stored = find(session, owner, phase_id)
    if stored is None:
        return False
    ended = replace(stored.phase, end=last_day + ONE_DAY)
    return change(session, owner, phase_id, ended, now)


def remove(session: Session, owner: Account, phase_id: str, now: datetime) -> StoredPhase | None:
    """Take the phase away and return it, for `add` to bring back; None where there is none."""
    stored = find(session, owner, phase_id)
    if stored is None:
        return None
    phases.remove_phase(session, owner.id, phase_id)
    _done(session, owner, "phase.removed", phase_id, now)
    return stored


def _done(session: Session, owner: Account, verb: str, phase_id: str, now: datetime) -> None:
    """Write the deed down, and count anew what follows the phases."""
    audit.record(session, owner.id, verb, owner.id, now, phase=phase_id)
    sums.refresh(session, owner, now)
