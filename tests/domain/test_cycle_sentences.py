"""What is said of pairs: plainly, with the draws counted, and no p-value without lots."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.domain.builders import day, phases_of, placed, series
from tracker.domain import cycle_sentences
from tracker.domain.cycles import MOST_TESTED, Cycles, cycles_of
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.voice import Voice

ENGLISH = Voice(str, lambda one, many, count: one if count == 1 else many)
P, T = PhaseKind.PLACEBO, PhaseKind.TREATMENT
LDN = ("LDN", Decimal("4.5"))


def phases(count: int, length: int = 14, taken: tuple[str, Decimal | None] = LDN) -> list[Phase]:
    """Give so many pairs, placebo first in each."""
    return [
        replace(phase, medicine=taken[0], dose_mg=taken[1]) if phase.kind is T else phase
        for phase in phases_of(*[(P, length), (T, length)] * count)
    ]


def pairs(
    differences: Sequence[int], spans: Sequence[Phase] | None = None, *, drawn: bool = True
) -> Cycles:
    """Give pairs with these differences in pain on the 0 to 100 ruler."""
    scores = [level for each in differences for level in [60] * 14 + [60 - each] * 14]
    found = cycles_of(
        [series("pain", placed(scores))], spans or phases(len(differences)), is_randomised=drawn
    )
    assert found is not None
    return found


def said(cycles: Cycles) -> str:
    return "\n".join(cycle_sentences.told(cycles, ENGLISH)).replace("\N{NO-BREAK SPACE}", " ")


def test_the_published_case_is_said_plainly() -> None:
    text = said(pairs((8, 12, 5, 10)))
    assert "In all 4 pairs pain was lower on LDN 4.5 mg than on placebo: \u22128.8 points" in text
    assert "in 1 of 16 draws (one-sided p = 0.063)" in text
    assert "in 2 of 16 (two-sided p = 0.125)" in text
    assert "With 4 pairs no result can be below 1 in 16." in text
    assert "The first 7 days of every phase are left out" in text


@pytest.mark.parametrize(
    ("differences", "words"),
    [
        ((8, 12, -1), "In 2 of 3 pairs pain was lower on LDN 4.5 mg"),
        ((-8, -12), "In all 2 pairs pain was higher on LDN 4.5 mg"),
        ((-8, 2), "In 1 of 2 pairs pain was higher on LDN 4.5 mg"),
        ((0, 0), "In 0 of 2 pairs pain was lower on LDN 4.5 mg than on placebo: 0.0 points"),
    ],
)
def test_it_counts_the_pairs_that_go_the_way_of_the_mean(
    differences: Sequence[int], words: str
) -> None:
    assert words in said(pairs(differences))


def test_a_treatment_is_named_where_it_was_the_same_in_all_pairs() -> None:
    changed = phases(2)
    changed[3] = replace(changed[3], dose_mg=Decimal(3))
    assert "lower on treatment than on placebo" in said(pairs((8, 12), changed))
    assert "lower on treatment" in said(pairs((8, 12), phases(2, taken=("", None))))


def test_without_lots_no_chance_is_told_but_why_not() -> None:
    text = said(pairs((8, 12, 5, 10), drawn=False))
    assert "In all 4 pairs pain was lower" in text
    assert "No p-value is given: it means something only where the order" in text
    assert "draws" not in text
    assert "p =" not in text


def test_too_few_and_too_many_pairs_are_said() -> None:
    assert "Chance is told of two pairs or more." in said(
        pairs((8, 12), [*phases(2)[:3], replace(phases(2)[3], end=None)])
    )
    assert f"of at most {MOST_TESTED} pairs" in said(pairs([1] * (MOST_TESTED + 1)))


def test_small_chances_have_enough_decimals() -> None:
    assert "in 1 of 4096 draws (one-sided p = 0.0002)" in said(pairs([1] * 12))


def test_a_pair_that_is_not_counted_is_named_with_the_reason() -> None:
    spans = phases(3)
    spans[5] = replace(spans[5], end=None)
    running = said(pairs((8, 12, 5), spans))
    assert "In all 2 pairs" in running
    assert "Pair 3 counts once both of its phases are over." in running
    short = [replace(spans[0], start=day(9)), *spans[1:5]]
    assert (
        "Pair 1 is not counted: 0 of 0 days answered in the phase from 10 Jan 2026, 1 needed."
        in (said(pairs((8, 12, 5), short)))
    )
    few = pairs((8, 12))
    gaps = placed([60] * 10 + [None] * 4 + [50] * 14 + [60] * 14 + [40] * 14)
    missing = cycles_of([series("pain", gaps)], phases(2))
    assert missing is not None
    assert (
        "Pair 1 is not counted: 3 of 7 days answered in the phase from 1 Jan 2026, 4 needed."
        in (said(missing))
    )
    other = replace(series("pain", placed([60] * 56)), elsewhere=frozenset({day(40)}))
    mixed = cycles_of([other], phases(2))
    assert mixed is not None
    assert "Pair 2 is not counted: some of its days were answered on the other ruler." in said(
        mixed
    )
    assert few.differences == [Fraction(8), Fraction(12)]


def test_where_pain_is_not_answered_nothing_is_compared_by_it() -> None:
    found = cycles_of([series("mood", placed([6] * 90))], phases(2), is_randomised=True)
    assert found is not None
    assert "No pair can be compared by pain yet." in said(found)
