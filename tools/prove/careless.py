"""The product with a guard taken out, to show that the proof would see it: never for a diary.

On SQLite a night is acknowledged a moment before it is committed, as a server would that
gathers several savings into one COMMIT. On PostgreSQL COMMIT comes first, but with
`synchronous_commit` off.
"""

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Final, TypeVar

from flask import has_request_context, request

from tracker.cli import main, serve
from tracker.storage import database
from tracker.storage.database import Database, Session

Result = TypeVar("Result")

PROGRAM: Final = ("-m", "tools.prove.careless")
# Seconds from the answer to COMMIT.
GATHERED: Final = 0.02


class Careless(Database):
    """A database that answers when the rows are written, and commits in the meantime."""

    def write(self, deed: Callable[[Session], Result]) -> Result:
        """Run a deed and return what it gave, without waiting for COMMIT where it is a night's."""
        if self.file is None or not _saves_a_night():
            return super().write(deed)
        told: SimpleQueue[Result | BaseException] = SimpleQueue()
        threading.Thread(target=self._commit_meanwhile, args=(deed, told)).start()
        result = told.get()
        if isinstance(result, BaseException):
            raise result
        return result

    def _commit_meanwhile(
        self, deed: Callable[[Session], Result], told: SimpleQueue[Result | BaseException]
    ) -> None:
        try:
            with self.writing() as session:
                told.put(deed(session))
                time.sleep(GATHERED)
        except Exception as error:  # noqa: BLE001 - raised again by who waits
            told.put(error)


def _saves_a_night() -> bool:
    return has_request_context() and request.path.startswith("/diary/")


if __name__ == "__main__":
    vars(serve)["Database"] = Careless
    database.POSTGRES_OPTIONS["synchronous_commit"] = "off"
    raise SystemExit(main())
