"""Medicines as deeds: added, changed, stopped, removed, brought back, each in the audit chain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.services import doors
from tracker.domain.medicines import MOST_MEDICINES, ChangedBy, Dose, Medicine, MedicineRefused
from tracker.domain.people import Account
from tracker.services import medicines
from tracker.services.people import Door
from tracker.storage import audit
from tracker.storage import medicines as stored
from tracker.storage.database import Database

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
FIRST, LATER = date(2026, 9, 1), date(2026, 9, 15)
LOW = Dose(FIRST, Decimal("1.5"), ChangedBy.CLINICIAN, "as prescribed")
HIGH = Dose(LATER, Decimal("4.5"), ChangedBy.ME)
LDN = Medicine("LDN", FIRST, doses=(LOW,))


@pytest.fixture
def owner(door: Door) -> Account:
    return doors.registered(door).signed_in.account


@pytest.fixture
def taken(database: Database, owner: Account) -> str:
    with database.writing() as session:
        return medicines.add(session, owner, LDN, NOW)


def verbs(database: Database, owner: Account) -> Sequence[str]:
    """Return the deeds after the first."""
    with database.reading() as session:
        found = [event.verb for event in audit.events_of(session, owner.id, 20)]
    said = [verb for verb in reversed(found) if verb.startswith(("medicine.", "dose."))]
    assert said[0] == "medicine.added"
    return said[1:]


def known(database: Database, owner: Account) -> Sequence[Medicine]:
    with database.reading() as session:
        return [each.medicine for each in medicines.list_all(session, owner)]


def test_a_medicine_is_changed_and_keeps_its_doses(
    database: Database, owner: Account, taken: str
) -> None:
    changed = Medicine("Naltrexone", FIRST, LATER)
    with database.writing() as session:
        assert medicines.change(session, owner, taken, changed, NOW)
        assert medicines.change(session, owner, taken, changed, NOW)
        assert not medicines.change(session, owner, "nowhere", changed, NOW)
    assert known(database, owner) == [replace(changed, doses=(LOW,))]
    assert verbs(database, owner) == ["medicine.changed"]


def test_it_is_stopped_with_its_last_day(database: Database, owner: Account, taken: str) -> None:
    with database.writing() as session:
        assert medicines.stop(session, owner, taken, LATER, NOW)
        assert not medicines.stop(session, owner, "nowhere", LATER, NOW)
    assert known(database, owner) == [replace(LDN, end=date(2026, 9, 16))]
    assert verbs(database, owner) == ["medicine.stopped"]


def test_a_dose_is_noted_taken_away_and_brought_back(
    database: Database, owner: Account, taken: str
) -> None:
    with database.writing() as session:
        assert medicines.add_dose(session, owner, taken, HIGH, NOW)
        assert not medicines.add_dose(session, owner, "nowhere", HIGH, NOW)
        removed = medicines.remove_dose(session, owner, taken, LATER, NOW)
        assert removed == HIGH
        assert medicines.remove_dose(session, owner, taken, LATER, NOW) is None
        assert medicines.remove_dose(session, owner, "nowhere", LATER, NOW) is None
        assert medicines.add_dose(session, owner, taken, removed, NOW)
    assert known(database, owner) == [replace(LDN, doses=(LOW, HIGH))]
    assert verbs(database, owner) == ["dose.added", "dose.removed", "dose.added"]


def test_what_can_not_stand_is_refused_and_nothing_is_kept(
    database: Database, owner: Account, taken: str
) -> None:
    with database.writing() as session:
        with pytest.raises(MedicineRefused, match="noted already"):
            medicines.add_dose(session, owner, taken, replace(HIGH, start=FIRST), NOW)
        with pytest.raises(MedicineRefused, match="outside"):
            medicines.change(session, owner, taken, replace(LDN, start=LATER), NOW)
        with pytest.raises(MedicineRefused, match="before the first"):
            medicines.stop(session, owner, taken, date(2026, 8, 31), NOW)
    assert known(database, owner) == [LDN]
    assert not verbs(database, owner)


def test_a_medicine_is_removed_and_brought_back(
    database: Database, owner: Account, taken: str
) -> None:
    with database.writing() as session:
        assert medicines.remove(session, owner, taken, NOW) == LDN
        assert medicines.remove(session, owner, taken, NOW) is None
        assert medicines.list_all(session, owner) == []
        assert medicines.bring_back(session, owner, taken, NOW)
        assert not medicines.bring_back(session, owner, taken, NOW)
    assert known(database, owner) == [LDN]
    assert verbs(database, owner) == ["medicine.removed", "medicine.restored"]


def test_nothing_of_it_is_in_another_s_hands(
    database: Database, door: Door, owner: Account, taken: str
) -> None:
    other = doors.registered(door, "Wren").signed_in.account
    with database.writing() as session:
        assert medicines.find(session, other, taken) is None
        assert not medicines.change(session, other, taken, LDN, NOW)
        assert not medicines.stop(session, other, taken, LATER, NOW)
        assert not medicines.add_dose(session, other, taken, HIGH, NOW)
        assert medicines.remove_dose(session, other, taken, FIRST, NOW) is None
        assert medicines.remove(session, other, taken, NOW) is None
        assert not medicines.bring_back(session, other, taken, NOW)
    assert known(database, owner) == [LDN]


def test_there_is_a_bound_to_how_many_are_noted(database: Database, owner: Account) -> None:
    with database.writing() as session:
        for _each in range(MOST_MEDICINES):
            stored.add_medicine(session, owner.id, LDN, NOW)
        with pytest.raises(MedicineRefused, match="Remove one first"):
            medicines.add(session, owner, LDN, NOW)
