"""What a server asks of its files and what it answers, in order, as strace of Linux saw it.

strace stands outside: driver, libraries and processes are the product's own, and what Python
itself writes (the key, the signed heads) is seen as SQLite's writing is. A VFS of our own, which
`apsw` would take, comes with another SQLite than the product's and sees that one alone. Unseen
is what is written through shared memory: the -shm file, which SQLite makes anew after a power cut.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from tools import packages

MISSING: Final = "power cuts: not run, there is no strace (Debian: apt-get install strace)"
UNFINISHED: Final = " <unfinished ...>"
RESUMED: Final = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)")
DONE: Final = re.compile(r"\d+ +(\w+)\((.*)\) += (\d+)(<.*)?")
# Of an open file, or of the folder that a relative name is meant from.
OPENED: Final = re.compile(r"(?:AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2})+)>")


class Kind(StrEnum):
    """What a call does."""

    FOLDER = "folder"
    FILE = "file"
    LINK = "link"
    NAME = "name"
    REMOVE = "remove"
    WRITE = "write"
    SIZE = "size"
    SYNC = "sync"
    ANSWER = "answer"
    UNKNOWN = "unknown"


KINDS: Final = {
    **dict.fromkeys(("open", "openat", "creat"), Kind.FILE),
    **dict.fromkeys(("mkdir", "mkdirat"), Kind.FOLDER),
    **dict.fromkeys(("link", "linkat"), Kind.LINK),
    **dict.fromkeys(("rename", "renameat", "renameat2"), Kind.NAME),
    **dict.fromkeys(("unlink", "unlinkat", "rmdir"), Kind.REMOVE),
    **dict.fromkeys(("write", "pwrite64"), Kind.WRITE),
    **dict.fromkeys(("fsync", "fdatasync"), Kind.SYNC),
    **dict.fromkeys(("sendto", "sendmsg"), Kind.ANSWER),
    "ftruncate": Kind.SIZE,
}
# Those that name an open file, and of those the ones whose last argument is a place or size;
# what only says `write` adds to the end of what is written here.
BY_OPENED: Final = frozenset({Kind.WRITE, Kind.SIZE, Kind.SYNC})
PLACED: Final = frozenset({"pwrite64", "ftruncate"})
# Nobody here uses them; who does shall be noticed.
UNREAD: Final = ("writev", "pwritev", "pwritev2", "truncate", "fallocate", "symlink", "symlinkat")
WATCHED: Final = (
    *("--follow-forks", "--seccomp-bpf", "--decode-fds=path", "--strings-in-hex=all"),
    *("--string-limit=1000000", f"--trace={','.join((*KINDS, *UNREAD))}"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """A call that did something.

    Attributes:
        kind: what.
        begun: when it was asked for, counted in lines of the log.
        ended: when it was done.
        path: of the file or folder; "" for an answer.
        other: the second name, of LINK and NAME.
        at: where it writes, or the new size; None is the end of the file.
        data: what is written or answered.
    """

    kind: Kind
    begun: int
    ended: int
    path: str
    other: str = ""
    at: int | None = None
    data: bytes = b""

    @property
    def moment(self) -> int:
        """When it counts: an answer from when it may have left, a write when it is done."""
        return self.begun if self.kind is Kind.ANSWER else self.ended


def watching(log: Path) -> Sequence[str]:
    """Return the program that starts a server and writes what it does.

    Raises:
        RuntimeError: there is none.
    """
    strace = packages.program("strace")
    if strace is None:
        raise RuntimeError(MISSING)
    return (str(strace), *WATCHED, f"--output={log}")


def events(lines: Iterable[str], root: Path) -> Sequence[Event]:
    """Return what happened below a folder, the folder itself included, and every answer.

    Raises:
        RuntimeError: something was done to a file that is not understood here.
    """
    below = (str(root), f"{root}/")
    found = [
        each
        for begun, ended, line in _whole(lines)
        for each in _read(begun, ended, line)
        if each.kind is Kind.ANSWER or each.path == below[0] or each.path.startswith(below[1])
    ]
    if unknown := next((each for each in found if each.kind is Kind.UNKNOWN), None):
        raise RuntimeError(f"not understood: {unknown}")
    return sorted(found, key=lambda each: each.moment)


def _whole(lines: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield each call with its two moments; others may have come between them."""
    waiting: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines):
        if line.endswith(UNFINISHED):
            waiting[line.split()[0]] = (number, line.removesuffix(UNFINISHED))
        elif match := RESUMED.match(line):
            begun, text = waiting.pop(match[1])
            yield begun, number, text + match[2]
        else:
            yield number, number, line


def _read(begun: int, ended: int, line: str) -> Iterator[Event]:
    """Yield what a call did: nothing where it failed or only read, two where it also empties."""
    match = DONE.match(line)
    if match is None:
        return
    call, done = match[1], int(match[3])
    kind = KINDS.get(call, Kind.UNKNOWN)
    # All strings are spelt in hexadecimal letters, so none holds a quotation mark.
    parts = match[2].split('"')
    arguments, strings = "".join(parts[::2]), [_bytes(each) for each in parts[1::2]]
    opened = [os.fsdecode(_bytes(each)) for each in OPENED.findall(arguments)]
    if kind is Kind.ANSWER:
        yield Event(kind, begun, ended, "", data=b"".join(strings))
    elif kind in BY_OPENED:
        at = int(arguments.rpartition(",")[2]) if call in PLACED else None
        yield Event(kind, begun, ended, opened[0], at=at, data=b"".join(strings)[:done])
    elif kind is not Kind.FILE:
        path, *other = _names(strings, opened) or opened
        yield Event(kind, begun, ended, path, "".join(other))
    else:
        path = _names(strings, opened)[0]
        if "O_CREAT" in arguments or call == "creat":
            yield Event(Kind.FILE, begun, ended, path)
        if "O_TRUNC" in arguments or call == "creat":
            yield Event(Kind.SIZE, begun, ended, path, at=0)


def _names(strings: Sequence[bytes], opened: Sequence[str]) -> Sequence[str]:
    """Return the full names that a call is about; an ...at call names the folder before each."""
    folders = opened if len(opened) == len(strings) else [""] * len(strings)
    pairs = zip(folders, strings, strict=True)
    return [os.path.join(folder, os.fsdecode(name)) for folder, name in pairs]  # noqa: PTH118 - a full name wins


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
