"""One person's periods are paired, without the days that the period before leaves behind."""

from dataclasses import replace
from fractions import Fraction

from tests.domain.builders import day, phases_of, placed, series
from tests.domain.golden import GOLDEN
from tracker.domain.cycles import cycles_of, period_mean
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.signs import sign_flip

P, T = PhaseKind.PLACEBO, PhaseKind.TREATMENT


def test_the_first_seven_days_of_a_period_are_left_out() -> None:
    phase = Phase(T, day(0), day(14))
    assert period_mean(series("pain", placed([99] * 7 + [40] * 7)), phase, day(14)) == 40
    assert period_mean(series("sleep", placed([99] * 7 + [40] * 7)), phase, day(14)) == 60


def test_a_period_needs_days_after_these_and_enough_answers_on_one_ruler() -> None:
    scores = placed([40] * 14)
    assert period_mean(series("pain", scores), Phase(T, day(0), day(7)), day(14)) is None
    phase = Phase(T, day(0), day(14))
    few = {when: score for when, score in scores.items() if when < day(10)}
    assert period_mean(series("pain", few), phase, day(14)) is None
    enough = {when: score for when, score in scores.items() if when < day(11)}
    assert period_mean(series("pain", enough), phase, day(14)) == 40
    mixed = replace(series("pain", enough), elsewhere=frozenset({day(12)}))
    assert period_mean(mixed, phase, day(14)) is None


def test_a_running_period_ends_for_now() -> None:
    phase = Phase(T, day(0))
    assert period_mean(series("pain", placed([40] * 10)), phase, day(10)) == 40


def test_the_exact_case_comes_out_of_eight_periods() -> None:
    differences = GOLDEN["sign_flip"]["differences"]
    phases = phases_of((PhaseKind.BASELINE, 14), *[(P, 14), (T, 14)] * 2, *[(T, 14), (P, 14)] * 2)
    scores: list[int | None] = [90] * 14
    for number, difference in enumerate(differences):
        pair = [[60] * 14, [60 - difference] * 14]
        scores += [score for period in (pair if number < 2 else pair[::-1]) for score in period]
    found = cycles_of(series("pain", placed(scores)), phases, day(200))
    assert [cycle.difference for cycle in found] == differences
    assert [cycle.placebo.kind for cycle in found] == [P] * 4
    known = [cycle.difference for cycle in found if cycle.difference is not None]
    assert sign_flip(known).two_sided == Fraction(*GOLDEN["sign_flip"]["two_sided"])


def test_a_period_is_in_one_pair_at_most_and_two_alike_make_none() -> None:
    pain = series("pain", placed([50] * 100))
    for kinds, pairs in (((T, P, T), 1), ((T, T, P), 1), ((T, T), 0), ((T, P, T, P), 2), ((), 0)):
        phases = phases_of(*((kind, 14) for kind in kinds))
        assert len(cycles_of(pain, phases, day(200))) == pairs
    lengths = ((T, 7), (P, 14))
    assert [each.difference for each in cycles_of(pain, phases_of(*lengths), day(200))] == [None]
    assert [each.difference for each in cycles_of(pain, phases_of((P, 14), (T, 7)), day(200))] == [
        None
    ]
