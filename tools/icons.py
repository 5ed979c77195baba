"""Draw the app's icons for home screens from the one in tracker/web/static/icons/evenfall.svg."""

import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from tools import browser as chromium

FOLDER: Final = Path(__file__).resolve().parent.parent / "tracker" / "web" / "static" / "icons"
GROUND: Final = "#211b16"
# Name, pixels, and the share of them that the drawing takes: systems cut maskable ones round.
ICONS: Final = (
    ("app-192.png", 192, 1.0),
    ("app-512.png", 512, 1.0),
    ("app-maskable-512.png", 512, 0.72),
)


def main() -> int:
    """Write each icon."""
    drawing = (FOLDER / "evenfall.svg").read_text("utf-8")
    program = chromium.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.flags()))
        for name, size, share in ICONS:
            page = browser.new_page(viewport={"width": size, "height": size})
            ground = GROUND if share < 1 else "transparent"
            page.set_content(
                f"<style>body{{margin:0;background:{ground};display:grid;place-items:center;"
                f"height:100vh}}svg{{width:{100 * share}vw}}</style>{drawing}"
            )
            page.screenshot(path=FOLDER / name, omit_background=share == 1)
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
