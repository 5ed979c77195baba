"""Clocks that are wrong, change, or are read in another zone: no night on a wrong day unasked."""

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.home import TONIGHT, Home
from tests.browser.line import Mode
from tests.browser.phones import Phone, Phones
from tests.web.client import sign_up
from tracker.domain.diary import Status

EVENING = "2026-11-21T19:30:00Z"
MORROW = date(2026, 11, 22)


def it_is(home: Home, phone: Phone, text: str, ahead: timedelta = timedelta()) -> None:
    """Set the server's clock, and the phone's `ahead` of it."""
    home.at(text)
    phone.at(f"{datetime.fromisoformat(text) + ahead:%Y-%m-%dT%H:%M:%SZ}")


@pytest.mark.parametrize(
    ("sent", "status"),
    [("2026-11-27T19:00:00Z", Status.ON_TIME), ("2026-11-29T19:30:00Z", Status.LATE)],
)
def test_what_was_saved_in_flight_mode_arrives_on_time_for_seven_days(
    home: Home, phones: Phones, sent: str, status: Status
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.keep(pain="6")
    it_is(home, phone, sent)
    home.line.become(Mode.OPEN)
    phone.reopen("/trends/")
    phone.emptied()
    night = home.night(moth)
    assert (night.status, night.sent_later) == (status, True)


@pytest.mark.parametrize("days", [3, -3])
def test_a_clock_that_is_always_wrong_is_set_right(home: Home, phones: Phones, days: int) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    wrong = timedelta(days=days)
    it_is(home, phone, EVENING, wrong)
    phone.install()
    home.line.become(Mode.CUT)
    it_is(home, phone, "2026-11-22T19:30:00Z", wrong)
    phone.keep(pain="6")
    it_is(home, phone, "2026-11-23T12:30:00Z", wrong)
    home.line.become(Mode.OPEN)
    phone.reopen("/trends/")
    phone.emptied()
    night = home.night(moth, MORROW)
    assert (night.status, night.sent_later) == (Status.ON_TIME, True)
    (only,) = home.revisions(moth)
    assert only.skew_ms == days * 86_400_000
    assert only.saved_at == datetime.fromisoformat("2026-11-22T19:30:00Z")


def test_a_clock_that_changed_between_save_and_sending_is_asked_about(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    for at_save, at_send in [(3, 0), (-3, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, -1)]:
        it_is(home, phone, EVENING)
        phone.install()
        home.line.become(Mode.CUT)
        it_is(home, phone, "2026-11-22T18:30:00Z", timedelta(days=at_save))
        phone.keep(pain="6")
        # The app is closed, the clock changes, and the app is opened again.
        it_is(home, phone, "2026-11-22T20:30:00Z", timedelta(days=at_send))
        home.line.become(Mode.OPEN)
        phone.reopen("/trends/")
        expect(phone.waits).to_contain_text("You need to look at: 1.")
        assert home.revisions(moth) == [], (at_save, at_send)
        if (at_save, at_send) != (1, -1):
            phone.lose("outbox")
    phone.open("/offline")
    expect(phone.page.locator("[data-problem]")).to_contain_text("The clock of this phone")
    phone.page.locator("[data-pick]").fill("2026-11-22")
    phone.page.get_by_role("button", name="Save for this night").click()
    phone.emptied()
    assert home.scores(moth, MORROW) == {"pain": 6}


def test_a_clock_put_back_between_two_savings_is_asked_about(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    it_is(home, phone, "2026-11-23T18:30:00Z")
    phone.keep(pain="6")
    it_is(home, phone, "2026-11-24T18:00:00Z", timedelta(days=-1))
    phone.keep(pain="2")
    it_is(home, phone, "2026-11-24T18:10:00Z")
    home.line.become(Mode.OPEN)
    phone.reopen("/trends/")
    expect(phone.waits).to_contain_text("You need to look at: 2.")
    assert home.revisions(moth) == []


def test_a_server_whose_clock_was_wrong_once_is_not_held_against_the_phone(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    home.at("2026-12-01T19:30:00Z")
    phone.install()
    home.at(EVENING)
    phone.open()
    # A page that is left before it has noted the time has learnt nothing.
    phone.until(lambda: any(one.get("skew") == 0 for one in phone.stored("facts")))
    home.line.become(Mode.CUT)
    phone.keep(pain="6")
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert home.night(moth).status is Status.ON_TIME


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-01T06:30:00Z", date(2026, 10, 31)),  # 01:30 for the second time
        ("2026-03-08T07:59:00Z", date(2026, 3, 7)),  # 03:59 EDT, an hour after 01:59 EST
    ],
)
def test_the_night_of_a_clock_change_is_the_same_on_both_sides(
    home: Home, phones: Phones, instant: str, day: date
) -> None:
    phone = phones.new(zone="America/New_York")
    before = datetime.fromisoformat(instant) - timedelta(hours=9)
    it_is(home, phone, f"{before:%Y-%m-%dT%H:%M:%SZ}")
    moth = sign_up(home.app, zone="America/New_York")
    phone.sign_in(moth)
    phone.install()
    home.line.become(Mode.CUT)
    it_is(home, phone, instant)
    phone.keep(pain="6")
    assert phone.outbox()[0]["day"] == f"{day}"
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert home.scores(moth, day) == {"pain": 6}


def test_a_night_abroad_stays_on_the_diarys_day(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth, zone="Asia/Tokyo")
    phone.install()
    home.line.become(Mode.CUT)
    it_is(home, phone, "2026-11-22T01:00:00Z")  # 03:00 in Helsinki, 10:00 in Tokyo
    phone.keep(pain="6")
    it_is(home, phone, "2026-11-22T09:00:00Z")
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    (only,) = home.revisions(moth)
    assert (only.day, only.status, only.zone) == (TONIGHT, Status.ON_TIME, "Europe/Helsinki")


def test_a_page_left_open_since_another_evening_begins_anew(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    it_is(home, phone, "2026-11-22T19:30:00Z")
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.page.locator("form#night")).to_have_attribute("action", "/diary/2026-11-22")
    it_is(home, phone, "2026-11-23T19:30:00Z")
    phone.tap("pain", "6")
    expect(phone.state).to_contain_text("A new day has begun.")
