"""What a study may use of its people: nobody who withdrew, and no arm before the time."""

import pytest

from tests.services import studied
from tests.services.studied import NOW, house
from tracker.services import participants, study_reports
from tracker.services.study_reports import StillBlinded
from tracker.storage.database import Database


def test_who_withdrew_is_left_out(database: Database) -> None:
    made = house(database)
    moth, wren = (studied.person(database, name) for name in ("Moth", "Wren"))
    made.join(moth)
    made.join(wren)
    studied.keep(database, moth, 2)
    with database.writing() as session:
        participants.leave(session, wren, made.study_id, NOW, withdrawn=True)
        ((owner, one),) = study_reports.gather(session, made.study)
        assert participants.count_present(session, made.study) == 1
    assert (owner, one.code, len(one.diary.entries)) == (moth.id, "P-001", 2)
    with pytest.raises(StillBlinded):
        study_reports.demand_arms(made.study)
