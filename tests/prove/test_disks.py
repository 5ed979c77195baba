"""A bad disk: every save is refused to be sent again, pages go on, and mending is enough."""

from pathlib import Path

import pytest

from tools.prove import disks

pytestmark = pytest.mark.slow


def test_a_full_disk_loses_nothing_and_needs_no_restart(tmp_path: Path) -> None:
    outcome = disks.no_room(tmp_path / "instance")
    assert outcome.is_as_promised, outcome


def test_a_disk_that_takes_no_byte_loses_nothing_and_needs_no_restart(tmp_path: Path) -> None:
    outcome = disks.no_writing(tmp_path / "instance")
    assert outcome.is_as_promised, outcome


def test_a_postgres_that_only_reads_loses_nothing_and_needs_no_restart(tmp_path: Path) -> None:
    outcome = disks.standby_postgres(tmp_path / "instance")
    assert outcome.is_as_promised, outcome
