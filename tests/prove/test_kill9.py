"""Killed while nights are saved: a tenth of the full run, and it sees a guard that is missing."""

from pathlib import Path

import pytest

from tests.postgres import free_port
from tools.prove import careless, kill9
from tools.prove.served import Place

pytestmark = pytest.mark.slow


def test_nothing_acknowledged_is_lost_where_everything_is_killed(tmp_path: Path) -> None:
    outcome = kill9.run(Place(tmp_path / "instance", free_port()), cycles=5, seed=1)
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert outcome.acknowledged > 20
    assert outcome.sent_again > 0


def test_nothing_is_lost_either_where_postgres_stops_on_the_spot(tmp_path: Path) -> None:
    outcome = kill9.crashed(tmp_path / "instance", 2)
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert outcome.acknowledged > 20


def test_without_the_guard_the_same_run_finds_losses(tmp_path: Path) -> None:
    place = Place(tmp_path / "instance", free_port(), program=careless.PROGRAM)
    assert kill9.run(place, cycles=5, seed=4).lost > 0
