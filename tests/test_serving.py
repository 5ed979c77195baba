"""Serving as a real process: answers, restarts its dead, ends cleanly, leaves no orphan."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tracker import serving

PATIENCE = 60.0
SUPERVISE = """
import signal, sys, time, os
from tracker import serving
from tracker.domain.words import Refused
serving.YOUNG, serving.PAUSE, serving.GRACE = 60.0, 0.05, 0.5
def refuse():
    raise Refused("not today")
def fail():
    raise ValueError("a mistake")
def done():
    print("done", flush=True)
def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("deaf", flush=True)
    time.sleep(60)
try:
    serving.supervise([serving.Job(sys.argv[1], globals()[sys.argv[1]])])
except Refused as refusal:
    print(refusal)
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}
    return {**kept, "TRACKER_INSTANCE": str(folder / "instance"), **more}


@contextmanager
def served(folder: Path, *options: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "tracker", "serve", "--port", "0", *options]
    with subprocess.Popen(
        command,
        env=environment(folder, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        first = server.stdout.readline()
        address = re.search(r"http://\S+", first)
        if address is None:
            pytest.fail(f"no address: {first}{server.communicate()}")
        try:
            yield server, address[0]
        finally:
            server.kill()


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def get(url: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own
        return answer.status, answer.read()


def children(parent: int) -> set[int]:
    return {
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/stat")
        if _parent(path) == parent
    }


def _parent(path: Path) -> int:
    try:
        return int(path.read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def test_it_serves_from_an_empty_folder_and_ends_cleanly(tmp_path: Path) -> None:
    with served(tmp_path) as (server, url):
        assert get(f"{url}/healthz") == (200, b"ok\n")
        backups = tmp_path / "instance" / "backups"
        until(lambda: list(backups.glob("tracker-*.db")))
        processes = children(server.pid)
        assert len(processes) == 4
        server.send_signal(signal.SIGTERM)
        out, _ = server.communicate(timeout=PATIENCE)
        assert (server.returncode, out) == (0, "")
        assert not any(Path(f"/proc/{process}").exists() for process in processes)
    left = {path.name for path in (tmp_path / "instance").iterdir()}
    assert "tracker.db-wal" not in left


def test_ctrl_c_ends_it_too_and_every_part_of_it(tmp_path: Path) -> None:
    with served(tmp_path, "--workers", "1") as (server, url):
        get(f"{url}/healthz")
        for process in [*children(server.pid), server.pid]:
            os.kill(process, signal.SIGINT)
        assert server.wait(PATIENCE) == 0


def test_a_killed_process_is_started_again(tmp_path: Path) -> None:
    with served(tmp_path) as (server, url):
        get(f"{url}/healthz")
        time.sleep(serving.YOUNG)
        before = children(server.pid)
        for process in before:
            os.kill(process, signal.SIGKILL)
        until(lambda: len(children(server.pid) - before) == 4)
        assert get(f"{url}/healthz")[0] == 200
        server.terminate()
        assert server.wait(PATIENCE) == 0


def test_where_the_parent_is_killed_no_orphan_goes_on(tmp_path: Path) -> None:
    with served(tmp_path) as (server, url):
        get(f"{url}/healthz")
        processes = children(server.pid)
        server.kill()
        server.wait()
        until(lambda: not any(Path(f"/proc/{process}").exists() for process in processes))


def test_a_request_that_was_begun_is_answered_before_the_end(tmp_path: Path) -> None:
    with served(tmp_path) as (server, url):
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert client.recv(12) == b"HTTP/1.1 200"
            server.terminate()
            assert server.wait(PATIENCE) == 0


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "tracker", "serve", "--port", port],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"port {port}" in done.stderr


def test_trouble_of_the_housekeeping_is_said_and_the_server_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with served(tmp_path, TRACKER_BACKUP_DIR=str(tmp_path / "file" / "b")) as (server, url):
        assert server.stderr is not None
        assert "tracker: housekeeping:" in server.stderr.readline()
        assert get(f"{url}/healthz")[0] == 200


def test_a_test_clock_is_said(tmp_path: Path) -> None:
    clock = {"TRACKER_CLOCK": "2026-11-21T22:00:00Z", "TRACKER_ALLOW_TEST_CLOCK": "1"}
    with served(tmp_path, **clock) as (server, _):
        assert server.stdout is not None
        assert server.stdout.readline() == "TEST CLOCK: 2026-11-21T22:00:00+00:00\n"
        server.terminate()
        assert server.wait(PATIENCE) == 0


def supervised(job: str) -> Mapping[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", SUPERVISE, job],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return {"status": done.returncode, "out": done.stdout, "err": done.stderr}


def test_what_dies_young_again_and_again_ends_all() -> None:
    refused = supervised("refuse")
    assert "again and again" in str(refused["out"])
    assert refused["err"] == "tracker: refuse: not today\n" * serving.MOST_YOUNG_DEATHS
    mistaken = supervised("fail")
    assert str(mistaken["err"]).count("ValueError: a mistake") == serving.MOST_YOUNG_DEATHS
    assert str(supervised("done")["out"]).count("done") == serving.MOST_YOUNG_DEATHS


def test_what_does_not_end_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, "deaf"], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "deaf\n"
        processes = children(parent.pid)
        parent.terminate()
        assert parent.wait(PATIENCE) == 0
        assert not any(Path(f"/proc/{process}").exists() for process in processes)
