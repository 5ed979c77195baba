"""The plans of an archive: read as they were written, refused where anything is off."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tracker.domain.plan_texts import definition
from tracker.domain.plans import drawn, pairs_of
from tracker.domain.started_plans import Holder, OpenedBy, Sealing, StartedPlan, Unblinding, Why
from tracker.imports.plans import read_plans
from tracker.imports.problems import FileRefused
from tracker.imports.structure import read_json

AT = datetime(2026, 3, 1, 21, tzinfo=UTC)
PLAN = pairs_of("Naltrexone", Decimal("4.5"), days=14, pairs=2)
STORED = StartedPlan(
    "p-1",
    PLAN,
    date(2026, 3, 1),
    AT,
    Holder.PERSON,
    opens_on=date(2026, 9, 1),
    sealing=Sealing(b"\x07" * 32),
    unblinding=Unblinding(AT, OpenedBy.HOLDER, Why.OTHER, "words"),
)
TOLD: dict[str, object] = {
    "id": "p-1",
    "definition": definition(PLAN),
    "start": "2026-03-01",
    "created_at": "2026-03-01T21:00:00Z",
    "ended_at": None,
    "holder": "person",
    "opens_on": "2026-09-01",
    "public": "07" * 32,
    "looked_at": None,
    "unblinding": {"at": "2026-03-01T21:00:00Z", "by": "holder", "why": "other", "reason": "words"},
}
OPEN = {
    "definition": definition(drawn(PLAN, 0)),
    "holder": "none",
    "opens_on": None,
    "public": None,
    "unblinding": None,
}


def read(*told: dict[str, object]) -> tuple[StartedPlan, ...]:
    return read_plans(read_json(json.dumps(list(told)).encode()))


def test_a_plan_is_read_without_what_was_sealed() -> None:
    assert read(TOLD) == (STORED,)
    (plan,) = read({**TOLD, **OPEN})
    assert not plan.is_blinded
    assert read() == ()


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""},
        {"id": "a b"},
        {"definition": {}},
        {"definition": None},
        {"start": "1 March"},
        {"holder": "moon"},
        {"holder": "none"},
        {"public": "07"},
        {"sealed": "07"},
        {"unblinding": {}},
        {**OPEN, "holder": "app"},
        {**OPEN, "public": "07" * 32},
        {**OPEN, "opens_on": "2026-09-01"},
    ],
)
def test_whatever_is_off_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(FileRefused):
        read({**TOLD, **change})


def test_a_plan_stands_once() -> None:
    with pytest.raises(FileRefused, match="twice"):
        read(TOLD, TOLD)
