"""What a person took away last waits in their own cookie for an hour, so one tap brings it back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from flask import session

UNDO: Final = timedelta(hours=1)

Kept = Mapping[str, str | bool | None]


def keep(key: str, kept: Kept, now: datetime) -> None:
    """Let what was taken away wait under `key`."""
    session[key] = {**kept, "until": (now + UNDO).isoformat()}


def waiting(key: str, now: datetime) -> Mapping[str, str] | None:
    """Return what waits under `key`; None where nothing was taken away within the hour."""
    kept: Mapping[str, str] | None = session.get(key)
    if kept is None or now >= datetime.fromisoformat(kept["until"]):
        return None
    return kept


def forget(key: str) -> None:
    """Let nothing wait any more."""
    session.pop(key, None)
