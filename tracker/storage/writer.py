"""The writer lock: one writer at a time over all threads and processes of a SQLite file."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from tracker.domain.words import N_, Refused
from tracker.storage import trouble
from tracker.storage.trouble import WriterBusy

PATIENCE: Final = 5.0
# Short enough that no wait is felt, long enough that waiting costs nothing to speak of;
# the same for all who wait, or who came last would be first.
PAUSE: Final = 0.0004
MOUNTS: Final = Path("/proc/self/mountinfo")
# Where a lock taken on one machine may not hold on another, or memory is not shared.
NETWORK: Final = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "fuse.cephfs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gfs2",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "smb3",
        "smbfs",
        "virtiofs",
    }
)


class NetworkFolder(Refused):
    """A SQLite file lies where its locks may not hold."""


class InUse(Refused):
    """Something is asked for that nobody else may be in the way of."""


class WriterLock:
    """A lock file beside the database, a queue before it, and a lock among our own threads.

    `flock` on a descriptor of its own for each acquisition: locks of `fcntl` fall when
    any descriptor of the file closes. The system takes the lock back from a dead process.
    Only the first in the queue tries the lock itself, so who has just written can't pass
    those who wait: without it one of four processes waited up to a second.
    """

    def __init__(self, file: Path, queue: Path) -> None:
        self.file = file
        self.queue = queue
        self._threads = threading.Lock()

    @classmethod
    def beside(cls, database: Path) -> Self:
        """Return the lock of a SQLite file."""
        return cls(Path(f"{database}.lock"), Path(f"{database}.queue"))

    @contextmanager
    def held(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock; wait at most `patience` seconds for it.

        Raises:
            WriterBusy: it was not to be had in time.
            StorageFull: there was no room for the lock file.
            StorageReadOnly: the lock file can't be made here.
        """
        end = time.monotonic() + patience
        if not self._threads.acquire(timeout=patience):
            raise WriterBusy
        try:
            first = _locked(self.queue, end)
            try:
                descriptor = _locked(self.file, end)
            finally:
                os.close(first)
            try:
                yield
            finally:
                os.close(descriptor)
        finally:
            self._threads.release()


def _locked(file: Path, end: float) -> int:
    """Return a descriptor that holds a file's lock until it is closed."""
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise trouble.of_file(error) from error
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= end:
                os.close(descriptor)
                raise WriterBusy from error
        else:
            return descriptor
        time.sleep(PAUSE)


@contextmanager
def in_use(file: Path) -> Iterator[None]:
    """Say, as long as we or a child of ours lives, that the diary is in use."""
    with _locked_file(file, fcntl.LOCK_SH):
        yield


@contextmanager
def sole_use(file: Path) -> Iterator[None]:
    """Keep the diary from being served meanwhile.

    Raises:
        InUse: it is being served now.
    """
    with _locked_file(file, fcntl.LOCK_EX):
        yield


@contextmanager
def _locked_file(file: Path, kind: int) -> Iterator[None]:
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(
                N_("The diary is being served or restored now: stop that first.")
            ) from error
        yield
    finally:
        os.close(descriptor)


def refuse_network_folder(folder: Path, mounts: Path = MOUNTS) -> None:
    """Refuse a folder on a network file system, where the system tells.

    Args:
        folder: an existing folder.
        mounts: the system's table of mounts; where there is none, nothing is known.

    Raises:
        NetworkFolder: the folder's file system is shared among machines.
    """
    if not mounts.exists():
        return
    kind = _file_system(folder.resolve(), mounts.read_text(encoding="utf-8", errors="replace"))
    if kind in NETWORK:
        raise NetworkFolder(
            N_(
                "%(folder)s is on a network file system (%(kind)s), where a SQLite diary can be "
                "damaged. Choose a folder on this machine's own disk, or PostgreSQL."
            ),
            folder=folder,
            kind=kind,
        )


def _file_system(folder: Path, table: str) -> str:
    r"""Return the type of the file system that is mounted nearest above a folder.

    >>> table = "1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:9 / /mnt rw shared:1 - nfs4 nas:/ rw"
    >>> _file_system(Path("/mnt/diary"), table), _file_system(Path("/mntx"), table)
    ('nfs4', 'ext4')
    """
    found, depth = "", -1
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        # Spaces in a mount point are written \\040.
        mount = Path(before.split()[4].replace("\\040", " "))
        if folder.is_relative_to(mount) and len(mount.parts) >= depth:
            found, depth = after.split()[0], len(mount.parts)
    return found
