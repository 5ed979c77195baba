"""A glance tells what may be read, and puts whoever needs to be looked at first."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import pytest

from tests.domain.builders import day, diary_of, phases_of, placed, two_phases
from tracker.domain.diary import Diary
from tracker.domain.glances import LEAST_NEED, Glance, glance_at
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Ruler
from tracker.domain.responder import Verdict
from tracker.domain.scopes import WHOLE, Scope, excerpt_of
from tracker.domain.spans import Span
from tracker.domain.statistics import Reason

DAYS: Final = 42
TREATED: Final = two_phases()


def nights(before: int = 60, after: int = 40, days: int = DAYS) -> Diary:
    """Give a diary that changes after two weeks, in all that the main rule asks and in mood."""
    scores = placed([before] * 14 + [after] * (days - 14))
    return diary_of(dict.fromkeys(("pain", "fatigue", "sleep", "mood"), scores))


def seen(
    diary: Diary, phases: tuple[Phase, ...] = TREATED, scope: Scope = WHOLE, today: int = DAYS
) -> Glance:
    return glance_at(excerpt_of(diary, phases, scope, day(today)), day(today))


def test_the_nights_end_with_the_last_closed_day() -> None:
    diary = nights()
    glance = seen(diary)
    assert (glance.closed, glance.expected, glance.logged) == (day(DAYS - 1), 14, 14)
    later = seen(diary, today=DAYS + 3)
    assert (later.closed, later.missing, later.last_entry) == (day(DAYS + 2), 3, day(DAYS - 1))
    tonight = seen(nights(days=DAYS + 1))
    assert (tonight.closed, tonight.logged) == (day(DAYS), 14)


def test_paused_nights_are_not_missed() -> None:
    diary = replace(nights(days=DAYS - 4), pauses=(Span(day(DAYS - 3), day(DAYS + 9)),))
    glance = seen(diary)
    assert (glance.expected, glance.missing) == (11, 1)


def test_change_is_the_last_weeks_mean_less_the_baselines() -> None:
    assert seen(nights(60, 47)).points == -13
    assert seen(nights(60, 71)).points == 11
    assert seen(diary_of({"pain": placed([60] * 14 + [40] * 3)}), today=17).points is None


def test_change_is_cut_toward_zero() -> None:
    diary = diary_of({"pain": placed([1] * 13 + [2] + [1] * 28)})
    points = seen(diary).points
    assert points is not None
    assert -Fraction(1, 14) < points <= -Fraction(1, 14) + Fraction(1, 10**7)


@pytest.mark.parametrize(
    "phases",
    [
        (),
        phases_of((PhaseKind.BASELINE, None)),
        phases_of((PhaseKind.BASELINE, 38), (PhaseKind.TREATMENT, None)),
        phases_of((PhaseKind.WASHOUT, None)),
        phases_of((PhaseKind.BASELINE, 14), (PhaseKind.BLINDED, None)),
        phases_of((PhaseKind.BASELINE, 14), (PhaseKind.BLINDED, 10), (PhaseKind.FOLLOW_UP, None)),
    ],
)
def test_there_is_no_change_without_a_week_of_a_phase_against_a_baseline(
    phases: tuple[Phase, ...],
) -> None:
    assert seen(nights(), phases).change is None


def test_too_few_nights_give_no_change() -> None:
    assert seen(nights(), today=DAYS + 4).change is None
    few = diary_of({"pain": placed([60] * 7) | placed([40] * 28, 14)})
    assert seen(few).change is None


def test_scores_on_two_rulers_are_not_compared() -> None:
    diary = nights()
    other = {
        when: replace(entry, ruler=Ruler.NRS) if when < day(3) else entry
        for when, entry in diary.entries.items()
    }
    mixed = replace(diary, entries=other)
    assert seen(mixed).change is None
    assert seen(mixed).reason is Reason.SCALE_CHANGED


def test_the_verdict_is_the_headline_of_the_newest_phase() -> None:
    assert seen(nights(60, 55)).verdict is Verdict.NON_RESPONDER
    better = diary_of(
        {key: placed([60] * 14 + [20] * 28) for key in ("pain", "fatigue")}
        | {"sleep": placed([50] * 42)}
    )
    assert seen(better).verdict is Verdict.RESPONDER
    silent = seen(better, today=DAYS + 5)
    assert (silent.verdict, silent.reason) == (Verdict.NOT_ASSESSABLE, Reason.TOO_FEW_DAYS)


def test_a_blinded_phase_hides_verdict_and_change() -> None:
    phases = phases_of((PhaseKind.BASELINE, 14), (PhaseKind.BLINDED, None))
    glance = seen(nights(), phases)
    assert (glance.verdict, glance.reason, glance.change) == (None, None, None)


def test_pain_and_mood_are_of_the_last_eight_weeks() -> None:
    mood = placed([0] + [30] * 69)
    diary = diary_of({"pain": placed([50] * 70), "mood": mood})
    glance = seen(diary, today=70)
    assert glance.lowest_mood == 30
    assert glance.pains == (50,) * 56
    assert seen(diary, today=72).pains[-3:] == (50, None, None)


def test_who_wrote_nothing_has_nothing_to_show() -> None:
    glance = seen(Diary(Ruler.VAS, {}, {}))
    assert (glance.logged, glance.last_entry, glance.lowest_mood) == (0, None, None)
    assert (glance.ruler, set(glance.pains)) == (Ruler.NRS, {None})


@pytest.mark.parametrize(
    ("scope", "figures"),
    [
        (Scope(items=frozenset({"pain"})), "missing change last_entry"),
        (Scope(items=frozenset({"mood"})), "missing last_entry lowest_mood"),
        (Scope(first=day(DAYS - 14)), "missing last_entry"),
        (Scope(first=day(DAYS - 13)), "last_entry"),
        (Scope(first=day(1)), "missing last_entry"),
        (Scope(first=day(DAYS - 56)), "missing change last_entry lowest_mood verdict"),
        (Scope(end=day(DAYS)), "missing change last_entry lowest_mood verdict"),
        (Scope(end=day(DAYS - 1)), "verdict"),
    ],
)
def test_a_figure_is_shown_only_where_all_it_rests_on_is(scope: Scope, figures: str) -> None:
    glance = seen(nights(), scope=scope)
    names = ("missing", "change", "last_entry", "lowest_mood", "verdict")
    assert " ".join(name for name in names if getattr(glance, name) is not None) == figures


def test_need_is_nights_missing_then_change_then_the_last_entry() -> None:
    def glance(logged: int | None, change: int | None, last: int | None) -> Glance:
        return Glance(
            closed=day(0),
            ruler=Ruler.NRS,
            expected=None if logged is None else 14,
            logged=logged,
            change=change,
            last_entry=None if last is None else day(last),
            lowest_mood=None,
            verdict=None,
            reason=None,
            pains=(),
        )

    ordered = [
        glance(0, None, 3),
        glance(9, 10**9, 0),
        glance(9, 1, 0),
        glance(9, 1, 5),
        glance(9, 1, None),
        glance(9, -(10**9), 0),
        glance(9, None, 0),
        glance(14, 5, 0),
        glance(None, 10**9, 0),
        glance(None, None, None),
    ]
    needs = [each.need for each in ordered]
    assert needs == sorted(set(needs))
    assert needs[0] >= 0
    assert needs[-1] < LEAST_NEED
    assert replace(ordered[0], last_entry=date.min).need < needs[0]
    assert replace(ordered[-1], last_entry=date.max - timedelta(1)).need < needs[-1]
