"""What the server refuses for good needs the person; what it can't take yet waits."""

import pytest
from playwright.sync_api import expect
from werkzeug.exceptions import TooManyRequests

from tests.browser.home import Home
from tests.browser.line import Mode
from tests.browser.phones import Phone, Phones
from tests.web.client import SAME_ORIGIN, Visitor, sign_up
from tracker.storage.trouble import StorageFull, WriterBusy


def needs_attention(phone: Phone, reason: str) -> None:
    """Look at what was refused: it is there with its reason, and can be downloaded."""
    phone.open("/trends/")
    expect(phone.waits).to_contain_text("You need to look at: 1.")
    phone.open("/offline")
    expect(phone.page.locator("[data-problem]")).to_contain_text(reason)
    with phone.page.expect_download() as loading:
        phone.page.get_by_role("button", name="Download these nights").click()
    assert "2026-11-21" in loading.value.path().read_text()
    phone.page.get_by_role("button", name="Send now").click()
    phone.page.wait_for_timeout(100)
    assert len(phone.outbox()) == 1


def take_id(home: Home, who: Visitor, client_id: str) -> None:
    """Use a saving's id for something else."""
    body = {"pain": "1", "client_id": client_id}
    token = who.guard()["csrf_token"]
    headers = {**SAME_ORIGIN, "Accept": "application/json", "X-CSRF-Token": token}
    who.client.post("/diary/2026-11-20", json=body, headers=headers)
    assert len(home.revisions(who)) == 1


def test_a_night_whose_question_is_gone_needs_the_person(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.page.evaluate("document.querySelector('[name=questionnaire]').value = '1'")
    phone.page.evaluate(
        """() => {
          const one = document.querySelector("#pain");
          one.dataset.item = one.id = "gone";
          for (const input of one.querySelectorAll("input")) input.name = "gone";
        }"""
    )
    phone.answer(gone="6")
    home.line.become(Mode.OPEN)
    needs_attention(phone, "This is not asked in your diary.")
    assert home.revisions(moth) == []


def test_a_form_that_lay_open_for_a_month_needs_the_person(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.open("/diary/2026-11-21")
    home.at("2026-12-19T19:30:00Z")
    phone.at("2026-12-19T19:30:00Z")
    phone.tap("pain", "6")
    phone.save()
    expect(phone.state).to_contain_text("Saved on this phone, but you need to look at it.")
    needs_attention(phone, "closed more than 48 hours ago")
    phone.page.locator("[data-pick]").fill("2026-12-19")
    phone.page.get_by_role("button", name="Save for this night").click()
    phone.emptied()
    assert [f"{one.day}" for one in home.revisions(moth)] == ["2026-12-19"]


def test_an_id_that_means_something_else_needs_the_person(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.answer(pain="6")
    take_id(home, moth, phone.outbox()[0]["client_id"])
    home.line.become(Mode.OPEN)
    needs_attention(phone, "belongs to another saving")
    phone.page.get_by_role("button", name="Save for this night").click()
    phone.emptied()
    assert home.scores(moth) == {"pain": 6}


def test_what_is_too_much_at_once_needs_the_person_and_says_why(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.page.locator("details.note > summary").click()
    phone.page.evaluate(
        """() => {
          const note = document.querySelector("#note");
          note.value = "long ".repeat(60_000);
          note.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    phone.answer(pain="6")
    home.line.become(Mode.OPEN)
    needs_attention(phone, "Nothing was saved. Send less")


@pytest.mark.parametrize("trouble", [WriterBusy, StorageFull, TooManyRequests])
def test_what_the_server_can_not_take_yet_waits(
    home: Home, phones: Phones, trouble: type[Exception]
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    with home.troubled(error=trouble):
        phone.tap("pain", "6")
        phone.save()
        expect(phone.state).to_contain_text("The server can't take it yet: sent in a while.")
        assert phone.outbox()[0]["problem"] is None
    phone.go()
    phone.emptied()
    assert len(home.revisions(moth)) == 1


def test_what_replaces_a_night_that_was_set_aside_is_stored_all_the_same(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.answer(pain="6")
    phone.answer(mood="4")
    taken = phone.outbox()[0]["client_id"]
    take_id(home, moth, taken)
    home.line.become(Mode.OPEN)
    phone.go()
    (left,) = phone.stored_when("outbox", 1)
    assert (left["client_id"], left["problem"]["kind"]) == (taken, "refused")
    assert home.scores(moth) == {"mood": 4}
