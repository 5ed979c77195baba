"""Serve the application to the browser from this process, so that the server is measured too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.applications import EVENING, MakeApp
from tests.browser.home import Home
from tests.browser.phones import Phones
from tests.browser.serving import served


@pytest.fixture(scope="session")
def backend() -> str:
    """Pages look and work the same on either database."""
    return "sqlite"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Return where the application answers."""
    with served(app) as port:
        yield f"http://localhost:{port}"


@pytest.fixture
def home(make_app: MakeApp, tmp_path: Path) -> Iterator[Home]:
    """Return a diary at the end of a line, whose time is set by hand."""
    clock = tmp_path / "clock"
    clock.write_text(EVENING)
    with Home(lambda: make_app(CLOCK=f"@{clock}"), clock) as made:
        yield made


@pytest.fixture
def real_home(real_app: MakeApp, tmp_path: Path) -> Iterator[Home]:
    """Return a diary at the end of a line, on the real clock."""
    with Home(real_app, tmp_path / "unused") as made:
        yield made


@pytest.fixture
def phones(browser: Browser, home: Home) -> Iterator[Phones]:
    """Return what hands out phones, and takes them back."""
    made = Phones(browser, home)
    yield made
    made.close()
