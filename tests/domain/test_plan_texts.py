"""A plan as JSON: every plan comes back as it was, and nothing else is taken."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.archives import canonical
from tracker.domain.limits import PLAN_LIMIT
from tracker.domain.phases import PhaseKind
from tracker.domain.plan_texts import read_plan, written
from tracker.domain.plans import (
    READY_MADE,
    Blinding,
    Plan,
    PlanRefused,
    Step,
    pairs_of,
    prescribed,
)

PLAN = pairs_of("Naltrexone", Decimal("4.5"), days=14, pairs=2, washout_days=7)
WORDS = st.text("abc äö", max_size=20).map(str.strip)
STEPS = st.builds(
    Step,
    st.sampled_from([kind for kind in PhaseKind if kind is not PhaseKind.BLINDED]),
    st.integers(1, 730),
    WORDS,
    WORDS,
    st.none() | st.decimals("0.001", "999", places=3),
)


@pytest.mark.parametrize("key", READY_MADE)
def test_ready_made_plans_come_back(key: str) -> None:
    plan = prescribed(READY_MADE[key], "Naltrexone", Decimal("4.5"))
    assert read_plan(written(plan)) == plan


@given(st.lists(STEPS, min_size=1, max_size=10), st.sampled_from(Blinding))
def test_every_plan_comes_back(steps: list[Step], blinding: Blinding) -> None:
    first, *others = steps
    plan = Plan("own", (first,), (tuple(others), tuple(others[::-1])), (first,), blinding)
    assert read_plan(written(plan)) == plan
    assert written(read_plan(written(plan))) == written(plan)


def test_the_longest_plan_fits() -> None:
    plan = pairs_of("n" * 100, Decimal("999999.999"), days=99, pairs=8, washout_days=9)
    assert len(written(plan)) < PLAN_LIMIT
    assert read_plan(written(plan)) == plan


def changed(**changes: object) -> str:
    return canonical({**json.loads(written(PLAN)), **changes})


def with_step(**changes: object) -> str:
    told = json.loads(written(PLAN))
    told["steps"][0] |= changes
    return canonical(told)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        "x" * (PLAN_LIMIT + 1),
        written(PLAN) + " ",
        changed(more=1),
        changed(key=""),
        changed(key="k" * 41),
        changed(key=7),
        changed(blinding="triple"),
        changed(orders=[]),
        changed(orders=[[0]] * 257),
        changed(orders=[[99]]),
        changed(before=["a"]),
        changed(before=[-1]),
        changed(steps="none"),
        with_step(kind="blinded"),
        with_step(days="7"),
        with_step(days=7.5),
        with_step(days=0),
        with_step(days=True),
        with_step(label="x" * 101),
        with_step(label=" space"),
        with_step(label=None),
        with_step(medicine="x" * 101),
        with_step(dose_mg="4.50"),
        with_step(dose_mg=4.5),
        with_step(dose_mg="-1"),
        with_step(dose_mg="0"),
        with_step(dose_mg="0.0001"),
        with_step(dose_mg="NaN"),
        with_step(dose_mg="Infinity"),
        with_step(dose_mg="1000000.001"),
    ],
)
def test_whatever_else_is_refused(text: str) -> None:
    with pytest.raises(PlanRefused):
        read_plan(text)
