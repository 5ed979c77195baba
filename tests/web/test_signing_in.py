"""Test signing in: the way, the words, and what an attack can't do."""

from urllib.parse import parse_qs, urlsplit

from flask import Flask

from tests.web.client import SAME_ORIGIN, Visitor, page_text
from tests.web.signing import (
    PASSWORD,
    copy_of,
    is_in,
    person,
    sign_in,
)


def test_signing_in_leads_to_where_one_wanted_to_go(app: Flask) -> None:
    person(app)
    stranger = Visitor(app)
    there = stranger.get("/account/password").headers["Location"]
    page = stranger.get(there)
    answer = stranger.submit(page, "/sign-in", name="moth", password=PASSWORD)
    here = urlsplit(answer.headers["Location"])
    assert (here.path, parse_qs(here.query)) == ("/sign-in/here", {"next": ["/account/password"]})
    assert stranger.client.get(here.geturl()).headers["Location"] == "/account/password"
    assert stranger.client.get("/sign-in").headers["Location"] == "/"
    assert stranger.client.get("/sign-in/here").headers["Location"] == "/"


def test_over_https_the_way_is_straight(app: Flask) -> None:
    person(app)
    client = app.test_client()
    answer = client.post(
        "/sign-in",
        data={"name": "Moth", "password": PASSWORD, "next": "//evil.example"},
        headers={**SAME_ORIGIN, "Origin": "https://localhost"},
        base_url="https://localhost",
    )
    assert answer.headers["Location"] == "/"


def test_a_browser_that_keeps_no_cookie_is_told_so(app: Flask) -> None:
    page = Visitor(app).get("/sign-in/here?next=/account/")
    assert "Safari" in page_text(page)


def test_wrong_name_and_wrong_password_get_the_same_bytes(app: Flask) -> None:
    person(app)
    answers = [
        Visitor(app).post("/sign-in", {"name": name, "password": "wrong"})
        for name in ("Moth", "Goth")
    ]
    first, second = (answer.text.replace("Goth", "Moth") for answer in answers)
    assert first == second
    assert [answer.status_code for answer in answers] == [422, 422]
    assert [len(answer.headers.getlist("Set-Cookie")) for answer in answers] == [0, 0]
    assert "wrong" not in first.replace("wrong with", "")


def test_an_empty_sign_in_says_what_is_missing(app: Flask) -> None:
    page = Visitor(app).post("/sign-in", {"name": "Moth"})
    assert page.status_code == 422
    assert "Enter your password" in page.text


def test_too_many_attempts_are_a_429_that_says_how_long(app: Flask) -> None:
    person(app)
    stranger = Visitor(app)
    for _ in range(5):
        assert sign_in(stranger, "wrong") == ""
    page = Visitor(app).post("/sign-in", {"name": "Moth", "password": PASSWORD})
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "1"
    assert 'value="Moth"' in page.text


def test_the_device_that_signed_in_before_gets_in_through_an_attack(app: Flask) -> None:
    owner = person(app)
    owner.post("/sign-out")
    owner.account = None
    for _ in range(1000):
        Visitor(app).client.post(
            "/sign-in", data={"name": "Moth", "password": "wrong"}, headers=SAME_ORIGIN
        )
    assert sign_in(Visitor(app)) == ""
    assert sign_in(owner) != ""


def test_a_foreign_page_can_sign_nobody_in(app: Flask) -> None:
    person(app)
    answer = app.test_client().post(
        "/sign-in",
        data={"name": "Moth", "password": PASSWORD},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403


def test_signing_in_again_ends_the_session_before(app: Flask) -> None:
    owner = person(app)
    thief = copy_of(owner)
    assert sign_in(owner) != ""
    assert (is_in(owner), is_in(thief)) == (True, False)


def test_what_was_typed_before_is_offered_after_signing_in(app: Flask) -> None:
    owner = person(app)
    owner.post("/account/places/end-all")
    assert owner.account is not None
    typed = f'["/account/zone", "{owner.account.id}", [["zone", "Pacific/Apia"]]]'
    owner.account = None
    page = owner.post("/sign-in", {"name": "Moth", "password": "wrong", "carried": typed})
    assert "Pacific/Apia" in page.text
    page = owner.submit(page, "/sign-in", name="Moth", password=PASSWORD)
    assert page.status_code == 200
    assert 'value="Pacific/Apia"' in page.text
    assert owner.submit(page, "/account/zone").headers["Location"] == "/"


def test_what_somebody_else_typed_is_shown_to_nobody(app: Flask) -> None:
    person(app)
    typed = '["/account/zone", "somebody-else", [["zone", "Pacific/Apia"]]]'
    assert sign_in(Visitor(app), carried=typed).startswith("/sign-in/here")
