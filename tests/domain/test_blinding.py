"""Blinding: what is shown is the same whatever the key, and the key tells what was."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.blinding import ORDER_BYTES, decode_order, encode_order, masked, revealed, shown
from tracker.domain.phases import Phase, PhaseKind, in_order
from tracker.domain.plans import READY_MADE, Blinding, Plan, Step, lay_out, pairs_of, prescribed

START = date(2026, 1, 15)
DRUG, PLACEBO = PhaseKind.TREATMENT, PhaseKind.PLACEBO
CROSSOVER = prescribed(READY_MADE["crossover2013"], "Naltrexone", Decimal("4.5"))


def equal(days: int = 28) -> Plan:
    drug, placebo = Step(DRUG, days, medicine="Naltrexone"), Step(PLACEBO, days)
    return Plan("own", (), ((drug, placebo), (placebo, drug)), blinding=Blinding.DOUBLE)


def lived(plan: Plan) -> tuple[Phase, ...]:
    return lay_out(masked(plan), START)


@pytest.mark.parametrize("key", ["pilot2009", "crossover2013", "cytokine2015", "final2024"])
def test_unequal_arms_are_one_study_period(key: str) -> None:
    plan = prescribed(READY_MADE[key], "Naltrexone", Decimal("4.5"))
    (only,) = masked(plan)
    assert only == Step(PhaseKind.BLINDED, sum(step.days for step in plan.orders[0]))


def test_equal_arms_are_a_and_b() -> None:
    assert masked(equal()) == (
        Step(PhaseKind.BLINDED, 28, "A"),
        Step(PhaseKind.BLINDED, 28, "B"),
    )


def test_pairs_are_named_by_when_they_come() -> None:
    plan = pairs_of("Naltrexone", None, days=14, pairs=2, washout_days=7)
    assert [step.label or step.kind.value for step in masked(plan)] == [
        "1A",
        "washout",
        "1B",
        "washout",
        "2A",
        "washout",
        "2B",
    ]


@pytest.mark.parametrize(
    "orders",
    [
        # a dose, a length, a washout's place: each alone would tell
        ((Step(DRUG, 14, dose_mg=Decimal(3)), Step(DRUG, 14, dose_mg=Decimal(6))),),
        ((Step(DRUG, 14), Step(PLACEBO, 15)), (Step(PLACEBO, 15), Step(DRUG, 14))),
        (
            (Step(DRUG, 14), Step(PhaseKind.WASHOUT, 7), Step(PLACEBO, 14)),
            (Step(PLACEBO, 14), Step(DRUG, 14), Step(PhaseKind.WASHOUT, 7)),
        ),
        ((Step(DRUG, 14), Step(PLACEBO, 14), Step(DRUG, 14)),),
    ],
)
def test_whatever_would_tell_is_hidden_in_one_span(orders: tuple[tuple[Step, ...], ...]) -> None:
    (only,) = masked(Plan("own", (), orders, blinding=Blinding.DOUBLE))
    assert (only.kind, only.label, only.medicine, only.dose_mg) == (
        PhaseKind.BLINDED,
        "",
        "",
        None,
    )


@given(st.permutations(range(8)))
def test_what_is_shown_does_not_follow_from_how_the_orders_are_listed(places: list[int]) -> None:
    plan = pairs_of("Naltrexone", Decimal("4.5"), days=14, pairs=3)
    shuffled = replace(plan, orders=tuple(plan.orders[place] for place in places))
    assert masked(shuffled) == masked(plan)
    turned = replace(CROSSOVER, orders=CROSSOVER.orders[::-1])
    assert masked(turned) == masked(CROSSOVER)


def test_nothing_shown_holds_a_medicine_a_dose_or_an_arm() -> None:
    for plan in (CROSSOVER, equal(), pairs_of("Naltrexone", Decimal(3), days=9, pairs=4)):
        for step in shown(plan):
            assert (step.medicine, step.dose_mg) == ("", None)
            assert step.kind not in {DRUG, PLACEBO}


def test_an_open_plan_shows_all() -> None:
    plan = READY_MADE["open_label"]
    assert shown(plan) == (*plan.before, *plan.orders[0])


@pytest.mark.parametrize("order", [0, 1])
def test_the_key_reveals_the_arms_of_the_crossover(order: int) -> None:
    told = revealed(CROSSOVER, order, lived(CROSSOVER))
    assert told == lay_out(CROSSOVER.orders[order], START)


def test_the_key_reveals_each_pair() -> None:
    plan = pairs_of("Naltrexone", Decimal("4.5"), days=14, pairs=2, washout_days=7)
    phases = [phase for phase in lived(plan) if phase.kind is PhaseKind.BLINDED]
    for order in range(4):
        told = revealed(plan, order, phases)
        drawn = [step for step in plan.orders[order] if step.kind is not PhaseKind.WASHOUT]
        assert [(phase.kind, phase.medicine) for phase in told] == [
            (step.kind, step.medicine) for step in drawn
        ]
        assert [phase.label for phase in told] == ["1A", "1B", "2A", "2B"]
        assert [phase.start for phase in told] == [phase.start for phase in phases]


@given(
    order=st.integers(0, 1),
    late=st.integers(0, 30),
    days=st.integers(1, 200),
    runs=st.booleans(),
)
def test_what_was_lived_keeps_its_days(order: int, late: int, days: int, *, runs: bool) -> None:
    start = START + timedelta(days=late)
    end = start + timedelta(days=days)
    told = revealed(CROSSOVER, order, [Phase(PhaseKind.BLINDED, start, None if runs else end)])
    assert in_order(told) == told
    assert told[0].start == start
    assert told[-1].end == (None if runs else end)
    first = CROSSOVER.orders[order][0]
    is_over = runs or days > first.days
    assert [phase.kind for phase in told] == [
        step.kind for step in CROSSOVER.orders[order][: 2 if is_over else 1]
    ]
    assert told[0].span(end).days == (first.days if is_over else days)


def test_a_period_that_never_came_is_not_revealed() -> None:
    first, _second = lived(equal())
    stray = replace(first, label="C")
    (told,) = revealed(equal(), 1, [first, stray])
    assert (told.kind, told.start, told.end) == (PLACEBO, first.start, first.end)


@given(st.integers(0, 256**ORDER_BYTES - 1))
def test_every_key_is_as_long_as_every_other(order: int) -> None:
    assert len(encode_order(order)) == ORDER_BYTES
    assert decode_order(encode_order(order)) == order
