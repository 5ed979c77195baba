"""Test the headers, the host check, and that nobody signs in where others could read along."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.applications import MakeApp
from tests.web import probe
from tests.web.client import SAME_ORIGIN, Visitor, sign_up
from tracker.storage import sessions
from tracker.web.context import Installation

EVERYWHERE = "0.0.0.0"  # noqa: S104 - named, not bound
LAN = {"Host": "192.168.1.5:8000", "Origin": "http://192.168.1.5:8000"}
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
AT_HOME = {"REMOTE_ADDR": "192.168.1.9"}

pytestmark = pytest.mark.adds_views


def probed(app: Flask) -> Flask:
    app.register_blueprint(probe.blueprint)
    return app


@pytest.mark.parametrize("path", ["/help/", "/nothing", "/healthz", "/more/", "static"])
def test_every_answer_has_the_headers(stranger: Visitor, path: str) -> None:
    if path == "static":
        path = stranger.app.extensions["evenfall"].assets.address("app.css")
    headers = stranger.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "form-action 'self'; base-uri 'none'; frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert "clipboard-write=(self)" in headers["Permissions-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_https_is_asked_for_the_next_two_years(stranger: Visitor) -> None:
    answer = stranger.client.get("/help/", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_pages_are_not_kept_by_caches_unless_they_say_so(app: Flask) -> None:
    visitor = Visitor(probed(app))
    assert visitor.get("/help/").headers["Cache-Control"] == "no-store"
    assert visitor.get("/probe/elsewhere").headers["Cache-Control"] == "max-age=5"


def test_a_foreign_host_name_is_refused(stranger: Visitor) -> None:
    assert stranger.get("/help/", Host="evil.example").status_code == 400
    assert stranger.get("/help/", Host="[::1]:8000").status_code == 200
    assert stranger.get("/help/", Host="192.168.1.5").status_code == 400


def test_named_hosts_and_those_below_are_answered(make_app: MakeApp) -> None:
    visitor = Visitor(make_app(TRUSTED_HOSTS="diary.example,.home.example"))
    for host, status in (
        ("diary.example:8000", 200),
        ("a.home.example", 200),
        ("home.example", 200),
        ("nothome.example", 400),
    ):
        assert visitor.get("/help/", Host=host).status_code == status


def test_a_server_for_the_network_answers_to_private_addresses(real_app: MakeApp) -> None:
    visitor = Visitor(real_app(host=EVERYWHERE))
    assert visitor.get("/help/", Host="192.168.1.5:8000").status_code == 200
    assert visitor.get("/help/", Host="8.8.8.8").status_code == 400
    assert visitor.get("/help/", Host="diary.example").status_code == 400


def test_nobody_signs_in_over_an_open_network(real_app: MakeApp) -> None:
    visitor = Visitor(probed(real_app(host=EVERYWHERE)))
    answer = visitor.post("/probe/door", {}, **LAN)
    assert answer.status_code == 403
    assert "TRACKER_ALLOW_HTTP_LAN=1" in answer.text
    assert "could read along" in visitor.get("/help/", Host=LAN["Host"]).text


def test_the_operator_may_allow_plain_http_at_home(real_app: MakeApp) -> None:
    app = probed(real_app(host=EVERYWHERE, ALLOW_HTTP_LAN="1"))
    client = app.test_client()
    sent = {**SAME_ORIGIN, **LAN}
    assert client.post("/probe/door", headers=sent, environ_base=AT_HOME).status_code == 200
    from_far = {"REMOTE_ADDR": "8.8.8.8"}
    assert client.post("/probe/door", headers=sent, environ_base=from_far).status_code == 403


def test_plain_http_at_home_leads_on_to_https_where_that_is_meant(real_app: MakeApp) -> None:
    address = "https://diary.home.arpa"
    app = real_app(host=EVERYWHERE, ALLOW_HTTP_LAN="1", BASE_URL=address)
    # Not by a Visitor: this page alone links to another origin, our own.
    answer = app.test_client().get("/sign-in", headers=LAN, environ_base=AT_HOME)
    assert answer.status_code == 403
    assert f'href="{address}/"' in answer.text
    assert "docs/phone.md" in answer.text


def test_https_that_the_server_does_not_see_is_explained(real_app: MakeApp) -> None:
    app = real_app(BASE_URL="https://diary.example")
    headers = {"Host": "diary.example", "X-Forwarded-Proto": "https"}
    answer = app.test_client().get("/sign-in", headers=headers)
    assert answer.status_code == 403
    assert "TRACKER_PROXY_HOPS=1 is what is missing" in answer.text


def test_the_cookie_is_as_safe_as_the_connection_allows(real_app: MakeApp) -> None:
    app = probed(real_app(host=EVERYWHERE, ALLOW_HTTP_LAN="1"))
    safe = app.test_client().get("/probe/said").headers["Set-Cookie"]
    assert safe.startswith("__Host-evenfall=")
    assert "; Secure; HttpOnly; Path=/; SameSite=Lax" in safe
    at_home = app.test_client().get(
        "/probe/said", headers={"Host": LAN["Host"]}, environ_base=AT_HOME
    )
    assert at_home.headers["Set-Cookie"].startswith("evenfall=")
    assert "Secure" not in at_home.headers["Set-Cookie"]


def test_a_proxy_in_front_is_believed_as_often_as_the_settings_say(real_app: MakeApp) -> None:
    app = probed(real_app(PROXY_HOPS="1", BASE_URL="https://diary.example"))
    client = app.test_client()
    headers = {"Host": "diary.example", "X-Forwarded-Proto": "https"}
    answer = client.post("/probe/door", headers={**headers, "Origin": "https://diary.example"})
    assert answer.status_code == 200
    assert "Strict-Transport-Security" in answer.headers
    other = client.post("/probe/door", headers={**headers, "Origin": "http://diary.example"})
    assert other.status_code == 403


def seen_at(owner: Visitor) -> datetime:
    made: Installation = owner.app.extensions["evenfall"]
    assert owner.account is not None
    with made.database.reading() as session:
        return sessions.places(session, owner.account, NOON)[0].seen_at


def test_whoever_was_seen_is_noted_every_five_minutes(make_app: MakeApp, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-21T12:00:00Z")
    owner = sign_up(probed(make_app(CLOCK=f"@{clock}")))
    for now, noted in (("12:04:59", "12:00:00"), ("12:05:00", "12:05:00"), ("12:09", "12:05:00")):
        clock.write_text(f"2026-11-21T{now:0<5}{'' if len(now) > 5 else ':00'}Z")
        assert owner.get("/probe/").status_code == 200
        assert f"{seen_at(owner):%H:%M:%S}" == noted


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_who_cannot_be_noted_can_still_read(make_app: MakeApp, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-21T12:00:00Z")
    app = probed(make_app(CLOCK=f"@{clock}"))
    owner = sign_up(app)
    made: Installation = app.extensions["evenfall"]
    clock.write_text("2026-11-21T13:00:00Z")
    assert made.database.lock is not None
    made.database.lock.file.unlink()
    made.database.lock.file.mkdir()
    assert owner.get("/probe/").status_code == 200
    made.database.lock.file.rmdir()
