"""A crossover whose hidden order was opened, for tests of files."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from tests.exports import dossiers
from tests.exports.dossiers import BEGIN, DAY
from tracker.domain.answers import answered
from tracker.domain.dossiers import Dossier
from tracker.domain.openings import Opening
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.spans import Span
from tracker.domain.started_plans import OpenedBy, Unblinding, Why

WORDS: Final = "Hives on\nboth <arms>"
HOW: Final = Unblinding(
    datetime(2026, 2, 1, 21, 4, tzinfo=UTC), OpenedBy.HOLDER, Why.SIDE_EFFECT, WORDS
)
PHASES: Final = (
    Phase(PhaseKind.BASELINE, BEGIN, BEGIN + 14 * DAY),
    Phase(PhaseKind.PLACEBO, BEGIN + 14 * DAY, BEGIN + 28 * DAY, "A"),
    Phase(PhaseKind.TREATMENT, BEGIN + 28 * DAY, None, "B", "naltrexone", Decimal("4.5")),
)


def crossover(how: Unblinding = HOW, *, notes: bool = True, span: Span | None = None) -> Dossier:
    """Give 42 nights of a plan whose order was opened; its baseline was never hidden."""
    nights = [dossiers.night(number, {"pain": answered(6)}) for number in range(42)]
    opening = Opening(how, [phase.start for phase in PHASES])
    found = dossiers.dossier_of(dossiers.diary_of(*nights), PHASES, span=span, notes=notes)
    return replace(found, openings=[opening])
