"""A real server in a process group of its own, which can be killed whole at any moment."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60.0
PRODUCT: Final = ("-m", "tracker")
# The field of /proc/<process>/stat after the name, and the one that names its group.
STATE, GROUP = 0, 2
NOW: Final = "2026-11-21T22:00:00Z"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a diary lives, and the program that serves it.

    Attributes:
        folder: of the instance.
        port: on which it is served each time.
        url: of the database; "" is SQLite in the instance.
        program: what Python runs.
    """

    folder: Path
    port: int
    url: str = ""
    program: Sequence[str] = PRODUCT

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return self.url or f"sqlite:///{self.folder / 'tracker.db'}"

    def environment(self) -> Mapping[str, str]:
        """Return the variables of its processes; coverage of what is killed is of no use."""
        ours = ("TRACKER_", "COVERAGE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {
            **kept,
            "TRACKER_INSTANCE": str(self.folder),
            "TRACKER_DATABASE_URL": self.database_url,
            "TRACKER_CLOCK": NOW,
            "TRACKER_ALLOW_TEST_CLOCK": "1",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product on this diary."""
        command = [sys.executable, "-m", "tracker", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(), text=True, capture_output=True, check=False
        )


def serve(place: Place, under: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Start a server with two workers; return when it says where it serves.

    Args:
        place: a folder and a port, and what serves.
        under: a program that starts it and watches it.

    Raises:
        RuntimeError: it didn't start.
    """
    program = [sys.executable, *place.program, "serve", "--workers=2", f"--port={place.port}"]
    command = [*under, *program]
    with Path(f"{place.folder}.log").open("ab") as log:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=place.environment(),
            text=True,
            stdout=subprocess.PIPE,
            stderr=log,
            process_group=0,
        )
    if server.stdout is None or "http" not in server.stdout.readline():
        kill(server)
        raise RuntimeError("the server did not start")
    return server


def stop(server: subprocess.Popen[str]) -> None:
    """End a server as Ctrl-C does: what is being answered is finished, all files are closed."""
    _end(server, signal.SIGTERM)


def kill(server: subprocess.Popen[str]) -> None:
    """Kill every process of a server, and wait until none of them is left."""
    _end(server, signal.SIGKILL)


def _end(server: subprocess.Popen[str], how: signal.Signals) -> None:
    os.killpg(server.pid, how)
    server.communicate()
    end = time.monotonic() + PATIENCE
    while is_alive(server.pid):
        if time.monotonic() > end:
            raise RuntimeError("a process goes on")
        time.sleep(0.005)


def is_alive(group: int) -> bool:
    """Say whether any process of a group still holds anything."""
    return any(True for _ in members(group))


def members(group: int) -> Iterator[int]:
    """Return the processes of a group; zombies are none."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[GROUP]) == group and fields[STATE] not in {"Z", "X"}:
            yield int(file.parent.name)
