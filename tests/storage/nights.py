"""Build people and nights to store."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.engine import Engine

from tracker.domain.answers import Answer, answered
from tracker.domain.diary import Status
from tracker.domain.people import Account, Role, Theme
from tracker.domain.questionnaire import FIRST, Ruler
from tracker.domain.revisions import Revision
from tracker.storage import accounts, questionnaires
from tracker.storage.database import Session

DAY: Final = date(2026, 3, 1)
NOW: Final = datetime(2026, 3, 1, 21, 30, tzinfo=UTC)
HASH: Final = "ab" * 32
MOTH: Final = "moth"
OWL: Final = "owl"


def person(owner: str = MOTH) -> Account:
    """Return a patient in UTC."""
    return Account(
        id=owner,
        name=owner.title(),
        role=Role.PATIENT,
        zone="UTC",
        rollover=time(4),
        theme=Theme.AUTO,
        language="",
        created_at=NOW,
    )


def welcome(session: Session, owner: str = MOTH, *, asked: bool = True) -> None:
    """Store a person, with their first questionnaire."""
    assert accounts.add(session, person(owner), None)
    if asked:
        questionnaires.begin(session, owner, NOW)


def night(day: date = DAY, number: int = 1, **changes: Any) -> Revision:  # noqa: ANN401 - whatever fields it has
    """Return a saving of one night; its client id tells day and number."""
    values: dict[str, Any] = {
        "client_id": f"{day.isoformat()}#{number}",
        "payload_sha256": HASH,
        "status": Status.ON_TIME,
        "questionnaire": FIRST.number,
        "ruler": Ruler.NRS,
        "received_at": NOW,
        "author": MOTH,
        "answers": scores(pain=4),
        "saved_at": NOW,
        "zone": "UTC",
        "utc_offset": 0,
    }
    return Revision(day=day, number=number, **values | changes)


def scores(**values: int) -> Mapping[str, Answer]:
    """Return answers by item."""
    return {item: answered(value) for item, value in values.items()}


def later(days: int) -> date:
    """Return the diary day so many days after the first."""
    return DAY + timedelta(days=days)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that databases are sent, BEGIN and the like apart."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        sent[:] = [statement for statement in sent if not statement.startswith(("BEGIN", "PRAGMA"))]
