"""Phases and what happened beside them are read together as each by itself."""

from datetime import timedelta
from decimal import Decimal

from tests.storage.nights import DAY, MOTH, NOW, OWL, later, welcome
from tests.storage.test_measurements import ESR
from tests.storage.test_side_effects import DREAMS, OTHER
from tracker.domain.happenings import NOTHING, Happenings
from tracker.domain.measurements import Measurement, Value
from tracker.domain.phases import Phase, PhaseKind
from tracker.storage import measurements, phases, side_effects
from tracker.storage.beside import load_beside
from tracker.storage.database import Database

SPANS = (
    Phase(PhaseKind.BASELINE, DAY, later(14), "before"),
    Phase(PhaseKind.TREATMENT, later(14), None, "", "naltrexone", Decimal("4.5")),
)


def test_all_is_read_at_once_in_order(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        welcome(session, OWL)
        for phase in reversed(SPANS):
            phases.add_phase(session, MOTH, phase, NOW)
        for told in (DREAMS, OTHER):
            side_effects.add_effect(session, MOTH, told, NOW)
        for day in (later(9), later(2)):
            side_effects.add_check(session, MOTH, day, NOW)
        for minutes in (3, 1, 2):
            at = NOW + timedelta(minutes=minutes)
            measurements.add_measurement(session, MOTH, noted(minutes), at)
        kept = load_beside(session, MOTH)
        assert kept.phases == SPANS
        assert kept.happenings == Happenings(
            (OTHER, DREAMS),
            (later(2), later(9)),
            (noted(1), noted(2), noted(3)),
        )
        others = load_beside(session, OWL)
        assert (others.phases, others.happenings, others.taken) == ((), NOTHING, ())


def noted(minutes: int) -> Measurement:
    """Give a value of one day that tells when it was noted."""
    return Measurement("CRP", Value(Decimal(minutes)), ESR.day)
