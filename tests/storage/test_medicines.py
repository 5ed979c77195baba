"""Medicines come back with their doses, by day, whoever keeps them."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.storage.nights import DAY, MOTH, NOW, OWL, later, welcome
from tracker.domain.happenings import NOTHING
from tracker.domain.medicines import ChangedBy, Dose, Medicine, MedicineRefused
from tracker.domain.phases import Phase, PhaseKind
from tracker.storage import medicines, phases, tidying
from tracker.storage.beside import load_beside
from tracker.storage.database import Database
from tracker.storage.models import doses
from tracker.storage.models import medicines as table

LOW = Dose(DAY, Decimal("1.5"), ChangedBy.CLINICIAN, "as prescribed")
HIGH = Dose(later(14), Decimal("4.5"), ChangedBy.STUDY)
LDN = Medicine("LDN", DAY, None, time(22, 30), (LOW, HIGH))
ASPIRIN = Medicine("Aspirin", DAY, later(3))


def test_medicines_come_back_as_they_were_told(database: Database) -> None:
    with database.writing() as session:
        for owner in (MOTH, OWL):
            welcome(session, owner)
        medicines.add_medicine(session, MOTH, LDN, NOW)
        medicines.add_medicine(session, MOTH, ASPIRIN, NOW + timedelta(1))
        medicines.add_medicine(session, OWL, ASPIRIN, NOW)
    with database.reading() as session:
        assert medicines.load_medicines(session, MOTH) == (LDN, ASPIRIN)
        assert medicines.load_medicines(session, OWL) == (ASPIRIN,)
        stored = medicines.list_medicines(session, MOTH)[0]
    assert (stored.created_at, stored.doses_at) == (NOW, (NOW, NOW))


def test_phases_and_medicines_come_by_one_statement(database: Database) -> None:
    baseline = Phase(PhaseKind.BASELINE, DAY, later(14), "first")
    treatment = Phase(PhaseKind.TREATMENT, later(14), None, "", "naltrexone", Decimal("4.5"))
    with database.writing() as session:
        for owner in (MOTH, OWL):
            welcome(session, owner)
        kept = load_beside(session, MOTH)
        assert (kept.phases, kept.happenings, kept.taken) == ((), NOTHING, ())
        for phase in (treatment, baseline):
            phases.add_phase(session, MOTH, phase, NOW)
        for medicine in (LDN, ASPIRIN):
            medicines.add_medicine(session, MOTH, medicine, NOW + timedelta(1))
        medicines.add_medicine(session, OWL, ASPIRIN, NOW)
    with database.reading() as session:
        kept = load_beside(session, MOTH)
        assert kept.phases == (baseline, treatment)
        assert set(kept.taken) == {LDN, ASPIRIN}
        others = load_beside(session, OWL)
        assert (others.phases, others.happenings, others.taken) == ((), NOTHING, (ASPIRIN,))


def test_what_was_noted_before_keeps_its_times(database: Database) -> None:
    at = (NOW - timedelta(9), NOW - timedelta(3))
    with database.writing() as session:
        welcome(session)
        medicines.add_medicine(session, MOTH, LDN, NOW, *at)
        assert medicines.list_medicines(session, MOTH)[0].doses_at == at


def test_what_can_not_be_is_not_kept(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        with pytest.raises(MedicineRefused):
            medicines.add_medicine(session, MOTH, replace(LDN, end=later(2)), NOW)
        assert medicines.load_medicines(session, MOTH) == ()


def test_removed_for_30_days_it_can_come_back_then_it_is_gone(
    database: Database, tmp_path: Path
) -> None:
    def kept() -> tuple[int | None, int | None]:
        with database.reading() as session:
            counts = [
                session.scalar(select(func.count()).select_from(one)) for one in (table, doses)
            ]
        return counts[0], counts[1]

    with database.writing() as session:
        welcome(session)
        made = medicines.add_medicine(session, MOTH, LDN, NOW)
        medicines.add_medicine(session, MOTH, ASPIRIN, NOW)
        assert medicines.mark_removed(session, MOTH, made, NOW)
        assert not medicines.mark_removed(session, MOTH, made, NOW)
        assert not medicines.mark_removed(session, OWL, made, None)
        assert medicines.load_medicines(session, MOTH) == (ASPIRIN,)
        assert medicines.mark_removed(session, MOTH, made, None)
        assert not medicines.mark_removed(session, MOTH, made, None)
        assert medicines.mark_removed(session, MOTH, made, NOW)
    for days, left in ((29, (2, 2)), (30, (1, 0))):
        with database.writing() as session:
            tidying.tidy(session, tmp_path / "erased", NOW + timedelta(days=days))
        assert kept() == left
