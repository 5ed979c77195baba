"""Readings by others: written down before the answer goes out, or there is no answer."""

from collections.abc import Callable

from tracker.domain.words import N_
from tracker.storage.database import Session, StorageTrouble
from tracker.web.context import current


class ReadingNotNoted(StorageTrouble):
    """A reading by someone else can't be written down now, so nothing is shown to them."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Every reading is written down for the owner of a diary, and just now that can't "
                "be done. So nothing is shown. Please try again in a moment."
            )
        )


def noted(deed: Callable[[Session], None]) -> None:
    """Commit `deed`, which notes a reading, in a transaction of its own.

    Raises:
        ReadingNotNoted: it can't be written; the reader gets 503.
    """
    try:
        current().database.write(deed)
    except StorageTrouble as trouble:
        raise ReadingNotNoted from trouble
