"""What a slow phone sees: bytes, requests, the largest paint, blocked scripts, and scores."""

import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import browser as chromium
from tools.bench.pages import Bench
from tools.bench.served import serving
from tools.bench.wire import Wire, wire
from tools.check import NODE, NPM

HERE: Final = Path(__file__).resolve().parent / "lighthouse"
LIGHTHOUSE: Final = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
VISITS: Final = 5
# Slow 4G: 1.6 Mbit/s down, 0.75 up, 150 ms there and back; a processor a quarter as fast.
NETWORK: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER: Final = 4
SEEN: Final = {"tonight": "/", "trends": "/trends/"}
WATCH: Final = """
window.seen = {paint: 0, blocked: 0};
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.seen.paint = one.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.seen.blocked += Math.max(0, one.duration - 50);
}).observe({type: "longtask", buffered: true});
"""


def seen(bench: Bench) -> dict[str, Any]:
    """Return every figure of the phone, by page."""
    program = chromium.find()
    with serving(bench) as server, wire(server.port) as line, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.flags()))
        found = {
            f"{name} on a slow phone": _visits(browser, bench, line, path)
            for name, path in SEEN.items()
        }
        found["tonight, warm"] = _warm(browser, bench, line)
        browser.close()
        scores = {
            f"{name} by Lighthouse": _lighthouse(program, bench, server.port, path)
            for name, path in SEEN.items()
        }
    return {**found, **scores}


def _context(browser: Browser, bench: Bench) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, device_scale_factor=2, is_mobile=True
    )
    name, _, value = bench.year.cookie.partition("=")
    context.add_cookies(
        [{"name": name, "value": value, "domain": "localhost", "path": "/", "secure": True}]
    )
    context.add_init_script(WATCH)
    return context


def _visits(browser: Browser, bench: Bench, line: Wire, path: str) -> dict[str, float]:
    """Visit a page for the first time, several times; bytes and requests until `load`."""
    visits = [_first_visit(browser, bench, line, path) for _ in range(VISITS)]
    return {name: round(statistics.median(one[name] for one in visits), 1) for name in visits[0]}


def _first_visit(browser: Browser, bench: Bench, line: Wire, path: str) -> dict[str, float]:
    context = _context(browser, bench)
    page = context.new_page()
    _slow(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = line.received
    page.goto(f"http://localhost:{line.port}{path}", wait_until="load")
    found = {"bytes": line.received - before, "requests": len(asked)}
    page.wait_for_timeout(1_000)
    told = page.evaluate("window.seen")
    context.close()
    return {**found, "largest_paint_ms": told["paint"], "blocked_ms": told["blocked"]}


def _warm(browser: Browser, bench: Bench, line: Wire) -> dict[str, float]:
    """Visit tonight once more, through the service worker."""
    context = _context(browser, bench)
    page = context.new_page()
    address = f"http://localhost:{line.port}/"
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_timeout(2_000)  # what it keeps comes after
    _slow(page)
    before = line.received
    page.goto(address, wait_until="load")
    found = line.received - before
    page.wait_for_timeout(1_000)
    told = page.evaluate("window.seen")
    context.close()
    return {"bytes": found, "largest_paint_ms": round(told["paint"], 1)}


def _slow(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _lighthouse(program: Path, bench: Bench, port: int, path: str) -> dict[str, float]:
    """Return the scores that Lighthouse gives a signed-in page, as on its own slow phone."""
    if not LIGHTHOUSE.exists():
        subprocess.run([NODE, NPM, "ci", "--silent"], cwd=HERE, check=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command: list[str] = [
            *(str(NODE), str(LIGHTHOUSE), f"http://localhost:{port}{path}"),
            *("--output=json", f"--output-path={report}", "--quiet"),
            "--only-categories=performance,accessibility",
            f"--extra-headers={json.dumps({'Cookie': bench.year.cookie})}",
            f"--chrome-flags=--headless=new {' '.join(chromium.flags())}",
        ]
        subprocess.run(command, env={**os.environ, "CHROME_PATH": str(program)}, check=True)
        told: Mapping[str, Any] = json.loads(report.read_text("utf-8"))
    scores = {name: round(100 * each["score"]) for name, each in told["categories"].items()}
    paint = told["audits"]["largest-contentful-paint"]["numericValue"]
    return {**scores, "largest_paint_ms": round(paint)}
