"""Registering, signing in and out, by pages: what a person meets, and what no longer opens."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.applications import MakeApp
from tests.web.client import ORIGIN, Visitor, page_text, sign_up
from tests.web.signing import (
    FIREFOX,
    NEW,
    PASSWORD,
    copy_of,
    installed,
    is_in,
    person,
    sign_in,
)
from tracker.domain.passwords import clean_password
from tracker.domain.people import Theme
from tracker.services import accounts
from tracker.storage import accounts as rows
from tracker.storage.database import Database, StorageReadOnly
from tracker.web import sessions


def test_somebody_registers_and_is_offered_a_recovery_sheet(app: Flask) -> None:
    stranger = Visitor(app)
    page = stranger.get("/register")
    assert "Nobody watches these entries in real time" in page_text(page)
    assert "holds this machine and its key can read" in page_text(page)
    answer = stranger.submit(page, "/register", **NEW)
    assert answer.headers["Location"] == "/account/recovery?new=1"
    assert "Later" in page_text(stranger.get("/account/recovery?new=1"))


def test_the_cookies_stay_with_this_host_and_away_from_scripts(app: Flask) -> None:
    answer = Visitor(app).post("/register", NEW)
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": " "}, "name", "Enter your name"),
        ({"name": "x" * 41}, "name", "at most 40 characters"),
        ({"name": "x" * 201}, "name", "at most 200 characters"),
        ({"password": "short"}, "password", "too short"),
        ({"password": "Moth"}, "password", "too short"),
        ({"zone": ""}, "zone", "Choose your time zone"),
        ({"zone": "Mars/Base"}, "zone", "not a time zone"),
        ({"consent": ""}, "consent", "tick the box"),
    ],
)
def test_a_bad_registration_keeps_what_was_typed(
    app: Flask, wrong: dict[str, str], field: str, words: str
) -> None:
    page = Visitor(app).post("/register", {**NEW, **wrong})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert words in page.text
    sent = {**NEW, **wrong}
    assert f'value="{sent["name"].strip()}"' in page.text
    assert ('<option selected value="Asia/Kathmandu">' in page.text) == ("zone" not in wrong)
    assert (PASSWORD in page.text) == ("password" not in wrong)
    assert "short" not in page.text.partition("<form")[2] or "password" in wrong


def test_a_taken_name_is_told_beside_the_name(app: Flask) -> None:
    person(app)
    page = Visitor(app).post("/register", {**NEW, "name": "MOTH"})
    assert page.status_code == 422
    assert "called “MOTH” already" in page.text


def test_a_browsers_old_name_for_a_zone_is_taken(app: Flask) -> None:
    page = Visitor(app).post("/register", {**NEW, "zone": "US/Pacific", "name": ""})
    assert '<option selected value="US/Pacific">' in page.text
    assert Visitor(app).post("/register", {**NEW, "zone": "US/Pacific"}).status_code == 303


@pytest.mark.parametrize("path", ["/register", "/recover"])
def test_a_passphrase_is_made_and_shown_and_nothing_else_happens(app: Flask, path: str) -> None:
    visitor = Visitor(app)
    page = visitor.post(path, {"name": "Moth", "make": "1"})
    assert page.status_code == 200
    assert 'value="Moth"' in page.text
    phrase = page.text.partition('<p class="passphrase">')[2].partition("<")[0]
    assert f'value="{phrase}"' in page.text
    assert clean_password(phrase, "Moth") == phrase


def test_one_question_at_a_time_is_chosen_and_taken_back(owner: Visitor) -> None:
    assert " data-on" not in page_text(owner.get("/"))
    assert owner.post("/account/calm", {"calm": "y"}).headers["Location"] == "/"
    assert "<calm-mode data-on>" in page_text(owner.get("/"))
    answer = owner.post("/account/calm", {}, Accept="application/json")
    assert answer.json == {"calm": False}
    assert " data-on" not in page_text(owner.get("/"))


@pytest.mark.parametrize("registration", ["invite", "closed"])
def test_where_registration_is_not_open_nobody_registers(
    make_app: MakeApp, registration: str
) -> None:
    stranger = Visitor(make_app(REGISTRATION=registration))
    page = stranger.get("/register")
    assert "tracker user add" in page_text(page)
    assert stranger.post("/register", NEW).status_code == 403
    assert sign_in(stranger) == ""


def test_a_cookie_is_refused_after_signing_out(app: Flask) -> None:
    owner = person(app)
    thief = copy_of(owner)
    assert is_in(thief)
    assert owner.post("/sign-out").headers["Location"] == "/sign-in"
    assert (is_in(owner), is_in(thief)) == (False, False)


def test_signing_out_twice_is_no_error(app: Flask) -> None:
    assert Visitor(app).post("/sign-out").headers["Location"] == "/sign-in"


def test_a_cookie_is_refused_after_signing_out_everywhere(app: Flask) -> None:
    phone = person(app)
    laptop = Visitor(app)
    sign_in(laptop)
    thief = copy_of(phone)
    assert laptop.post("/account/places/end-all").headers["Location"] == "/sign-in"
    assert [is_in(visitor) for visitor in (phone, laptop, thief)] == [False, False, False]


def test_a_cookie_is_refused_after_the_account_was_disabled(app: Flask) -> None:
    owner = person(app)
    assert owner.account is not None
    with installed(app).database.writing() as session:
        accounts.disable(session, owner.account, installed(app).settings.clock())
    assert not is_in(owner)


def test_other_devices_are_listed_and_ended(app: Flask) -> None:
    phone = person(app)
    laptop = Visitor(app)
    laptop.post("/sign-in", {"name": "Moth", "password": PASSWORD}, User_Agent=FIREFOX)
    page = phone.get("/account/")
    assert "Firefox, Android" in page_text(page)
    handle = page_text(page).partition('name="handle" value="')[2].partition('"')[0]
    assert phone.post("/account/places/end", {"handle": handle}).status_code == 303
    assert (is_in(phone), is_in(laptop)) == (True, False)
    assert phone.post("/account/places/end", {"handle": handle}).status_code == 404


def test_all_other_devices_are_ended_at_once(app: Flask) -> None:
    phone = person(app)
    laptop = Visitor(app)
    sign_in(laptop)
    assert phone.post("/account/places/end-others").status_code == 303
    assert (is_in(phone), is_in(laptop)) == (True, False)


def test_zone_rollover_and_language_are_kept(app: Flask) -> None:
    owner = person(app)
    fields = {"zone": "Pacific/Apia", "rollover": "05:30", "language": "qps"}
    page = owner.submit(owner.get("/account/"), "/account/", **fields)
    assert page.status_code == 303
    text = page_text(owner.get("/account/"))
    assert '<option selected value="Pacific/Apia">' in text
    assert 'value="05:30"' in text
    assert '<html lang="qps"' in text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"zone": "Mars/Base"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"rollover": "13:00"}, "rollover"),
        ({"rollover": "25:00"}, "rollover"),
        ({"rollover": ""}, "rollover"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_a_preference_that_cant_be_is_told_beside_its_field(
    app: Flask, wrong: dict[str, str], field: str
) -> None:
    owner = person(app)
    kept = {"zone": "Asia/Kathmandu", "rollover": "04:00", "language": ""}
    page = owner.post("/account/", {**kept, **wrong})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text


def test_the_diary_follows_the_phone_where_asked_to(app: Flask) -> None:
    owner = person(app)
    assert owner.post("/account/zone", {"zone": "Pacific/Apia"}).headers["Location"] == "/"
    assert owner.post("/account/zone", {"zone": "Mars"}).headers["Location"] == "/account/"
    page = page_text(owner.get("/account/"))
    assert "not a time zone" in page
    assert '<option selected value="Pacific/Apia">' in page


def test_the_theme_of_the_page_is_the_new_accounts(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.post("/theme/", {"theme": "sepia"})
    visitor.post("/register", NEW)
    with installed(app).database.reading() as session:
        account = rows.find_by_name(session, "Moth")
    assert account is not None
    assert account.theme is Theme.SEPIA


def test_help_for_those_who_cant_sign_in_names_every_way(make_app: MakeApp) -> None:
    page = page_text(Visitor(make_app(CONTACT="Ada, room 7")).get("/sign-in/help"))
    for way in ("/recover", "tracker user reset NAME", "Ada, room 7", "Safari"):
        assert way in page


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """Return a file that says what time it is."""
    file = tmp_path / "clock"
    turn(file, timedelta(0))
    return file


def turn(clock: Path, by: timedelta) -> None:
    """Say that it is `by` after an evening in November."""
    now = datetime(2026, 11, 21, 19, 30, tzinfo=UTC) + by
    clock.write_text(f"{now:%Y-%m-%dT%H:%M:%SZ}")


def test_a_person_who_writes_each_month_stays_signed_in(make_app: MakeApp, clock: Path) -> None:
    owner = person(make_app(CLOCK=f"@{clock}"))
    for days in (25, 50, 75):
        turn(clock, timedelta(days=days))
        assert is_in(owner)
    turn(clock, timedelta(days=105))
    assert not is_in(owner)


def test_a_last_use_that_cant_be_written_fails_no_page(
    make_app: MakeApp, clock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = person(make_app(CLOCK=f"@{clock}"))
    turn(clock, timedelta(hours=1))

    def full(_: Database) -> None:
        raise StorageReadOnly

    monkeypatch.setattr(Database, "writing", full)
    assert is_in(owner)


def test_sensitive_pages_ask_for_the_password_again(make_app: MakeApp, clock: Path) -> None:
    owner = person(make_app(CLOCK=f"@{clock}"))
    assert owner.get("/account/erase").status_code == 200
    turn(clock, timedelta(minutes=11))
    asked = owner.get("/account/erase").headers["Location"]
    assert asked == "/account/confirm?next=/account/erase"
    page = owner.get(asked)
    assert owner.submit(page, "/account/confirm", password="").status_code == 422
    assert owner.submit(page, "/account/confirm", password="wrong").status_code == 422
    answer = owner.submit(page, "/account/confirm", password=PASSWORD)
    assert answer.headers["Location"] == "/account/erase"
    turn(clock, timedelta(minutes=21))
    assert owner.get("/account/erase").status_code == 200
    turn(clock, timedelta(minutes=22))
    assert owner.post("/account/erase").headers["Location"].startswith("/account/confirm")
    assert is_in(owner)


def test_who_asked_to_be_erased_is_signed_out_and_can_change_their_mind(app: Flask) -> None:
    owner = person(app)
    thief = copy_of(owner)
    assert "29 November 2026" in page_text(owner.get("/account/erase"))
    assert owner.post("/account/erase").headers["Location"] == "/sign-in"
    assert (is_in(owner), is_in(thief)) == (False, False)
    owner.account = None
    page = owner.post("/sign-in", {"name": "Moth", "password": PASSWORD})
    assert page.status_code == 422
    assert "Keep my account after all" in page.text
    answer = owner.submit(page, "/sign-in", name="Moth", password=PASSWORD, keep="y")
    assert answer.status_code == 303
    assert is_in(owner)


def test_on_a_trusted_network_cookies_go_without_prefix(make_app: MakeApp) -> None:
    app = make_app(ALLOW_HTTP_LAN="1", TRUSTED_HOSTS="box.lan", CLOCK="")
    answer = app.test_client().post(
        "/register",
        data=NEW,
        headers={"Sec-Fetch-Site": "same-origin"},
        base_url="http://box.lan",
    )
    assert answer.status_code == 303
    names = {cookie.partition("=")[0] for cookie in answer.headers.getlist("Set-Cookie")}
    assert names == {"device", "evenfall"}
    assert not any("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    ("says", "label"),
    [
        (FIREFOX, "Firefox, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_people_know_it(says: str, label: str) -> None:
    assert sessions.device_label(says) == label


def test_a_view_that_lets_strangers_in_may_not_ask_for_the_session(app: Flask) -> None:
    with app.test_request_context("/help/", base_url=ORIGIN):
        app.preprocess_request()
        with pytest.raises(RuntimeError, match="lets strangers in"):
            sessions.signed_in()


def test_others_dont_see_my_devices(app: Flask) -> None:
    person(app)
    fern = sign_up(app, "Fern")
    assert "Moth" not in page_text(fern.get("/account/"))
