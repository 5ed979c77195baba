"""Bring the fixtures of the house together."""

from pathlib import Path

import pytest
from hypothesis import settings

from tools import pseudo

pytest_plugins = [
    "tests.applications",
    "tests.browsers",
    "tests.databases",
    "tests.hashes",
    "tests.measuring",
    "tests.memory",
    "tests.outside",
]

# A red run must be red again on the next machine: the same examples each time, and
# no verdict from a slow clock. `make prove` searches further.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def pseudo_locale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a locale directory with the languages ``qps`` and ``qps_plocm``."""
    directory = tmp_path_factory.mktemp("locale")
    pseudo.write(directory)
    return directory
