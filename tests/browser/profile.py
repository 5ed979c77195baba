"""A browser's own folder on the disk: the browser is killed, and started again upon it."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from playwright.sync_api import Browser, BrowserContext, Error

from tests.applications import EVENING
from tests.browser.home import Home
from tests.browser.phones import Phone
from tests.web.client import Visitor
from tools import browser as chromium


class Profile:
    """One phone's browser; `kill` gives it no time for anything."""

    def __init__(self, browser: Browser, program: Path, folder: Path, home: Home) -> None:
        self._type: Final = browser.browser_type
        self._program: Final = program
        self._folder: Final = folder
        self._home: Final = home
        self._running: BrowserContext | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def start(self, who: Visitor | None = None, *flags: str, clock: str | None = EVENING) -> Phone:
        """Start the browser and return the phone; the session is given anew."""
        self._running = self._type.launch_persistent_context(
            self._folder,
            executable_path=self._program,
            args=[*chromium.flags(), *flags],
            headless=True,
            viewport={"width": 360, "height": 640},
            timezone_id="Europe/Helsinki",
        )
        if clock is not None:
            self._running.clock.set_fixed_time(clock)
            self._running.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
        phone = Phone(self._running, self._home)
        if who is not None:
            phone.sign_in(who)
        return phone

    def kill(self) -> None:
        """End every process of the browser with kill -9."""
        os.killpg(self._process(), signal.SIGKILL)
        self._close()

    def _process(self) -> int:
        """Return the browser's main process, which leads a group of its own."""
        mark = f"--user-data-dir={self._folder}".encode()
        for command in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                words = command.read_bytes().split(b"\0")
                if mark in words and not any(word.startswith(b"--type=") for word in words):
                    return int(command.parent.name)
        raise AssertionError("the browser is not running")

    def _close(self) -> None:
        if self._running is not None:
            with suppress(Error):
                self._running.close()
        self._running = None
