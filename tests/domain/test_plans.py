"""Plans: the trials' timelines as they were, own ones within limits."""

import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.phases import PhaseKind, in_order
from tracker.domain.plans import (
    READY_MADE,
    Blinding,
    Plan,
    PlanRefused,
    Step,
    checked,
    lay_out,
    pairs_of,
    prescribed,
)

START = date(2026, 1, 1)


# Measurement standard, section 8: weeks of each phase, in every order.
@pytest.mark.parametrize(
    ("key", "blinding", "orders"),
    [
        ("pilot2009", "single", ["baseline 2, placebo 2, treatment 8, washout 2"]),
        (
            "crossover2013",
            "double",
            [
                "baseline 2, treatment 12, placebo 4, follow_up 4",
                "baseline 2, placebo 4, treatment 12, follow_up 4",
            ],
        ),
        ("cytokine2015", "single", ["baseline 2, treatment 8"]),
        ("final2024", "double", ["baseline 1, treatment 12", "baseline 1, placebo 12"]),
        ("open_label", "none", ["baseline 2, treatment 4, treatment 12"]),
    ],
)
def test_ready_made_plans_are_the_trials(key: str, blinding: str, orders: list[str]) -> None:
    plan = checked(READY_MADE[key])
    told = [
        ", ".join(f"{step.kind} {step.days // 7}" for step in (*plan.before, *order, *plan.after))
        for order in plan.orders
    ]
    assert (told, plan.blinding.value, plan.key) == (orders, blinding, key)


def test_no_ready_made_plan_brings_a_dose_or_a_medicine() -> None:
    for plan in READY_MADE.values():
        assert plan.medicines == frozenset()
        assert not any(step.dose_mg for order in plan.orders for step in order)


def test_the_crossover_takes_22_weeks() -> None:
    assert READY_MADE["crossover2013"].days == 22 * 7


def test_what_is_prescribed_fills_the_treatments_alone() -> None:
    plan = prescribed(READY_MADE["crossover2013"], "Naltrexone", Decimal("4.5"))
    drug, placebo = plan.orders[0]
    assert (drug.medicine, drug.dose_mg) == ("Naltrexone", Decimal("4.5"))
    assert (placebo.medicine, placebo.dose_mg) == ("", None)
    assert plan.medicines == {"Naltrexone"}


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.dates(START, date(2030, 1, 1)))
def test_phases_lie_end_to_end(lengths: list[int], start: date) -> None:
    steps = [Step(PhaseKind.TREATMENT, days) for days in lengths]
    phases = lay_out(steps, start)
    assert in_order(phases) == phases
    assert [phase.span(start).days for phase in phases] == lengths
    assert phases[0].start == start
    assert all(a.end == b.start for a, b in itertools.pairwise(phases))


@pytest.mark.parametrize("pairs", [1, 3, 8])
def test_pairs_have_every_order_once(pairs: int) -> None:
    plan = pairs_of("Naltrexone", None, days=14, pairs=pairs, washout_days=7)
    assert len(set(plan.orders)) == len(plan.orders) == 2**pairs
    assert plan.blinding is Blinding.DOUBLE
    for order in plan.orders:
        kinds = [step.kind for step in order if step.kind is not PhaseKind.WASHOUT]
        assert len(order) == 4 * pairs - 1
        for pair in range(pairs):
            assert set(kinds[2 * pair : 2 * pair + 2]) == {PhaseKind.PLACEBO, PhaseKind.TREATMENT}


def test_pairs_need_neither_washout_nor_baseline() -> None:
    plan = pairs_of("Naltrexone", None, days=14, pairs=2, baseline_days=0)
    assert plan.before == ()
    assert plan.days == 56


@pytest.mark.parametrize("pairs", [0, 9])
def test_so_many_pairs_are_refused(pairs: int) -> None:
    with pytest.raises(PlanRefused, match="Choose 1 to 8 pairs"):
        pairs_of("Naltrexone", None, days=14, pairs=pairs)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ((), "at least one phase"),
        ((Step(PhaseKind.TREATMENT, 1),) * 41, "at most 40"),
        ((Step(PhaseKind.TREATMENT, 0),), "at least one day"),
        ((Step(PhaseKind.TREATMENT, 731),), "at most two years"),
    ],
)
def test_what_can_not_be_lived_is_refused(steps: tuple[Step, ...], why: str) -> None:
    with pytest.raises(PlanRefused, match=why):
        checked(Plan("own", (), (steps,)))


def test_orders_of_different_lengths_are_refused() -> None:
    orders = ((Step(PhaseKind.TREATMENT, 7),), (Step(PhaseKind.PLACEBO, 8),))
    with pytest.raises(PlanRefused, match="equally long"):
        checked(Plan("own", (), orders))
