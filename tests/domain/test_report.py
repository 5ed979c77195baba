"""A report judges every phase on its windows, and says why where it can't."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.builders import (
    Scores,
    day,
    diary_of,
    entry,
    phases_of,
    placed,
    report_of,
    spread,
    two_phases,
)
from tracker.domain.answers import DECLINED, answered
from tracker.domain.diary import Diary
from tracker.domain.intervals import NoInterval
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import ITEMS, Ruler
from tracker.domain.report import PhaseResult, build_report
from tracker.domain.responder import Rule, Verdict
from tracker.domain.spans import Span
from tracker.domain.statistics import Band, Flag, Reason, Tally
from tracker.domain.verdicts import Withheld
from tracker.domain.windows import Preset

B, P, T, X = PhaseKind.BASELINE, PhaseKind.PLACEBO, PhaseKind.TREATMENT, PhaseKind.BLINDED
LOW = [60, 62] * 7  # a fortnight's baseline
START = [99]  # the day of the first dose, which counts nowhere


def pain(after: Scores, before: Scores | None = None) -> Diary:
    """Give a diary of pain: a fortnight, the start, then what comes after."""
    return diary_of({"pain": placed([*(LOW if before is None else before), *START, *after])})


def judged(diary: Diary, rule: Rule = Rule.PAIN30, preset: Preset = Preset.WEEK) -> PhaseResult:
    return report_of(diary, two_phases(), rule, preset).phases[0]


@pytest.mark.parametrize(("total", "verdict"), [(294, "responder"), (295, "non_responder")])
def test_exactly_thirty_percent_is_a_response_and_a_point_less_is_none(
    total: int, verdict: str
) -> None:
    result = judged(pain([*spread(total, 7)], [60] * 14))
    assert result.verdict == verdict
    assert result.reason is None


def test_the_near_miss_of_the_standard_is_shown_as_it_is() -> None:
    result = judged(pain([*spread(300, 7)], [*spread(857, 14)]))
    assert result.items["pain"].shown == "29.9"
    assert result.verdict is Verdict.NON_RESPONDER


def test_a_result_carries_all_its_figures() -> None:
    result = judged(pain([42, 44, 42, 44, 42, 44, 42]))
    item = result.items["pain"]
    assert result.window == Span(day(15), day(22))
    assert (item.baseline.sum, item.baseline.days) == (854, 14)
    assert (item.evaluation.sum, item.evaluation.days) == (300, 7)
    assert item.points == Fraction(300, 7) - 61
    assert item.band is Band.MINIMAL
    assert item.nap == 1
    assert item.ci95 is not None
    assert item.no_interval is None
    assert result.early
    assert result.days.logged == 7


def test_a_low_baseline_is_computed_and_flagged() -> None:
    result = judged(pain([20, 22] * 5, [30, 32] * 7))
    assert result.flags == (Flag.LOW_BASELINE,)
    assert result.items["pain"].flags == (Flag.LOW_BASELINE,)


@pytest.mark.parametrize(
    ("diary", "preset", "reason"),
    [
        (pain([42] * 7, [None] * 14), Preset.WEEK, Reason.NO_BASELINE),
        (pain([42] * 6), Preset.WEEK, Reason.PHASE_BOUNDARY),
        (pain([42] * 3 + [None] * 4 + [1]), Preset.WEEK, Reason.TOO_FEW_DAYS),
        (pain([42] * 7, [60] * 7 + [None] * 7), Preset.WEEK, Reason.TOO_FEW_DAYS),
        (pain([42] * 6), Preset.PREGABALIN, Reason.TOO_FEW_DAYS),
        (pain([42] * 7, [0] * 14), Preset.WEEK, Reason.BASELINE_ZERO),
        (pain([42] * 7, [9] * 14), Preset.WEEK, Reason.BASELINE_TOO_LOW),
    ],
)
def test_what_can_not_be_judged_says_why(diary: Diary, preset: Preset, reason: Reason) -> None:
    result = judged(diary, preset=preset)
    item = result.items["pain"]
    assert (result.verdict, result.reason, item.reason) == ("not_assessable", reason, reason)
    assert (item.percent, item.responder, item.ci95, item.band) == (None, None, None, None)
    assert item.shown == "n/a"
    counted = reason in (Reason.BASELINE_ZERO, Reason.BASELINE_TOO_LOW)
    assert (item.points is not None) is (item.nap is not None) is counted


def test_a_declined_baseline_is_written_but_has_too_few_days() -> None:
    nights = {day(n): entry(day(n), {"pain": DECLINED}) for n in range(14)}
    after = pain([42] * 7).entries
    diary = Diary(Ruler.VAS, {"pain": ITEMS["pain"]}, {**after, **nights})
    assert judged(diary).reason is Reason.TOO_FEW_DAYS


@pytest.mark.parametrize("preset", Preset)
def test_nights_on_another_ruler_are_never_mixed_in(preset: Preset) -> None:
    diary = pain([42] * 14)
    other = {day(n): entry(day(n), {"pain": answered(6)}, Ruler.NRS) for n in range(14)}
    result = judged(replace(diary, entries={**diary.entries, **other}), preset=preset)
    assert result.reason is Reason.SCALE_CHANGED
    assert result.items["pain"].baseline.days == 0
    assert result.window is not None


def test_another_ruler_outside_the_windows_changes_nothing() -> None:
    diary = pain([*range(40, 54)])
    start = entry(day(14), {"pain": answered(6)}, Ruler.NRS)
    changed = replace(diary, entries={**diary.entries, day(14): start})
    assert judged(changed) == judged(diary)


def test_pregabalin_takes_the_last_seven_answered_days_of_either_side() -> None:
    result = judged(pain([10] * 5 + [None] * 5 + [40] * 6), preset=Preset.PREGABALIN)
    assert result.items["pain"].evaluation.sum == 10 + 6 * 40
    assert result.items["pain"].baseline.days == 7
    assert result.window == Span(day(19), day(31))


def test_without_any_answer_pregabalin_has_no_window() -> None:
    diary = diary_of({"mood": placed([50] * 30)})
    assert judged(diary, preset=Preset.PREGABALIN).window is None


def test_a_neutral_item_has_points_and_nothing_else() -> None:
    diary = diary_of(
        {"pain": placed(LOW + START + [30] * 7), "activity": placed([20] * 15 + [30] * 7)}
    )
    item = judged(diary).items["activity"]
    assert item.points == 10
    assert (item.percent, item.nap, item.responder, item.flags) == (None, None, None, ())
    assert item.reason is None


def test_scores_that_did_not_vary_have_no_interval_and_say_so() -> None:
    item = judged(pain([42] * 7)).items["pain"]
    assert (item.ci95, item.no_interval) == (None, NoInterval.DID_NOT_VARY)


def test_an_item_of_the_rule_that_was_never_asked_is_not_assessable() -> None:
    result = judged(pain([20] * 7), Rule.YOUNGER2013)
    assert result.verdict is Verdict.NOT_ASSESSABLE
    assert list(result.items) == ["pain", "fatigue", "sleep"]
    assert result.items["sleep"].reason is Reason.TOO_FEW_DAYS
    assert result.reason is Reason.TOO_FEW_DAYS


def test_other_items_are_judged_at_thirty_percent() -> None:
    diary = diary_of(
        {
            "pain": placed(LOW + START + [20] * 7),
            "tolerability": placed([90] * 20),
            "headache": placed([50] * 15 + [20] * 7),
            "mood": {},
        }
    )
    items = judged(diary, Rule.PAIN50).items
    assert {key: item.threshold for key, item in items.items()} == {"pain": 50, "headache": 30}


@pytest.mark.parametrize(
    ("answers", "verdict", "reason"),
    [
        ({15: 1}, Verdict.RESPONDER, None),
        ({15: 1, 21: 2}, Verdict.RESPONDER, None),
        ({15: 1, 21: 3}, Verdict.NON_RESPONDER, None),
        ({14: 1, 22: 1}, Verdict.NOT_ASSESSABLE, Reason.NO_PGIC),
    ],
)
def test_the_last_overall_change_in_time_counts(
    answers: dict[int, int], verdict: Verdict, reason: Reason | None
) -> None:
    scores = placed(LOW + START + [20] * 7)
    diary = diary_of({"pain": scores, "pgic": {day(n): said for n, said in answers.items()}})
    phases = two_phases(14, 8)
    result = report_of(diary, phases, Rule.PAIN_PGIC).phases[0]
    assert (result.verdict, result.reason) == (verdict, reason)


def test_overall_change_alone_can_rule_a_response_out() -> None:
    diary = diary_of({"pain": placed([5] * 14 + START + [5] * 7), "pgic": {day(20): 4}})
    result = judged(diary, Rule.PAIN_PGIC)
    assert (result.verdict, result.pgic) == (Verdict.NON_RESPONDER, 4)


def test_without_a_window_no_overall_change_is_in_time() -> None:
    diary = diary_of({"pain": placed(LOW + START + [20] * 3), "pgic": {day(16): 7}})
    result = judged(diary, Rule.PAIN_PGIC)
    assert (result.reason, result.pgic) == (Reason.PHASE_BOUNDARY, None)


def test_tolerability_is_of_all_answers_after_the_start() -> None:
    said = {day(n): answer for n, answer in {13: 1, 14: 2, 21: 80, 28: 91}.items()}
    diary = diary_of({"pain": placed([*LOW, *START, *[20] * 20]), "tolerability": said})
    assert judged(diary).tolerability == Tally(171, 2)
    assert judged(pain([20] * 20)).tolerability == Tally(0, 0)


def test_tolerability_that_is_not_shown_has_no_mean() -> None:
    diary = diary_of({"pain": placed([*LOW, *START, *[20] * 20]), "tolerability": {day(21): 8}})
    withheld = Withheld(items=frozenset({"pain"}))
    report = build_report(diary, two_phases(), Rule.PAIN30, Preset.WEEK, day(35), withheld=withheld)
    assert report.phases[0].tolerability == Tally(0, 0)


def test_a_blinded_phase_says_nothing() -> None:
    phases = phases_of((B, 14), (X, None))
    diary = diary_of(
        {
            "pain": placed([*LOW, *START, *[20] * 20]),
            "pgic": {day(30): 1},
            "tolerability": {day(21): 90},
        }
    )
    result = report_of(diary, phases).phases[0]
    assert result == PhaseResult(phases[1], Span(day(14), day(35)), reason=Reason.BLINDED)


def test_later_arms_keep_the_one_baseline() -> None:
    diary = pain([50] * 13 + [0] + [30] * 14)
    report = report_of(diary, phases_of((B, 14), (P, 14), (T, None)))
    before = [result.items["pain"].baseline.sum for result in report.phases]
    assert before == [sum(LOW), sum(LOW)]
    assert [result.verdict.value for result in report.phases] == ["non_responder", "responder"]


def test_days_leave_out_gaps_between_phases() -> None:
    phases = [Phase(B, day(0), day(14)), Phase(T, day(20), day(30))]
    assert report_of(pain([20] * 20), phases).days.expected == 24


def test_days_begin_with_the_fortnight_before_the_first_arm() -> None:
    report = report_of(pain([20] * 20), [Phase(T, day(14))])
    assert report.baseline == Span(day(0), day(14))
    assert (report.days.expected, report.days.missing) == (35, 0)


def test_without_phases_the_days_asked_are_counted() -> None:
    diary = pain([20] * 5)
    assert report_of(diary, ()).days.expected == 20
    span = Span(day(-5), day(20))
    report = build_report(diary, (), Rule.PAIN30, Preset.WEEK, day(20), asked=span)
    assert report.days.expected == 25
    assert (report.baseline, report.phases) == (None, ())


def test_an_empty_diary_has_a_report() -> None:
    diary = Diary(Ruler.NRS, {}, {})
    assert report_of(diary, ()).days.expected == 0
    assert report_of(diary, two_phases()).phases[0].reason is Reason.NO_BASELINE


def test_no_arm_means_no_baseline() -> None:
    report = report_of(pain([20] * 20), [Phase(PhaseKind.WASHOUT, day(14))])
    assert report.baseline is None
    assert report.phases[0].reason is Reason.NO_BASELINE


nights = st.lists(st.none() | st.integers(0, 100), min_size=25, max_size=60)


@given(nights, st.randoms(use_true_random=False), st.sampled_from(Preset), st.sampled_from(Rule))
def test_the_order_of_entries_does_not_matter(
    scores: list[int | None], rng: object, preset: Preset, rule: Rule
) -> None:
    diary = diary_of({"pain": placed(scores), "sleep": placed(scores[::-1])})
    order = list(diary.entries.items())
    rng.shuffle(order)  # type: ignore[attr-defined]  # a strategy's Random
    shuffled = replace(diary, entries=dict(order))
    assert report_of(shuffled, two_phases(), rule, preset) == report_of(
        diary, two_phases(), rule, preset
    )


@given(nights, st.sampled_from(Preset))
def test_ten_times_the_scores_on_ten_times_the_ruler_give_the_same_percent(
    scores: list[int | None], preset: Preset
) -> None:
    small = [None if score is None else score // 10 for score in scores]
    large = [None if score is None else score * 10 for score in small]
    first, second = (
        report_of(diary_of({"pain": placed(each)}, ruler), two_phases(), preset=preset).phases[0]
        for each, ruler in ((small, Ruler.NRS), (large, Ruler.VAS))
    )
    assert first.items["pain"].percent == second.items["pain"].percent
    assert (first.verdict, first.reason, first.flags) == (
        second.verdict,
        second.reason,
        second.flags,
    )
    assert first.sustained_from == second.sustained_from


@given(nights, st.integers(15, 59), st.integers(1, 100))
def test_less_pain_never_makes_a_verdict_worse(
    scores: list[int | None], number: int, less: int
) -> None:
    eased = list(scores)
    if number < len(eased):
        said = eased[number]
        eased[number] = None if said is None else max(0, said - less)
    rank = {Verdict.NON_RESPONDER: 0, Verdict.NOT_ASSESSABLE: 1, Verdict.RESPONDER: 2}
    before, after = (judged(diary_of({"pain": placed(each)})) for each in (scores, eased))
    assert rank[after.verdict] >= rank[before.verdict]
    assert after.reason == before.reason


@given(nights, st.integers(0, 59))
def test_a_missing_day_outside_the_windows_never_moves_a_figure(
    scores: list[int | None], number: int
) -> None:
    phases = two_phases(14, 30)
    without = [None if n == number else score for n, score in enumerate(scores)]
    before, after = (
        report_of(diary_of({"pain": placed(each)}), phases).phases[0] for each in (scores, without)
    )
    assert before.window == Span(day(37), day(44))
    assume(day(number) not in Span(day(37), day(44)) and number >= len(LOW))
    assert before.items["pain"].percent == after.items["pain"].percent
    assert before.verdict == after.verdict
