"""Open each test's database for it."""

from collections.abc import Iterator

import pytest

from tracker.storage.database import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Return a database with today's tables and no rows, on each product."""
    with Database(database_url) as opened:
        yield opened
