"""What a person took away last waits in their own cookie for an hour, so one tap brings it back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from flask import session

from tracker.domain.phases import Phase, PhaseKind
from tracker.storage.phases import StoredPhase

UNDO: Final = timedelta(hours=1)

Kept = Mapping[str, Any]  # what JSON can hold, as deep as the thing that was taken away


def keep(key: str, kept: Kept, now: datetime) -> None:
    """Let what was taken away wait under `key`."""
    session[key] = {**kept, "until": (now + UNDO).isoformat()}


def waiting(key: str, now: datetime) -> Kept | None:
    """Return what waits under `key`; None where nothing was taken away within the hour."""
    kept: Kept | None = session.get(key)
    if kept is None or now >= datetime.fromisoformat(kept["until"]):
        return None
    return kept


def forget(key: str) -> None:
    """Let nothing wait any more."""
    session.pop(key, None)


def pack_phase(stored: StoredPhase) -> Kept:
    """Return a phase as the cookie keeps it: phases go one by one, and many with a plan."""
    phase = stored.phase
    return {
        "id": stored.id,
        "plan": stored.plan,
        "kind": phase.kind.value,
        "start": phase.start.isoformat(),
        "end": None if phase.end is None else phase.end.isoformat(),
        "label": phase.label,
        "medicine": phase.medicine,
        "dose_mg": None if phase.dose_mg is None else str(phase.dose_mg),
    }


def unpack_phase(kept: Kept) -> StoredPhase:
    """Return the phase that was packed."""
    end, dose_mg = kept["end"], kept["dose_mg"]
    phase = Phase(
        kind=PhaseKind(kept["kind"]),
        start=date.fromisoformat(kept["start"]),
        end=None if end is None else date.fromisoformat(end),
        label=kept["label"],
        medicine=kept["medicine"],
        dose_mg=None if dose_mg is None else Decimal(dose_mg),
    )
    return StoredPhase(kept["id"], phase, kept["plan"])
