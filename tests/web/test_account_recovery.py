"""Passwords changed and recovered, by pages."""

import re

import pytest
from flask import Flask

from tests.web.client import Visitor, page_text
from tests.web.signing import (
    OTHER,
    PASSWORD,
    copy_of,
    installed,
    is_in,
    person,
    sign_in,
)
from tracker.domain.diary import ROLLOVER
from tracker.domain.people import Account, Role, Theme
from tracker.services import people, recovery


def test_a_changed_password_ends_the_other_sessions(app: Flask) -> None:
    owner = person(app)
    other = Visitor(app)
    sign_in(other)
    page = owner.get("/account/password")
    answer = owner.submit(page, "/account/password", old=PASSWORD, password=OTHER)
    assert answer.headers["Location"] == "/account/"
    assert (is_in(owner), is_in(other)) == (True, False)
    assert sign_in(Visitor(app)) == ""
    assert sign_in(Visitor(app), OTHER) != ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"old": "", "password": OTHER}, "old"),
        ({"old": "wrong", "password": OTHER}, "old"),
        ({"old": PASSWORD, "password": "short"}, "password"),
    ],
)
def test_a_bad_change_of_password_is_told_beside_its_field(
    app: Flask, fields: dict[str, str], field: str
) -> None:
    page = person(app).post("/account/password", fields)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text


def test_a_passphrase_is_made_for_a_change(app: Flask) -> None:
    page = person(app).post("/account/password", {"make": "1"})
    assert '<p class="passphrase">' in page.text


def sheet(owner: Visitor) -> list[str]:
    """Make a sheet by the page; return its codes."""
    page = owner.submit(owner.get("/account/recovery"), "/account/recovery")
    return re.findall(r"<code>([0-9A-Z-]{19})</code>", page.text)


def test_a_code_from_the_sheet_sets_a_new_password_and_signs_in(app: Flask) -> None:
    owner = person(app)
    thief = copy_of(owner)
    codes = sheet(owner)
    assert len(codes) == 10
    assert "10 codes" in page_text(owner.get("/account/recovery"))
    lost = Visitor(app)
    page = lost.get("/recover")
    answer = lost.submit(page, "/recover", name="Moth", code=codes[0].lower(), password=OTHER)
    assert answer.headers["Location"] == "/"
    assert [is_in(visitor) for visitor in (lost, owner, thief)] == [True, False, False]
    page = Visitor(app).post("/recover", {"name": "Moth", "code": codes[0], "password": PASSWORD})
    assert page.status_code == 422
    assert 'id="code-error"' in page.text


def test_an_empty_recovery_form_says_what_is_missing(app: Flask) -> None:
    page = Visitor(app).post("/recover", {})
    assert page.status_code == 422
    assert "Enter a code" in page.text


def token_of(app: Flask, account: Account) -> str:
    """Return the token of the operator's link."""
    made = installed(app)
    with made.database.writing() as session:
        return recovery.make_link(session, account, made.settings.clock())


def test_the_operators_link_sets_a_new_password(app: Flask) -> None:
    owner = person(app)
    assert owner.account is not None
    token = token_of(app, owner.account)
    lost = Visitor(app)
    page = lost.submit(lost.get("/reset"), "/reset", token=f"http://localhost/reset#{token}")
    assert page.status_code == 200
    assert 'value="Moth"' in page.text
    assert 'name="consent"' not in page.text
    assert lost.submit(page, "/reset", password="short").status_code == 422
    assert lost.submit(page, "/reset", password="").status_code == 422
    assert 'class="passphrase"' in lost.submit(page, "/reset", make="1").text
    answer = lost.submit(page, "/reset", password=OTHER)
    assert answer.headers["Location"] == "/"
    assert (is_in(lost), is_in(owner)) == (True, False)
    again = Visitor(app).post("/reset", {"token": token, "password": PASSWORD})
    assert again.status_code == 422
    assert "opens nothing any more" in again.text


def test_who_was_added_by_the_operator_agrees_and_brings_a_zone(app: Flask) -> None:
    made = installed(app)
    now = made.settings.clock()
    fern = Account("f" * 22, "Fern", Role.PATIENT, "UTC", ROLLOVER, Theme.AUTO, "", now)
    with made.database.writing() as session:
        people.add(session, fern, None, "operator", now)
    token = token_of(app, fern)
    guest = Visitor(app)
    page = guest.post("/reset", {"token": token})
    assert "Nobody watches these entries" in page.text
    page = guest.submit(page, "/reset", password=OTHER, zone="Pacific/Apia")
    assert page.status_code == 422
    assert 'id="consent-error"' in page.text
    page = guest.submit(page, "/reset", password=OTHER, zone="Mars/Base", consent="y")
    assert page.status_code == 422
    assert 'id="zone-error"' in page.text
    answer = guest.submit(page, "/reset", password=OTHER, zone="Pacific/Apia", consent="y")
    assert answer.status_code == 303
    assert '<option selected value="Pacific/Apia">' in page_text(guest.get("/account/"))


def test_a_missing_link_is_asked_for(app: Flask) -> None:
    page = Visitor(app).post("/reset", {})
    assert page.status_code == 422
    assert "Paste the link" in page.text


def test_a_password_that_is_mostly_the_name_is_refused(app: Flask) -> None:
    made = installed(app)
    long_name = people.added_account("Wilhelmina Featherstone", made.settings.clock(), agreed=True)
    with made.database.writing() as session:
        people.add(session, long_name, None, "operator", made.settings.clock())
    guest = Visitor(app)
    page = guest.post("/reset", {"token": token_of(app, long_name)})
    page = guest.submit(page, "/reset", password="wilhelmina featherstone")
    assert page.status_code == 422
    assert "mostly your name" in page.text
