"""Test every page with axe in each theme, at the size of a phone, and what it loads."""

import json
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_trends import reader as reader_of_trends
from tests.web.client import Visitor, sign_up
from tests.web.readers import reader
from tests.web.test_study_report_pages import studied
from tracker.domain.people import Role

OWN_PAGES: Final = [
    "/",
    "/account/",
    "/account/erase",
    "/account/factors/",
    "/account/factors/codes",
    "/account/factors/new",
    "/account/lock",
    "/account/log",
    "/account/password",
    "/account/readings",
    "/account/recovery",
    "/diary/",
    "/diary/2026-11-20",
    "/exports/",
    "/for/",
    "/grants/",
    "/grants/new/help",
    "/grants/new/read",
    "/help/",
    "/help/now",
    "/imports/",
    "/items/",
    "/join",
    "/measurements/",
    "/measurements/new",
    "/medicines/",
    "/medicines/new",
    "/more/",
    "/nothing",
    "/offline",
    "/pauses/",
    "/phases/",
    "/phases/new",
    "/plans/",
    "/plans/new/crossover2013",
    "/plans/new/own",
    "/plans/new/pairs",
    "/reminders/",
    "/response/",
    "/shares/",
    "/shares/new",
    "/side-effects/",
    "/together/",
    "/studies/join",
    "/study/",
    "/trends/",
]
READERS_PAGES: Final = [
    "/clinic/invite",
    "/for/",
    "/join",
    "/account/",
    "/account/confirm",
    "/account/erase",
    "/account/factors/",
    "/account/factors/a-phone",
    "/account/factors/a-phone/remove",
    "/account/factors/codes",
    "/account/factors/new",
    "/account/log",
    "/clinic/",
    "/more/",
    "/trends/",
]
OPEN_PAGES: Final = [
    "/",
    "/hold",
    "/join",
    "/offline",
    "/register",
    "/sign-in",
    "/sign-in/help",
    "/recover",
    "/reset",
    "/s",
    "/s/nothing/",
]
MATTERING: Final = ["/", "/diary/2026-11-20", "/trends/", "/response/", "/account/lock"]
THEMES: Final = ["dim", "light", "sepia"]
LEAST: Final = 44  # pixels a finger needs
# Links in running text are as tall as their line.
TARGETS: Final = "button, .button, .places a, .foot a, summary, select, input:not([type=hidden])"


def opened(browser: Browser, address: str, theme: str, visitor: Visitor | None) -> Page:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    context.add_cookies([{"name": "theme", "value": theme, "url": address}])
    if visitor is not None:
        cookie = visitor.client.get_cookie("__Host-evenfall")
        context.add_cookies(
            [
                {
                    "name": cookie.key,
                    "value": cookie.value,
                    "domain": "localhost",
                    "path": "/",
                    "secure": True,
                    "httpOnly": True,
                }
            ]
        )
    return context.new_page()


def watched(page: Page) -> list[str]:
    """Collect what the console says against a page."""
    said: list[str] = []
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def problems(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {json.dumps([n['html'] for n in one['nodes']])[:400]}" for one in found]


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        TARGETS,
        """(all, least) => all.filter((e) => {
          const at = (e.closest('label') ?? e).getBoundingClientRect();
          const beside = e.labels?.[0]?.getBoundingClientRect();
          const height = Math.max(at.height, beside?.height ?? 0);
          return e.checkVisibility({visibilityProperty: true}) && at.width && height < least - 0.5;
        }).map((e) => e.outerHTML.slice(0, 120))""",
        LEAST,
    )
    return found


def faults(page: Page, address: str, path: str) -> list[str]:
    """Open a page and return all that is wrong with it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    said = watched(page)
    page.goto(address + path)
    found = [*problems(page), *(f"too small: {one}" for one in small_targets(page))]
    if page.evaluate("document.documentElement.scrollWidth") > 360:
        found.append("wider than the screen")
    found += [f"asks elsewhere: {url}" for url in asked if not url.startswith(f"{address}/")]
    # Chromium on a computer doesn't know every feature that a phone has.
    known = ("Permissions-Policy", "Failed to load resource: the server responded")
    found += [text for text in said if not any(one in text for one in known)]
    return [f"{path} {one}" for one in found]


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_of_a_person_is_sound(
    browser: Browser, app: Flask, address: str, theme: str
) -> None:
    page = opened(browser, address, theme, sign_up(app))
    found = [fault for path in OWN_PAGES for fault in faults(page, address, path)]
    assert not found, "\n".join(found)
    page.context.close()


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_of_who_reads_is_sound(
    browser: Browser, app: Flask, address: str, theme: str
) -> None:
    ada = reader(app, Role.CLINICIAN)
    ada.post("/account/factors/new")  # its page shows the picture
    page = opened(browser, address, theme, ada)
    found = [fault for path in READERS_PAGES for fault in faults(page, address, path)]
    coordinator = opened(browser, address, theme, reader(app, Role.COORDINATOR, "Grace"))
    found += faults(coordinator, address, "/studies/")
    assert not found, "\n".join(found)
    page.context.close()
    coordinator.context.close()


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_of_a_study_and_its_report_is_sound(
    browser: Browser, app: Flask, address: str, theme: str
) -> None:
    made = studied(app, people=1)
    page = opened(browser, address, theme, made.ada)
    paths = ("", "people/P-001", "report", "report?release=y")
    found = [fault for path in paths for fault in faults(page, address, made.path + path)]
    assert not found, "\n".join(found)
    page.context.close()


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_of_a_stranger_is_sound(browser: Browser, address: str, theme: str) -> None:
    page = opened(browser, address, theme, None)
    found = [fault for path in OPEN_PAGES for fault in faults(page, address, path)]
    assert not found, "\n".join(found)
    page.context.close()


@pytest.mark.parametrize("wish", ["contrast", "forced colours"])
def test_pages_are_sound_for_eyes_that_need_more(
    browser: Browser, app: Flask, address: str, wish: str
) -> None:
    page = opened(browser, address, "light", reader_of_trends(app))
    if wish == "contrast":
        page.emulate_media(contrast="more")
    else:
        page.emulate_media(forced_colors="active")
    found = [fault for path in MATTERING for fault in faults(page, address, path)]
    assert not found, "\n".join(found)
    colour = "getComputedStyle(document.documentElement).getPropertyValue('--line')"
    wanted = {"contrast": "#241d16", "forced colours": "CanvasText"}
    assert page.evaluate(colour) == wanted[wish], "also where a theme was chosen"
    page.context.close()


def test_the_theme_changes_without_leaving_the_page(
    browser: Browser, app: Flask, address: str
) -> None:
    page = opened(browser, address, "dim", sign_up(app))
    page.goto(f"{address}/help/")
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Light", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.get_by_role("button", name="Light", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.evaluate("window.stayed") is True
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.context.close()


def test_the_theme_changes_without_a_connection_too(browser: Browser, address: str) -> None:
    page = opened(browser, address, "dim", None)
    page.goto(f"{address}/help/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Auto", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "system")
    page.context.close()


def test_without_script_the_theme_is_one_tap_away_too(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/help/now")
    page.get_by_role("button", name="Sepia", exact=True).click()
    expect(page).to_have_url(f"{address}/help/now")
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    context.close()


def test_tonight_is_light_on_the_wire(browser: Browser, app: Flask, address: str) -> None:
    page = opened(browser, address, "dim", sign_up(app))
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}),
    )
    page.goto(f"{address}/", wait_until="networkidle")
    scripts = sum(size for url, size in sizes.items() if url.endswith(".js"))
    assert len(sizes) <= 8
    assert sum(sizes.values()) <= 35_000
    assert scripts <= 12_000
    page.context.close()
