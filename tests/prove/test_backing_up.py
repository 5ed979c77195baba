"""A backup that is written while phones save holds all that was acknowledged before it."""

from pathlib import Path

import pytest

from tools.prove import backing_up


@pytest.mark.slow
def test_backups_under_load_hold_what_was_acknowledged_and_come_back_equal(tmp_path: Path) -> None:
    outcome = backing_up.run(tmp_path, backups=1)
    assert (outcome.lost, outcome.differing) == (0, ())
    assert outcome.acknowledged >= 20
