"""Build rows for tests of storage that are about something else than people."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import insert

from tracker.storage.database import Session
from tracker.storage.models import accounts

KEY: Final = b"k" * 32
NOW: Final = datetime(2026, 11, 21, 22, tzinfo=UTC)


def add_person(session: Session, owner: str, *, demo: bool = False) -> None:
    """Add an account without a password."""
    session.execute(
        insert(accounts).values(
            id=owner,
            name=owner,
            name_key=owner,
            role="patient",
            zone="Europe/Vienna",
            rollover=240,
            theme="auto",
            language="",
            calm=False,
            demo=demo,
            created_at=NOW,
        )
    )
