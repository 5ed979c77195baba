"""Fetch a program from the distribution, where this process may."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

APT: Final = (
    *("apt-get", "--yes", "--quiet", "--no-install-recommends"),
    *("-o", "DPkg::Lock::Timeout=300"),  # seconds, where the system is installing something else
)
LOCK: Final = Path(sys.prefix) / "packages.lock"


@contextmanager
def alone() -> Iterator[None]:
    """Look and fetch while nobody else does: tests run in several processes."""
    with LOCK.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def program(name: str) -> Path | None:
    """Return where a program is that a package is named after, fetching it where it is missing."""
    with alone():
        if shutil.which(name) is None:
            install(name)
        found = shutil.which(name)
    return Path(found) if found else None


def install(package: str) -> None:
    """Try to install a package; what it achieved is seen by looking again."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run([*APT, "update"])
        run([*APT, "install", package])


def run(command: Sequence[str], **settings: str) -> None:
    """Try a command aloud, with these variables of the environment."""
    print("Missing here, trying:", *command, file=sys.stderr, flush=True)
    subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
