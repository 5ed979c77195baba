"""Test noting measurements and taking them away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.domain.measurements import Measurement, MeasurementRefused, read_value
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.services import measurements, people, phases
from tracker.services.people import NewPerson
from tracker.storage.database import Database, Session

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
ESR = Measurement("ESR", read_value("20"), date(2026, 9, 1), "mm/h")


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    with (
        Database(database_url, audit_key=b"a key for tests " * 2) as database,
        database.writing() as writing_session,
    ):
        yield writing_session


@pytest.fixture
def who(session: Session) -> Account:
    account = people.new_account(NewPerson("Moth", "", "Europe/Helsinki"), NOW)
    people.add(session, account, None, account.id, NOW)
    return account


def test_a_series_is_compared_with_the_baseline(session: Session, who: Account) -> None:
    phases.add(session, who, Phase(PhaseKind.TREATMENT, date(2026, 9, 15)), NOW)
    later = replace(ESR, value=read_value("12"), day=TODAY)
    for told in (later, ESR):
        measurements.add(session, who, told, TODAY, NOW)
    (series,) = measurements.list_all(session, who).series
    assert (series.baseline.of, series.baseline.is_first) == (ESR, False)
    assert series.newest == later


def test_a_measurement_is_changed_taken_away_and_brought_back(
    session: Session, who: Account
) -> None:
    made = measurements.add(session, who, ESR, TODAY, NOW)
    changed = replace(ESR, value=read_value("21.0"))
    for _ in range(2):
        assert measurements.change(session, who, made, changed, TODAY, NOW)
    assert measurements.remove(session, who, made, NOW) == changed
    assert not measurements.list_all(session, who).stored
    again = measurements.add(session, who, changed, TODAY, NOW)
    stored = measurements.find(session, who, again)
    assert stored is not None
    assert stored.measurement == changed


def test_what_is_not_there_or_has_not_come_cant_be(session: Session, who: Account) -> None:
    assert not measurements.change(session, who, "x", ESR, TODAY, NOW)
    assert measurements.remove(session, who, "x", NOW) is None
    with pytest.raises(MeasurementRefused):
        measurements.add(session, who, replace(ESR, day=TODAY + timedelta(days=1)), TODAY, NOW)
