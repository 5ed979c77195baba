"""Test zooming: Plotly only after a tap, under the strict policy, and the page without script."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.charts import courses
from tests.charts.courses import BASELINE, OWN, TREATMENT
from tests.web import stored
from tests.web.client import Visitor, sign_up
from tracker.domain.diary import Status
from tracker.domain.questionnaire import Ruler


def reader(app: Flask) -> Visitor:
    others = (
        courses.entry(70, 41, status=Status.LATE, revision=2),
        courses.entry(71, 42, conflict=True),
        courses.entry(72, 43, status=Status.IMPORTED, imported=True),
    )
    visitor = sign_up(app)
    kept = courses.diary(courses.course(81, skip=range(40, 50)), Ruler.VAS, *others)
    stored.keep(visitor, kept, [BASELINE, TREATMENT])
    return visitor


def context_of(
    browser: Browser, address: str, visitor: Visitor, *, wide: bool = False, script: bool = True
) -> BrowserContext:
    size = (1280, 800) if wide else (360, 640)
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=script
    )
    cookie = visitor.client.get_cookie("__Host-evenfall")
    context.add_cookies(
        [
            {
                "name": cookie.key,
                "value": cookie.value,
                "domain": "localhost",
                "path": "/",
                "secure": True,
            },
            {"name": "theme", "value": "dim", "url": address},
        ]
    )
    return context


def requested(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def violations(page: Page) -> list[str]:
    """Collect what the policy forbade, and what scripts threw."""
    said: list[str] = []
    page.on(
        "console",
        lambda message: said.append(message.text) if "Content Security" in message.text else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def plotly_of(asked: Sequence[str]) -> list[str]:
    return [url for url in asked if "plotly" in url]


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_plotly_draws_after_a_tap_and_breaks_no_policy(
    browser: Browser, app: Flask, address: str
) -> None:
    context = context_of(browser, address, reader(app))
    page = context.new_page()
    asked, said = requested(page), violations(page)
    page.goto(f"{address}/trends/?item={OWN.key}", wait_until="networkidle")
    assert plotly_of(asked) == []
    tap(page, "Zoom and read values")
    expect(page.locator("figure-zoom .main-svg").first).to_be_visible(timeout=30_000)
    expect(page.locator("figure-zoom [data-picture]")).to_be_hidden()
    expect(page.get_by_role("button", name="Back to the picture")).to_be_focused()
    assert page.locator("figure-zoom .scatterlayer .trace").count() == 6
    assert len(plotly_of(asked)) == 2, "the script and its style sheet"
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    assert said == []
    context.close()


def test_the_figure_is_drawn_in_the_colours_of_the_theme(
    browser: Browser, app: Flask, address: str
) -> None:
    context = context_of(browser, address, reader(app))
    page = context.new_page()
    page.goto(f"{address}/trends/")
    tap(page, "Zoom and read values")
    line = page.locator("figure-zoom .js-line").first
    expect(line).to_be_attached(timeout=30_000)
    assert "232, 161, 91" in (line.get_attribute("style") or "")
    context.close()


def test_closer_wider_and_back(browser: Browser, app: Flask, address: str) -> None:
    context = context_of(browser, address, reader(app))
    page = context.new_page()
    page.goto(f"{address}/trends/")
    expect(page.get_by_role("button", name="Closer")).to_be_hidden()
    tap(page, "Zoom and read values")
    expect(page.get_by_role("button", name="Closer")).to_be_visible(timeout=30_000)
    expect(page.locator("figure-zoom .main-svg").first).to_be_visible()
    days = "(() => { const [a, b] = document.querySelector('[data-chart]').layout.xaxis.range;"
    days += " return Math.round((new Date(b) - new Date(a)) / 864e5); })()"
    whole = page.evaluate(days)
    tap(page, "Closer")
    page.wait_for_function(f"{days} < {whole}")
    assert abs(page.evaluate(days) - whole / 2) <= 1
    tap(page, "Wider")
    page.wait_for_function(f"{days} == {whole}")
    tap(page, "Back to the picture")
    expect(page.locator("figure-zoom [data-picture]")).to_be_visible()
    expect(page.get_by_role("button", name="Zoom and read values")).to_be_focused()
    tap(page, "Zoom and read values")
    expect(page.locator("figure-zoom [data-picture]")).to_be_hidden()
    context.close()


def test_a_value_is_read_by_pointing_at_its_night(
    browser: Browser, app: Flask, address: str
) -> None:
    context = context_of(browser, address, reader(app))
    page = context.new_page()
    page.goto(f"{address}/trends/")
    tap(page, "Zoom and read values")
    dot = page.locator("figure-zoom .scatterlayer .trace").first.locator("path.point").first
    expect(dot).to_be_visible(timeout=30_000)
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    expect(page.locator("figure-zoom .hovertext")).to_contain_text("2026-09-01: 66")
    context.close()


def test_a_wide_screen_needs_no_tap(browser: Browser, app: Flask, address: str) -> None:
    context = context_of(browser, address, reader(app), wide=True)
    page = context.new_page()
    said = violations(page)
    page.goto(f"{address}/trends/")
    expect(page.locator("figure-zoom .main-svg").first).to_be_visible(timeout=30_000)
    assert said == []
    context.close()


def test_a_figure_that_does_not_come_leaves_the_picture(
    browser: Browser, app: Flask, address: str
) -> None:
    context = context_of(browser, address, reader(app))
    page = context.new_page()
    page.goto(f"{address}/trends/")
    context.set_offline(True)
    tap(page, "Zoom and read values")
    expect(page.get_by_text("The chart could not be loaded.")).to_be_visible(timeout=30_000)
    expect(page.locator("figure-zoom [data-picture]")).to_be_visible()
    context.set_offline(False)
    context.clear_cookies(name="__Host-evenfall")
    tap(page, "Zoom and read values")
    expect(page.get_by_text("The chart could not be loaded.")).to_be_visible(timeout=30_000)
    context.close()


def test_without_script_everything_but_zooming_is_there(
    browser: Browser, app: Flask, address: str
) -> None:
    context = context_of(browser, address, reader(app), script=False)
    page = context.new_page()
    page.goto(f"{address}/trends/")
    expect(page.locator("svg.chart")).to_be_visible()
    expect(page.get_by_role("button", name="Zoom and read values")).to_be_hidden()
    page.get_by_role("link", name="4 weeks").click()
    page.get_by_text("nights in figures").click()
    expect(page.get_by_role("cell", name="logged late, edited")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="Save picture").click()
    assert started.value.suggested_filename == "pain.svg"
    context.close()


def test_a_year_is_painted_before_any_script_runs(
    browser: Browser, app: Flask, address: str
) -> None:
    context = context_of(browser, address, reader(app))
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{address}/trends/")
    expect(page.locator("svg.chart")).to_be_visible()
    context.close()
