"""A phone that is killed, is full, or keeps nothing: what it says is true."""

import io
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.home import Home
from tests.browser.line import Mode
from tests.browser.phones import HURRIED_STORAGE, Phones
from tests.browser.profile import Profile
from tests.web.client import Visitor, page_text, sign_up

NO_OPENING = "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };"
NO_ROOM = """IDBObjectStore.prototype.put = function () {
  throw new DOMException('', 'QuotaExceededError');
};"""
NO_ANSWER = f"{HURRIED_STORAGE} IDBFactory.prototype.open = () => ({{}});"
OWN = {"name": "=Itch, left", "question": "", "low": "none", "high": "all", "direction": "lower"}


def test_what_was_saved_on_the_phone_outlives_kill_9(
    home: Home, tmp_path: Path, browser: Browser, program: Path
) -> None:
    moth = sign_up(home.app)
    with Profile(browser, program, tmp_path / "profile", home) as profile:
        phone = profile.start(moth)
        phone.install()
        home.line.become(Mode.CUT)
        phone.answer(pain="6")
        profile.kill()
        phone = profile.start(moth)
        home.line.become(Mode.OPEN)
        phone.open("/help/")
        phone.emptied()
        assert home.scores(moth) == {"pain": 6}
        assert len(home.revisions(moth)) == 1


@pytest.mark.parametrize(
    "broken", [NO_OPENING, NO_ROOM, NO_ANSWER], ids=["no opening", "no room", "no answer"]
)
def test_a_phone_that_can_not_keep_a_night_sends_it_at_once_or_says_not_saved(
    home: Home, phones: Phones, broken: str
) -> None:
    moth = sign_up(home.app)
    assert moth.post("/items/own", OWN).status_code == 303
    phone = phones.new(moth, script=broken)
    phone.open()
    home.line.become(Mode.PORTAL)
    phone.tap("pain", "6")
    phone.tap("dream_vividness", "no_recall")
    phone.page.locator("fieldset", has_text="Itch").locator("input").nth(7).check(force=True)
    phone.save()
    expect(phone.state).to_contain_text("Not saved. This phone can't keep it")
    expect(phone.page.locator("#pain input:checked")).to_have_value("6")
    with phone.page.expect_download() as loading:
        phone.state.get_by_role("button", name="Download it").click()
    file = loading.value.path().read_bytes()
    home.line.become(Mode.OPEN)
    phone.send()
    assert len(home.revisions(moth)) == 1
    assert_taken(home, moth, file)


def assert_taken(home: Home, who: Visitor, file: bytes) -> None:
    """Delete the night and bring it in from the file: it is the same."""
    day = date(2026, 11, 21)
    before = home.night(who).answers
    assert len(before) == 4
    assert who.post(f"/diary/{day}/delete").status_code == 303
    kept = who.post("/imports/", {"file": (io.BytesIO(file), "nights.csv"), "ruler": "nrs"})
    assert kept.status_code == 303, page_text(kept)
    page = who.get(kept.location)
    assert who.submit(page, kept.location.partition("?")[0], standing="add").status_code == 303
    assert home.night(who).answers == before
