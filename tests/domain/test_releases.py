"""A release tells of nobody who is one of fewer than five, not by two of its numbers either."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.completion import Days
from tracker.domain.groups import GroupReport, group_report
from tracker.domain.outcomes import Outcome
from tracker.domain.releases import LEAST, released
from tracker.domain.responder import Rule
from tracker.domain.told_groups import (
    STEPS,
    Cell,
    ToldArm,
    ToldMean,
    ToldPairs,
    ToldReport,
    ToldShare,
    Withheld,
    whole,
)

YOUNGER = Rule.YOUNGER2013
UNDER, ALL_BUT, BESIDE = Withheld.UNDER, Withheld.ALL_BUT, Withheld.BESIDE


def outcome(percent: int | None, *, responds: bool | None = None, **more: object) -> Outcome:
    """Return somebody with this percent; who isn't said to respond doesn't."""
    known = False if percent is not None and responds is None else responds
    days = Days(expected=10, logged=9 if percent is not None else 0, late=1)
    return replace(Outcome(known, percent=_fraction(percent), days=days), **more)  # type: ignore[arg-type]  # any field


def _fraction(percent: int | None) -> Fraction | None:
    return None if percent is None else Fraction(percent)


def arm(people: Sequence[Outcome], rule: Rule = YOUNGER) -> ToldArm:
    return released(group_report([{"a": one} for one in people], ["a"]), rule).arms["a"]


def many(*groups: tuple[int, Outcome]) -> list[Outcome]:
    return [one for count, one in groups for _ in range(count)]


def test_a_number_below_five_and_all_but_so_few_are_withheld() -> None:
    told = arm(many((4, outcome(40, responds=True)), (24, outcome(0))))
    assert told.responders == ToldShare(UNDER, 28)
    assert told.at[30] == (ToldShare(UNDER, 28), ToldShare(UNDER, 28))
    told = arm(many((24, outcome(40, responds=True)), (4, outcome(0))))
    assert told.responders == ToldShare(ALL_BUT, 28)
    told = arm(many((9, outcome(40, responds=True)), (19, outcome(0))))
    assert told.responders == ToldShare(9, 28)
    assert told.improvement == ToldMean(Fraction(128, 10), 28)


def test_what_stands_in_another_number_is_the_same_or_five_apart() -> None:
    people = many(
        (7, outcome(60, responds=True)), (3, outcome(35)), (6, outcome(15)), (12, outcome(-5))
    )
    told = arm(people)
    assert [told.at[at][0].count for at in STEPS] == [16, BESIDE, BESIDE, 7, 7, UNDER]
    assert told.less_pain == ToldShare(16, 28)


def test_by_pain_alone_the_responders_are_a_step_of_the_curve() -> None:
    people = many((9, outcome(60, responds=True)), (3, outcome(45)), (16, outcome(0)))
    by_pain = [
        replace(one, responder=one.percent is not None and one.percent >= 50) for one in people
    ]
    told = arm(by_pain, Rule.PAIN50)
    assert (told.responders.count, told.at[50][0].count) == (9, 9)
    assert (told.at[30][0].count, told.at[40][0].count) == (BESIDE, BESIDE)
    # By another rule nobody knows how those of 40 % and the responders stand to each other.
    assert (
        arm(many((9, outcome(35, responds=True)), (7, outcome(45)), (12, outcome(0))))
        .at[40][0]
        .count
        == 7
    )


def test_whom_figures_are_of_is_withheld_where_few_are_left_out() -> None:
    people = many((9, outcome(40, responds=True)), (17, outcome(0)), (2, outcome(None)))
    told = arm(people)
    assert (told.assessable.count, told.improvement.n) == (ALL_BUT, ALL_BUT)
    assert told.at[30] == (ToldShare(9, 28), ToldShare(9, ALL_BUT))
    assert told.silent == ToldShare(UNDER, 28)
    told = arm(many((9, outcome(40, responds=True)), (13, outcome(0)), (6, outcome(None))))
    assert (told.assessable.count, told.improvement.n, told.silent.count) == (22, 22, 6)
    wrote = outcome(None, days=Days(expected=10, logged=2))
    told = arm(
        many((9, outcome(40, responds=True)), (11, outcome(0)), (2, wrote), (6, outcome(None)))
    )
    assert told.silent.count is BESIDE, "who wrote and is not judged are two"
    assert arm(many((5, outcome(40, responds=True)), (9, outcome(0)))).silent.count is UNDER


def test_single_people_and_nights_are_never_told() -> None:
    told = arm(many((9, outcome(40, responds=True)), (19, outcome(1))))
    assert (told.ends, dict(told.reasons), told.nights) == (None, {}, None)
    assert told.completion == Fraction(9, 10)
    none = arm(many((28, Outcome(responder=False))))
    assert (none.completion, none.improvement.mean) == (None, None)
    assert arm(many((4, outcome(40)), (24, outcome(None)))).improvement.mean is None


def test_means_are_cut_where_they_are_printed_so_that_no_sum_comes_back() -> None:
    told = arm(many((1, outcome(-20)), (27, outcome(29))))
    assert told.improvement.mean == Fraction(272, 10)
    tolerable = arm([outcome(1, tolerability=Fraction(70 + n % 3)) for n in range(28)])
    assert tolerable.tolerability == ToldMean(Fraction(709, 10), 28)


def test_seven_answers_are_told_together_or_not_at_all() -> None:
    told = arm([outcome(1, pgic=1 + n % 7) for n in range(35)])
    assert [*told.pgic.values()] == [5] * 7
    told = arm([outcome(1, pgic=1 + n % 7) for n in range(34)])
    assert {*told.pgic.values()} == {BESIDE}
    assert told.improved == ToldShare(10, 34)


def test_who_is_improved_and_responds_by_that_rule_are_five_apart() -> None:
    people = many(
        (9, outcome(40, responds=True, pgic=1)), (3, outcome(0, pgic=2)), (16, outcome(0, pgic=4))
    )
    assert arm(people, Rule.PAIN_PGIC).improved == ToldShare(BESIDE, 28)
    assert arm(people, YOUNGER).improved == ToldShare(12, 28)


def test_side_effects_are_told_of_those_who_were_asked() -> None:
    people = [
        outcome(1, side_effects={"headache": n < 6, "nausea": n < 4, "anxiety": n < 22})
        for n in range(26)
    ]
    told = arm([*people, outcome(1), outcome(1)]).side_effects
    assert told["headache"] == ToldShare(6, ALL_BUT)
    assert told["nausea"] == ToldShare(UNDER, ALL_BUT)
    assert told["anxiety"] == ToldShare(ALL_BUT, ALL_BUT)
    assert told["headache"].share is None


def test_of_fewer_than_five_people_nothing_is_told_and_no_sum_either() -> None:
    people = [{"a": outcome(40, responds=True)}] * 4 + [{"b": outcome(1, pgic=1)}] * 20
    report = released(group_report(people, ["a", "b"]), YOUNGER)
    small = report.arms["a"]
    assert report.n is BESIDE, "the small arm is what is left"
    assert (small.n, small.responders, small.improvement.mean) == (
        *(UNDER, ToldShare(UNDER, UNDER), None),
    )
    assert report.arms["b"].n == 20
    assert report.paired == ToldPairs(
        ("a", "b"), UNDER, *(BESIDE,) * 4, mean_difference=None, compared=UNDER, mcnemar_p=None
    )
    assert released(group_report(people[:3], ["a"]), YOUNGER).n is UNDER


def pairs(counts: Sequence[int], unjudged: int = 0) -> ToldPairs:
    """Return the pairs of so many people who respond in both, one, the other and neither arm."""
    answers = ((True, True), (True, False), (False, True), (False, False))
    people = [
        {"a": outcome(50, responds=first), "b": outcome(20, responds=second)}
        for (first, second), count in zip(answers, counts, strict=True)
        for _ in range(count)
    ]
    for place in range(unjudged):
        people[place]["b"] = outcome(None)
    found = released(group_report(people, ["a", "b"]), YOUNGER).paired
    assert found is not None
    return found


def test_pairs_are_told_where_each_of_the_four_is_large_enough() -> None:
    told = pairs((6, 9, 5, 8))
    assert (told.n, told.both, told.first_only, told.second_only, told.neither) == (28, 6, 9, 5, 8)
    assert told.mcnemar_p is not None
    told = pairs((6, 9, 4, 9))
    assert {told.both, told.first_only, told.second_only, told.neither} == {BESIDE}
    assert told.mcnemar_p is None, "by it the two would be found"


@pytest.mark.parametrize(("unjudged", "is_told"), [(0, True), (1, False), (4, False), (6, True)])
def test_the_difference_is_not_told_where_few_are_in_one_mean_alone(
    unjudged: int, *, is_told: bool
) -> None:
    told = pairs((7, 7, 7, 7), unjudged)
    assert (told.mean_difference is not None) is is_told
    assert isinstance(told.compared, int) is is_told


people = st.lists(
    st.builds(
        outcome,
        st.none() | st.integers(-50, 90),
        responds=st.none() | st.booleans(),
        pgic=st.none() | st.integers(1, 7),
    ),
    min_size=1,
    max_size=40,
)


def sound(found: list[Outcome]) -> list[Outcome]:
    """Return people as a rule would find them: who responds has 30 % less pain."""
    return [
        one if one.percent is not None and one.percent >= 30 else replace(one, responder=None)
        for one in found
    ]


def cells(report: ToldReport) -> Iterator[Cell]:
    """Yield every number of people that a release tells of its arms."""
    yield report.n
    for told in report.arms.values():
        shares = (told.responders, told.less_pain, told.improved, told.assessable, told.silent)
        for share in (*shares, *(one for both in told.at.values() for one in both)):
            yield from (share.count, share.n)
        yield from (told.n, told.improvement.n, told.tolerability.n, *told.pgic.values())


@given(people)
def test_no_release_tells_a_number_below_five(found: list[Outcome]) -> None:
    report = released(group_report([{"a": one} for one in sound(found)], ["a"]), YOUNGER)
    assert all(cell >= LEAST for cell in cells(report) if isinstance(cell, int))


@given(people)
def test_no_two_numbers_that_stand_in_each_other_tell_of_few(found: list[Outcome]) -> None:
    told = arm(sound(found))
    chain = [
        told.responders.count,
        told.at[30][0].count,
        told.at[10][0].count,
        told.less_pain.count,
    ]
    known = [told.n, told.improvement.n, *chain]
    for one, other in combinations([cell for cell in known if isinstance(cell, int)], 2):
        assert one == other or abs(one - other) >= LEAST


def attacked(report: GroupReport) -> set[tuple[int, int, int, int]]:
    """Return all ways in which people may respond in two arms that give the same release."""
    told, n = released(report, YOUNGER), report.n
    ways = {
        (both, first, second, n - both - first - second)
        for both, first, second in product(range(n + 1), repeat=3)
    }
    return {counts for counts in ways if min(counts) >= 0 and same(told, counts)}


def same(told: ToldReport, counts: tuple[int, int, int, int]) -> bool:
    """Return whether a release of people who respond so many times says what `told` says."""
    both, first, second, _neither = counts
    n = sum(counts)
    paired = told.paired
    assert paired is not None
    for name, responds in (("a", both + first), ("b", both + second)):
        seen = told.arms[name].responders.count
        hidden = UNDER if responds < LEAST else ALL_BUT if n - responds < LEAST else responds
        if seen != hidden:
            return False
    is_shown = min(counts) >= LEAST
    return paired.both == (both if is_shown else BESIDE)


@pytest.mark.parametrize(
    "counts", [(2, 7, 1, 10), (0, 9, 9, 0), (4, 4, 4, 4), (1, 1, 1, 17), (5, 5, 4, 6)]
)
def test_who_knows_the_rule_still_finds_no_small_cell(counts: tuple[int, int, int, int]) -> None:
    answers = ((True, True), (True, False), (False, True), (False, False))
    people = [
        {"a": outcome(50, responds=first), "b": outcome(50, responds=second)}
        for (first, second), count in zip(answers, counts, strict=True)
        for _ in range(count)
    ]
    ways = attacked(group_report(people, ["a", "b"]))
    assert counts in ways
    for place, count in enumerate(counts):
        if count < LEAST:
            assert len({way[place] for way in ways}) > 1, (place, ways)


def test_the_whole_report_withholds_nothing() -> None:
    found = [{"a": outcome(40, responds=True)}, {"a": outcome(None)}]
    told = whole(group_report(found, ["a"]))
    assert (told.n, told.is_release, told.paired) == (2, False, None)
    assert told.arms["a"].responders == ToldShare(1, 2)
    assert told.arms["a"].ends == (Fraction(40), Fraction(40))
    assert whole(group_report([{"a": outcome(-1)}], ["a"])).arms["a"].ends is None
    both = whole(group_report([{"a": outcome(1), "b": outcome(2)}], ["a", "b"])).paired
    assert both is not None
    assert (both.neither, both.mean_difference) == (1, Fraction(-1))
