"""A clinician's first evening on a phone: the link, the app told, the code typed, in and out."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.web.stored import installation
from tracker.domain.people import Role
from tracker.services import people, recovery

PASSWORD = "otter paints ladders"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a phone in Vienna."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, timezone_id="Europe/Vienna"
    )
    yield context.new_page()
    context.close()


def link(app: Flask, role: Role) -> str:
    """Add somebody as the operator does; return what stands in their link after the #."""
    made = installation(app)
    now = made.settings.clock()
    account = people.added_account("Ada", now, role, agreed=False)
    with made.database.writing() as session:
        people.add(session, account, None, "operator", now)
        return recovery.make_link(session, account, now)


def follow(page: Page, address: str, token: str) -> None:
    """Choose a password by the link."""
    page.goto(f"{address}/reset#{token}")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Set the password and sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")


def set_up(page: Page, app: Flask) -> tuple[str, list[str]]:
    """Tell the app, type its code; return the secret and the recovery codes."""
    page.get_by_role("button", name="I have an app, go on").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    before = installation(app).settings.clock() - timedelta(seconds=30)
    page.get_by_label("Code", exact=True).fill(pyotp.TOTP(secret).at(before))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    return secret, page.locator(".codes code").all_inner_texts()


def sign_in(page: Page, field: str, code: str) -> None:
    """Sign in by name and password, then by a code in this field."""
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Code", exact=True)).to_be_focused()
    if field != "Code":
        page.get_by_text("My app is out of reach").click()
    page.get_by_label(field, exact=True).fill(code)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page, address: str) -> None:
    """Sign out by the page of everything else."""
    page.goto(f"{address}/more/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{address}/sign-in")


def test_a_clinician_comes_in_by_link_code_and_recovery_code(
    page: Page, app: Flask, address: str
) -> None:
    follow(page, address, link(app, Role.CLINICIAN))
    page.goto(f"{address}/clinic/")
    expect(page).to_have_url(f"{address}/account/factors/new")
    secret, codes = set_up(page, app)
    assert len(set(codes)) == 10
    page.get_by_role("link", name="Done").click()
    expect(page).to_have_url(f"{address}/clinic/")

    sign_out(page, address)
    code = pyotp.TOTP(secret).at(installation(app).settings.clock())
    sign_in(page, "Code", code)
    expect(page).to_have_url(f"{address}/clinic/")

    sign_out(page, address)
    sign_in(page, "Code", code)
    expect(page.get_by_role("alert")).to_contain_text("don't belong together")
    page.goto(f"{address}/sign-in")
    sign_in(page, "Recovery code", codes[0].lower())
    expect(page).to_have_url(f"{address}/clinic/")

    sign_out(page, address)
    sign_in(page, "Recovery code", codes[0])
    expect(page.get_by_role("alert")).to_contain_text("don't belong together")


def test_the_picture_can_be_read_in_every_theme(page: Page, app: Flask, address: str) -> None:
    follow(page, address, link(app, Role.COORDINATOR))
    page.get_by_role("button", name="I have an app, go on").click()
    colours = """() => {
      const rgb = (text) => text.match(/\\d+/g).slice(0, 3).map(Number);
      const plate = rgb(getComputedStyle(document.querySelector('.qr')).backgroundColor);
      const dots = rgb(getComputedStyle(document.querySelector('.qr path')).stroke);
      const side = document.querySelector('.qr svg').getBoundingClientRect();
      return [Math.min(...plate), Math.max(...dots), side.width, side.height];
    }"""
    for theme in ("Dim", "Light", "Sepia"):
        page.get_by_role("button", name=theme, exact=True).click()
        plate, dots, width, height = page.evaluate(colours)
        assert plate - dots > 150, "apps read dark on light"
        assert width == height > 240
