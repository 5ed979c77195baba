"""Take the README's pictures: the main job done by hand on a phone, in a served diary."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, sync_playwright

from tests.browser.journey import Journey
from tools import browser as chromium
from tracker.domain.diary import diary_day

PICTURES: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures"
ZONE: Final = "Europe/Vienna"
SCHEMES: Final = {"dim": "dark", "light": "light"}


def main() -> None:
    """Serve an empty diary and photograph it in both themes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    program = chromium.find()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, base = _serve(Path(folder))
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.flags()))
        try:
            for theme, scheme in SCHEMES.items():
                _photograph(browser, base, theme, scheme)
        finally:
            browser.close()
            server.terminate()
            server.wait(10)


def _serve(folder: Path) -> tuple[subprocess.Popen[str], str]:
    settings = {"TRACKER_INSTANCE": str(folder / "instance")}
    server = subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve", "--port", "0"],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    line = "" if server.stdout is None else server.stdout.readline()
    return server, line.split()[-1]


def _photograph(browser: Browser, base: str, theme: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 640},
        device_scale_factor=2,
        color_scheme="dark" if scheme == "dark" else "light",
        timezone_id=ZONE,
    )
    page = context.new_page()
    tonight = diary_day(datetime.now(UTC), ZoneInfo(ZONE))
    journey = Journey(page, base, f"Mara ({theme})", tonight)
    journey.register()
    page.goto(base)
    page.get_by_role("button", name=theme.capitalize()).click()
    journey.add_phases()
    journey.import_nights()
    journey.answer(2)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=PICTURES / f"tonight-{theme}.png")
    journey.answer()
    journey.save()
    journey.trends()
    page.screenshot(path=PICTURES / f"trends-{theme}.png")
    journey.verdict()
    page.screenshot(path=PICTURES / f"answer-{theme}.png")
    context.close()


if __name__ == "__main__":
    main()
