"""Test the app lock: a PIN or the device's own lock, nothing seen before, and the way back in."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.colours import painted
from tests.browser.test_accounts import PASSWORD, register
from tests.browser.test_axe import opened, problems, small_targets
from tests.web.client import Visitor

PIN = "2580"
LATER = 120  # seconds, more than the minute that is chosen at first


@pytest.fixture
def page(browser: Browser, address: str, owner: Visitor) -> Iterator[Page]:
    """Return the owner's phone, on which a PIN is set."""
    phone = opened(browser, address, "dim", owner)
    set_pin(phone, address)
    yield phone
    phone.context.close()


def set_pin(page: Page, address: str) -> None:
    page.goto(f"{address}/account/lock")
    expect(page.get_by_text("There is no lock on this phone.")).to_be_visible()
    for label in ("New PIN", "The PIN once more"):
        page.get_by_label(label).fill(PIN)
    page.get_by_role("button", name="Lock with this PIN").click()
    expect(page.get_by_text("The lock is set.")).to_be_visible()


def open_again(context: BrowserContext, url: str) -> Page:
    """Open the app as from the home screen: another tab knows nothing of this one."""
    page = context.new_page()
    page.goto(url)
    return page


def go_away(page: Page, seconds: int) -> None:
    """Leave the app and come back after a while."""
    for hidden in ("true", "false"):
        page.evaluate(
            f"Object.defineProperty(document, 'hidden', {{configurable: true, value: {hidden}}});"
            "document.dispatchEvent(new Event('visibilitychange'));"
            + (f"{{ const now = Date.now; Date.now = () => now() + {seconds}000; }}")
            * (hidden == "true")
        )


def try_pin(page: Page, pin: str) -> None:
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Open", exact=True).click()


def locked(page: Page) -> None:
    expect(page.get_by_role("dialog", name="Evenfall is locked")).to_be_visible()
    expect(page.locator("main")).to_be_hidden()


def unlocked(page: Page) -> None:
    expect(page.locator("app-lock")).to_be_hidden()
    expect(page.locator("main")).to_be_visible()


def test_the_pin_opens_what_was_opened_anew_and_a_wrong_one_waits(page: Page, address: str) -> None:
    page.goto(address)
    unlocked(page)
    again = open_again(page.context, address)
    locked(again)
    expect(again.get_by_label("PIN", exact=True)).to_be_focused()
    assert problems(again) + small_targets(again) == []
    for _ in range(3):
        try_pin(again, "1234")
        expect(again.get_by_text("That is not the PIN.")).to_be_visible()
    again.reload()
    try_pin(again, PIN)
    expect(again.get_by_text(re.compile(r"The next one can be made in \d s"))).to_be_visible()
    locked(again)
    again.evaluate("{ const now = Date.now; Date.now = () => now() + 6000; }")
    try_pin(again, PIN)
    unlocked(again)


def test_it_closes_after_being_away_and_keeps_what_was_typed(page: Page, address: str) -> None:
    page.goto(address)
    page.locator('#pain input[value="6"]').check()
    page.locator('#pain input[value="6"]').focus()
    go_away(page, 30)
    unlocked(page)
    go_away(page, LATER)
    locked(page)
    try_pin(page, PIN)
    unlocked(page)
    expect(page.locator('#pain input[value="6"]')).to_be_checked()
    expect(page.locator('#pain input[value="6"]')).to_be_focused()


def test_nothing_is_seen_before_the_module_has_looked(page: Page, address: str) -> None:
    page.evaluate(  # it would bring the module from what it keeps
        "(async () => { for (const one of await navigator.serviceWorker.getRegistrations())"
        " await one.unregister(); })()"
    )
    again = page.context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    again.route("**/app-lock.js", hold)
    again.goto(address, wait_until="commit")
    again.locator("app-lock").wait_for(state="attached")
    expect(again.locator("main")).to_be_hidden()
    expect(again.get_by_role("navigation", name="Places")).to_be_hidden()
    assert painted(again) == {"21,17,14"}
    held[0].continue_()
    locked(again)


def test_the_page_without_a_connection_is_hidden_too(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("(async () => { await navigator.serviceWorker.ready; })()")
    page.context.set_offline(True)
    again = open_again(page.context, address)
    locked(again)
    try_pin(again, PIN)
    unlocked(again)
    expect(again.locator("offline-shell")).to_be_visible()


def test_help_is_never_behind_it(page: Page, address: str) -> None:
    again = open_again(page.context, address)
    again.get_by_role("dialog").get_by_role("link", name="Need help now?").click()
    expect(again.get_by_text("Nobody watches this diary in real time.")).to_be_visible()
    again.goto(address)
    locked(again)


def test_the_devices_own_lock_opens_it(browser: Browser, address: str, owner: Visitor) -> None:
    page = opened(browser, address, "dim", owner)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    page.goto(f"{address}/account/lock")
    page.get_by_role("button", name="Lock with fingerprint, face or screen lock").click()
    expect(page.get_by_text("The lock is set.")).to_be_visible()
    page.evaluate("sessionStorage.clear()")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.goto(address)
    page.evaluate("sessionStorage.setItem('app-lock-left', 0)")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    locked(page)
    expect(page.get_by_label("PIN", exact=True)).to_be_hidden()
    stranger = {"authenticatorId": made["authenticatorId"], "isUserVerified": False}
    session.send("WebAuthn.setUserVerified", stranger)
    page.get_by_role("button", name="Open with this device's own lock").click()
    expect(page.get_by_text("That did not work.")).to_be_visible()
    locked(page)
    session.send("WebAuthn.setUserVerified", {**stranger, "isUserVerified": True})
    page.get_by_role("button", name="Open with this device's own lock").click()
    unlocked(page)
    page.context.close()


def test_a_forgotten_pin_ends_with_signing_in_and_waiting_nights_stay(
    browser: Browser, address: str, app: Flask
) -> None:
    del app
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    register(page, address)
    set_pin(page, address)
    page.evaluate(
        "new Promise((done) => { const r = indexedDB.open('evenfall');"
        "r.onupgradeneeded = () => r.result.createObjectStore('waiting').put('a night', 1);"
        "r.onsuccess = () => { r.result.close(); done(); }; })"
    )
    again = open_again(context, f"{address}/trends/")
    locked(again)
    context.set_offline(True)
    again.get_by_role("button", name="Sign in again").click()
    expect(again.get_by_text("Signing in needs a connection.")).to_be_visible()
    context.set_offline(False)
    again.get_by_role("button", name="Sign in again").click()
    again.get_by_label("Name").fill("Moth")
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("button", name="Sign in").click()
    expect(again.get_by_role("status")).to_contain_text("The app lock of this phone is off now.")
    assert again.locator("app-lock").count() == 0
    again.goto(f"{address}/account/lock")
    expect(again.get_by_text("There is no lock on this phone.")).to_be_visible()
    assert "evenfall" in [
        one["name"] for one in again.evaluate("(async () => indexedDB.databases())()")
    ]
    context.close()


def test_what_cannot_be_a_pin_is_said_and_the_lock_is_taken_off(page: Page, address: str) -> None:
    page.reload()
    expect(page.get_by_text("The lock is on.")).to_be_visible()
    for pin, again, words in (("12", "12", "4 to 12 digits"), (PIN, "2581", "not the same")):
        page.get_by_label("New PIN").fill(pin)
        page.get_by_label("The PIN once more").fill(again)
        page.get_by_role("button", name="Lock with this PIN").click()
        expect(page.locator("lock-settings .error")).to_contain_text(words)
    page.get_by_label("Ask again after being away for").select_option("5 minutes")
    page.context.set_offline(True)
    page.get_by_role("button", name="Take the lock off").click()
    expect(page.locator("lock-settings .error")).to_contain_text("nothing was changed")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Ask again after being away for")).to_have_value("300")
    page.get_by_role("button", name="Take the lock off").click()
    expect(page.get_by_text("The lock is off.")).to_be_visible()
    unlocked(open_again(page.context, f"{address}/trends/"))


def test_where_nothing_can_be_kept_the_page_says_so(
    browser: Browser, address: str, owner: Visitor
) -> None:
    page = opened(browser, address, "dim", owner)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    )
    page.goto(f"{address}/account/lock")
    expect(page.get_by_text("One of them is missing here.")).to_be_visible()
    expect(page.get_by_role("button", name="Lock with this PIN")).to_be_hidden()
    page.context.close()
