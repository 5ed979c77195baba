"""A plan to be looked at: its order hidden, its key in nobody's hands yet."""

from datetime import date, datetime
from decimal import Decimal

from tracker.domain.plans import pairs_of
from tracker.domain.started_plans import Holder, StartedPlan


def held_plan(plan_id: str, day: date, now: datetime) -> StartedPlan:
    """Return a plan of two pairs that waits for the holder of its key."""
    plan = pairs_of("probe-plan", Decimal("4.5"), days=14, pairs=2)
    return StartedPlan(plan_id, plan, day, now, Holder.PERSON)
