"""The disk: bytes and names brought there so that a power cut leaves them."""

import fcntl
import os
import re
from pathlib import Path


def sync(path: Path) -> None:
    """Bring a file, or a folder's names, to the disk itself."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone, with those above it, where there is none."""
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in new:
        sync(each.parent)


def append(file: Path, lines: str, whole: re.Pattern[str]) -> None:
    """Add lines to a list that its owner alone can read; they are on the disk on return.

    A power cut can leave anything of lines that were on the way. They are added again, so
    an attempt was never much longer than this one: what can't be read near the end goes first.

    Args:
        file: the list; made where there is none.
        lines: each with its end.
        whole: matches a line that can be read.
    """
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "r+b") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        end = opened.seek(0, os.SEEK_END)
        opened.seek(max(0, end - 2 * len(lines)))
        if opened.tell():
            opened.readline()
        start = opened.tell()
        near = opened.read().splitlines(keepends=True)
        while near and _is_whole(near[0], whole):
            start += len(near.pop(0))
        opened.seek(start)
        opened.writelines(each for each in near if _is_whole(each, whole))
        opened.write(lines.encode("ascii"))
        opened.truncate()
        opened.flush()
        os.fsync(opened.fileno())
    sync(file.parent)


def _is_whole(line: bytes, whole: re.Pattern[str]) -> bool:
    return line.endswith(b"\n") and whole.fullmatch(line.decode("ascii", "replace")) is not None
