"""The verdict on one phase: every item judged, the rule applied, the reason where it can't be."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeAlias

from tracker.domain.asking import WhenAsked
from tracker.domain.completion import Days, count_days
from tracker.domain.diary import Diary
from tracker.domain.improvement import ItemResult, Windows, judge, measure
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import PGIC, TOLERABILITY, Kind
from tracker.domain.responder import (
    DEFINITIONS,
    PGIC_IMPROVED,
    Rule,
    Verdict,
    decide,
    thresholds,
)
from tracker.domain.series import Series
from tracker.domain.spans import Span
from tracker.domain.statistics import RESPONDER_PERCENT, Flag, Reason, Tally
from tracker.domain.sustained import sustained_from
from tracker.domain.windows import Preset, after_start, evaluation_of, is_early

NO_ANSWERS: Final = Tally(0, 0)
Judging: TypeAlias = Callable[[Series, int, Windows], ItemResult]


@dataclass(frozen=True, slots=True)
class PhaseResult:
    """What is said of one phase that isn't the baseline.

    `span` ends where the phase does or, while it runs, after the last closed day. `window` is None
    where too few days lie in the phase. `reason` is None unless `verdict` is not assessable.
    `days` counts the window's nights. `pgic` is the last answer that lies in time, whether or not
    the rule asks for it; `tolerability` is of all the phase's answers.
    """

    phase: Phase
    span: Span
    window: Span | None = None
    verdict: Verdict = Verdict.NOT_ASSESSABLE
    reason: Reason | None = None
    early: bool = False
    flags: tuple[Flag, ...] = ()
    sustained_from: date | None = None
    items: Mapping[str, ItemResult] = field(default_factory=dict)
    days: Days = field(default_factory=Days)
    pgic: int | None = None
    tolerability: Tally = NO_ANSWERS


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a reader may not see: no figure that rests on it is given.

    `baseline` is True where some of it is hidden. `phases` are the starts of those that had begun
    before the first day shown. `items` are the keys that are shown, None where all are. `cycles` is
    True where a period that could be one of a pair began before the first day shown.
    """

    baseline: bool = False
    cycles: bool = False
    phases: frozenset[date] = frozenset()
    items: frozenset[str] | None = None

    def hides(self, key: str) -> bool:
        """True where the item `key` is not shown."""
        return self.items is not None and key not in self.items


NOTHING: Final = Withheld()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every phase of one person.

    `series` has every item that was asked or that the rule and `sustained_from` need. `baseline`
    is None where there is none or it holds no entry. `withheld` is what a reader may not see.
    """

    series: Mapping[str, Series]
    rule: Rule
    preset: Preset
    baseline: Span | None
    closed_until: date
    withheld: Withheld = NOTHING


def judge_phase(question: Question, diary: Diary, phase: Phase) -> PhaseResult:
    """Return all that is said of `phase`, which is no baseline; `diary` has its nights."""
    decided = decide_phase(question, phase, judge)
    if _untold(question, phase) is not None:
        return decided
    days = after_start(phase, question.closed_until)
    return replace(
        decided,
        sustained_from=sustained_from(question.series["pain"], question.baseline, days),
        days=count_days(diary, decided.window or ()),
    )


def decide_phase(question: Question, phase: Phase, judging: Judging = measure) -> PhaseResult:
    """Return the verdict on `phase` and what it rests on; neither `sustained_from` nor `days`.

    Args:
        question: what is asked.
        phase: no baseline.
        judging: how each item is judged, when it is asked for.
    """
    span = phase.span(question.closed_until)
    untold = _untold(question, phase)
    if untold is not None:
        return PhaseResult(phase=phase, span=span, reason=untold)
    days = after_start(phase, question.closed_until)
    windows = Windows(
        preset=question.preset,
        baseline=question.baseline,
        days=days,
        window=evaluation_of(days, question.preset),
    )
    items = _judge_items(question, windows, judging)
    asked = tuple(items[key] for key in thresholds(question.rule) if key in items)
    window = windows.window if question.preset.by_calendar else _covering(asked)
    pgic = _last_pgic(question, days, window)
    verdict, reason = _apply(question, items, pgic)
    return PhaseResult(
        phase=phase,
        span=span,
        window=window,
        verdict=verdict,
        reason=reason,
        early=is_early(phase, window),
        flags=tuple(f for f in Flag if any(f in result.flags for result in asked)),
        items=items,
        pgic=pgic,
        tolerability=_tolerability(question, days),
    )


def _untold(question: Question, phase: Phase) -> Reason | None:
    """Return why nothing at all is said of `phase`; None where something may be."""
    if phase.kind is PhaseKind.BLINDED:
        return Reason.BLINDED
    if question.withheld.baseline or phase.start in question.withheld.phases:
        return Reason.NOT_SHARED
    return None


def _judge_items(
    question: Question, windows: Windows, judging: Judging
) -> Mapping[str, ItemResult]:
    """Return the rule's items, then every other scale item ever answered; judged when asked."""
    asked = thresholds(question.rule)
    others = [
        key
        for key, series in question.series.items()
        if series.item.kind is Kind.SCALE and (series.scores or series.elsewhere)
    ]
    ruled = [key for key in asked if key != PGIC.key and not question.withheld.hides(key)]
    keys = dict.fromkeys([*ruled, *others])
    return WhenAsked(
        keys,
        lambda key: judging(question.series[key], asked.get(key, RESPONDER_PERCENT), windows),
    )


def _covering(results: Iterable[ItemResult]) -> Span | None:
    """Return the days from the earliest to the latest that any of `results` was judged on."""
    spans = [each.evaluation_span for each in results if each.evaluation_span]
    if not spans:
        return None
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _apply(
    question: Question, items: Mapping[str, ItemResult], pgic: int | None
) -> tuple[Verdict, Reason | None]:
    """Apply the rule; return its verdict, and the reason where there is none."""
    asked = thresholds(question.rule)
    if any(map(question.withheld.hides, asked)):
        return Verdict.NOT_ASSESSABLE, Reason.NOT_SHARED
    holds = {key: items[key].responder for key in asked if key in items}
    holds[PGIC.key] = None if pgic is None else pgic <= PGIC_IMPROVED
    decided = decide(DEFINITIONS[question.rule], holds.__getitem__)
    reason = None
    if decided is None:
        first = next(key for key in asked if holds[key] is None)
        reason = items[first].reason if first in items else Reason.NO_PGIC
    return Verdict.of(decided), reason


def _last_pgic(question: Question, days: Span, window: Span | None) -> int | None:
    """Return the last PGIC answer after the phase's start that the window's end doesn't precede.

    None too where it was never asked, or is not shown.
    """
    asked = question.series.get(PGIC.key)
    if window is None or asked is None or question.withheld.hides(PGIC.key):
        return None
    answers = asked.within(Span(days.start, window.end)).scores
    return list(answers.values())[-1] if answers else None


def _tolerability(question: Question, days: Span) -> Tally:
    """Return the sum of the phase's answers; none too where they are not shown."""
    asked = question.series.get(TOLERABILITY.key)
    if asked is None or question.withheld.hides(TOLERABILITY.key):
        return NO_ANSWERS
    return asked.within(days).tally
