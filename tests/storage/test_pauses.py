"""Pauses are added, changed and removed by their owner alone."""

from dataclasses import replace

from tests.storage.nights import DAY, MOTH, NOW, OWL, later, welcome
from tracker.storage import pauses
from tracker.storage.database import Database


def test_a_pause_is_changed_and_removed_by_its_id_and_owner(database: Database) -> None:
    running = pauses.new_pause(later(5), None, "In hospital")
    short = pauses.new_pause(DAY, later(1))
    with database.writing() as session:
        welcome(session)
        welcome(session, OWL)
        for pause in (running, short):
            pauses.add_pause(session, MOTH, pause, NOW)
        assert pauses.list_pauses(session, MOTH) == [short, running]
        ended = replace(running, end=later(9))
        assert not pauses.change_pause(session, OWL, ended)
        assert not pauses.remove_pause(session, OWL, ended.id)
        assert pauses.change_pause(session, MOTH, ended)
        assert pauses.list_pauses(session, MOTH) == [short, ended]
        assert pauses.remove_pause(session, MOTH, ended.id)
        assert pauses.list_pauses(session, MOTH) == [short]
        assert pauses.list_pauses(session, OWL) == []
