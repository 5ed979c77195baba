"""Test what a request may hold at most."""

import pytest
from flask import Flask

from tests.web import probe
from tests.web.client import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.adds_views


@pytest.fixture
def app(app: Flask) -> Flask:
    app.register_blueprint(probe.blueprint)
    return app


@pytest.mark.parametrize(
    "path", ["/help/%00", "/help/?a=%0a", "/help/?%00=a", "/help/?a=%ED%A0%80"]
)
def test_an_address_with_control_characters_is_refused(stranger: Visitor, path: str) -> None:
    assert stranger.get(path).status_code in {400, 200 if "%ED" in path else 400}


def test_a_body_longer_than_the_view_takes_is_refused(owner: Visitor) -> None:
    assert owner.post("/probe/small", {"item": "x" * 300}).status_code == 413


def test_a_body_that_lies_about_its_length_is_refused(owner: Visitor) -> None:
    answer = owner.client.post(
        "/probe/small",
        data="item=" + "x" * 300,
        content_type="multipart/form-data; boundary=b",
        headers=SAME_ORIGIN,
    )
    assert answer.status_code == 413


def test_a_field_stands_once_unless_the_view_says_otherwise(owner: Visitor) -> None:
    assert owner.post("/probe/small", {"item": ["a", "b"]}).text == "a,b"
    assert owner.post("/probe/small", {"other": ["a", "b"]}).status_code == 400
    assert owner.post("/probe/any", {"other": ["a", "b"]}).status_code == 200


def test_a_form_with_too_many_fields_is_refused(stranger: Visitor) -> None:
    assert stranger.post("/probe/any", {f"f{i}": "" for i in range(500)}).status_code == 200
    assert stranger.post("/probe/any", {f"f{i}": "" for i in range(501)}).status_code == 413


@pytest.mark.parametrize("field", ["note=%00", "%00=note"])
def test_nul_is_never_typed(stranger: Visitor, field: str) -> None:
    answer = stranger.client.post(
        "/probe/any",
        data=field,
        content_type="application/x-www-form-urlencoded",
        headers=SAME_ORIGIN,
    )
    assert answer.status_code == 400


def test_what_is_no_form_is_left_to_the_view(stranger: Visitor) -> None:
    answer = stranger.client.post("/probe/any", json={"a": 1}, headers=SAME_ORIGIN)
    assert answer.text == "0"
