"""Give tests a real Chromium."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

from tools import browser as chromium

# This machine, as a phone in the home network calls it: no browser trusts that like localhost.
LAN_NAME: Final = "diary.lan"


@pytest.fixture(scope="session")
def program() -> Path:
    """Return where Chromium is."""
    return chromium.find()


@pytest.fixture(scope="session")
def browser(program: Path) -> Iterator[Browser]:
    """Run one Chromium for all tests of a process; each opens its own context in it."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program,
            args=[*chromium.flags(), f"--host-resolver-rules=MAP {LAN_NAME} 127.0.0.1"],
            headless=True,
        )
        yield running
        running.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that drives the browser; they take longest, so they go first."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
