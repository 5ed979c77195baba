"""Side effects and measurements that came with a file, as rows."""

from sqlalchemy.orm import Session

from tracker.domain.archives import KeptHappenings
from tracker.storage import measurements, side_effects


def add_kept(session: Session, owner: str, brought: KeptHappenings) -> None:
    """Store side effects and measurements that are not there yet."""
    for told in brought.effects:
        side_effects.add_effect(session, owner, told.effect, told.created_at)
    for asked in brought.checks:
        side_effects.add_check(session, owner, asked.day, asked.created_at)
    for noted in brought.measurements:
        measurements.add_measurement(session, owner, noted.measurement, noted.created_at)
