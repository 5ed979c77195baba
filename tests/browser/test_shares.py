"""A shared link in a browser: its token stays on this side of the #, and opens by a press."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_axe import THEMES, faults, opened, problems
from tests.browser.test_trends import reader as keeper
from tests.web import sharing
from tests.web.client import Visitor, sign_up
from tracker.services.shares import Made

HEADING = "The diary of Moth"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a doctor's screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def moth(app: Flask) -> Visitor:
    return sign_up(app, "Moth")


def asked_by(page: Page) -> list[str]:
    """Collect all that is asked of any server, with what is sent along."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(f"{one.method} {one.url} {one.all_headers()}"))
    return asked


def test_a_link_opens_by_one_press_and_is_in_no_request_but_that(
    page: Page, address: str, moth: Visitor
) -> None:
    made, asked = sharing.made(moth), asked_by(page)
    page.goto(f"{address}/s#{made.token}")
    expect(page).to_have_url(f"{address}/s")
    expect(page.get_by_text("The link is here. Press the button.")).to_be_visible()
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADING)
    expect(page).to_have_url(f"{address}/s/{made.share.id}/")
    assert asked
    assert not [one for one in asked if made.token in one]
    page.go_back()
    assert made.token not in page.url


def test_without_script_the_link_is_pasted(browser: Browser, address: str, moth: Visitor) -> None:
    context = browser.new_context(java_script_enabled=False)
    page, made = context.new_page(), sharing.made(moth)
    page.goto(f"{address}/s")
    expect(page.get_by_text("Paste the link or the code")).to_be_visible()
    page.get_by_label("Link or code").fill(f"{address}/s#{made.token}")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADING)
    context.close()


def test_the_new_link_is_copied_by_its_button(
    browser: Browser, app: Flask, address: str, moth: Visitor
) -> None:
    del app
    page = opened(browser, address, "dim", moth)
    page.goto(f"{address}/shares/new")
    page.get_by_label("Who is it for?").fill("Dr K.")
    page.get_by_role("button", name="Make the link").click()
    copy = page.get_by_role("button", name="Copy the link")
    link = page.locator("[data-text]").inner_text()
    page.evaluate(
        "() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }"
    )
    copy.click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("window.copied") == link
    page.evaluate(
        "() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }"
    )
    copy.click()
    expect(page.get_by_text("Copying did not work here.")).to_be_visible()
    assert problems(page) == []
    page.context.close()


def let_in(page: Page, made: Made, address: str) -> None:
    """Open a share by hand."""
    page.goto(f"{address}/s#{made.token}")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADING)


@pytest.mark.parametrize("theme", THEMES)
def test_the_report_is_sound_for_whoever_reads_it(
    browser: Browser, app: Flask, address: str, theme: str
) -> None:
    made = sharing.made(keeper(app))
    page = opened(browser, address, theme, None)
    let_in(page, made, address)
    found = faults(page, address, f"/s/{made.share.id}/")
    assert not found, "\n".join(found)
    page.context.close()


def test_a_link_pasted_over_the_pages_own_address_is_taken_too(
    page: Page, address: str, moth: Visitor
) -> None:
    made = sharing.made(moth)
    page.goto(f"{address}/s")
    page.evaluate("token => { location.hash = token; }", made.token)
    expect(page.get_by_label("Link or code")).to_have_value(made.token)
    expect(page).to_have_url(f"{address}/s")
