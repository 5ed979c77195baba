"""Test what frames every page: language, theme, name, places, and how it is sent."""

import gzip

import pytest
from flask import Flask

from tests.applications import MakeApp
from tests.web import lint, probe
from tests.web.client import SAME_ORIGIN, Visitor, sign_up
from tracker.domain.people import Theme
from tracker.storage import accounts, models
from tracker.web.context import Installation
from tracker.web.templating import shown_theme

PAGES = ["/help/", "/help/now", "/more/", "/nothing"]
KEPT = {"Moth", "Evenfall", "TEST", "CLOCK"}

pytestmark = pytest.mark.adds_views


def kept_theme(owner: Visitor) -> Theme:
    made: Installation = owner.app.extensions["evenfall"]
    assert owner.account is not None
    with made.database.reading() as session:
        account = accounts.find(session, owner.account.id)
    assert account is not None
    return account.theme


def test_a_signed_in_page_names_the_person_and_the_places(owner: Visitor) -> None:
    page = owner.get("/trends/").text
    assert "Moth" in page
    assert 'aria-current="page">Trends' in page


def test_strangers_see_no_places(stranger: Visitor) -> None:
    assert 'class="places"' not in stranger.get("/help/").text


@pytest.mark.parametrize("path", PAGES)
def test_every_word_can_be_translated(app: Flask, path: str) -> None:
    visitor = sign_up(app)
    visitor.language = "qps"
    assert not lint.untranslated(visitor.get(path).text, KEPT)


@pytest.mark.parametrize("path", PAGES)
def test_a_language_written_from_the_right_turns_the_page(app: Flask, path: str) -> None:
    visitor = sign_up(app)
    visitor.language = "qps-plocm, en;q=0.5"
    assert '<html lang="qps-plocm" dir="rtl"' in visitor.get(path).text


def test_the_accounts_language_goes_before_the_browsers(owner: Visitor) -> None:
    made: Installation = owner.app.extensions["evenfall"]
    with made.database.writing() as session:
        session.execute(models.accounts.update().values(language="qps"))
    assert '<html lang="qps"' in owner.get("/help/").text


def test_an_unknown_language_reads_english(app: Flask) -> None:
    assert '<html lang="en" dir="ltr"' in Visitor(app, language="tlh").get("/help/").text


@pytest.mark.parametrize("theme", list(Theme))
def test_a_theme_is_chosen_by_one_tap_without_an_account(stranger: Visitor, theme: Theme) -> None:
    page = stranger.get("/help/")
    answer = stranger.submit(page, "/theme/", theme=theme.value)
    assert answer.status_code == 303
    assert answer.location == "/help/"
    shown = shown_theme(theme, is_evening=False)
    assert f'data-theme="{shown}"' in stranger.get("/help/").text


def test_an_account_keeps_its_theme_for_the_next_browser(owner: Visitor) -> None:
    assert owner.submit(owner.get("/help/?x=1"), "/theme/", theme="sepia").location == "/help/?x=1"
    assert kept_theme(owner) is Theme.SEPIA
    assert 'data-theme="sepia"' in owner.get("/help/").text
    owner.client.delete_cookie("theme")
    assert 'data-theme="sepia"' in owner.get("/help/").text


def test_a_script_changes_the_theme_without_leaving_the_page(owner: Visitor) -> None:
    answer = owner.post("/theme/", {"theme": "auto"}, Accept="application/json")
    assert answer.json == {"shown": "dim"}


def test_there_are_no_other_themes_and_no_other_ways_on(stranger: Visitor) -> None:
    assert stranger.post("/theme/", {"theme": "neon"}).status_code == 400
    answer = stranger.post("/theme/", {"theme": "dim", "next": "//evil.example"})
    assert answer.location == "/"


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-11-21T16:59:00Z", "system"),
        ("2026-11-21T17:00:00Z", "dim"),
        ("2026-11-22T04:59:00Z", "dim"),
        ("2026-11-22T05:00:00Z", "system"),
    ],
)
def test_pages_are_dim_by_the_persons_own_night(make_app: MakeApp, now: str, shown: str) -> None:
    owner = sign_up(make_app(CLOCK=now), zone="Europe/Helsinki")
    assert f'data-theme="{shown}"' in owner.get("/help/").text


def test_a_test_clock_is_named_on_every_page(stranger: Visitor) -> None:
    for path in ("/help/", "/nothing"):
        assert "TEST CLOCK · 2026-11-21T19:30:00Z" in stranger.get(path).text
    assert stranger.get("/healthz").text == "ok TEST CLOCK\n"


def test_the_real_clock_is_not_named(real_app: MakeApp) -> None:
    stranger = Visitor(real_app())
    assert "TEST CLOCK" not in stranger.get("/help/").text
    assert stranger.get("/healthz").text == "ok\n"


def test_what_was_done_is_said_once(app: Flask) -> None:
    app.register_blueprint(probe.blueprint)
    stranger = Visitor(app)
    assert "Done &lt;so&gt;." in stranger.get("/probe/said").text
    assert "Done" not in stranger.get("/help/").text


def test_long_pages_are_compressed_where_nothing_is_echoed(stranger: Visitor) -> None:
    packed = stranger.get("/help/", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "How 30\N{NO-BREAK SPACE}% is found" in gzip.decompress(packed.data).decode()
    assert "Accept-Encoding" in packed.headers["Vary"]
    for answer in (
        stranger.get("/help/?q=1", Accept_Encoding="gzip"),
        stranger.get("/help/", Accept_Encoding="br, gzip;q=0"),
        stranger.get("/healthz", Accept_Encoding="gzip"),
        stranger.client.post("/theme/", headers={**SAME_ORIGIN, "Accept-Encoding": "gzip"}),
    ):
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("language", ["en", "qps", "qps-plocm"])
def test_the_landing_page_is_sound(app: Flask, language: str) -> None:
    app.register_blueprint(probe.blueprint)
    page = Visitor(app, language=language).get("/probe/landing").text
    assert 'href="/sign-in"' in page
    assert language != "qps" or not lint.untranslated(page, KEPT)
