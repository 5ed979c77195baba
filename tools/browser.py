"""Find a Chromium that starts, or fetch one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from tools import packages

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# As root there is no sandbox to be had; the rest keeps a test browser off the network.
ROOT_FLAGS: Final = ("--no-sandbox",)
FLAGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLAYWRIGHT: Final = (sys.executable, "-m", "playwright")
# Without a network, give up on the download soon and turn to the distribution.
PATIENCE: Final = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}


class NoBrowserError(Exception):
    """No Chromium here, and none could be fetched."""


def flags() -> tuple[str, ...]:
    """Return the command-line flags that a test browser gets."""
    return (*ROOT_FLAGS, *FLAGS) if os.geteuid() == 0 else FLAGS


def find(environment: Mapping[str, str] = os.environ) -> Path:
    """Return a Chromium that starts, fetching one where there is none.

    Raises:
        NoBrowserError: in one line, what to do.
    """
    chosen = environment.get("CHROMIUM")
    if chosen:
        if starts(Path(chosen)):
            return Path(chosen)
        raise NoBrowserError(f"CHROMIUM={chosen} does not start.")
    with packages.alone():
        for candidate in candidates():
            if starts(candidate):
                return candidate
    raise NoBrowserError(
        "No Chromium: install one (Debian: apt-get install chromium) or set CHROMIUM to its path."
    )


def candidates() -> Iterator[Path]:
    """Yield where a Chromium may be, going to more trouble each time."""
    own = playwrights_own()
    yield own
    yield from on_path()
    packages.run([*PLAYWRIGHT, "install", "chromium"], **PATIENCE)
    yield own
    if own.exists() and os.geteuid() == 0:
        packages.run([*PLAYWRIGHT, "install-deps", "chromium"])
        yield own
    packages.install("chromium")
    yield from on_path()


def playwrights_own() -> Path:
    """Return where Playwright keeps its browser, there or not."""
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def on_path() -> Iterator[Path]:
    """Yield every Chromium by its usual names."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)


def starts(program: Path) -> bool:
    """Say whether a program is there with all its libraries."""
    if not program.is_file():
        return False
    version = [str(program), "--version"]
    return subprocess.run(version, capture_output=True, check=False).returncode == 0


def main() -> int:
    """Print the path of the browser."""
    try:
        print(find())
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
