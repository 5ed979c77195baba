"""Phases are kept exactly and never lie over each other."""

from decimal import Decimal

import pytest

from tests.storage.nights import DAY, MOTH, NOW, OWL, later, welcome
from tracker.domain.phases import Phase, PhaseKind, PhasesRefused
from tracker.storage import phases
from tracker.storage.database import Database

BASELINE = Phase(PhaseKind.BASELINE, DAY, later(14))
TREATMENT = Phase(PhaseKind.TREATMENT, later(14), None, "Arm", "naltrexone", Decimal("4.5"))


def test_phases_come_back_by_start_with_their_dose(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        phases.add_phase(session, MOTH, TREATMENT, NOW)
        phases.add_phase(session, MOTH, BASELINE, NOW)
    with database.reading() as session:
        found = phases.load_phases(session, MOTH)
        assert found == (BASELINE, TREATMENT)
        assert str(found[1].dose_mg) == "4.5"
        assert phases.load_phases(session, OWL) == ()


def test_a_phase_is_changed_and_removed_by_its_id_and_owner(database: Database) -> None:
    ended = Phase(PhaseKind.TREATMENT, later(15), later(20), dose_mg=Decimal(3))
    with database.writing() as session:
        welcome(session)
        welcome(session, OWL)
        made = phases.add_phase(session, MOTH, TREATMENT, NOW)
        assert not phases.change_phase(session, OWL, made, ended)
        assert not phases.remove_phase(session, OWL, made)
        assert phases.change_phase(session, MOTH, made, ended)
        assert phases.list_phases(session, MOTH) == [phases.StoredPhase(made, ended)]
        assert phases.remove_phase(session, MOTH, made)
        assert not phases.remove_phase(session, MOTH, made)


def test_phases_that_overlap_are_refused(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        made = phases.add_phase(session, MOTH, BASELINE, NOW)
        phases.add_phase(session, MOTH, TREATMENT, NOW)
        with pytest.raises(PhasesRefused):
            phases.add_phase(session, MOTH, Phase(PhaseKind.PLACEBO, later(13), later(14)), NOW)
        with pytest.raises(PhasesRefused):
            phases.change_phase(session, MOTH, made, Phase(PhaseKind.BASELINE, DAY, later(15)))


@pytest.mark.parametrize("dose", ["0", "-1", "0.0001", "1000001", "NaN", "Infinity"])
def test_a_dose_that_can_not_be_kept_exactly_is_refused(database: Database, dose: str) -> None:
    phase = Phase(PhaseKind.TREATMENT, DAY, dose_mg=Decimal(dose))
    with database.writing() as session:
        welcome(session)
        with pytest.raises(PhasesRefused):
            phases.add_phase(session, MOTH, phase, NOW)
