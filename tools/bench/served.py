"""Real processes: how soon they answer, how long a save takes through a socket, what they hold."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.bench.pages import SAVED, Bench, first, saving
from tools.bench.timing import Page, Times, UnexpectedError, headers, interleaved

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 30.0
STARTS: Final = 5
LOAD: Final = 40  # requests a worker gets before its memory is read
UNKEPT: Final = "PYTHONDONTWRITEBYTECODE"
SHOWN: Final = re.compile(r"http://[^:]+:(\d+)")


@dataclass(frozen=True, slots=True)
class Server:
    """A server of ours; `started` is the seconds until it answered."""

    process: int
    port: int
    started: float

    def workers(self) -> list[int]:
        """Return the processes that answer or keep house."""
        listed = Path(f"/proc/{self.process}/task/{self.process}/children").read_text("ascii")
        return [int(each) for each in listed.split()]


def sockets(bench: Bench, rounds: int) -> dict[str, object]:
    """Return start, saves by the wall against the bare server, and a worker's memory."""
    starts = []
    for _ in range(STARTS):
        with serving(bench) as server:
            starts.append(server.started)
    with serving(bench) as server, _bare(bench) as port:
        ours = http.client.HTTPConnection("localhost", server.port, PATIENCE)
        theirs = http.client.HTTPConnection("127.0.0.1", port, PATIENCE)
        nights = [saving(person) for person in bench.crowd[: rounds + 1]]
        entry = Page("/entry", body=SAVED)
        found: dict[str, Times] = interleaved(
            {
                "bare commit": lambda _: _send(theirs, entry),
                "save one night": lambda turn: _send(ours, nights[turn]),
            },
            rounds,
        )
        load(bench, server)
        memory = max(_resident(each) for each in server.workers())
        ours.close()
        theirs.close()
    return {
        "start_s": round(sorted(starts)[len(starts) // 2], 2),
        "memory_mb": memory,
        **{name: _wall(times) for name, times in found.items()},
    }


@contextmanager
def serving(bench: Bench) -> Iterator[Server]:
    """Run `tracker serve` with two workers on the bench's installation."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve", "--port", "0"],
        cwd=ROOT,
        # As on anyone's machine, where what was compiled once is kept.
        env={
            **{name: value for name, value in os.environ.items() if name != UNKEPT},
            "TRACKER_INSTANCE": str(bench.folder / "instance"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        shown = SHOWN.search(process.stdout.readline())
        if shown is None:
            raise UnexpectedError("the server did not say where it is")
        port = int(shown[1])
        connection = http.client.HTTPConnection("localhost", port, PATIENCE)
        _send(connection, Page("/healthz"))
        yield Server(process.pid, port, time.perf_counter() - begun)
        connection.close()
        process.terminate()


def load(bench: Bench, server: Server) -> None:
    """Ask for every kind of page, over fresh connections so that each worker gets its share."""
    year = f"item=pain&from={first(bench.year)}"
    for path, query in (("/", ""), ("/diary/", ""), ("/trends/", year), ("/response/", "")):
        for _ in range(LOAD):
            connection = http.client.HTTPConnection("localhost", server.port, PATIENCE)
            _send(connection, Page(path, query, bench.year.cookie))
            connection.close()


@contextmanager
def _bare(bench: Bench) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "tools.bench.bare", str(bench.folder / "b.db"), str(port)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
        process.terminate()


def _send(connection: http.client.HTTPConnection, page: Page) -> None:
    path = f"{page.path}?{page.query}" if page.query else page.path
    sent = headers(page.cookie)
    if page.body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("GET" if page.body is None else "POST", path, page.body, sent)
    got = connection.getresponse()
    got.read()
    if str(got.status) != page.status:
        raise UnexpectedError(f"{path}: {got.status} instead of {page.status}")


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return round(int(found[1]) / 1_000, 1) if found else 0.0


def _wall(times: Times) -> dict[str, float]:
    figures = times.figures()
    return {name: figures[name] for name in ("wall_ms", "p99_ms")}
