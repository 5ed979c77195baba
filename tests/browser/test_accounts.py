"""The scripts of people's pages: the zone chosen, the token taken, the sheet printed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PASSWORD = "copper kettle by the window"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a phone in Kathmandu."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, timezone_id="Asia/Kathmandu"
    )
    yield context.new_page()
    context.close()


def register(page: Page, address: str) -> None:
    """Register by the page, without touching the zone."""
    page.goto(f"{address}/register")
    page.get_by_label("Name").fill("Moth")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Start my diary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery sheet")


def test_the_browser_brings_its_zone_and_keeps_the_cookie_on_localhost(
    page: Page, address: str
) -> None:
    register(page, address)
    page.goto(f"{address}/account/")
    zone = page.get_by_label("Time zone").input_value()
    assert zone in {"Asia/Kathmandu", "Asia/Katmandu"}
    assert {cookie["name"] for cookie in page.context.cookies()} == {
        "__Host-evenfall",
        "__Host-device",
    }


def test_signing_in_on_localhost_goes_on_without_a_detour_to_be_seen(
    page: Page, address: str
) -> None:
    register(page, address)
    page.goto(f"{address}/more/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{address}/sign-in")
    page.goto(f"{address}/account/password")
    page.get_by_label("Name").fill("moth")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{address}/account/password")


def test_a_links_token_goes_into_the_form_and_out_of_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/reset#a-token")
    expect(page.get_by_label("Link or code")).to_have_value("a-token")
    expect(page).to_have_url(f"{address}/reset")
    page.goto(f"{address}/help/")
    page.goto(f"{address}/reset")
    expect(page.get_by_label("Link or code")).to_have_value("")


def test_the_sheet_is_printed_by_its_button(page: Page, address: str) -> None:
    register(page, address)
    page.get_by_role("button", name="Make my sheet").click()
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")
    assert page.locator(".codes li").count() == 10
