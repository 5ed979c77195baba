"""Phones on which people keep their nights: their clocks, their lines, what is stored on them."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from tests.applications import EVENING
from tests.browser.home import Home
from tests.browser.line import Line
from tests.web.client import Visitor

COOKIE: Final = "__Host-evenfall"
PATIENCE: Final = 20.0  # seconds: other tests may have the machine
CONTROLLED: Final = "() => navigator.serviceWorker.controller !== null"
STORED: Final = """name => new Promise((resolve, reject) => {
  const asked = indexedDB.open("evenfall");
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const got = asked.result.transaction(name).objectStore(name).getAll();
    got.onsuccess = () => { asked.result.close(); resolve(got.result); };
  };
})"""
LOSE: Final = """([name, kept]) => new Promise((resolve) => {
  const asked = indexedDB.open("evenfall");
  asked.onsuccess = () => {
    const change = asked.result.transaction(name, "readwrite");
    change.objectStore(name).clear();
    for (const one of kept) change.objectStore(name).put(one);
    change.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""
# What takes at least so many ms is twenty times shorter; what a test does not wait for keeps its
# time, or a busy machine would run out of it.
HURRY: Final = """((least) => {
  const wait = globalThis.setTimeout;
  globalThis.setTimeout = (deed, ms, ...more) =>
    wait(deed, ms >= least ? ms / 20 : ms, ...more);
})"""
HURRIED: Final = f"{HURRY}(6000);"  # the phone's own storage gets its 5 s
HURRIED_STORAGE: Final = f"{HURRY}(1000);"
HURRIED_TURN: Final = """
  const limit = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => limit.call(AbortSignal, ms >= 30000 ? ms / 20 : ms);
"""


class Phone:
    """One phone with a page open; `open` shows another."""

    def __init__(self, context: BrowserContext, home: Home, line: Line | None = None) -> None:
        self.context: Final = context
        self.home: Final = home
        self.line: Final = line or home.line
        self.page: Page = context.new_page()

    def sign_in(self, who: Visitor) -> None:
        """Let the phone have the session of a person."""
        cookie = who.client.get_cookie(COOKIE)
        self.context.add_cookies(
            [
                {
                    "name": COOKIE,
                    "value": cookie.value,
                    "domain": "localhost",
                    "path": "/",
                    "secure": True,
                    "httpOnly": True,
                }
            ]
        )

    def sign_out_silently(self) -> None:
        """Lose the session, as after 30 days."""
        self.context.clear_cookies()

    def open(self, path: str = "/") -> Page:
        """Show a page."""
        self.page.goto(f"{self.line}{path}")
        return self.page

    def install(self) -> None:
        """Open tonight's form and wait until the app can open without a connection."""
        self.open()
        self.page.wait_for_function(CONTROLLED)
        self.stored_when("people", 1)

    def reopen(self, path: str = "/") -> Page:
        """Close the page as a phone does, without a word, and open a new one."""
        shut(self.page)
        self.page = self.context.new_page()
        return self.open(path)

    def kill_tab(self) -> None:
        """Let the tab crash, and take a new one."""
        with self.page.expect_event("crash"), suppress(Error):
            self.page.goto("chrome://crash")
        self.page = self.context.new_page()

    def at(self, text: str) -> None:
        """Set the phone's clock."""
        self.context.clock.set_fixed_time(text)

    def tap(self, item: str, value: str) -> None:
        """Answer a question on eleven buttons."""
        self.page.locator(f'#{item} label:has(input[value="{value}"])').click()

    def save(self) -> None:
        """Press Save."""
        self.page.locator(".savebar [type=submit]").click()

    def send(self) -> None:
        """Press Save, and see the night as saved."""
        self.save()
        self.arrive()

    def arrive(self) -> None:
        """Wait for the page to which a saving leads: before, no other can be opened."""
        self.page.wait_for_url("**/diary/*?saved=*", timeout=PATIENCE * 1000)

    @property
    def state(self) -> Locator:
        """What is said beside Save."""
        return self.page.locator(".savebar [data-state]")

    @property
    def waits(self) -> Locator:
        """What is said of nights that wait, on every page."""
        return self.page.locator("waiting-nights")

    def keep(self, path: str = "/", **answers: str) -> None:
        """Answer and save without a connection."""
        self.open(path)
        self.answer(**answers)

    def answer(self, **answers: str) -> None:
        """Answer and save on the page as it is; it stays on the phone."""
        for item, value in answers.items():
            self.tap(item, value)
        self.save()
        expect(self.state).to_contain_text("Saved on this phone")

    def stored(self, name: str) -> list[dict[str, Any]]:
        """Return what one store of the phone's own database holds."""
        found: list[dict[str, Any]] = []

        def is_told() -> bool:
            found[:] = self.page.evaluate(STORED, name)
            return True

        self.until(is_told)
        return found

    def lose(self, name: str, leave: int = 0) -> None:
        """Lose what a store holds, all but the newest `leave` revisions."""
        kept = sorted(self.stored(name), key=lambda one: int(one.get("revision", 0)))
        self.page.evaluate(LOSE, [name, kept[len(kept) - leave :]])

    def rest(self) -> None:
        """Let so much time pass that the server is asked again though nothing waits."""
        self.lose("facts")

    def stored_when(self, name: str, count: int) -> list[dict[str, Any]]:
        """Return the same once it holds `count` records."""
        found: list[dict[str, Any]] = []

        def holds() -> bool:
            found[:] = self.stored(name)
            return len(found) == count

        self.until(holds)
        return found

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something to come true."""
        end = time.monotonic() + PATIENCE
        while True:
            # A page that is just being left can't be asked.
            with suppress(Error):
                if holds():
                    return
            assert time.monotonic() < end
            self.page.wait_for_timeout(30)

    def go(self) -> None:
        """Let the phone notice that there is a connection."""
        self.page.evaluate("() => { dispatchEvent(new Event('online')); }")

    def emptied(self) -> None:
        """Wait until nothing waits any more."""
        self.stored_when("outbox", 0)

    def outbox(self) -> list[dict[str, Any]]:
        """Return what waits, oldest first."""
        return sorted(self.stored("outbox"), key=lambda one: int(one["order"]))


class Phones:
    """Hands out phones of one browser."""

    def __init__(self, browser: Browser, home: Home) -> None:
        self._browser: Final = browser
        self._home: Final = home
        self._out: Final[list[BrowserContext]] = []

    def new(
        self,
        who: Visitor | None = None,
        *,
        zone: str = "Europe/Helsinki",
        script: str = "",
        clock: str | None = EVENING,
        line: Line | None = None,
        **options: Any,  # noqa: ANN401 - whatever a context takes
    ) -> Phone:
        """Return a new phone.

        Args:
            who: who is signed in on it.
            zone: where it is.
            script: runs before any page's own.
            clock: what it shows; None for the real time.
            line: how it reaches the server, `home.line` where nothing is said.
            options: whatever a context takes.
        """
        context = self._browser.new_context(
            viewport={"width": 360, "height": 640}, timezone_id=zone, **options
        )
        self._out.append(context)
        context.set_default_timeout(10_000)
        # First the clock: it brings timers of its own. The worker's can't be set, so it sleeps.
        if clock is not None:
            context.clock.set_fixed_time(clock)
            context.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
        if script:
            context.add_init_script(script)
        phone = Phone(context, self._home, line)
        if who is not None:
            phone.sign_in(who)
        return phone

    def close(self) -> None:
        """Take all of them back."""
        for context in self._out:
            for page in context.pages:
                shut(page)
            context.close()


def shut(page: Page) -> None:
    """Close a page, however often it takes: Chromium forgets to while the page is arriving."""
    browser = page.context.browser
    assert browser is not None
    told = page.context.new_cdp_session(page).send("Target.getTargetInfo")
    devtools = browser.new_browser_cdp_session()
    end = time.monotonic() + PATIENCE
    with suppress(Error):  # once it is closed, nobody waits on it
        while time.monotonic() < end:
            devtools.send("Target.closeTarget", {"targetId": told["targetInfo"]["targetId"]})
            page.wait_for_timeout(100)
    devtools.detach()
    assert page.is_closed()


def answers(saving: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers of one saving that waits."""
    kept = {"client_id", "person", "base_revision", "questionnaire", "schema", "zone"}
    fields: dict[str, str] = saving["fields"]
    return {key: value for key, value in fields.items() if key not in {*kept, "measured_at"}}
