"""Side effects and measurements that a person has, for tests of pages and addresses."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from tracker.domain.measurements import Measurement, read_value
from tracker.domain.people import Account
from tracker.domain.side_effects import Effect, Severity, SideEffect
from tracker.services import measurements, side_effects
from tracker.storage.database import Session

DAY: Final = date(2026, 11, 1)
DREAMS: Final = SideEffect(Effect.VIVID_DREAMS, DAY, Severity.MILD, DAY)
ESR: Final = Measurement("ESR", read_value("20"), DAY, "mm/h")


def with_happenings(
    session: Session, who: Account, now: datetime, words: str = "cold feet"
) -> dict[str, str]:
    """Let one of each happen, in these words; return the addresses they have."""
    effect = replace(DREAMS, effect=Effect.OTHER, name=words)
    noted = replace(ESR, name=words, note=words)
    return {
        "effect_id": side_effects.tell(session, who, effect, DAY, now),
        "measurement_id": measurements.add(session, who, noted, DAY, now),
    }
