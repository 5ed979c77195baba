"""Rows of plans: a good one, what the tables refuse of it, and plans to store."""

from decimal import Decimal
from typing import Any, Final

from tests.storage.nights import DAY, MOTH, NOW
from tracker.domain.plan_texts import written
from tracker.domain.plans import Plan, pairs_of
from tracker.domain.started_plans import StartedPlan

PAIRS: Final[Plan] = pairs_of("Naltrexone", Decimal("4.5"), days=14, pairs=2, washout_days=7)
PLAN: Final = {
    "owner": MOTH,
    "id": "p",
    "definition": written(PAIRS),
    "started_on": DAY,
    "created_at": NOW,
    "holder": "person",
    "public": b"\x01" * 32,
    "hidden": b"\x02" * 64,
    "sealed": b"\x03" * 50,
    "token_sha256": b"\x04" * 32,
    "reason": "",
}
BAD_PLANS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("plans", {"owner": "nobody"}),
    ("plans", {"definition": ""}),
    ("plans", {"definition": "x" * 60_001}),
    ("plans", {"holder": "moon"}),
    ("plans", {"holder": "none"}),
    ("plans", {"holder": "app"}),
    ("plans", {"holder": "none", "public": None, "hidden": None, "sealed": None}),
    ("plans", {"study": "s"}),
    ("plans", {"public": None}),
    ("plans", {"public": b"short"}),
    ("plans", {"hidden": b""}),
    ("plans", {"sealed": b"x" * 201}),
    ("plans", {"token_sha256": b"short"}),
    ("plans", {"revealed_at": NOW}),
    ("plans", {"revealed_at": NOW, "revealed_by": "owner"}),
    ("plans", {"revealed_at": NOW, "revealed_by": "owner", "why": "bored"}),
    ("plans", {"revealed_at": NOW, "revealed_by": "moon", "why": "other"}),
    ("plans", {"why": "other"}),
    ("plans", {"reason": "none yet"}),
    ("plans", {"reason": "x" * 501, "revealed_at": NOW, "revealed_by": "owner", "why": "other"}),
]


def started(**changes: Any) -> StartedPlan:  # noqa: ANN401 - whatever fields it has
    """Return a plan of two pairs."""
    values: dict[str, Any] = {"id": "p", "plan": PAIRS, "started_on": DAY, "created_at": NOW}
    return StartedPlan(**values | changes)
