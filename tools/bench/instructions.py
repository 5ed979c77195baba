"""Instructions a request, counted by callgrind: the same on a busy machine as on a quiet one.

As a program it is what is counted: it asks for pages that were made ready before.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Final

from flask import Flask

from tools.bench import bare
from tools.bench.pages import SAVED, Bench, saving
from tools.bench.timing import Page, UnexpectedError, answer
from tracker.cli.opening import opened
from tracker.config import Settings
from tracker.web.app import create_app

ROOT: Final = Path(__file__).resolve().parents[2]
WARM: Final = 10  # requests until every cache is filled
COUNTED: Final = 40
PEER: Final = "bare commit"
PEOPLE: Final = 2 * WARM + COUNTED  # who save a night; each only once
COLLECTED: Final = re.compile(r"Collected : (\d+)")


def counted(bench: Bench) -> dict[str, dict[str, float]]:
    """Return a request's instructions in millions, and how many times those of the bare commit.

    A start costs the same whatever follows, so two runs that differ in their requests tell what
    the requests cost. The first people of the bench's crowd save their night.
    """
    nights = [saving(person) for person in bench.crowd[:PEOPLE]]
    asked = {
        PEER: [Page("/entry", body=SAVED)] * PEOPLE,
        "save one night": nights,
        "tonight's form": [Page("/", cookie=bench.year.cookie)] * PEOPLE,
    }
    found = {name: _each(bench, name, pages) for name, pages in asked.items()}
    return {
        name: {"millions": round(count / 1e6, 2), "to_commit": round(count / found[PEER], 2)}
        for name, count in found.items()
    }


def _each(bench: Bench, name: str, pages: Sequence[Page]) -> float:
    few = _run(bench, name, pages[:WARM])
    many = _run(bench, name, pages[WARM:])
    return (many - few) / COUNTED


def _run(bench: Bench, name: str, pages: Sequence[Page]) -> int:
    """Return the instructions of a process that starts and asks for `pages`."""
    command = [
        *("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"),
        *(sys.executable, "-m", "tools.bench.instructions", str(bench.folder), name),
    ]
    told = subprocess.run(
        command,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        input=json.dumps([asdict(page) for page in pages]),
        capture_output=True,
        text=True,
    ).stderr
    collected = COLLECTED.search(told)
    if collected is None:
        raise UnexpectedError("callgrind did not say what it counted")
    return int(collected[1])


def main() -> None:
    """Ask the application named for the pages of standard input."""
    folder, name = Path(sys.argv[1]), sys.argv[2]
    pages = [Page(**fields) for fields in json.load(sys.stdin)]
    with ExitStack() as stack:
        app = bare.commits(folder / "counted.db") if name == PEER else _ours(stack, folder)
        for page in pages:
            answer(app, page)


def _ours(stack: ExitStack, folder: Path) -> Flask:
    settings = Settings.from_environment({"TRACKER_INSTANCE": str(folder / "instance")})
    diary = stack.enter_context(opened(settings))
    return create_app(settings, diary.database, diary.keys)


if __name__ == "__main__":
    main()
