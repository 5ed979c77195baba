"""Test the questions page."""

from http import HTTPStatus
from typing import Any

from tests.web.client import Visitor, page_text
from tracker.services import questionnaires
from tracker.web.context import Installation

OWN = {"name": "Stiff hands", "low": "Loose", "high": "Locked", "direction": "lower"}


def keys(visitor: Visitor) -> list[str]:
    made: Installation = visitor.app.extensions["evenfall"]
    assert visitor.account is not None
    with made.database.reading() as session:
        asked, _known = questionnaires.choices(session, visitor.account)
    return [item.key for item in asked.items]


def ask(visitor: Visitor, on: list[str], **more: str) -> Any:  # noqa: ANN401 - a response
    return visitor.post("/items/", {"order": [*keys(visitor), "headache"], "item": on, **more})


def test_questions_are_switched_on_and_off(owner: Visitor) -> None:
    assert ask(owner, ["headache", "pain"]).status_code == HTTPStatus.SEE_OTHER
    assert keys(owner) == ["pain", "headache"]


def test_no_question_at_all_is_refused(owner: Visitor) -> None:
    answer = ask(owner, [])
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose at least one" in answer.text


def test_questions_move_up_and_down(owner: Visitor) -> None:
    ask(owner, ["pain", "fatigue", "sleep"])
    ask(owner, ["pain", "fatigue", "sleep"], up="sleep")
    assert keys(owner) == ["pain", "sleep", "fatigue"]
    ask(owner, ["pain", "fatigue", "sleep"], up="pain")
    assert keys(owner) == ["pain", "sleep", "fatigue"]
    ask(owner, ["pain", "fatigue", "sleep"], down="pain")
    assert keys(owner) == ["sleep", "pain", "fatigue"]
    ask(owner, ["pain", "fatigue", "sleep"], down="mood")
    assert keys(owner) == ["sleep", "pain", "fatigue"]


def test_a_question_that_moved_is_still_in_sight(owner: Visitor) -> None:
    answer = ask(owner, ["pain", "fatigue"], down="pain")
    assert answer.headers["Location"] == "/items/#on-pain"
    assert 'id="on-pain"' in page_text(owner.get("/items/"))
    assert ask(owner, ["pain", "fatigue"]).headers["Location"] == "/items/"


def test_the_ruler_changes_with_a_word_of_warning(owner: Visitor) -> None:
    assert "nothing is converted" in page_text(owner.get("/items/"))
    owner.post("/items/ruler", {"ruler": "vas"})
    page = page_text(owner.get("/items/"))
    assert "from 0 to 100 with a slider" in page
    assert "Saved." in page
    assert owner.post("/items/ruler", {"ruler": "yard"}).status_code == HTTPStatus.BAD_REQUEST


def test_an_own_symptom_is_asked_in_its_words(owner: Visitor) -> None:
    answer = owner.post("/items/own", {**OWN, "question": "How stiff were your hands?"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert "How stiff were your hands?" in page_text(owner.get("/"))


def test_what_is_wrong_with_own_words_stands_beside_them(owner: Visitor) -> None:
    empty = owner.post("/items/own", {**OWN, "name": ""})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Give the symptom a name." in empty.text
    owner.post("/items/own", OWN)
    twice = owner.post("/items/own", {**OWN, "direction": "sideways"})
    assert "has that name already" in twice.text


def test_own_words_are_changed(owner: Visitor) -> None:
    owner.post("/items/own", {**OWN, "direction": "sideways"})
    path = f"/items/own/{keys(owner)[-1]}"
    assert 'value="Loose"' in page_text(owner.get(path))
    assert owner.post(path, {**OWN, "low": "Free"}).status_code == HTTPStatus.SEE_OTHER
    assert 'value="Free"' in page_text(owner.get(path))
    assert owner.post(path, {**OWN, "low": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_answered_words_say_what_a_change_does(owner: Visitor) -> None:
    owner.post("/items/own", OWN)
    key = keys(owner)[-1]
    owner.post("/diary/2026-11-21", {key: "4"})
    assert "was answered already" in page_text(owner.get(f"/items/own/{key}"))


def test_words_of_others_are_not_there(owner: Visitor, other: Visitor) -> None:
    owner.post("/items/own", OWN)
    path = f"/items/own/{keys(owner)[-1]}"
    assert other.get(path).status_code == HTTPStatus.NOT_FOUND
    assert other.post(path, OWN).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
