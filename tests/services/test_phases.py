"""Phases as deeds: added, changed, ended, taken away, each in the audit chain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.charts import courses
from tests.charts.courses import BASELINE, FIRST, TREATMENT
from tests.services import doors
from tests.web import stored
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind, PhasesRefused
from tracker.services import phases
from tracker.services.people import Door
from tracker.storage import audit, summaries
from tracker.storage.database import Database

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)


@pytest.fixture
def owner(door: Door) -> Account:
    return doors.registered(door).signed_in.account


def verbs(database: Database, owner: Account) -> Sequence[str]:
    with database.reading() as session:
        found = [event.verb for event in audit.events_of(session, owner.id, 10)]
    return [verb for verb in reversed(found) if verb.startswith("phase.")]


def known(database: Database, owner: Account) -> Sequence[Phase]:
    with database.reading() as session:
        return [each.phase for each in phases.list_all(session, owner)]


def test_a_phase_is_stored_as_it_was_given(database: Database, owner: Account) -> None:
    phase = replace(TREATMENT, label="Second try", dose_mg=Decimal("4.5"))
    with database.writing() as session:
        made = phases.add(session, owner, phase, NOW)
    with database.reading() as session:
        found = phases.find(session, owner, made)
    assert found is not None
    assert found.phase == phase
    assert verbs(database, owner) == ["phase.added"]


def test_a_phase_that_overlaps_is_refused_and_nothing_is_kept(
    database: Database, owner: Account
) -> None:
    with database.writing() as session:
        phases.add(session, owner, BASELINE, NOW)
    late = Phase(PhaseKind.TREATMENT, FIRST + timedelta(3))
    with pytest.raises(PhasesRefused, match="overlap"), database.writing() as session:
        phases.add(session, owner, late, NOW)
    assert known(database, owner) == [BASELINE]


def test_a_new_phase_can_end_the_one_that_runs(database: Database, owner: Account) -> None:
    with database.writing() as session:
        phases.add(session, owner, BASELINE, NOW)
        phases.add(session, owner, TREATMENT, NOW, ends_running=True)
    washout = Phase(PhaseKind.WASHOUT, FIRST + timedelta(60))
    with database.writing() as session:
        phases.add(session, owner, washout, NOW, ends_running=True)
    assert known(database, owner) == [
        BASELINE,
        replace(TREATMENT, end=FIRST + timedelta(60)),
        washout,
    ]
    assert verbs(database, owner)[-2:] == ["phase.changed", "phase.added"]


def test_changing_writes_only_what_changed(database: Database, owner: Account) -> None:
    other = replace(BASELINE, label="two weeks")
    with database.writing() as session:
        made = phases.add(session, owner, BASELINE, NOW)
        assert phases.change(session, owner, made, BASELINE, NOW)
        assert phases.change(session, owner, made, other, NOW)
    assert known(database, owner) == [other]
    assert verbs(database, owner) == ["phase.added", "phase.changed"]


def test_the_last_day_is_the_day_before_the_stored_end(database: Database, owner: Account) -> None:
    with database.writing() as session:
        made = phases.add(session, owner, TREATMENT, NOW)
        assert phases.end(session, owner, made, date(2026, 11, 20), NOW)
    assert known(database, owner)[0].end == date(2026, 11, 21)


def test_a_phase_taken_away_can_be_brought_back(database: Database, owner: Account) -> None:
    with database.writing() as session:
        made = phases.add(session, owner, TREATMENT, NOW)
    with database.writing() as session:
        removed = phases.remove(session, owner, made, NOW)
    assert removed is not None
    assert removed.phase == TREATMENT
    assert not known(database, owner)
    with database.writing() as session:
        phases.add(session, owner, TREATMENT, NOW)
    assert known(database, owner) == [TREATMENT]
    assert verbs(database, owner) == ["phase.added", "phase.removed", "phase.added"]


def test_nobody_reaches_the_phases_of_another(database: Database, door: Door) -> None:
    alice = doors.registered(door, "Alice").signed_in.account
    charlie = doors.registered(door, "Charlie").signed_in.account
    with database.writing() as session:
        made = phases.add(session, alice, TREATMENT, NOW)
    with database.writing() as session:
        assert phases.find(session, charlie, made) is None
        assert not phases.change(session, charlie, made, BASELINE, NOW)
        assert not phases.end(session, charlie, made, date(2026, 11, 20), NOW)
        assert phases.remove(session, charlie, made, NOW) is None
    assert known(database, alice) == [TREATMENT]


@pytest.mark.parametrize("tonight", [True, False])
def test_the_sums_follow_the_phases(database: Database, owner: Account, *, tonight: bool) -> None:
    length = 82 if tonight else 81
    with database.writing() as session:
        stored.write(session, owner.id, courses.diary(courses.course(length)))
    with database.writing() as session:
        phases.add(session, owner, BASELINE, NOW)
        phases.add(session, owner, TREATMENT, NOW)
    with database.reading() as session:
        found = summaries.load_summaries(session, owner.id)["pain"]
    assert found.baseline.days == 14
    assert found.evaluation.days == 7
    assert found.windows.as_of == FIRST + timedelta(length - 1)
