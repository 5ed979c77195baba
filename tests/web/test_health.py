"""Test what the server says of itself."""

import pytest

from tests.web.client import Visitor
from tracker.storage.models import installation
from tracker.web.context import Installation
from tracker.web.views.health import Pulse


def made(stranger: Visitor) -> Installation:
    found: Installation = stranger.app.extensions["evenfall"]
    return found


def test_it_is_well(stranger: Visitor) -> None:
    answer = stranger.get("/healthz")
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    assert answer.headers["Cache-Control"] == "max-age=10"


def test_a_finding_is_kept_for_ten_seconds(stranger: Visitor) -> None:
    database, pulse = made(stranger).database, Pulse()
    assert pulse.feel(database, 100.0)
    with database.writing() as session:
        session.execute(installation.delete())
    assert pulse.feel(database, 109.9)
    assert not pulse.feel(database, 110.0)
    answer = stranger.get("/healthz")
    assert answer.status_code == 503
    assert answer.text == "degraded TEST CLOCK\n"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_database_that_went_away_is_degraded(stranger: Visitor) -> None:
    database = made(stranger).database
    assert database.file is not None
    database.close()
    database.file.unlink()
    database.file.mkdir()
    assert not Pulse().feel(database, 0.0)
