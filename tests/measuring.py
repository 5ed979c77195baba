"""Measure coverage where code is tested; where it is attacked or shown, run it at full speed.

Tracing makes code two to four times slower, and each line has a test of its own anyway: what is
lived, killed, attacked, compared or looked at in a browser adds nothing but time to the figure.
"""

import os
from collections.abc import Generator
from typing import Final

import pytest
from coverage import Coverage

AT_FULL_SPEED: Final = (
    "tests/blinding/",
    "tests/browser/",
    "tests/prove/",
    "tests/test_agreement.py",
    "tests/test_cohort_agreement.py",
    "tests/test_study_agreement.py",
    "tests/web/test_crossover_life.py",
)
CHILDREN: Final = "COVERAGE_PROCESS_CONFIG"  # by which processes that a test starts are measured


def is_measured(item: pytest.Item) -> bool:
    """Return whether what a test runs counts: on PostgreSQL in tests of storage alone."""
    place = item.nodeid
    if place.startswith(AT_FULL_SPEED):
        return False
    call = getattr(item, "callspec", None)
    product = None if call is None else call.params.get("backend")
    return product != "postgresql" or place.startswith("tests/storage/")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test, measured or not."""
    running = Coverage.current()
    if running is None or is_measured(item):
        return (yield)
    running.stop()
    children = os.environ.pop(CHILDREN, None)
    try:
        return (yield)
    finally:
        if children is not None:
            os.environ[CHILDREN] = children
        running.start()
