"""Several processes that write at once: no lock error, and how long one waited."""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tracker.storage import audit
from tracker.storage.database import Database, StorageTrouble
from tracker.storage.migrations import migrate

ROOT: Final = Path(__file__).resolve().parents[2]
KEY: Final = b"w" * 32
NOW: Final = datetime(2026, 11, 21, 22, tzinfo=UTC)
PROCESSES: Final = 4
WRITES: Final = 300
GOAL: Final = 250.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the processes met.

    Attributes:
        writes: how many were committed.
        refused: how many were not.
        longest: the longest wait for the lock, in milliseconds.
    """

    writes: int
    refused: int
    longest: float


def together(url: str, *, processes: int = PROCESSES, writes: int = WRITES) -> Outcome:
    """Let processes write to one database at once, each deed in an owner's chain."""
    command = [sys.executable, "-m", "tools.prove.writers", url, str(writes)]
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [*command, f"owner{number}"], cwd=ROOT, stdout=subprocess.PIPE, text=True
                )
            )
            for number in range(processes)
        ]
        waits: list[float] = []
        for each in started:
            waits += json.loads(each.communicate()[0])
    return Outcome(len(waits), processes * writes - len(waits), max(waits) * 1_000)


def write(url: str, writes: int, owner: str) -> list[float]:
    """Write so many times; return the seconds of each wait."""
    waits = []
    with Database(url, audit_key=KEY) as database:
        for number in range(writes):
            begun = time.perf_counter()
            try:
                with database.writing() as session:
                    waits.append(time.perf_counter() - begun)
                    audit.record(session, owner, "proof.written", "tracker", NOW, number=number)
            except StorageTrouble as trouble:
                print(trouble, file=sys.stderr)
    return waits


def prove() -> bool:
    """Run it in full and print the figures; return whether the goal was met."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/proof.db"
        with Database(url) as database:
            migrate(database)
        outcome = together(url)
    print(
        f"{PROCESSES} processes x {WRITES} writes: {outcome.refused} refused, "
        f"longest wait {outcome.longest:.0f} ms (goal < {GOAL:.0f})"
    )
    return not outcome.refused and outcome.longest < GOAL


if __name__ == "__main__":
    json.dump(write(sys.argv[1], int(sys.argv[2]), sys.argv[3]), sys.stdout)
