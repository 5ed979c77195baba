"""What was answered and never saved: there again after a crash, and never dropped by age."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.home import Home
from tests.browser.phones import Phones
from tests.web.client import sign_up
from tracker.domain.diary import Status


def test_a_tab_killed_mid_form_loses_no_answer(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.tap("pain", "0")
    phone.tap("dream_vividness", "3")
    phone.tap("dream_distress", "declined")
    phone.page.locator("details.note > summary").click()
    phone.page.locator("#note").press_sequentially("rain")
    phone.until(lambda: phone.stored("drafts")[0]["fields"].get("note") == "rain")
    phone.kill_tab()
    phone.open()
    expect(phone.state).to_contain_text("What you had begun is here again.")
    for item, value in {"pain": "0", "dream_vividness": "3", "dream_distress": "declined"}.items():
        expect(phone.page.locator(f"#{item} input:checked")).to_have_value(value)
    expect(phone.page.locator("#note")).to_have_value("rain")
    phone.send()
    night = home.night(moth)
    assert (home.scores(moth)["pain"], night.note) == (0, "rain")
    assert phone.stored("drafts") == []


def test_a_draft_whose_night_is_closed_is_the_persons_to_decide(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    own = {"name": "Itch", "question": "", "low": "none", "high": "all", "direction": "lower"}
    assert moth.post("/items/own", own).status_code == 303
    phone = phones.new(moth)
    phone.install()
    for path in ("/diary/2026-11-19", "/diary/2026-11-20", "/"):
        phone.open(path)
        phone.tap("pain", "6")
        phone.page.locator("fieldset", has_text="Itch").locator("input").nth(7).check(force=True)
    phone.stored_when("drafts", 3)
    later = "2026-11-24T19:30:00Z"
    home.at(later)
    phone.at(later)
    phone.reopen("/trends/")
    expect(phone.waits).to_contain_text("You need to look at: 3.")
    assert phone.stored("drafts") == []
    phone.open("/offline")
    cards = phone.page.locator("[data-list] section.card")
    expect(cards.first).to_contain_text("never saved, and its night is closed")
    expect(cards.first).to_contain_text("Itch")
    cards.first.locator("[data-pick]").fill("2026-11-24")
    cards.first.get_by_role("button", name="Save for this night").click()
    expect(cards).to_have_count(2)
    cards.first.get_by_role("button", name="Keep as a note for this day").click()
    expect(cards).to_have_count(1)
    cards.first.get_by_role("button", name="Throw it away").click()
    cards.first.get_by_role("button", name="Press once more").click()
    phone.emptied()
    saved, note = home.night(moth, date(2026, 11, 24)), home.night(moth, date(2026, 11, 20))
    assert (len(saved.answers), saved.status) == (2, Status.ON_TIME)
    assert (len(note.answers), note.note.splitlines()[0]) == (
        0,
        "On average, how much pain did you have today? 6",
    )
    assert "Itch" in note.note
    assert len(home.revisions(moth)) == 2


def test_a_draft_of_last_night_is_still_a_draft(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.tap("pain", "6")
    phone.stored_when("drafts", 1)
    later = "2026-11-23T19:30:00Z"
    home.at(later)
    phone.at(later)
    phone.reopen("/diary/2026-11-21")
    expect(phone.page.locator("#pain input:checked")).to_have_value("6")
    expect(phone.waits).to_be_hidden()
