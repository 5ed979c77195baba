"""Test that trouble is told kindly, and the same to everyone who must not know more."""

import json
import logging
import sys

import pytest
from flask import Blueprint, Flask

from tests.applications import MakeApp
from tests.web import lint, probe, readers
from tests.web.client import Visitor, sign_up
from tracker.domain.people import Role
from tracker.storage.models import accounts
from tracker.web import app as web
from tracker.web.access import PolicyMissingError
from tracker.web.context import Installation
from tracker.web.logs import LOG, JsonLines

JSON = {"Accept": "application/json"}

pytestmark = pytest.mark.adds_views


@pytest.fixture
def app(app: Flask) -> Flask:
    app.register_blueprint(probe.blueprint)
    return app


@pytest.mark.parametrize(
    ("trouble", "status", "error", "retry"),
    [
        ("refused", 422, "refused", False),
        ("busy", 503, "busy", True),
        ("full", 507, "full", True),
        ("waiting", 429, "too_many", True),
        ("strange", 400, "bad_request", False),
        ("broken", 500, "failed", True),
    ],
)
def test_trouble_has_a_page_and_an_object(
    owner: Visitor, trouble: str, status: int, error: str, *, retry: bool
) -> None:
    page = owner.get(f"/probe/?trouble={trouble}")
    assert page.status_code == status
    assert page.mimetype == "text/html"
    answer = owner.get(f"/probe/?trouble={trouble}", **JSON)
    assert answer.status_code == status
    assert answer.json is not None
    assert answer.json["saved"] is False
    assert (answer.json["error"], answer.json["retry"]) == (error, retry)


def test_a_refusal_says_why_in_the_readers_language(app: Flask) -> None:
    owner = sign_up(app)
    assert "Not &lt;now&gt;." in owner.get("/probe/?trouble=refused").text
    answer = owner.get("/probe/?trouble=refused", **JSON)
    assert answer.json == {
        "saved": False,
        "error": "refused",
        "errors": {"form": "Not <now>."},
        "retry": False,
    }


def test_waiting_and_full_disks_say_for_how_long(owner: Visitor) -> None:
    assert owner.get("/probe/?trouble=waiting").headers["Retry-After"] == "30"
    assert owner.get("/probe/?trouble=full").headers["Retry-After"] == "2"


def test_the_wrong_method_names_the_right_ones(stranger: Visitor) -> None:
    answer = stranger.get("/theme/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "OPTIONS, POST"


def test_an_address_without_its_slash_is_led_on(owner: Visitor) -> None:
    assert owner.get("/more").status_code == 308


def test_missing_and_unknown_are_the_same_bytes(owner: Visitor) -> None:
    pages = [owner.get(path) for path in ("/probe/missing", "/probe/missing", "/nothing")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.data for page in pages}) == 1
    assert len({str(page.headers) for page in pages}) == 1


def test_an_account_of_another_role_is_not_let_in(owner: Visitor) -> None:
    made: Installation = owner.app.extensions["evenfall"]
    with made.database.writing() as session:
        session.execute(accounts.update().values(role=Role.COORDINATOR.value))
    readers.add_factor(owner)
    assert owner.get("/probe/").status_code == 403
    assert owner.post("/probe/small", {"item": "a"}).status_code == 200


def test_a_view_without_a_policy_is_never_served(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = Blueprint("careless", __name__)
    careless.add_url_rule("/careless", view_func=lambda: "everything")
    monkeypatch.setattr(web, "BLUEPRINTS", (*web.BLUEPRINTS, careless))
    with pytest.raises(PolicyMissingError, match="careless"):
        make_app()


def test_what_breaks_is_noted_without_its_words(
    owner: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "tracker.web"):
        owner.get("/probe/?trouble=broken")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    broken, answered = lines
    assert broken["error"] == "ZeroDivisionError"
    assert "pain was 7" not in json.dumps(lines)
    assert "trouble=broken" not in json.dumps(lines)
    assert broken["route"] == answered["route"] == "/probe/"
    assert broken["request_id"] == answered["request_id"]
    assert any("probe.py" in line for line in broken["trace"])
    assert owner.account is not None
    assert answered["person"] == owner.account.id
    assert answered["status"] == 500


def test_the_log_goes_to_standard_error_as_lines(
    make_app: MakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app()
    made: Installation = app.extensions["evenfall"]
    kept = LOG.handlers
    try:
        served = web.create_wsgi(made.settings, made.database, made.keys)
        assert isinstance(served, Flask)
        served.test_client().get("/nothing?pain=7")
        line = json.loads(capsys.readouterr().err)
    finally:
        LOG.handlers, LOG.propagate = kept, True
    assert line["route"] is None
    assert line["status"] == 404
    assert "pain" not in json.dumps(line)


def test_a_record_without_an_error_has_no_trace() -> None:
    record = LOG.makeRecord("tracker.web", logging.INFO, __file__, 1, "x", (), sys.exc_info())
    assert "trace" not in json.loads(JsonLines().format(record))


@pytest.mark.parametrize("language", ["en", "qps-plocm"])
def test_every_trouble_is_a_sound_page(app: Flask, language: str) -> None:
    owner = sign_up(app)
    owner.language = language
    for trouble in probe.TROUBLES:
        owner.get(f"/probe/?trouble={trouble}")
        owner.post("/probe/", {"trouble": trouble, "note": "typed"})


def test_trouble_can_be_translated(app: Flask) -> None:
    owner = sign_up(app)
    owner.language = "qps"
    for trouble in ("busy", "full", "waiting", "broken"):
        page = owner.get(f"/probe/?trouble={trouble}").text
        assert not lint.untranslated(page, {"Moth", "Evenfall", "TEST", "CLOCK"})
