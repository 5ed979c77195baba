"""The diary over plain http in a home network, which a browser trusts less than localhost."""

from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.applications import MakeApp
from tests.browser.journey import Journey
from tests.browsers import LAN_NAME

BANNER = "This connection is not encrypted"
PAGES = ["/", "/diary/", "/diary/2026-11-20", "/trends/", "/response/", "/more/", "/account/"]
STRANGERS = ["/register", "/sign-in", "/sign-in/help", "/recover", "/help/", "/nothing"]
ALLOWED = {"ALLOW_HTTP_LAN": "1"}


@pytest.fixture
def app(make_app: MakeApp, request: pytest.FixtureRequest) -> Flask:
    return make_app(TRUSTED_HOSTS=LAN_NAME, **request.param)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    yield context.new_page()
    context.close()


def at_home(address: str) -> str:
    return address.replace("localhost", LAN_NAME)


@pytest.mark.parametrize("app", [ALLOWED], indirect=True)
def test_a_night_is_saved_over_plain_http_where_that_is_allowed(page: Page, address: str) -> None:
    journey = Journey(page, at_home(address), "Mara", date(2026, 11, 21))
    journey.register()
    journey.answer()
    journey.save()
    page.goto(f"{journey.base}/")
    assert page.locator("[name=pain]:checked").input_value() == "5"
    assert {(one["name"], one["secure"]) for one in page.context.cookies()} >= {
        ("evenfall", False),
        ("device", False),
    }
    assert page.evaluate("isSecureContext || 'serviceWorker' in navigator") is False


@pytest.mark.parametrize("app", [ALLOWED], indirect=True)
def test_every_page_says_that_others_could_read_along(page: Page, address: str) -> None:
    journey = Journey(page, at_home(address), "Mara", date(2026, 11, 21))
    for path in STRANGERS:
        page.goto(journey.base + path)
        expect(page.get_by_text(BANNER)).to_be_visible()
    journey.register()
    for path in PAGES:
        page.goto(journey.base + path)
        expect(page.get_by_text(BANNER)).to_be_visible()
    page.goto(f"{address}/help/")
    expect(page.get_by_text(BANNER)).to_have_count(0)


@pytest.mark.parametrize("app", [{}], indirect=True)
def test_without_the_setting_a_page_says_how_to_get_https(page: Page, address: str) -> None:
    page.goto(f"{at_home(address)}/sign-in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-in needs https")
    expect(page.get_by_role("main")).to_contain_text("docs/phone.md")
    assert page.locator("[name=password]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize(
    "app", [{"BASE_URL": "https://diary.lan", "CLOCK": "", "ALLOW_TEST_CLOCK": ""}], indirect=True
)
def test_the_way_to_https_is_one_tap_where_it_is_known(page: Page, address: str) -> None:
    page.goto(f"{at_home(address)}/sign-in")
    way = page.get_by_role("link", name="https://diary.lan")
    expect(way).to_have_attribute("href", "https://diary.lan/")
    assert Axe().run(page).response["violations"] == []
