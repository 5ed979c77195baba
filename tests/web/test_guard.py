"""Test that only our own pages change anything, and that nothing typed is lost."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web import lint, probe
from tests.web.client import ORIGIN, Visitor, sign_up
from tracker.storage import sessions
from tracker.web.carried import Carried, carried_by_form
from tracker.web.context import Installation

JSON = {"Accept": "application/json"}

pytestmark = pytest.mark.adds_views


@pytest.fixture
def app(app: Flask) -> Flask:
    app.register_blueprint(probe.blueprint)
    return app


def end_sessions(visitor: Visitor) -> None:
    made: Installation = visitor.app.extensions["evenfall"]
    assert visitor.account is not None
    with made.database.writing() as session:
        sessions.end_all(session, visitor.account.id)


def fields_to(page: TestResponse, action: str) -> dict[str, str]:
    return next(sent for to, sent in lint.forms(page.text) if to == action)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": ORIGIN}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({}, 403),
        ({"Sec-Fetch-Site": "none", "Origin": ORIGIN}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": ORIGIN}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "https://localhost"}, 403),
        ({"Origin": "http://localhost:8000"}, 403),
    ],
)
def test_a_post_must_come_from_our_own_pages(
    owner: Visitor, headers: dict[str, str], status: int
) -> None:
    sent = {**owner.guard(), "note": "typed words"}
    answer = owner.client.post("/probe/", data=sent, headers=headers)
    assert answer.status_code == status
    assert "typed words" not in answer.text


def test_strangers_need_the_origin_only(stranger: Visitor) -> None:
    assert stranger.post("/probe/door").text == "welcome"
    assert stranger.client.post("/probe/door").status_code == 403


def test_the_token_is_masked_anew_and_lasts(owner: Visitor) -> None:
    first, second = (
        dict(lint.forms(owner.get("/help/", Accept_Encoding="identity").text))["/theme/"][
            "csrf_token"
        ]
        for _time in range(2)
    )
    assert first != second
    for token in (first, second):
        assert owner.post("/probe/", {"csrf_token": token}).status_code == 200


def test_the_token_may_stand_in_a_header(owner: Visitor) -> None:
    token = owner.guard()["csrf_token"]
    answer = owner.post("/probe/", {"csrf_token": ""}, X_CSRF_Token=token)
    assert answer.status_code == 200


@pytest.mark.parametrize("token", ["", "x" * 86, "x" * 85, "é" * 86])
def test_a_bad_token_gives_the_typed_words_back(owner: Visitor, token: str) -> None:
    page = owner.post("/probe/", {"csrf_token": token, "note": "stiff <hands>", "pain": "0"})
    assert page.status_code == 403
    again = owner.submit(page, "/probe/")
    assert again.status_code == 200
    assert fields_to(page, "/probe/")["note"] == "stiff <hands>"
    assert fields_to(page, "/probe/")["pain"] == "0"


def test_words_typed_by_another_are_not_shown(owner: Visitor, other: Visitor) -> None:
    sent = {**owner.guard(), "note": "typed by the owner"}
    page = other.post("/probe/", sent)
    assert page.status_code == 403
    assert "typed by the owner" not in page.text


def test_an_expired_session_carries_the_typed_words_through_sign_in(owner: Visitor) -> None:
    sent = {**owner.guard(), "note": "“quoted” & long", "password": "never carried"}
    end_sessions(owner)
    page = owner.client.post("/probe/", data=sent, headers={"Origin": ORIGIN})
    assert page.status_code == 401
    assert not lint.problems(page.text, signed_in=False)
    assert "never carried" not in page.text
    carried = Carried.from_text(fields_to(page, "/sign-in")["carried"])
    assert carried == Carried("/probe/", sent["person"], (("note", "“quoted” & long"),))
    assert owner.account is not None
    assert carried.is_of(owner.account)


def test_without_the_field_the_cookie_says_who_typed(owner: Visitor) -> None:
    end_sessions(owner)
    page = owner.client.post("/probe/", data={"note": "x"}, headers={"Origin": ORIGIN})
    carried = Carried.from_text(fields_to(page, "/sign-in")["carried"])
    assert carried is not None
    assert owner.account is not None
    assert carried.person == owner.account.id


def test_nothing_typed_is_nothing_carried(owner: Visitor) -> None:
    end_sessions(owner)
    page = owner.client.post("/probe/", headers={"Origin": ORIGIN})
    assert "carried" not in fields_to(page, "/sign-in")
    too_long = owner.client.post("/probe/", data={"note": "x" * 70_000}, headers={"Origin": ORIGIN})
    assert "carried" not in fields_to(too_long, "/sign-in")


def test_scripts_are_told_to_try_again(owner: Visitor, stranger: Visitor) -> None:
    answer = owner.post("/probe/", {"csrf_token": ""}, **JSON)
    assert answer.status_code == 403
    said = "The page was open since an earlier sign-in, so nothing has been saved yet."
    assert answer.json == {
        "saved": False,
        "error": "csrf",
        "errors": {"form": said},
        "retry": True,
    }
    answer = stranger.post("/probe/", {}, **JSON)
    assert answer.status_code == 401
    said = "You were signed out in the meantime. Sign in, and what you typed can be saved."
    assert answer.json == {
        "saved": False,
        "error": "signed_out",
        "errors": {"form": said},
        "retry": True,
    }


def test_a_stranger_who_asks_for_a_page_is_sent_to_sign_in(stranger: Visitor) -> None:
    answer = stranger.get("/probe/?item=pain&from=2026-01-01")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/probe/%3Fitem%3Dpain%26from%3D2026-01-01"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[",
        '["/a","b"]',
        '["/a","b",[["x"]]]',
        '["/a","b",[["x",1]]]',
        '["/a","b",7]',
        '["//evil.example","b",[]]',
        '["https://evil.example","b",[]]',
        '[1,"b",[]]',
        "[" * 5000,
    ],
)
def test_what_we_did_not_write_is_not_carried(app: Flask, text: str) -> None:
    assert Carried.from_text(text) is None
    with app.test_request_context("/sign-in", method="POST", data={"carried": text}):
        assert carried_by_form() is None


def test_a_refusal_and_a_full_disk_give_the_typed_words_back(owner: Visitor) -> None:
    for trouble, status in (("refused", 422), ("busy", 503), ("full", 507)):
        page = owner.post("/probe/", {"trouble": trouble, "note": "kept"})
        assert page.status_code == status
        assert fields_to(page, "/probe/")["note"] == "kept"


def test_signing_out_forgets_the_session(owner: Visitor) -> None:
    answer = owner.post("/probe/out")
    assert "Expires=Thu, 01 Jan 1970" in answer.headers["Set-Cookie"]
    assert owner.get("/probe/").status_code == 303


def test_a_name_in_the_wrong_session_is_a_fault_of_ours(app: Flask) -> None:
    assert Visitor(app).get("/probe/strangers").status_code == 500
    assert sign_up(app).get("/probe/strangers").status_code == 200
