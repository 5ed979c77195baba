"""What things weigh: the first visit's bytes, the scripts, the installed packages."""

import gzip
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from tools.bench.pages import Bench
from tools.bench.timing import Page, answer
from tracker.web.context import Installation

FETCHED: Final = re.compile(r'(?:src|href)="/static/[^/"]+/([^"]+)"')
PACKAGE: Final = Path(__file__).resolve().parents[2] / "tracker"


def tonight(bench: Bench) -> dict[str, int]:
    """Return requests, bytes of the bodies and of the scripts of tonight's page, seen first.

    Bodies as they are sent, best packed; what a browser asks for is read off the page.
    """
    made: Installation = bench.app.extensions["evenfall"]
    page = answer(bench.app, Page("/", cookie=bench.year.cookie))
    names = set(FETCHED.findall(gzip.decompress(page).decode()))
    files = [made.assets.files[name] for name in names]
    packed = [min((*file.packed.values(), file.content), key=len) for file in files]
    scripts = [file.content for file in files if file.name.endswith(".js")]
    return {
        "requests": 1 + len(files),
        "bytes": len(page) + sum(map(len, packed)),
        "script_bytes_gzip": sum(len(gzip.compress(script)) for script in scripts),
    }


def installed_megabytes() -> float:
    """Return the size of the package and of all that it needs, compiled files among it."""
    seen: set[str] = set()
    own = sum(path.stat().st_size for path in PACKAGE.rglob("*") if path.is_file())
    return round((own + sum(_size(name, seen) for name in _needs("tracker"))) / 1_000_000, 1)


def _size(name: str, seen: set[str]) -> int:
    if name in seen:
        return 0
    seen.add(name)
    try:
        files = [Path(str(file.locate())) for file in distribution(name).files or ()]
    except PackageNotFoundError:
        return 0
    own = sum(file.stat().st_size for file in files if file.is_file())
    return own + sum(_size(needed, seen) for needed in _needs(name))


def _needs(name: str) -> list[str]:
    wanted = [Requirement(line) for line in distribution(name).requires or ()]
    return [
        each.name.lower()
        for each in wanted
        if not each.marker or each.marker.evaluate({"extra": ""})
    ]
