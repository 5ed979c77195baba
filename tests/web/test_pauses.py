"""Test the pauses page."""

from http import HTTPStatus

import pytest

from tests.web import lint
from tests.web.client import Visitor, page_text


def actions(visitor: Visitor, deed: str) -> list[str]:
    page = page_text(visitor.get("/pauses/"))
    return [action for action, _fields in lint.forms(page) if action.endswith(f"/{deed}")]


def test_a_pause_begins_and_ends(owner: Visitor) -> None:
    owner.post("/pauses/", {"first_day": "2026-11-18", "reason": "In hospital"})
    assert "running" in page_text(owner.get("/pauses/"))
    (end,) = actions(owner, "end")
    assert owner.post(end).status_code == HTTPStatus.SEE_OTHER
    page = page_text(owner.get("/pauses/"))
    assert "20 November 2026" in page
    assert "In hospital" in page
    assert owner.post(end).status_code == HTTPStatus.NOT_FOUND


def test_a_pause_is_removed_by_its_owner_alone(owner: Visitor, other: Visitor) -> None:
    owner.post("/pauses/", {"first_day": "2026-11-18", "last_day": "2026-11-19"})
    (remove,) = actions(owner, "remove")
    assert other.post(remove).status_code == HTTPStatus.NOT_FOUND
    assert owner.post(remove).status_code == HTTPStatus.SEE_OTHER
    assert "The pause is removed." in page_text(owner.get("/pauses/"))
    assert not actions(owner, "remove")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "", "Say on which day"),
        ("2026-13-01", "", "Enter a day"),
        ("2026-11-18", "2026-11-17", "before its first"),
    ],
)
def test_what_is_wrong_stands_beside_the_day(
    owner: Visitor, first: str, last: str, said: str
) -> None:
    answer = owner.post("/pauses/", {"first_day": first, "last_day": last})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.text
