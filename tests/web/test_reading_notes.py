"""A reading by someone else is written down before the answer, or there is no answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Blueprint, Flask
from sqlalchemy import text

from tests.applications import MakeApp
from tests.web import stored
from tests.web.client import page_text, sign_up
from tracker.domain.readings import Reader, ReaderKind, Seen
from tracker.services import readings
from tracker.storage.database import Database
from tracker.web import reading_notes
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account

blueprint = Blueprint("looked", __name__)

pytestmark = pytest.mark.adds_views


@blueprint.get("/looked/<owner>")
@policy(Policy.PATIENT)
def look(owner: str) -> str:
    """Show a secret of `owner` to who is signed in."""
    who, now = current_account(), current().now
    reader = Reader(who.id, who.name, ReaderKind.CLINICIAN)
    reading_notes.noted(
        lambda session: readings.note_reading(session, owner, reader, Seen.REPORT, now)
    )
    return "the owner's secret"


@contextmanager
def read_only(database: Database) -> Iterator[None]:
    """Let no reading be written, as on a disk that turned read-only."""
    if database.file is not None:
        _run(database, "PRAGMA query_only=ON")
        yield
        database.writer.dispose()
        return
    _run(
        database,
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'read-only' USING ERRCODE = '25006'; END $$",
        "CREATE TRIGGER refuse BEFORE INSERT ON readings EXECUTE FUNCTION refuse()",
    )
    yield
    _run(database, "DROP TRIGGER refuse ON readings")


def _run(database: Database, *statements: str) -> None:
    with database.writer.connect() as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def looked(make_app: MakeApp) -> Flask:
    app = make_app()
    app.register_blueprint(blueprint)
    return app


def test_where_it_cant_be_written_the_reader_gets_503_and_the_owner_reads_on(
    looked: Flask,
) -> None:
    owner, reader = sign_up(looked, "Moth"), sign_up(looked, "Wren")
    assert owner.account is not None
    path = f"/looked/{owner.account.id}"
    assert reader.client.get(path).text == "the owner's secret"
    with read_only(stored.installation(looked).database):
        refused = reader.get(path)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "2"
        assert "Nothing is shown just now" in page_text(refused)
        assert "secret" not in page_text(refused)
        for own in ("/", "/diary/", "/trends/", "/response/"):
            assert owner.get(own).status_code == 200
    assert reader.client.get(path).text == "the owner's secret", "mended, without a restart"
