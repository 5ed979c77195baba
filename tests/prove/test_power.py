"""The power cut while nights are saved: a part of the full run, and it sees a missing guard."""

import random
import sys
from pathlib import Path

import pytest

from tools.prove import hasty, power
from tools.prove.recording import Event, Kind, events
from tools.prove.unpowered import Disk

needs_linux = pytest.mark.skipif(
    sys.platform != "linux",
    reason="strace is of Linux: nothing else shows, from outside, what is asked of a disk",
)


def played(*done: tuple[Kind, str, bytes]) -> Disk:
    """Return a disk on which all this was done, one after the other."""
    disk = Disk("/d")
    for number, (kind, path, data) in enumerate(done):
        disk.take(Event(kind, number, number, path, data=data))
    return disk


def found(disk: Disk) -> set[bytes | None]:
    """Return what a file may hold after a cut; None where it may be gone."""
    chance = random.Random(9)
    return {disk.after_cut(chance).get("/d/a") for _ in range(300)}


def test_what_is_synced_by_bytes_and_by_name_survives_a_cut() -> None:
    made, written = (Kind.FILE, "/d/a", b""), (Kind.WRITE, "/d/a", b"night")
    synced, named = (Kind.SYNC, "/d/a", b""), (Kind.SYNC, "/d", b"")
    assert found(played(made, written, synced, named)) == {b"night"}
    assert found(played(made, written, synced)) == {None, b"night"}
    assert found(played(made, named, written)) >= {b"", b"nigh", b"night"}
    assert None not in found(played(made, named, written))
    assert found(played(made, written, synced, named, (Kind.REMOVE, "/d/a", b""))) == {
        None,
        b"night",
    }


def test_of_two_writes_that_were_not_synced_either_may_be_missing_or_torn() -> None:
    made, named = (Kind.FILE, "/d/a", b""), (Kind.SYNC, "/d", b"")
    first, second = b"a" * 512, b"b" * 512
    seen = found(played(made, named, (Kind.WRITE, "/d/a", first), (Kind.WRITE, "/d/a", second)))
    assert {b"", first, first + second, bytes(512) + second} <= seen
    assert any(content is not None and 0 < len(content) < 512 for content in seen)


def test_a_log_is_read_with_calls_between_the_halves_of_others() -> None:
    def spelt(text: str) -> str:
        return "".join(f"\\x{byte:02x}" for byte in text.encode())

    a, folder = spelt("/d/a"), spelt("/d")
    lines = [
        f'7 openat(AT_FDCWD<{folder}>, "{spelt("a")}", O_RDWR|O_CREAT, 0600) = 3<{a}>',
        f"7 fsync(3<{a}> <unfinished ...>",
        f'8 pwrite64(4<{a}>, "{spelt("xyz")}", 3, 512) = 2',
        "7 <... fsync resumed>) = 0",
        f'8 write(5<{spelt("/elsewhere")}>, "{spelt("n")}", 1) = 1',
        f'8 unlink("{a}") = -1 ENOENT (No such file or directory)',
        "8 +++ exited with 0 +++",
    ]
    assert events(lines, Path("/d")) == [
        Event(Kind.FILE, 0, 0, "/d/a"),
        Event(Kind.WRITE, 2, 2, "/d/a", at=512, data=b"xy"),
        Event(Kind.SYNC, 1, 3, "/d/a"),
    ]
    with pytest.raises(RuntimeError, match="not understood"):
        events([f'7 writev(3<{a}>, [{{iov_base="{spelt("x")}", iov_len=1}}], 1) = 1'], Path("/d"))


@pytest.mark.slow
@needs_linux
def test_nothing_acknowledged_is_lost_where_the_power_is_cut_anywhere(tmp_path: Path) -> None:
    outcome = power.run(tmp_path, cuts=50, saves=(20, 10), seed=7)
    assert outcome.is_whole, outcome
    assert outcome.acknowledged >= 30
    assert (outcome.cuts, outcome.by_command) == (50, 1)


@pytest.mark.slow
@needs_linux
def test_where_sqlite_does_not_wait_for_the_disk_the_same_run_finds_losses(tmp_path: Path) -> None:
    outcome = power.run(tmp_path, cuts=10, saves=(20,), seed=8, program=hasty.PROGRAM)
    assert outcome.lost > 0
