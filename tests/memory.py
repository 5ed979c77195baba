"""Keep what tests write in memory where there is room: no test waits for a disk.

What must outlive a process that is killed does so there too; that it outlives the power is shown
from the order of writes and syncs (`tools/prove`), which needs no disk either.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

import pytest

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - only the folder that others are made in
ROOM: Final = 2 * 1024**3  # bytes; a whole run needs less than half


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Let temporary folders, of the processes that tests start too, lie in memory."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    if shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # chosen anew
