"""Second factors by pages: set up, signed in with, asked for, removed."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.applications import MakeApp
from tests.web import readers
from tests.web.client import Visitor, page_text, sign_up
from tests.web.signing import OTHER, PASSWORD, installed, is_in, person, sign_in
from tracker.domain.people import Role
from tracker.services import people, recovery

SHORT = "otter paints"
HERE = "/account/factors/new"


def secret_on(page: str) -> str:
    """Return the key that the page shows as text."""
    found = re.search(r'class="passphrase secret" translate="no">([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


def set_up(visitor: Visitor, label: str = "") -> tuple[str, TestResponse]:
    """Set a factor up by the pages; return its secret and the page that follows."""
    assert visitor.submit(visitor.get(HERE), HERE).headers["Location"] == HERE
    page = visitor.get(HERE)
    secret = secret_on(page_text(page))
    code = pyotp.TOTP(secret).at(installed(visitor.app).settings.clock())
    return secret, visitor.post(HERE, {"code": code, "label": label})


def codes_on(page: TestResponse) -> list[str]:
    """Return the recovery codes that a page shows."""
    return re.findall(r"<code>([0-9A-Z-]{19})</code>", page.text)


def clinician(app: Flask, password: str = SHORT) -> Visitor:
    """Return a clinician whom the operator made just now, signed in by the password alone."""
    made = installed(app)
    account = people.added_account("Ada", made.settings.clock(), Role.CLINICIAN, agreed=True)
    with made.database.writing() as session:
        people.add(session, account, None, "operator", made.settings.clock())
        token = recovery.make_link(session, account, made.settings.clock())
    ada = Visitor(app)
    page = ada.post("/reset", {"token": token})
    assert ada.submit(page, "/reset", password=password).status_code == 303
    ada.account = account
    return ada


def test_a_clinician_sets_the_factor_up_gets_codes_and_is_let_in(app: Flask) -> None:
    ada = clinician(app)
    assert ada.get("/clinic/").headers["Location"] == HERE
    assert "a password alone doesn&#39;t open it" in page_text(ada.get(HERE))
    _, page = set_up(ada, "my phone")
    assert page.status_code == 200
    assert len(set(codes_on(page))) == 10
    assert ada.get("/clinic/").status_code == 200
    kept = page_text(ada.get("/account/factors/"))
    assert "my phone" in kept
    assert "10 codes unused" in kept


def test_the_page_shows_the_secret_as_picture_text_and_address(app: Flask) -> None:
    ada = clinician(app)
    ada.submit(ada.get(HERE), HERE)
    page = page_text(ada.get(HERE))
    assert f"otpauth://totp/Evenfall:Ada?secret={secret_on(page)}&amp;issuer=Evenfall" in page
    picture = re.search(r'<div class="qr" role="img" aria-label="[^"]+">(<svg.*?</svg>)', page)
    assert picture is not None
    assert "style=" not in picture[1]
    assert secret_on(page) == secret_on(page_text(ada.get(HERE))), "looking again changes nothing"
    ada.post(HERE)
    assert secret_on(page_text(ada.get(HERE))) != secret_on(page), "starting over does"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "12345"}, "code"),
        ({"code": "1", "label": "x" * 41}, "label"),
    ],
)
def test_a_bad_first_code_or_name_is_told_beside_its_field(
    app: Flask, fields: dict[str, str], field: str
) -> None:
    ada = clinician(app)
    ada.post(HERE)
    page = ada.post(HERE, fields)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert 'class="qr"' in page.text


def test_the_sign_in_asks_for_the_code_in_a_second_step(app: Flask) -> None:
    person(app)
    moth = Visitor(app)
    sign_in(moth)
    secret, _ = set_up(moth)
    phone = Visitor(app)
    page = phone.submit(phone.get("/sign-in"), "/sign-in", name="Moth", password=PASSWORD)
    assert page.status_code == 422
    assert "Now the code from your authenticator app." in page.text
    assert "Please look at this again" not in page.text
    assert not page.headers.getlist("Set-Cookie")
    code = pyotp.TOTP(secret).at(installed(app).settings.clock() + timedelta(seconds=30))
    answer = phone.submit(page, "/sign-in", code=code)
    assert answer.headers["Location"] == "/sign-in/here"
    assert is_in(phone)


def test_scripts_sign_in_by_one_request_with_name_password_and_code(app: Flask) -> None:
    owner = person(app)
    readers.add_factor(owner)
    assert sign_in(Visitor(app)) == ""
    assert sign_in(Visitor(app), code=readers.code(owner)) != ""
    assert sign_in(Visitor(app), code=readers.code(owner)) == "", "each code opens once"


def test_a_recovery_code_in_its_own_field_opens_once(app: Flask) -> None:
    owner = person(app)
    _, page = set_up(owner)
    code = codes_on(page)[0]
    assert sign_in(Visitor(app), recovery_code=code.lower()) != ""
    assert sign_in(Visitor(app), recovery_code=code) == ""
    assert "9 codes unused" in page_text(owner.get("/account/factors/"))


def test_unknown_name_wrong_password_and_wrong_code_get_the_same_bytes(app: Flask) -> None:
    readers.add_factor(person(app))
    sign_up(app, "Wren")
    tried = (("Goth", PASSWORD), ("Moth", OTHER), ("Moth", PASSWORD), ("Wren", PASSWORD))
    pages = {
        page.text.replace(name, "").replace(password, "")
        for name, password in tried
        for page in [Visitor(app).post("/sign-in", _typed(name, password, "000000"))]
        if page.status_code == 422 and not page.headers.getlist("Set-Cookie")
    }
    assert len(pages) == 1
    assert "Name, password and code don&#39;t belong together" in pages.pop()


def _typed(name: str, password: str, code: str) -> dict[str, str]:
    return {"name": name, "password": password, "code": code}


def test_who_has_to_wait_is_offered_all_fields_for_one_try(app: Flask) -> None:
    person(app)
    for _ in range(5):
        sign_in(Visitor(app), "wrong")
    page = Visitor(app).post("/sign-in", {"name": "Moth", "password": PASSWORD})
    assert page.status_code == 429
    assert 'name="code"' in page.text


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """Return a file that says what time it is."""
    file = tmp_path / "clock"
    turn(file, timedelta(0))
    return file


def turn(clock: Path, by: timedelta) -> None:
    """Say that it is `by` after an evening in November."""
    clock.write_text(f"{datetime(2026, 11, 21, 19, 30, tzinfo=UTC) + by:%Y-%m-%dT%H:%M:%SZ}")


def test_sensitive_pages_take_a_code_in_place_of_the_password(
    make_app: MakeApp, clock: Path
) -> None:
    owner = person(make_app(CLOCK=f"@{clock}"))
    readers.add_factor(owner)
    turn(clock, timedelta(minutes=11))
    asked = owner.get("/account/factors/codes").headers["Location"]
    page = owner.get(asked)
    assert owner.submit(page, "/account/confirm").status_code == 422
    wrong = owner.submit(page, "/account/confirm", code="000000")
    assert 'id="code-error"' in wrong.text
    answer = owner.submit(page, "/account/confirm", code=readers.code(owner))
    assert answer.headers["Location"] == "/account/factors/codes"
    assert owner.get("/account/factors/codes").status_code == 200


def test_a_first_code_that_came_too_late_keeps_the_secret(make_app: MakeApp, clock: Path) -> None:
    owner = person(make_app(CLOCK=f"@{clock}"))
    owner.post(HERE)
    secret = secret_on(page_text(owner.get(HERE)))
    turn(clock, timedelta(minutes=11))
    asked = owner.post(HERE, {"code": "123456", "label": "my phone"})
    assert asked.status_code == 403
    assert "123456" not in asked.text, "a code is never carried along"
    page = owner.submit(asked, "/account/confirm", password=PASSWORD)
    page = owner.submit(page, HERE)
    assert page.status_code == 422
    assert secret_on(page.text) == secret
    assert 'value="my phone"' in page.text


def test_without_a_factor_a_code_confirms_nothing(make_app: MakeApp, clock: Path) -> None:
    owner = person(make_app(CLOCK=f"@{clock}"))
    turn(clock, timedelta(minutes=11))
    page = owner.post("/account/confirm", {"code": "000000", "password": ""})
    assert page.status_code == 422
    assert 'name="code"' not in page.text


def test_a_clinician_is_signed_out_after_half_an_hour_and_after_half_a_day(
    make_app: MakeApp, clock: Path
) -> None:
    app = make_app(CLOCK=f"@{clock}")
    ada = readers.reader(app, Role.CLINICIAN)
    for minutes in range(25, 12 * 60, 25):
        turn(clock, timedelta(minutes=minutes))
        assert is_in(ada)
    turn(clock, timedelta(hours=12))
    assert not is_in(ada)
    grace = readers.reader(app, Role.CLINICIAN, "Grace")
    turn(clock, timedelta(hours=12, minutes=31))
    assert not is_in(grace)


def test_a_factor_is_named_and_new_codes_are_made(app: Flask) -> None:
    owner = sign_up(app)
    factor = readers.add_factor(owner)
    page = owner.get(f"/account/factors/{factor}")
    assert owner.submit(page, f"/account/factors/{factor}", label="x" * 41).status_code == 422
    answer = owner.submit(page, f"/account/factors/{factor}", label="tablet")
    assert answer.headers["Location"] == "/account/factors/"
    assert "tablet" in page_text(owner.get("/account/factors/"))
    assert len(codes_on(owner.post("/account/factors/codes"))) == 10


def test_another_factor_is_added_beside_the_first(app: Flask) -> None:
    owner = sign_up(app)
    readers.add_factor(owner, label="the first")
    _, answer = set_up(owner, "the other")
    assert answer.headers["Location"] == "/account/factors/"
    page = page_text(owner.get("/account/factors/"))
    assert "The second factor is added." in page
    assert ("the first" in page, "the other" in page) == (True, True)
    path = "/account/factors/a-phone/remove"
    assert owner.submit(owner.get(path), path).headers["Location"] == "/account/factors/"
    page = page_text(owner.get("/account/factors/"))
    assert ("the first" in page, "the other" in page) == (False, True)


def test_the_last_factor_goes_once_the_password_is_long_enough(app: Flask) -> None:
    owner = person(app)
    factor = readers.add_factor(owner)
    path = f"/account/factors/{factor}/remove"
    changed = owner.post("/account/password", {"old": PASSWORD, "password": SHORT})
    assert changed.headers["Location"] == "/account/", "ten characters do beside a second factor"
    page = owner.get(path)
    assert owner.submit(page, path, password="").status_code == 422
    refused = owner.submit(page, path, password=SHORT)
    assert refused.status_code == 422
    assert "Choose a longer one first." in refused.text
    owner.post("/account/password", {"old": SHORT, "password": OTHER})
    assert owner.submit(page, path, password=OTHER).headers["Location"] == "/account/factors/"
    assert sign_in(Visitor(app), OTHER) != ""


def test_a_clinicians_last_factor_stays(app: Flask) -> None:
    ada = readers.reader(app, Role.CLINICIAN)
    path = "/account/factors/a-phone/remove"
    assert "Add another" in page_text(ada.get(path))
    page = ada.post(path, {"password": "anything"})
    assert page.status_code == 422
    assert "Your account needs a second factor" in page.text


def test_a_short_password_is_refused_where_it_stands_alone(app: Flask) -> None:
    page = person(app).post("/account/password", {"old": PASSWORD, "password": SHORT})
    assert page.status_code == 422
    assert "At least 15 characters" in page.text


def test_who_reads_agrees_to_other_words_and_needs_ten_characters(app: Flask) -> None:
    made = installed(app)
    account = people.added_account("Ada", made.settings.clock(), Role.CLINICIAN, agreed=False)
    with made.database.writing() as session:
        people.add(session, account, None, "operator", made.settings.clock())
        token = recovery.make_link(session, account, made.settings.clock())
    guest = Visitor(app)
    page = guest.post("/reset", {"token": token})
    assert "Every reading stands in their log" in page.text
    assert "At least 10 characters" in page.text
    assert "keep my diary" not in page.text
    fields = {"zone": "Pacific/Apia", "consent": "y"}
    assert guest.submit(page, "/reset", password="otter", **fields).status_code == 422
    assert guest.submit(page, "/reset", password=SHORT, **fields).headers["Location"] == "/"


def test_a_sheet_sets_the_password_and_leads_to_the_sign_in_where_a_factor_is(app: Flask) -> None:
    owner = person(app)
    sheet = codes_on(owner.post("/account/recovery"))
    readers.add_factor(owner)
    lost = Visitor(app)
    answer = lost.post("/recover", {"name": "Moth", "code": sheet[0], "password": OTHER})
    assert answer.headers["Location"] == "/sign-in"
    assert len(answer.headers.getlist("Set-Cookie")) == 2, "known again, and told what to do"
    assert (is_in(lost), is_in(owner)) == (False, False)
    assert "a code from your app" in page_text(lost.get("/sign-in"))
    assert sign_in(lost, OTHER, code=readers.code(owner)) != ""


def test_a_cookie_is_refused_after_a_reset_took_the_factor(app: Flask) -> None:
    ada = readers.reader(app, Role.CLINICIAN)
    assert ada.account is not None
    with installed(app).database.writing() as session:
        recovery.take_factors(session, ada.account, installed(app).settings.clock())
    assert not is_in(ada)
