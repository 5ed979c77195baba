"""Test what the server does about the app lock: pages come hidden, and signing in takes it off."""

from flask import Flask

from tests.web.client import Visitor, page_text
from tests.web.signing import person, sign_in

HIDDEN = " data-lock>"


def test_pages_come_hidden_where_there_is_a_lock(owner: Visitor) -> None:
    assert HIDDEN not in page_text(owner.get("/"))
    assert owner.post("/account/lock", {"set": "y"}).headers["Location"] == "/account/lock"
    for path in ("/", "/trends/", "/account/lock", "/nothing"):
        page = page_text(owner.get(path))
        assert HIDDEN in page
        assert "js/app-lock.js" in page
    answer = owner.post("/account/lock", {}, Accept="application/json")
    assert answer.json == {"set": False}
    assert HIDDEN not in page_text(owner.get("/"))


def test_help_and_the_way_in_are_never_hidden(owner: Visitor) -> None:
    owner.post("/account/lock", {"set": "y"})
    assert HIDDEN not in page_text(owner.get("/help/now"))
    owner.post("/sign-out")
    for path in ("/sign-in", "/sign-in/help", "/"):
        assert HIDDEN not in page_text(owner.get(path))


def test_who_signs_in_finds_the_lock_off_and_is_told(app: Flask) -> None:
    visitor = person(app)
    visitor.account = None
    visitor.client.set_cookie("lock", "on")
    sign_in(visitor)
    cookie = visitor.client.get_cookie("lock")
    assert cookie.value == "off"
    assert not cookie.http_only, "the phone reads it without a connection too"
    assert "lock of this phone is off now" in page_text(visitor.get("/"))
    assert "lock of this phone" not in page_text(visitor.get("/"))
