"""The pages of whoever holds a plan's key: sealed once, shown again, opened, taken along."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.applications import MakeApp
from tests.web.client import Visitor, page_text, sign_up
from tests.web.stored import installation
from tests.web.test_plans import PAIRS, WHY, kinds, plan_of, read, with_order
from tracker.domain.started_plans import Holder
from tracker.services import plans

PASSPHRASE = "a lamp on the night table"
TWICE = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
DRUG, PLACEBO = "Naltrexone 4.5", "Placebo"


@pytest.fixture
def backend() -> str:
    """Pages don't know which product holds the rows; deeds and rows are tested on both."""
    return "sqlite"


def token_in(answer: TestResponse) -> str:
    found = re.search(r"/hold#([A-Za-z0-9_-]{43})", page_text(answer))
    assert found is not None
    return found[1]


def asked(owner: Visitor, **fields: str) -> str:
    """Start a plan of two pairs whose key somebody else is to hold; return the link's token."""
    return token_in(owner.post("/plans/new/pairs", {**PAIRS, "holder": "person", **fields}))


def words(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page_text(answer)).split())


def test_the_link_shows_one_button_and_nothing_of_anybody(stranger: Visitor) -> None:
    page = page_text(stranger.get("/hold"))
    assert "Moth" not in page
    assert 'action="/hold"' in page


def test_a_holder_seals_what_nobody_else_can_open(app: Flask, owner: Visitor) -> None:
    token, pharmacist = asked(owner), Visitor(app)
    with_order(app, 2)
    assert "Not sealed yet" in read(owner, plan_of(owner))
    page = words(pharmacist.post("/hold", {"token": f"http://localhost/hold#{token}"}))
    assert "Moth: Pairs for one person" in page
    assert "Naltrexone" in page
    assert "The hidden part begins on" in page
    told = words(pharmacist.post("/hold/seal", {"token": token, **TWICE}))
    packed = re.findall(r"(1A|1B|2A|2B): (Naltrexone 4.5|Placebo)", told)
    assert packed == [("1A", PLACEBO), ("1B", DRUG), ("2A", DRUG), ("2B", PLACEBO)]
    page = read(owner, plan_of(owner))
    assert "Only the key's holder can open it." in page.replace("&#39;", "'")
    assert DRUG not in page
    assert "by the key's holder" in read(owner, "/account/log").replace("&#39;", "'")


def test_of_two_who_seal_at_once_one_order_counts(app: Flask, owner: Visitor) -> None:
    token = asked(owner)

    def draw(_most: int) -> int:
        with_order(app, 0)
        sealed = Visitor(app).post("/hold/seal", {"token": token, **TWICE})
        assert sealed.status_code == 200
        return 1

    app.extensions["evenfall"] = replace(installation(app), draw=draw)
    answer = Visitor(app).post("/hold/seal", {"token": token, **TWICE})
    assert answer.status_code == 422
    assert "sealed already" in page_text(answer)


def test_an_order_is_sealed_once(app: Flask, owner: Visitor) -> None:
    token, pharmacist = asked(owner), Visitor(app)
    pharmacist.post("/hold/seal", {"token": token, **TWICE})
    answer = pharmacist.post("/hold/seal", {"token": token, **TWICE})
    assert answer.status_code == 422
    assert "sealed already" in page_text(answer)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Choose a passphrase."),
        ({"passphrase": PASSPHRASE, "again": "another one altogether"}, "not the same"),
        ({"passphrase": "short", "again": "short"}, "at least 15 characters"),
    ],
)
def test_a_passphrase_must_hold(
    app: Flask, owner: Visitor, fields: dict[str, str], why: str
) -> None:
    token = asked(owner)
    answer = Visitor(app).post("/hold/seal", {"token": token, **fields})
    assert answer.status_code == 422
    assert why in page_text(answer)
    assert "Not sealed yet" in read(owner, plan_of(owner))


def test_what_has_begun_is_not_sealed_any_more(make_app: MakeApp) -> None:
    token = asked(sign_up(make_app()))
    later = Visitor(make_app(CLOCK="2026-12-10T19:30:00Z"))
    answer = later.post("/hold/seal", {"token": token, **TWICE})
    assert answer.status_code == 422
    assert "before today" in page_text(answer)


def test_the_holder_looks_again_and_the_owner_sees_that(app: Flask, owner: Visitor) -> None:
    token, pharmacist = asked(owner), Visitor(app)
    answer = pharmacist.post("/hold/look", {"token": token, "passphrase": PASSPHRASE})
    assert "Nothing is sealed" in page_text(answer)
    pharmacist.post("/hold/seal", {"token": token, **TWICE})
    wrong = pharmacist.post("/hold/look", {"token": token, "passphrase": "x" * 20})
    assert wrong.status_code == 422
    assert "not the passphrase" in page_text(wrong)
    told = words(pharmacist.post("/hold/look", {"token": token, "passphrase": PASSPHRASE}))
    assert DRUG in told
    assert "holder looked at it on 21 Nov 2026" in read(owner, plan_of(owner))
    assert "Order of a plan looked at" in read(owner, "/account/log")


def test_wrong_passphrases_have_to_wait(app: Flask, owner: Visitor) -> None:
    token, guesser = asked(owner), Visitor(app)
    guesser.post("/hold/seal", {"token": token, **TWICE})
    found = [
        guesser.post("/hold/look", {"token": token, "passphrase": f"a wrong one, {number}"})
        for number in range(6)
    ]
    assert [answer.status_code for answer in found] == [422] * 5 + [429]
    assert "Retry-After" in found[-1].headers


def test_the_holder_opens_it_for_everyone(app: Flask, owner: Visitor) -> None:
    token, pharmacist = asked(owner), Visitor(app)
    pharmacist.post("/hold/seal", {"token": token, **TWICE})
    fields = {"token": token, "passphrase": PASSPHRASE}
    assert pharmacist.post("/hold/open", fields).status_code == 422, "why is asked"
    wrong = {**fields, **WHY, "passphrase": "x" * 20}
    assert pharmacist.post("/hold/open", wrong).status_code == 422
    assert "Unblinded on" in words(pharmacist.post("/hold/open", {**fields, **WHY}))
    assert "by the key's holder" in read(owner, plan_of(owner)).replace("&#39;", "'")
    answer = pharmacist.post("/hold/look", fields)
    assert "open already" in page_text(answer)


def test_the_key_file_opens_the_order_too(app: Flask, owner: Visitor) -> None:
    token, pharmacist = asked(owner), Visitor(app)
    assert pharmacist.post("/hold/key", {"token": token}).status_code == 422
    pharmacist.post("/hold/seal", {"token": token, **TWICE})
    saved = pharmacist.post("/hold/key", {"token": token})
    assert saved.headers["Content-Disposition"] == "attachment; filename=plan-key.txt"
    path, sent = plan_of(owner), {**WHY, "key_file": saved.text, "passphrase": PASSPHRASE}
    for change in ({"key_file": "x"}, {"passphrase": "x" * 20}, {"key_file": ""}):
        assert owner.post(f"{path}/open", {**sent, **change}).status_code == 422
    other = saved.text.replace("plan/", "plan/x")
    assert "another plan" in page_text(owner.post(f"{path}/open", {**sent, "key_file": other}))
    assert owner.post(f"{path}/open", sent).status_code == 303
    assert "blinded" not in kinds(owner)


def test_a_plan_carried_to_another_diary_opens_by_the_key_file(
    app: Flask, owner: Visitor, other: Visitor
) -> None:
    token, pharmacist = asked(owner), Visitor(app)
    pharmacist.post("/hold/seal", {"token": token, **TWICE})
    key_file = pharmacist.post("/hold/key", {"token": token}).text
    archive = owner.get("/exports/diary.json")
    assert "sealed" not in archive.text
    sent = other.post("/imports/", {"file": (BytesIO(archive.data), "diary.json")})
    other.post(sent.headers["Location"])
    assert other.get("/exports/diary.json").data == archive.data
    assert other.account is not None
    with installation(app).database.reading() as session:
        (carried,) = plans.list_all(session, other.account)
    assert carried.holder is Holder.PERSON
    assert carried.sealing is not None
    assert (carried.sealing.hidden, carried.sealing.box) == (None, None)
    opening = {**WHY, "key_file": key_file, "passphrase": PASSPHRASE}
    assert other.post(f"/plans/{carried.id}/open", opening).status_code == 303
    assert "blinded" not in kinds(other)


@pytest.mark.parametrize("path", ["", "/seal", "/look", "/open", "/key"])
def test_a_wrong_link_leads_nowhere(stranger: Visitor, path: str) -> None:
    fields = {"token": "x" * 43, **TWICE, **WHY}
    answer = stranger.post(f"/hold{path}", fields)
    assert answer.status_code == 422
    assert "This opens nothing" in page_text(answer)


def test_a_new_link_puts_the_old_one_out_of_use(app: Flask, owner: Visitor) -> None:
    old = asked(owner)
    new = token_in(owner.post(f"{plan_of(owner)}/link"))
    assert Visitor(app).post("/hold", {"token": old}).status_code == 422
    assert Visitor(app).post("/hold", {"token": new}).status_code == 200
