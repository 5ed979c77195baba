"""Give tests of deeds a database with today's tables, on each product."""

from collections.abc import Iterator

import pytest

from tests.services import doors
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
