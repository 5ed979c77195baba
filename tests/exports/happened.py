"""Side effects and measurements of every kind, for tests of pictures and files."""

from datetime import date
from typing import Final

from tests.exports.dossiers import BEGIN, DAY
from tracker.domain.happenings import Happenings
from tracker.domain.measurements import Measurement, read_value
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.side_effects import Action, Effect, Severity, SideEffect


def later(number: int) -> date:
    """Give the diary day so many days after the first."""
    return BEGIN + number * DAY


DREAMS: Final = SideEffect(
    Effect.VIVID_DREAMS, later(15), Severity.MILD, later(16), bothersome=True
)
OTHER: Final = SideEffect(
    Effect.OTHER,
    later(3),
    Severity.SEVERE,
    later(9),
    later(6),
    action=Action.TOLD,
    name="=1+1 cold <feet>",
)
ESR: Final = (
    Measurement("ESR", read_value("20.50"), later(2), "mm/h", "fasting"),
    Measurement("ESR", read_value("12.5"), later(18), "mm/h"),
)
IL6: Final = (
    Measurement("IL-6", read_value("<0.5"), later(4), "pg/mL"),
    Measurement("IL-6", read_value("3"), later(18), "pg/mL"),
)
OWN: Final = Measurement("=Grip", read_value("-3"), later(18))
ALL: Final = Happenings((OTHER, DREAMS), (later(9),), (*ESR, *IL6, OWN))
PHASES: Final = (
    Phase(PhaseKind.BASELINE, BEGIN, later(14)),
    Phase(PhaseKind.TREATMENT, later(14)),
)
