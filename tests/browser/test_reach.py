"""Test that everyone reaches everything: by keys alone, at twice the size, with nothing moving."""

import time
from typing import Final

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.colours import bright_shares
from tests.browser.test_axe import opened
from tests.browser.test_night import CORE, Phone
from tests.browser.test_trends import reader
from tests.web.client import Visitor

PAGES: Final = ["/", "/diary/2026-11-20", "/trends/", "/response/", "/account/", "/account/lock"]
# What reaches beyond the page, or is cut off within it; frames that scroll by keys may.
LOST: Final = """() => [...document.querySelectorAll('body *')].filter((one) => {
  if (!one.checkVisibility() || one.closest('.chart-frame, .table-frame, .tabs, .unseen')) {
    return false;
  }
  const wide = document.documentElement.clientWidth;
  const beyond = one.getBoundingClientRect().right > wide + 1;
  const cut = getComputedStyle(one).overflowX !== 'visible' && one.clientWidth
    && one.scrollWidth > one.clientWidth + 1 && !one.matches('input, select, textarea');
  return beyond || cut;
}).map((one) => one.outerHTML.slice(0, 100))"""
# Words that lie on other words.
OVERLAID: Final = """() => {
  const boxes = [...document.querySelectorAll('main :is(p, legend, label, a, button, dt, dd)')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.textContent.trim()
      && !one.querySelector('p, legend, label, a, button') && !one.closest('.unseen'))
    .map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return [one, range.getBoundingClientRect()];
    });
  const found = [];
  for (const [i, [a, p]] of boxes.entries()) {
    for (const [b, q] of boxes.slice(i + 1)) {
      const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (wide > 2 && high > 2 && !a.contains(b)) found.push(`${a.textContent} / ${b.textContent}`);
    }
  }
  return found;
}"""
SHIFTS: Final = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (!one.hadRecentInput) window.shifts.push(one.value);
  }
}).observe({ type: 'layout-shift', buffered: true });"""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.name || document.activeElement.innerText")
    return found


def test_a_whole_night_is_logged_by_keys_alone(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = Phone(browser, address, owner)
    page = phone.page
    press(page, "Tab")
    assert focused(page) == "Skip to the page"
    press(page, "Enter", "Tab")
    for item, keys, value in (
        ("pain", ("Space", "ArrowRight", "ArrowRight"), "2"),
        ("fatigue", ("1", "0"), "10"),
        ("sleep", ("0",), "0"),
        ("mood", ("Space",), "0"),
        ("dream_vividness", ("9",), "9"),
        ("dream_distress", ("ArrowDown", "ArrowDown", "ArrowUp"), "1"),
    ):
        assert focused(page) == item
        press(page, *keys)
        assert phone.chosen(item) == [value]
        press(page, "Tab")
    for _ in range(9):
        if focused(page) == "Save tonight":
            break
        press(page, "Tab")
    press(page, "Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    answers = page.locator(".answers").inner_text().split()
    assert [word for word in answers if word.isdigit()] == ["2", "10", "0", "0", "9", "1"]


def test_every_answer_says_what_it_is(browser: Browser, address: str, owner: Visitor) -> None:
    page = Phone(browser, address, owner).page
    pain = page.get_by_role("group", name="On average, how much pain did you have today?")
    for name in ("0 , No pain", "5", "10 , Worst pain imaginable", "skip , Prefer not to say"):
        answer = pain.get_by_role("radio", name=name, exact=True)
        expect(answer).not_to_be_checked()
        answer.check()
        expect(answer).to_be_checked()


def test_a_night_is_logged_at_twice_the_size(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = Phone(browser, address, owner)
    phone.page.set_viewport_size({"width": 180, "height": 320})
    phone.page.goto(address)
    for item, value in CORE.items():
        phone.tap(item, value)
    phone.save()
    expect(phone.page.get_by_role("status")).to_have_text("Saved.")


@pytest.mark.parametrize("zoom", ["page", "text"])
def test_nothing_is_lost_at_twice_the_size(
    browser: Browser, app: Flask, address: str, zoom: str
) -> None:
    page = opened(browser, address, "dim", reader(app))
    found = []
    for path in [*PAGES, "/sign-in"]:
        if path == "/sign-in":
            page.context.clear_cookies()
        if zoom == "page":
            page.set_viewport_size({"width": 180, "height": 320})
        page.goto(address + path)
        if zoom == "text":
            page.evaluate("document.documentElement.style.fontSize = '212.5%'")
        size = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        lost = page.evaluate(LOST) + page.evaluate(OVERLAID)
        found += [f"{path}: {one}" for one in lost] + ([path] if size[0] > size[1] else [])
    assert not found, "\n".join(found)
    page.context.close()


def test_nothing_moves_under_the_thumb(browser: Browser, address: str, owner: Visitor) -> None:
    phone = Phone(browser, address, owner)
    page = phone.page
    page.add_init_script(SHIFTS)
    page.goto(address)
    cells = "all => all.map((one) => [one.id, one.getBoundingClientRect().y + scrollY])"
    for item, value in (*CORE.items(), ("dream_vividness", "3"), ("pain", "0")):
        before = page.eval_on_selector_all("[data-item]", cells)
        phone.tap(item, value)
        after = page.eval_on_selector_all("[data-item]", cells)
        moved = [one[0] for one, now in zip(before, after, strict=True) if one != now]
        assert [one for one in moved if one != "dream_distress"] == [], "the last one comes below"
    page.wait_for_timeout(100)
    assert page.evaluate("shifts") == [], "nor does anything move while the page loads"


@pytest.mark.parametrize("theme", ["dim", "sepia"])
def test_no_page_flashes_white_on_its_way(
    browser: Browser, owner: Visitor, address: str, theme: str
) -> None:
    page = opened(browser, address, theme, owner)
    page.goto(f"{address}/help/")

    def wait(route: Route) -> None:
        time.sleep(0.15)  # a slow phone: long enough to see what stands there meanwhile
        route.continue_()

    def journey() -> None:
        page.route("**/app.css", wait)
        for path in ("/", "/nothing", "/trends/"):
            page.goto(address + path)
            expect(page.locator("body")).to_have_css("margin", "0px")

    shares = bright_shares(page, journey)
    assert len(shares) >= 3
    assert max(shares) < 0.2, "words are, the ground is not"
    for path in ("/", "/nothing", "/sign-in"):
        text = page.request.get(address + path).text()
        assert '<meta name="color-scheme" content="dark">' in text, (
            "before the style sheet is there"
        )
    page.context.close()


def test_the_measure_sees_a_flash(browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()

    def journey() -> None:
        page.set_content("<body bgcolor=white>Good evening")
        page.wait_for_timeout(200)

    assert max(bright_shares(page, journey)) > 0.9
    page.context.close()
