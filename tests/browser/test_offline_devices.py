"""Two devices and one night, in either order, one of them without a connection."""

import pytest
from playwright.sync_api import expect

from tests.browser.home import Home
from tests.browser.line import Mode
from tests.browser.phones import HURRIED_TURN, Phone, Phones
from tests.web.client import Visitor, sign_up

# Holds the lock of the sender for good.
ASLEEP = "() => { navigator.locks.request('evenfall-send', () => new Promise(() => {})); }"


def both(home: Home, phones: Phones) -> tuple[Visitor, Phone, Phone]:
    """Return a person with a phone without a connection, and a laptop that has one."""
    moth = sign_up(home.app)
    phone, laptop = phones.new(moth), phones.new(moth, line=home.wire)
    phone.install()
    home.line.become(Mode.CUT)
    return moth, phone, laptop


def save_there(home: Home, laptop: Phone, **answers: str) -> None:
    """Save on the device that has a connection; then the phone has one too."""
    laptop.open()
    for item, value in answers.items():
        laptop.tap(item, value)
    laptop.save()
    expect(laptop.page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    home.line.become(Mode.OPEN)


def test_different_answers_of_two_devices_come_together(home: Home, phones: Phones) -> None:
    moth, phone, laptop = both(home, phones)
    phone.answer(pain="6", sleep="2")
    save_there(home, laptop, mood="3")
    phone.go()
    phone.emptied()
    assert home.scores(moth) == {"pain": 6, "sleep": 2, "mood": 3}
    assert not home.night(moth).conflict


@pytest.mark.parametrize(("pick", "pain"), [("first", 3), ("last", 6)])
def test_the_same_answer_is_kept_twice_until_one_is_picked(
    home: Home, phones: Phones, pick: str, pain: int
) -> None:
    moth, phone, laptop = both(home, phones)
    phone.answer(pain="6", mood="8")
    save_there(home, laptop, pain="3")
    phone.go()
    phone.emptied()
    assert home.night(moth).conflict
    assert home.scores(moth)["pain"] == 3
    phone.open("/diary/2026-11-21")
    sides = phone.page.locator(".side button")
    assert sides.count() == 2
    getattr(sides, pick).click()
    expect(phone.page.get_by_role("status")).to_contain_text("this is what counts now")
    assert not home.night(moth).conflict
    assert home.scores(moth) == {"pain": pain, "mood": 8}


def test_the_other_order_keeps_both_too(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone, laptop = phones.new(moth), phones.new(moth)
    phone.install()
    laptop.open()  # sees an empty night, as the phone does
    phone.tap("pain", "6")
    phone.send()
    laptop.tap("pain", "3")
    laptop.save()
    expect(laptop.page.get_by_role("status").filter(has_text="please choose")).to_be_visible()
    assert home.scores(moth) == {"pain": 6}
    assert home.night(moth).conflict


def test_an_edit_made_offline_meets_an_edit_made_elsewhere(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone, laptop = phones.new(moth), phones.new(moth, line=home.wire)
    phone.install()
    phone.tap("pain", "6")
    phone.send()
    home.line.become(Mode.CUT)
    phone.keep(pain="5")  # knows only what it saved itself
    laptop.open("/diary/2026-11-21")
    laptop.page.locator("#change > summary").click()
    laptop.tap("pain", "2")
    laptop.page.get_by_role("button", name="Save changes").click()
    expect(laptop.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert home.night(moth).conflict
    assert home.scores(moth) == {"pain": 2}


def test_two_tabs_that_send_at_once_send_it_once(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    for path in ("/yesterday", "/"):
        phone.keep(path, pain="6")
    other = phone.context.new_page()
    other.goto(f"{home.line}/offline")
    home.line.become(Mode.OPEN)
    for page in (phone.page, other):
        page.evaluate("() => { dispatchEvent(new Event('online')); }")
    phone.emptied()
    assert [one.day.day for one in home.revisions(moth)] == [20, 21]


def test_a_tab_that_fell_asleep_while_sending_does_not_stop_the_others(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth, script=HURRIED_TURN)
    phone.install()
    other = phone.context.new_page()
    other.goto(f"{home.line}/help/")
    other.evaluate(ASLEEP)
    phone.tap("pain", "6")
    phone.save()
    phone.stored_when("sent", 1)
    assert len(home.revisions(moth)) == 1
