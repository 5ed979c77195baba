"""The writer lock: one at a time, a bounded wait, and no network folder."""

import errno
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tracker.storage import trouble
from tracker.storage.trouble import StorageFull, StorageReadOnly, WriterBusy
from tracker.storage.writer import (
    InUse,
    NetworkFolder,
    WriterLock,
    in_use,
    refuse_network_folder,
    sole_use,
)

HOLD = """
import sys, pathlib
from tracker.storage.writer import WriterLock
with WriterLock.beside(pathlib.Path(sys.argv[1])).held():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_waits_and_gets_the_lock_of_a_dead_one(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(WriterBusy), WriterLock.beside(file).held(patience=0.05):
            pass
        other.kill()
    with WriterLock.beside(file).held(patience=0):
        assert Path(f"{file}.lock").stat().st_mode & 0o777 == 0o600


def test_another_thread_waits_no_longer_than_it_wants(tmp_path: Path) -> None:
    lock = WriterLock.beside(tmp_path / "lock")
    failures: list[WriterBusy] = []

    def try_once() -> None:
        try:
            with lock.held(patience=0.01):
                pass
        except WriterBusy as busy:
            failures.append(busy)

    with lock.held():
        thread = threading.Thread(target=try_once)
        thread.start()
        thread.join()
    assert len(failures) == 1
    try_once()
    assert len(failures) == 1


def test_where_no_lock_file_can_be_made_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(StorageReadOnly), WriterLock.beside(tmp_path / "no" / "lock").held():
        pass


def test_a_full_disk_is_told_from_one_that_is_read_only() -> None:
    assert isinstance(trouble.of_file(OSError(errno.ENOSPC, "full")), StorageFull)
    assert isinstance(trouble.of_file(OSError(errno.EROFS, "read-only")), StorageReadOnly)


def test_a_restore_and_a_server_keep_out_of_each_others_way(tmp_path: Path) -> None:
    file = tmp_path / "serving.lock"
    with in_use(file), in_use(file), pytest.raises(InUse), sole_use(file):
        pass
    with sole_use(file), pytest.raises(InUse), in_use(file):
        pass


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_network_folder_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "1 0 8:1 / / rw - ext4 /dev/sda rw\n"
        f"2 1 0:9 / {str(tmp_path).replace(' ', chr(92) + '040')} rw - {kind} nas:/diary rw\n"
    )
    with pytest.raises(NetworkFolder, match=kind):
        refuse_network_folder(tmp_path, mounts)
    refuse_network_folder(Path("/"), mounts)


def test_where_the_system_does_not_tell_nothing_is_refused(tmp_path: Path) -> None:
    refuse_network_folder(tmp_path, tmp_path / "none")
    refuse_network_folder(tmp_path)
