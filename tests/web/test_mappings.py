"""Another app's table by the web: what its columns are, how they are read, and what comes of it."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import pytest
from werkzeug.test import TestResponse

from tests import other_apps
from tests.web.client import Visitor, page_text
from tests.web.test_imports import exported, send, taken

PLAIN: Final = "day;ache;mood word;note\n31.01.2026;7,5;rad;rain\n01.02.2026;2;so-so;\n"
TIMED: Final = PLAIN.replace("2026;", "2026 21:00;")


def kept(owner: Visitor, data: bytes | str) -> str:
    """Send a table of another app; return the address it waits under."""
    answer = send(owner, data)
    assert answer.status_code == HTTPStatus.SEE_OTHER, page_text(answer)
    assert answer.location.endswith("/columns")
    return answer.location.removesuffix("/columns")


def nights(owner: Visitor) -> int:
    return exported(owner, "").count("\n") - 1


def step(
    owner: Visitor, path: str, chosen: Mapping[str, str] | None = None, /, **fields: str
) -> TestResponse:
    """Fill in the form at `path` over what it proposes, also by labels, and send it."""
    page = owner.get(path)
    named = {named_by(page, label): value for label, value in (chosen or {}).items()}
    return owner.submit(page, path, **named, **fields)


def named_by(page: TestResponse, label: str) -> str:
    """Return the name of the field of this label."""
    before, _, _ = page_text(page).partition(f">{label}</label>")
    return before.rpartition('for="')[2].rstrip('"')


def test_a_mood_diary_is_taken_in_by_three_pages_that_propose(owner: Visitor) -> None:
    waits = kept(owner, other_apps.daylio(9))
    page = owner.get(f"{waits}/columns")
    assert "It looks like a file of Daylio." in page_text(page)
    assert "9 lines, commas between the columns, letters as UTF-8." in page_text(page)
    assert step(owner, f"{waits}/columns").location == f"{waits}/answers"
    words = page_text(owner.get(f"{waits}/answers"))
    assert "“mood” becomes Mood" in words
    assert "Nothing is converted unless you say so." in words
    assert step(owner, f"{waits}/answers").location == waits

    preview = page_text(owner.get(waits))

    assert "9, from 10 August 2026 to 18 August 2026" in preview
    assert "The first nights as they would be" in preview
    assert nights(owner) == 0
    assert step(owner, waits).location == "/diary/"
    assert nights(owner) == 9
    assert re.search("2026-08-10,,,,(0|3|5|8|10),,,.*nrs,imported", exported(owner))


def test_what_is_asked_each_night_stays_and_new_questions_wait(owner: Visitor) -> None:
    waits = kept(owner, "day,Itch\n2026-01-31,3\n")
    step(owner, f"{waits}/columns", {"“Itch”": "new"})
    answers = step(owner, f"{waits}/answers", **{"name-0": "Itchy skin", "direction-0": "neutral"})
    assert answers.location == waits
    assert "Itchy skin" in page_text(owner.get(waits))
    assert re.search(r'<option selected value="new"', page_text(owner.get(f"{waits}/columns")))
    step(owner, f"{waits}/columns")
    assert "Itchy skin" in page_text(owner.get(f"{waits}/answers"))

    step(owner, waits)

    assert "own:Itchy skin:neutral" in exported(owner)
    assert "Itchy skin" not in page_text(owner.get("/"))
    assert 'name="pain"' in page_text(owner.get("/"))


def test_a_symptom_diary_is_put_in_nights_with_its_scales(owner: Visitor) -> None:
    waits = kept(owner, other_apps.bearable(9, a_day=2))
    step(owner, f"{waits}/columns", {"“Symptom: Neck pain”": "worst_pain"})
    page = page_text(owner.get(f"{waits}/answers"))
    assert "Which number means 10, “Worst pain imaginable”?" in page
    assert "days have several answers." in page
    step(owner, f"{waits}/answers")

    strict = page_text(owner.get(waits))
    assert "Lines that don&#39;t fit yet" in strict
    assert "between two answers" in strict
    assert "has several answers here" in strict
    assert "--" not in strict.replace("<!--", ""), "pages don't speak of the command line"

    step(owner, f"{waits}/answers", several="highest", rounding="nearest")
    mended = page_text(owner.get(waits))
    assert "Lines that don&#39;t fit yet" not in mended
    assert "Of several answers on a day: The highest." in mended
    assert "from 7.5" in mended
    step(owner, waits)
    assert nights(owner) == 9


def test_every_choice_stays_on_the_page_that_refuses(owner: Visitor) -> None:
    waits = kept(owner, PLAIN)
    sent = {"“ache”": "pain", "“mood word”": "pain"}
    told = {"times": "time", "comma": "y"}
    page = step(owner, f"{waits}/columns", sent, **told, order="")
    word, day = (named_by(page, label) for label in ("“mood word”", "“day”"))
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    words = page_text(page)
    assert "The column “ache” is that already." in words
    assert "Say how the dates are written." in words
    assert "Choose the column that holds the time." in words
    again = owner.submit(page, f"{waits}/columns", **{word: "mood", day: ""}, order="dmy")
    assert "Choose the column that holds the time." in page_text(again)
    waits = kept(owner, TIMED)
    sent["“mood word”"] = "mood"
    again = step(owner, f"{waits}/columns", sent, **told, order="dmy")
    assert again.location == f"{waits}/answers"

    page = step(owner, f"{waits}/answers", **{"low-0": "1", "high-0": "x", "word-1-0": "eleven"})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    words = page_text(page)
    assert "Enter a number, such as 5." in words
    assert "Give a whole number from 0 to 10, or leave it empty." in words
    assert 'value="eleven"' in words
    assert 'value="x"' in words
    for low, high, said in (
        ("1", "", "Give both ends"),
        ("", "1", "Give both"),
        ("1", "1", "same"),
    ):
        page = step(owner, f"{waits}/answers", **{"low-0": low, "high-0": high})
        assert said in page_text(page)
    sound = {"low-0": "0", "high-0": "10", "word-1-0": "10", "rounding": "nearest"}
    assert step(owner, f"{waits}/answers", **sound).location == waits
    preview = page_text(owner.get(waits))
    assert "before 04:00 belongs to the day before" in preview
    assert "Decimals follow a comma." in preview
    assert "left out" in preview
    assert 'value="10"' in page_text(owner.get(f"{waits}/answers"))
    step(owner, f"{waits}/columns")
    assert 'value="10"' in page_text(owner.get(f"{waits}/answers")), "kept through both pages"
    step(owner, waits)
    assert "2026-01-31,8,,,10,,,rain," in exported(owner)
    assert "2026-02-01,2,,,,,,," in exported(owner)


def test_a_table_without_date_or_answers_is_asked_for_them(owner: Visitor) -> None:
    waits = kept(owner, "a,b\nx,y\n")
    page = page_text(step(owner, f"{waits}/columns"))
    assert "Choose the column that holds the date." in page
    assert "Choose at least one column with answers or notes." in page


def test_notes_alone_need_no_answers(owner: Visitor) -> None:
    waits = kept(owner, "day,note\n2026-01-31,rain\n2026-02-01," + "x" * 90 + "\n")
    assert step(owner, f"{waits}/columns").location == waits
    assert "“rain”" in page_text(owner.get(waits))
    step(owner, waits)
    assert "2026-01-31,,,,,,,rain," in exported(owner)


def test_texts_too_many_for_answers_can_only_be_a_note(owner: Visitor) -> None:
    rows = "".join(f"2026-01-{n:02},word {n} {'x' * 60}\n" for n in range(1, 29))
    rows += "".join(f"2026-02-{n:02},word {n}\n" for n in range(1, 29))
    waits = kept(owner, "day,said\n" + rows)
    page = page_text(owner.get(f"{waits}/columns"))
    assert "…" in page
    answer = step(owner, f"{waits}/columns", {"“said”": "pain"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert step(owner, f"{waits}/columns", {"“said”": "note"}).location == waits


def test_lines_that_are_wrong_are_left_out_only_where_told(owner: Visitor) -> None:
    waits = kept(owner, "day,ache\n2026-01-31,3\n2026-02-01,70\nsoon,1\n")
    step(owner, f"{waits}/columns", {"“ache”": "pain", "“day”": "date"}, order="ymd")
    step(owner, f"{waits}/answers")
    page = page_text(owner.get(waits))
    assert "Line 3, column “ache”: 70 is no number from 0 to 10." in page
    assert "Line 4, column “day”: “soon” is not a date" in page
    assert "Leave 2 lines out and take the rest in" in page

    refused = step(owner, waits)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "or say that they may be left out" in page_text(refused)
    assert nights(owner) == 0
    assert step(owner, waits, skip="y").location == "/diary/"
    assert nights(owner) == 1


def test_a_choice_has_its_own_words_and_columns_their_own_rule(owner: Visitor) -> None:
    waits = kept(
        owner, "day,pill,ache\n2026-01-31,1,3\n2026-01-31,1,5\n2026-02-01,0,2\n2026-02-02,?,2\n"
    )
    step(owner, f"{waits}/columns", {"“pill”": "dose_taken", "“ache”": "pain"})
    page = page_text(owner.get(f"{waits}/answers"))
    assert "Not prescribed" in page
    bad = step(owner, f"{waits}/answers", **{"word-0-0": "maybe"})
    assert bad.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    step(owner, f"{waits}/answers", **{"word-0-0": "no", "word-0-1": "yes", "rule-1": "last"})
    page = page_text(owner.get(waits))
    assert "Of several of “ache”: The last of the day." in page
    assert "Dose taken Yes" in page
    step(owner, waits)
    assert nights(owner) == 3


def test_two_new_questions_need_two_names(owner: Visitor) -> None:
    waits = kept(owner, "day,x,y\n2026-01-31,3,4\n")
    step(owner, f"{waits}/columns", {"“x”": "new", "“y”": "new"})
    page = step(owner, f"{waits}/answers", **{"name-0": "Itch", "name-1": "Itch"})
    assert "Another column has this name already." in page_text(page)
    empty = step(owner, f"{waits}/answers", **{"name-0": "", "name-1": "Itch"})
    assert "Give the question a name." in page_text(empty)


def test_an_own_symptom_can_be_chosen_again(owner: Visitor) -> None:
    taken(owner, "date,own:Itch:lower\n2026-01-01,3\n", ruler="nrs")
    waits = kept(owner, "day,itch\n2026-01-31,3\n")
    assert step(owner, f"{waits}/columns").location == f"{waits}/answers"
    assert step(owner, f"{waits}/answers").location == waits
    assert "Itch 3" in page_text(owner.get(waits))
    step(owner, f"{waits}/columns", {"“itch”": "pain"})
    assert "Pain 3" in page_text(owner.get(waits)), "what is chosen last counts"
    step(owner, f"{waits}/columns", {"“itch”": "own:Itch:lower"})
    step(owner, waits)
    assert exported(owner).count("own:Itch") == 1


def test_a_night_that_has_not_come_is_refused_before_anything_is_stored(owner: Visitor) -> None:
    waits = kept(owner, "day,pain\n2026-12-24,3\n")
    step(owner, f"{waits}/columns")
    step(owner, f"{waits}/answers")
    assert "has the night 2026-12-24" in page_text(owner.get(waits))
    assert owner.post(waits).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_nothing_is_shown_before_the_columns_are_said(owner: Visitor) -> None:
    waits = kept(owner, other_apps.daylio(2))
    assert owner.get(waits).location == f"{waits}/columns"
    assert owner.post(waits).location == f"{waits}/columns"
    assert owner.get(f"{waits}/answers").location == f"{waits}/columns"


def test_a_table_of_ours_has_no_columns_to_be_said(owner: Visitor) -> None:
    waits = send(owner, "date,pain\n2026-01-31,3\n", ruler="nrs").location.partition("?")[0]
    assert owner.get(f"{waits}/columns").status_code == HTTPStatus.NOT_FOUND


def test_another_person_never_sees_a_table_that_waits(owner: Visitor, other: Visitor) -> None:
    waits = kept(owner, other_apps.daylio(2))
    for path in ("columns", "answers"):
        assert other.get(f"{waits}/{path}").status_code == HTTPStatus.NOT_FOUND
        assert other.post(f"{waits}/{path}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"x" + b"," * 300, b"a,b\n\x81,\n"])
def test_a_file_that_is_no_table_is_refused_at_once(owner: Visitor, data: bytes) -> None:
    assert send(owner, data).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_file_is_taken_back_as_a_whole_but_for_what_changed_since(owner: Visitor) -> None:
    taken(owner, "date,pain\n2026-11-20,5\n2026-11-21,5\n", ruler="nrs")
    page = owner.get("/imports/")
    assert "2 nights" in page_text(page)
    path = page_text(page).partition('/undo"')[0].rpartition('action="')[2] + "/undo"
    token = {"pain": "6", "client_id": "9f1c2a34-0b5d-4c6e-8f70-112233445566"}
    owner.post("/diary/2026-11-21", token)

    answer = owner.post(path)

    assert answer.location == "/imports/"
    page = owner.get("/imports/")
    assert "1 night was taken back. 1 night stays: it was changed since." in page_text(page)
    assert "Taken back" in page_text(page)
    assert "2026-11-20" not in exported(owner)
    assert "2026-11-21,6" in exported(owner)
    assert owner.post(path).status_code == HTTPStatus.NOT_FOUND


def test_a_file_that_nobody_changed_goes_whole(owner: Visitor) -> None:
    taken(owner, "date,pain\n2026-11-20,5\n2026-11-21,5\n", ruler="nrs")
    page = page_text(owner.get("/imports/"))
    owner.post(page.partition('/undo"')[0].rpartition('action="')[2] + "/undo")
    page = page_text(owner.get("/imports/"))
    assert "2 nights were taken back." in page
    assert "it was changed since" not in page
    assert nights(owner) == 0


def test_a_table_half_said_can_be_gone_on_with(owner: Visitor) -> None:
    waits = kept(owner, other_apps.daylio(2))
    assert "Go on with it" not in page_text(owner.get("/imports/"))
    step(owner, f"{waits}/columns")
    page = page_text(owner.get("/imports/"))
    assert "Go on with it" in page
    assert "Not taken in yet" in page
    step(owner, f"{waits}/answers")
    step(owner, waits)
    page = page_text(owner.get("/imports/"))
    assert "How it is read" in page
    assert "Year first: 2026-01-31." in page
