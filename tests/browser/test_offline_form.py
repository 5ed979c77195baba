"""The form without a connection is the whole form: rulers, own symptoms, notes, many nights."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.home import Home
from tests.browser.line import Mode
from tests.browser.phones import Phones, answers
from tests.browser.test_night import on_hundred
from tests.web.client import sign_up

OWN = {"name": "Itch", "question": "", "low": "none", "high": "all", "direction": "lower"}


def test_everything_that_is_asked_is_asked_without_a_connection(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    assert moth.post("/items/own", OWN).status_code == 303
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.reopen()
    own = phone.page.locator("fieldset", has_text="Itch")
    key = own.get_attribute("data-item")
    own.locator("input").nth(9).check(force=True)
    phone.tap("dream_vividness", "7")
    phone.tap("dream_distress", "2")
    phone.page.locator("details.note > summary").click()
    phone.page.locator("#note").fill("thunder\nand \u2028 rain 🌧")
    phone.answer(pain="10", sleep="declined")
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    scores = {"pain": 10, "sleep": None, "dream_vividness": 7, "dream_distress": 2, key: 9}
    assert home.scores(moth) == scores
    assert home.night(moth).note == "thunder\nand \u2028 rain 🌧"


def test_the_slider_works_without_a_connection(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    on_hundred(moth)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.reopen()
    expect(phone.page.locator("#pain input[type=number]")).to_have_value("")
    for item, value in (("pain", "73"), ("mood", "0")):
        phone.page.locator(f"#{item} .slider").evaluate(
            "(one, value) => { one.value = value; one.dispatchEvent(new Event('input')); }", value
        )
    phone.answer(sleep="declined")
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert home.scores(moth) == {"pain": 73, "mood": 0, "sleep": None}


def test_a_night_saved_before_opens_untouched_and_sends_only_what_was_touched(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.tap("pain", "6")
    phone.tap("mood", "3")
    phone.send()
    home.line.become(Mode.CUT)
    phone.reopen()
    expect(phone.page.locator("[data-saved]")).to_contain_text("This night was saved before.")
    assert phone.page.locator("fieldset input:checked").count() == 0
    phone.answer(sleep="9")
    assert answers(phone.outbox()[0]) == {"sleep": "9"}
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert home.scores(moth) == {"pain": 6, "mood": 3, "sleep": 9}
    assert [one.outcome.value for one in home.revisions(moth)] == ["stored", "stored"]


def test_many_nights_wait_in_order_and_are_counted_on_every_page(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    for day in range(21, 26):
        home.at(f"2026-11-{day}T19:30:00Z")
        phone.at(f"2026-11-{day}T19:30:00Z")
        phone.keep(pain=str(day - 20))
    phone.keep(pain="9")
    assert [one["day"][-2:] for one in phone.outbox()] == ["21", "22", "23", "24", "25", "25"]
    with home.troubled():
        home.line.become(Mode.OPEN)
        for path in ("/", "/trends/", "/response/", "/more/", "/help/", "/offline", "/nothing"):
            phone.open(path)
            expect(phone.waits).to_contain_text("Waiting on this phone: 6.")
    phone.go()
    phone.emptied()
    expect(phone.waits).to_be_hidden()
    assert [one.day.day for one in home.revisions(moth)] == [21, 22, 23, 24, 25, 25]
    assert [home.scores(moth, date(2026, 11, day))["pain"] for day in range(21, 26)] == [
        *(1, 2, 3, 4),
        9,
    ]
    assert not home.night(moth, date(2026, 11, 25)).conflict


def test_a_slow_server_opens_the_form_from_the_phone(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.page.evaluate("localStorage.setItem('evenfall-theme', 'sepia')")
    home.line.become(Mode.STALLED)
    phone.reopen("/diary/2026-11-21?saved=stored")
    expect(phone.state).to_have_text("Saved.")
    expect(phone.page.locator("aside, .aside")).to_have_text("Saturday 21 November · Moth")
    expect(phone.page.locator("html")).to_have_attribute("data-theme", "sepia")
    expect(phone.page.locator("[data-word=offline_form]")).to_be_visible()
    expect(phone.page.locator("#pain")).to_be_visible()


def test_going_back_after_saving_and_saving_again_is_an_edit(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.tap("pain", "6")
    phone.send()
    phone.page.go_back()
    edit = phone.page.locator("#change > summary")
    if edit.is_visible():
        edit.click()
    phone.tap("pain", "2")
    phone.page.locator("button", has_text="Save").first.click()
    phone.until(lambda: len(home.revisions(moth)) == 2)
    assert home.scores(moth) == {"pain": 2}
    assert not home.night(moth).conflict


def test_a_night_of_a_pause_is_saved_like_any_other(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    assert moth.post("/pauses/", {"first_day": "2026-11-18"}).status_code == 303
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.answer(pain="6")
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert home.scores(moth) == {"pain": 6}


def test_a_note_for_an_old_day_waits_too(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.open("/diary/2026-11-10")
    home.line.become(Mode.CUT)
    phone.page.locator("#note").fill("the day of the fall")
    phone.answer()
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert home.night(moth, date(2026, 11, 10)).note == "the day of the fall"
