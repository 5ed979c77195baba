"""Hashing of passwords: argon2id, two at a time, one of the two kept for known devices."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError

from tracker.domain.attempts import TooManyAttempts
from tracker.domain.passwords import normal

MEMORY_KIB: Final = 19 * 1024  # OWASP's first choice: 19 MiB, 2 passes, 1 lane
PASSES: Final = 2
LANES: Final = 1
AT_A_TIME: Final = 2
QUEUE: Final = 2.0  # seconds to wait for a turn; one hash takes a few hundredths


class Hasher:
    """Makes and verifies hashes, never more than two at a time.

    Strangers take turns with one of the two; a device that signed in before finds the other free.
    A process has one `Hasher`: `shared()`.
    """

    def __init__(self, queue: float = QUEUE) -> None:
        self._argon2: Final = PasswordHasher(
            time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID
        )
        self._queue: Final = queue
        self._all: Final = threading.BoundedSemaphore(AT_A_TIME)
        self._strangers: Final = threading.BoundedSemaphore(AT_A_TIME - 1)
        # Verified where there is no such person: the same work, and nothing fits it.
        self._nobody: Final = self._argon2.hash(secrets.token_urlsafe(32))

    def hash(self, password: str) -> str:
        """Return the hash to keep.

        Raises:
            TooManyAttempts: others have been hashing for too long.
        """
        with self._turn(self._strangers), self._turn(self._all):
            return self._argon2.hash(_encoded(password))

    def fits(self, hashed: str | None, password: str, *, known: bool) -> bool:
        """True where `password` belongs to `hashed`; without a hash it works as long, in vain.

        Args:
            hashed: None where there is no such person, or no password was chosen yet.
            password: as it was typed.
            known: True for a device that signed in before.

        Raises:
            TooManyAttempts: others have been hashing for too long.
        """
        if known:
            with self._turn(self._all):
                return self._verify(hashed, password)
        with self._turn(self._strangers), self._turn(self._all):
            return self._verify(hashed, password)

    def is_outdated(self, hashed: str) -> bool:
        """True where `hashed` was made with other parameters than today's."""
        return self._argon2.check_needs_rehash(hashed)

    def _verify(self, hashed: str | None, password: str) -> bool:
        try:
            self._argon2.verify(hashed or self._nobody, _encoded(password))
        except VerifyMismatchError:
            return False
        return hashed is not None

    @contextmanager
    def _turn(self, slots: threading.BoundedSemaphore) -> Iterator[None]:
        if not slots.acquire(timeout=self._queue):
            raise TooManyAttempts(timedelta(seconds=self._queue))
        try:
            yield
        finally:
            slots.release()


def _encoded(password: str) -> bytes:
    # A terminal can hand over half a character: it is wrong, not a fault.
    return normal(password).encode("utf-8", "surrogatepass")


@cache
def shared() -> Hasher:
    """Return this process's one `Hasher`."""
    return Hasher()
