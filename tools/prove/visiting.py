"""What a phone's own browser meets: the way in, a night, and what a secure context offers."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.journey import CORE, PASSWORD
from tools import browser as chromium

WORKER: Final = "/service-worker.js"
LATER: Final = "8"  # the answer given without a connection
PATIENCE: Final = 30.0
BANNER: Final = "This connection is not encrypted"
REGISTERS: Final = """async (path) => {
  if (!('serviceWorker' in navigator)) return 'none';
  if (!(await fetch(path)).ok) return 'absent';
  await navigator.serviceWorker.register(path, {updateViaCache: 'none'});
  return (await navigator.serviceWorker.ready).active ? 'registered' : 'idle';
}"""
OFFERED: Final = """() => ({
  context: isSecureContext,
  digests: Boolean(globalThis.crypto?.subtle),
  locks: 'locks' in navigator,
  workers: 'serviceWorker' in navigator,
})"""
SECURE_ONLY: Final = ("context", "digests", "locks", "workers")


@contextmanager
def phone(home: Path, authority: str) -> Iterator[Browser]:
    """Run a Chromium whose only added trust is `authority`; "" adds none."""
    if authority:
        _trust(home, authority)
    program = chromium.find()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program,
            args=list(chromium.flags()),
            env={**os.environ, "HOME": str(home)},
        )
        yield running
        running.close()


def _trust(home: Path, authority: str) -> None:
    """Tell a browser to trust an authority, as a person does in a phone's settings."""
    store = home / ".pki/nssdb"
    store.mkdir(parents=True)
    where = ("certutil", "-d", f"sql:{store}")
    subprocess.run([*where, "-N", "--empty-password"], check=True)
    adding = ("-A", "-t", "C,,", "-n", "home", "-i", authority)
    subprocess.run([*where, *adding], check=True)


def refused(running: Browser, base: str) -> bool:
    """Say whether a browser shows nothing of a diary."""
    page = running.new_page()
    try:
        page.goto(base)
    except Exception as error:  # noqa: BLE001 - the browser's one class is not a public name
        return "ERR_CERT_AUTHORITY_INVALID" in str(error)
    return False


def visited(running: Browser, base: str, link: str, name: str) -> Iterator[tuple[str, bool]]:
    """Begin a diary by the operator's link, save a night; yield what and whether it held."""
    secure = base.startswith("https:")
    context = running.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    _begin(page, link)
    yield "begin a diary by the operator's link", page.url.startswith(base)
    cookies = {each["name"]: each for each in context.cookies() if "evenfall" in each["name"]}
    prefix = "__Host-" if secure else ""
    kept = cookies.get(f"{prefix}evenfall", {})
    yield (
        "the browser keeps the session's cookie",
        (kept.get("secure"), kept.get("httpOnly")) == (secure, True),
    )
    page.goto(f"{base}/more/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{base}/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#pain")).to_be_visible()
    yield "sign out and in", page.url == f"{base}/"
    yield "a banner where others can read along, else none", _has_banner(page) is not secure
    _save(page)
    yield (
        "a night saved by the form, and there afterwards",
        page.locator("[name=pain]:checked").input_value() == CORE["pain"],
    )
    offered: Mapping[str, bool] = page.evaluate(OFFERED)
    yield (
        "isSecureContext, and what hangs on it, as the connection is",
        all(offered[each] is secure for each in SECURE_ONLY),
    )
    worker = page.evaluate(REGISTERS, WORKER)
    yield (
        "a service worker with https, none without",
        worker == ("registered" if secure else "none"),
    )
    if secure:
        yield "a night kept with the cable pulled, and sent when it is back", _bridges(page, base)
    context.close()


def _begin(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("main form button").first.click()
    page.fill("[name=password]", PASSWORD)
    page.check("[name=consent]")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Set a password")


def _has_banner(page: Page) -> bool:
    return page.locator("header").get_by_text(BANNER).count() == 1


def _bridges(page: Page, base: str) -> bool:
    """Save another answer while nothing can be reached; say whether it comes through after."""
    page.goto(base)
    _cable("down")
    try:
        page.goto(base)
        page.locator(f'#pain label:has(input[value="{LATER}"])').click()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status").first).to_contain_text("on this phone")
    finally:
        _cable("up")
    page.goto(base)
    chosen = page.locator("[name=pain]:checked")
    end = time.monotonic() + PATIENCE
    while chosen.input_value() != LATER and time.monotonic() < end:
        page.wait_for_timeout(500)
        page.goto(base)
    return chosen.input_value() == LATER


def _cable(state: str) -> None:
    subprocess.run(["ip", "link", "set", "cable", state], check=True)


def _save(page: Page) -> None:
    for item, value in CORE.items():
        page.locator(f'#{item} label:has(input[value="{value}"])').click()
    page.get_by_role("button", name="Save tonight").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved")
    page.goto(page.url)
