"""Give tests of deeds a database with today's tables, on each product."""

from collections.abc import Iterator

import pytest

from tests.delivery.authority import Authority
from tests.delivery.mailing import MailHost
from tests.delivery.pushing import PushService
from tests.services import doors
from tests.services.reminded import Evening
from tracker.services.people import Door
from tracker.storage.database import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Return an open database without rows."""
    with Database(database_url, audit_key=b"k" * 32) as opened:
        yield opened


@pytest.fixture
def door(database: Database) -> Door:
    """Return a door where a phone stands on an evening in March."""
    return doors.door(database)


@pytest.fixture
def evening(
    database: Database, pushes: PushService, mails: MailHost, own_authority: Authority
) -> Evening:
    """Return an evening at nine in Kathmandu."""
    return Evening(database, pushes, mails, own_authority)
