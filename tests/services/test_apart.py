"""On PostgreSQL a saving waits for another saving of the same person, and for nobody else's."""

import uuid
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text

from tests.services import doors
from tracker.domain.people import Account
from tracker.services.diaries import Night, record_night
from tracker.storage.database import Database, Session
from tracker.storage.trouble import WriterBusy

DAY = date(2026, 3, 1)
IMPATIENT = text("SET LOCAL lock_timeout = '400ms'")


@pytest.fixture
def servers(postgres_database_url: str) -> Iterator[tuple[Database, Database]]:
    """Give one database as two processes hold it."""
    with (
        Database(postgres_database_url, audit_key=b"a" * 32) as one,
        Database(postgres_database_url, audit_key=b"a" * 32) as other,
    ):
        yield one, other


def save(session: Session, who: Account) -> None:
    night = Night(DAY, {"pain": "4", "sleep": "6"}, str(uuid.uuid4()), "0" * 64)
    record_night(session, who, night, doors.NOW)


def test_two_people_save_at_the_same_time(servers: tuple[Database, Database]) -> None:
    one, other = servers
    door = doors.door(one)
    moth = doors.registered(door).signed_in.account
    owl = doors.registered(door, "Owl", doors.OTHER_PASSWORD).signed_in.account
    with one.writing() as slow:
        save(slow, moth)
        with other.writing() as quick:
            quick.execute(IMPATIENT)
            save(quick, owl)
        with other.writing() as same:
            same.execute(IMPATIENT)
            with pytest.raises(WriterBusy):
                save(same, moth)
            same.rollback()
