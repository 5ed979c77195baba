"""Two people on one phone, a session that ends, and what signing out leaves behind."""

from playwright.sync_api import expect

from tests.browser.home import Home
from tests.browser.line import Mode
from tests.browser.phones import Phone, Phones
from tests.web.client import Visitor, sign_up
from tests.web.stored import installation
from tracker.storage import accounts

PASSWORD = "copper kettle by the window"


def with_password(home: Home, name: str) -> Visitor:
    """Return somebody who can sign in by hand."""
    visitor = Visitor(home.app)
    new = {"name": name, "password": PASSWORD, "zone": "Europe/Helsinki", "consent": "y"}
    assert visitor.post("/register", new).status_code == 303
    with installation(home.app).database.reading() as session:
        visitor.account = accounts.find_by_name(session, name)
    return visitor


def sign_in(phone: Phone, name: str) -> None:
    """Sign in by hand, on the page that asks for it."""
    phone.open("/sign-in")
    phone.page.get_by_label("Name").fill(name)
    phone.page.get_by_label("Password").fill(PASSWORD)
    phone.page.get_by_role("button", name="Sign in").click()
    expect(phone.page.locator("h1")).to_have_text("Tonight")


def test_a_night_saved_after_the_session_ended_is_sent_after_signing_in(
    home: Home, phones: Phones
) -> None:
    moth = with_password(home, "Moth")
    phone = phones.new(moth)
    phone.install()
    phone.sign_out_silently()
    phone.tap("pain", "6")
    phone.save()
    expect(phone.state).to_contain_text("Saved on this phone. Sign in to send it.")
    assert len(phone.stored("people")) == 1
    phone.open("/")
    expect(phone.waits).to_contain_text("Waiting on this phone: 1. Sign in to send.")
    sign_in(phone, "Moth")
    phone.emptied()
    assert len(home.revisions(moth)) == 1


def test_another_persons_sign_in_sends_nothing_of_the_first(home: Home, phones: Phones) -> None:
    moth, wren = sign_up(home.app, "Moth"), sign_up(home.app, "Wren")
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.keep(pain="6")
    phone.sign_in(wren)
    home.line.become(Mode.OPEN)
    for path in ("/", "/trends/", "/offline"):
        phone.open(path)
        shown = phone.page.locator("main")
        expect(shown).to_contain_text("Of other people, waiting until they sign in: 1.")
        expect(shown).not_to_contain_text("Moth")
    assert len(phone.outbox()) == 1
    assert (home.revisions(moth), home.revisions(wren)) == ([], [])
    # The page is the first one's still, the session the second's.
    phone.open("/")
    phone.tap("pain", "2")
    phone.sign_in(moth)
    phone.save()
    expect(phone.state).to_contain_text("Sign in to send it.")
    phone.open("/")
    phone.stored_when("outbox", 1)
    assert home.scores(moth) == {"pain": 6}
    phone.sign_in(wren)
    phone.open("/")
    phone.emptied()
    assert home.scores(wren) == {"pain": 2}


def test_signing_out_names_what_waits_and_keeps_only_that(home: Home, phones: Phones) -> None:
    moth = with_password(home, "Moth")
    phone = phones.new(moth)
    phone.install()
    phone.tap("pain", "1")
    phone.send()
    phone.open("/yesterday")
    phone.tap("mood", "5")
    phone.stored_when("drafts", 1)
    home.line.become(Mode.CUT)
    phone.keep(sleep="3")
    with home.troubled():
        home.line.become(Mode.OPEN)
        phone.open("/more/")
        out = phone.page.get_by_role("button", name="Sign out")
        out.click()
        warning = phone.page.get_by_role("alert")
        expect(warning).to_contain_text("Not sent yet: 21 November.")
        assert len(phone.stored("people")) == 1
        out.click()
        expect(phone.page).to_have_url(f"{home.line}/sign-in")
    for name in ("people", "drafts", "sent"):
        assert phone.stored(name) == [], name
    assert [one["name"] for one in phone.stored("facts")] == ["clock"]
    assert len(phone.outbox()) == 1
    home.line.become(Mode.CUT)
    phone.reopen()
    expect(phone.page.locator("main")).to_contain_text("Nobody is signed in on this phone")
    expect(phone.page.locator("main")).to_contain_text("Waiting on this phone: 1.")
    assert phone.page.locator("night-form").count() == 0
    home.line.become(Mode.OPEN)
    sign_in(phone, "Moth")
    phone.emptied()
    assert home.scores(moth) == {"pain": 1, "sleep": 3}


def test_an_ended_session_deletes_nothing(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.tap("mood", "5")
    phone.stored_when("drafts", 1)
    phone.sign_out_silently()
    phone.open("/")
    expect(phone.page.get_by_role("link", name="Sign in").first).to_be_visible()
    home.line.become(Mode.CUT)
    phone.reopen()
    expect(phone.page.locator("#mood input:checked")).to_have_value("5")


def test_what_arrived_stays_48_hours_though_nobody_is_signed_in(home: Home, phones: Phones) -> None:
    phone = phones.new(sign_up(home.app))
    phone.install()
    phone.tap("pain", "6")
    phone.send()
    phone.sign_out_silently()
    phone.at("2026-11-23T19:00:00Z")
    phone.open("/sign-in")
    phone.page.wait_for_timeout(100)
    assert len(phone.stored("sent")) == 1
    phone.at("2026-11-23T20:00:00Z")
    phone.open("/sign-in")
    phone.stored_when("sent", 0)


def test_a_token_of_an_earlier_session_is_renewed(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    with home.stale_token():
        phone.tap("pain", "6")
        phone.save()
        expect(phone.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert len(home.revisions(moth)) == 1


def test_drafts_of_two_people_and_of_two_days_stay_apart(home: Home, phones: Phones) -> None:
    moth, wren = sign_up(home.app, "Moth"), sign_up(home.app, "Wren")
    phone = phones.new(moth)
    phone.install()
    phone.tap("pain", "1")
    phone.open("/yesterday")
    phone.tap("pain", "2")
    phone.sign_in(wren)
    phone.open("/")
    assert phone.page.locator("#pain input:checked").count() == 0
    phone.tap("pain", "3")
    phone.stored_when("drafts", 3)
    phone.sign_in(moth)
    for path, value in (("/", "1"), ("/yesterday", "2")):
        phone.open(path)
        expect(phone.page.locator("#pain input:checked")).to_have_value(value)
    phone.sign_in(wren)
    phone.open("/")
    expect(phone.page.locator("#pain input:checked")).to_have_value("3")
