"""The appointment's PDF: who may have it, what it says, and that nothing typed is kept."""

import uuid
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from werkzeug.test import TestResponse

from tests import appointments
from tests.applications import MakeApp
from tests.charts import courses
from tests.web import lint, stored
from tests.web.client import Visitor, page_text, sign_up
from tests.web.signing import PASSWORD, person
from tracker.web.context import Installation

PATH = "/exports/diary.pdf"
QUESTION = "The dreams wake me at four. Is there anything I can change?"


def said(answer: TestResponse) -> str:
    assert answer.status_code == HTTPStatus.OK
    assert answer.mimetype == "application/pdf"
    return " ".join(appointments.texts(answer.data))


def late(make_app: MakeApp, owner: Visitor) -> Visitor:
    """Return the same person, whose password was given too long ago."""
    made: Installation = owner.app.extensions["evenfall"]
    later = made.settings.clock() + timedelta(minutes=11)
    visitor = Visitor(make_app(CLOCK=f"{later:%Y-%m-%dT%H:%M:%SZ}"), owner.account)
    with owner.client.session_transaction() as known, visitor.client.session_transaction() as new:
        new.update(known)
    return visitor


def test_the_pdf_says_the_answer_in_the_very_words_of_its_page(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81)), appointments.PHASES)
    page = lint.parsed(page_text(owner.get("/response/")))
    lead, verdict = (
        (lint.text_of(each) for each in list(page.iter("p")) if each.get("class") == "lead"),
        "By this rule, the diary shows a response at this point.",
    )
    text = said(owner.get(PATH))
    (sentence,) = lead
    assert sentence.startswith("Pain is 35.2")
    assert " ".join(sentence.split()) in text
    assert verdict in text
    assert "28 % of people on placebo (14 of 50)" in text
    assert "nobody watches these entries in real time" in text


def test_it_comes_under_a_made_up_name_and_is_not_stored(owner: Visitor) -> None:
    answer = owner.get(PATH)
    name = "evenfall-appointment-2026-11-21.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Moth" in said(answer)


def test_a_question_is_printed_and_no_address_takes_one(owner: Visitor) -> None:
    assert QUESTION in said(owner.post(PATH, {"question": QUESTION, "paper": "letter"}))
    assert "wake me" not in said(owner.get(f"{PATH}?question={QUESTION}"))
    assert "wake me" not in page_text(owner.get("/exports/"))


def test_only_nights_and_notes_that_were_asked_for_are_printed(owner: Visitor) -> None:
    for day, note in (("2026-11-20", "Rain"), ("2026-11-21", "Thunder")):
        owner.post(f"/diary/{day}", {"pain": "3", "note": note, "client_id": str(uuid.uuid4())})
    assert "page 1 of 1" in said(owner.get(PATH))
    table = said(owner.get(f"{PATH}?table=y&to=2026-11-20"))
    assert "20 Nov 2026" in table
    assert "Thunder" not in table
    assert "Rain" not in table
    assert "Rain" in said(owner.post(PATH, {"notes": "y", "to": "2026-11-20"}))


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"from": "yesterday"}, "Enter a day as year-month-day"),
        ({"from": "2026-11-21", "to": "2026-11-20"}, "The last night can&#39;t lie before"),
        ({"question": "w" * 501}, "This can be at most 500 characters long."),
        ({"paper": "papyrus"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_what_was_typed(
    owner: Visitor, fields: dict[str, str], complaint: str
) -> None:
    page = owner.post(PATH, {"question": "Why four?", **fields})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert complaint in page_text(page)
    assert fields.get("question", "Why four?") in page_text(page)


def test_a_form_sent_too_late_goes_on_after_the_password(make_app: MakeApp) -> None:
    owner = late(make_app, person(make_app()))
    page = owner.post(PATH, {"question": QUESTION, "paper": "a4"})
    assert page.status_code == HTTPStatus.FORBIDDEN
    wrong = owner.submit(page, "/account/confirm", password="not this one at all")
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    right = owner.submit(wrong, "/account/confirm", password=PASSWORD)
    assert right.status_code == HTTPStatus.OK
    assert QUESTION in said(owner.submit(right, PATH))


def test_without_a_lately_given_password_the_address_asks_for_it(make_app: MakeApp) -> None:
    answer = late(make_app, sign_up(make_app())).get(f"{PATH}?table=y")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.location.startswith("/account/confirm?next=/exports/diary.pdf")


def test_it_is_dated_by_the_owners_own_calendar(make_app: MakeApp) -> None:
    owner = sign_up(make_app(), zone="Pacific/Kiritimati")
    today = date(2026, 11, 22)
    assert f"Printed {today.day} Nov 2026" in said(owner.get(PATH))
