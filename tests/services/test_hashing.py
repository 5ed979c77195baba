"""Two hashes at a time, one of them kept for devices that signed in before."""

import threading

import pytest

from tracker.domain.attempts import TooManyAttempts
from tracker.services.hashing import Hasher


class Held(Hasher):
    """A hasher that stays at work until it is let go."""

    def __init__(self) -> None:
        super().__init__(queue=0.05)
        self.at_work = threading.Semaphore(0)
        self.let_go = threading.Event()

    def _verify(self, hashed: str | None, password: str) -> bool:
        self.at_work.release()
        assert self.let_go.wait(10)
        return super()._verify(hashed, password)


@pytest.mark.usefixtures("full_price")
def test_a_password_fits_its_hash_and_nothing_else() -> None:
    hasher = Hasher()
    hashed = hasher.hash("copper kettle")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hasher.fits(hashed, "copper kettle", known=False)
    assert not hasher.fits(hashed, "copper", known=True)
    assert not hasher.fits(None, "copper kettle", known=False)


def test_strangers_leave_one_of_two_places_to_a_known_device() -> None:
    hasher = Held()
    stranger = threading.Thread(target=lambda: hasher.fits(None, "a", known=False))
    stranger.start()
    assert hasher.at_work.acquire(timeout=10)
    with pytest.raises(TooManyAttempts) as caught:
        hasher.fits(None, "b", known=False)
    assert caught.value.retry_after == 1
    friend = threading.Thread(target=lambda: hasher.fits(None, "c", known=True))
    friend.start()
    assert hasher.at_work.acquire(timeout=10)
    with pytest.raises(TooManyAttempts):
        hasher.fits(None, "d", known=True)
    hasher.let_go.set()
    stranger.join()
    friend.join()
    assert not hasher.fits(None, "e", known=False)
