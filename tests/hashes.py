"""Let a hash cost next to nothing in tests: what a password opens does not hang on its price.

Processes that tests start pay it in full, and so does a test that asks for `full_price`.
"""

from collections.abc import Iterator

import pytest

from tracker import keyfile
from tracker.services import hashing

CHEAP = (
    (hashing, "PASSES", 1),
    (hashing, "MEMORY_KIB", 64),
    (keyfile, "ROUNDS", 1),
    (keyfile, "MEMORY_KIB", 64),
)
FULL = [(module, name, getattr(module, name)) for module, name, _ in CHEAP]


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in CHEAP:
            patch.setattr(module, name, value)
        yield


@pytest.fixture
def full_price(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let hashes cost what they do elsewhere."""
    for module, name, value in FULL:
        monkeypatch.setattr(module, name, value)
