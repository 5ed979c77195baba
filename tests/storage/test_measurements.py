"""Measurements are kept exactly, by their owner alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.storage.nights import DAY, MOTH, NOW, OWL, later, welcome
from tracker.domain.measurements import Measurement, read_value
from tracker.storage import measurements
from tracker.storage.database import Database
from tracker.storage.measurements import StoredMeasurement

ESR = Measurement("ESR", read_value("12"), later(3), "mm/h", "fasting")


@pytest.mark.parametrize(
    "written", ["0", "0.00", "12.50", "-3.1", "<0.5", ">999999999999999", "123456789.123456"]
)
def test_a_value_comes_back_with_all_its_decimals(database: Database, written: str) -> None:
    told = replace(ESR, value=read_value(written))
    with database.writing() as session:
        welcome(session)
        measurements.add_measurement(session, MOTH, told, NOW)
        (stored,) = measurements.list_measurements(session, MOTH)
    assert stored.measurement == told
    assert str(stored.measurement.value) == written


def test_a_measurement_is_changed_and_removed_by_its_id_and_owner(database: Database) -> None:
    first = replace(ESR, day=DAY, value=read_value("20.5"))
    with database.writing() as session:
        welcome(session)
        welcome(session, OWL)
        later_id, first_id = (
            measurements.add_measurement(session, MOTH, told, NOW) for told in (ESR, first)
        )
        assert measurements.list_measurements(session, MOTH) == [
            StoredMeasurement(first_id, first),
            StoredMeasurement(later_id, ESR),
        ]
        changed = replace(ESR, value=read_value("13"), note="")
        assert not measurements.change_measurement(session, OWL, later_id, changed)
        assert not measurements.remove_measurement(session, OWL, later_id)
        assert measurements.change_measurement(session, MOTH, later_id, changed)
        stored = measurements.list_measurements(session, MOTH)[1].measurement
        assert (stored.value.size, stored.note) == (Decimal(13), "")
        assert measurements.remove_measurement(session, MOTH, later_id)
        assert len(measurements.list_measurements(session, MOTH)) == 1
        assert measurements.list_measurements(session, OWL) == []
