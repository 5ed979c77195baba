"""Test tonight's page and each night's, as people meet them."""

from http import HTTPStatus

from tests.web.client import Visitor

TONIGHT = "/diary/2026-11-21"


def test_a_stranger_sees_what_this_is(stranger: Visitor) -> None:
    page = stranger.get("/")
    assert page.status_code == HTTPStatus.OK
    assert "Start a diary" in page.text


def test_tonight_asks_with_nothing_chosen(owner: Visitor) -> None:
    page = owner.get("/")
    assert "On average, how much pain did you have today?" in page.text
    assert "checked" not in page.text


def test_tonight_is_saved_and_shown(owner: Visitor) -> None:
    saved = owner.submit(owner.get("/"), TONIGHT, pain="0", sleep="declined")
    assert saved.status_code == HTTPStatus.SEE_OTHER, saved.text
    page = owner.get(saved.headers["Location"])
    assert "Saved." in page.text
    assert "<dt>Pain</dt><dd>0</dd>" in page.text
    assert "<dt>Sleep</dt><dd>Prefer not to say</dd>" in page.text


def test_other_pages_open(owner: Visitor) -> None:
    for path in ("/items/", "/pauses/", "/diary/"):
        assert owner.get(path).status_code == HTTPStatus.OK
