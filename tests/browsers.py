"""Give tests a real Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tools import browser as chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run one Chromium for the whole session; a test opens its own context in it."""
    program = chromium.find()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program, args=list(chromium.flags()), headless=True
        )
        yield running
        running.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that drives the browser; they go first, and one after the other.

    The browser is the longest run of tests in one process, so it must begin first.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group("browser"))
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
