"""What goes with what: told where it is true, silent where it is chance, of enough days."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.domain.builders import day, diary_of, phases_of, placed
from tools.noise import FIRST, Course, diary
from tracker.domain import correlations
from tracker.domain.correlations import (
    FALSE_SHARE,
    Correlations,
    Link,
    bars,
    correlation,
    correlations_of,
)
from tracker.domain.departures import departures
from tracker.domain.diary import Diary
from tracker.domain.phases import PhaseKind
from tracker.domain.questionnaire import Ruler
from tracker.domain.spans import Span

TRUE = Course(0.6, 0.75, days=120)


def of(kept: Diary) -> Correlations:
    return correlations_of(kept, (), max(kept.entries, default=FIRST) + timedelta(1))


def link(found: Correlations, first: str, second: str, lag: int) -> Link | None:
    return next(
        (
            one
            for one in found.links
            if (one.first.key, one.second.key, one.lag) == (first, second, lag)
        ),
        None,
    )


def test_a_true_link_is_told_with_its_strength_and_pairs_of_days() -> None:
    kept, _phases = diary(Random(3), TRUE)
    found = of(kept)
    told = link(found, "pain", "fatigue", 0)
    assert told is not None
    assert found.links[0] is told
    span = [Span(FIRST, FIRST + timedelta(120))]
    off = [departures(kept.scores(key), span) for key in ("pain", "fatigue")]
    both = [number for number in off[0] if number in off[1]]
    theirs = stats.pearsonr(*([one[number] for number in both] for one in off))
    assert told.n == len(both) <= found.most
    assert told.r == pytest.approx(theirs.statistic)
    assert found.asked == 6 * 5 // 2 + 6 * 5


def test_the_same_diary_says_the_same_again() -> None:
    kept, _phases = diary(Random(5), TRUE)
    assert of(kept) == of(kept)


def test_what_follows_a_day_later_is_told_by_the_day_before() -> None:
    rng = Random(8)
    pain = [rng.randint(0, 10) for _ in range(130)]
    later = [5, *pain[:-1]]
    found = of(diary_of({"pain": placed(pain), "fatigue": placed(later)}, Ruler.NRS))
    told = link(found, "pain", "fatigue", 1)
    assert told is not None
    assert told.r > 0.95
    assert link(found, "fatigue", "pain", 1) is None


def test_fewer_than_30_pairs_of_days_are_not_looked_at() -> None:
    scores = placed([n * 7 % 11 for n in range(29)])
    found = of(diary_of({"pain": scores, "fatigue": scores}, Ruler.NRS))
    assert (found.asked, found.most, found.links) == (0, 29, [])
    empty = of(Diary(Ruler.NRS, {}, {}))
    assert (empty.asked, empty.most, empty.links) == (0, 0, [])


def test_a_question_that_never_varies_goes_with_nothing() -> None:
    scores = placed([n * 7 % 11 for n in range(120)])
    found = of(diary_of({"pain": scores, "fatigue": placed([4] * 120)}, Ruler.NRS))
    assert (found.asked, found.links) == (3, [])


def test_a_weak_link_is_not_told_however_many_days_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept, _phases = diary(Random(3), TRUE)
    monkeypatch.setattr(correlations, "WEAKEST", 0.99)
    assert of(kept).links == []


def test_whether_the_dose_was_taken_counts_and_what_was_not_prescribed_does_not() -> None:
    rng = Random(2)
    dose = [rng.randint(0, 1) for _ in range(120)]
    pain = [3 * one + rng.randint(0, 2) for one in dose]
    kept = diary_of({"dose_taken": placed([2] * 10 + dose), "pain": placed([9] * 10 + pain)})
    told = link(of(kept), "dose_taken", "pain", 0)
    assert told is not None
    assert told.n == 120


def test_a_step_that_a_treatment_makes_in_both_is_no_link() -> None:
    rng = Random(4)
    levels = [8] * 40 + [2] * 80
    kept = diary_of(
        {key: placed([one + rng.randint(-1, 1) for one in levels]) for key in ("pain", "fatigue")},
        Ruler.NRS,
    )
    phases = phases_of((PhaseKind.BASELINE, 40), (PhaseKind.TREATMENT, None))
    assert correlations_of(kept, phases, day(120)).links == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_bars_are_those_of_scipy(ps: list[float]) -> None:
    adjusted = stats.false_discovery_control(ps, method="by")
    ordered = sorted(ps)
    passed = [place for place, bar in enumerate(bars(len(ps))) if ordered[place] <= bar]
    told = passed[-1] + 1 if passed else 0
    theirs = sum(adjusted <= FALSE_SHARE)
    close = any(abs(each - FALSE_SHARE) < 1e-12 for each in adjusted)
    assert told == theirs or close


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=30))
def test_a_correlation_agrees_with_scipy_and_doesnt_mind_the_order(
    both: list[tuple[int, int]],
) -> None:
    one, two = (
        [float(each) - sum(side) / len(side) for each in side] for side in zip(*both, strict=True)
    )
    found = correlation(one, two)
    assert found == correlation(two, one)
    if len(set(one)) > 1 and len(set(two)) > 1:
        assert found == pytest.approx(stats.pearsonr(one, two).statistic)
    else:
        assert found == 0
