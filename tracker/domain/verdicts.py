"""The verdict on one phase: every item judged, the rule applied, the reason where it can't be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tracker.domain.asking import WhenAsked
from tracker.domain.completion import Days, count_days
from tracker.domain.diary import Diary
from tracker.domain.improvement import ItemResult, Windows, judge
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import PGIC, Kind
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
from tracker.domain.statistics import RESPONDER_PERCENT, Flag, Reason
from tracker.domain.sustained import sustained_from
from tracker.domain.windows import Preset, after_start, evaluation_of, is_early


@dataclass(frozen=True, slots=True)
class PhaseResult:
    """What is said of one phase that isn't the baseline.

    `span` ends where the phase does or, while it runs, after the last closed day. `window` is None
    where too few days lie in the phase. `reason` is None unless `verdict` is not assessable.
    `days` counts the window's nights. `pgic` is the answer that the rule took.
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


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a reader may not see: no figure that rests on it is given.

    `baseline` is True where some of it is hidden. `phases` are the starts of those that had begun
    before the first day shown. `items` are the keys that are shown, None where all are.
    """

    baseline: bool = False
    phases: frozenset[date] = frozenset()
    items: frozenset[str] | None = None

    def hides(self, key: str) -> bool:
        """True where the item `key` is not shown."""
        return self.items is not None and key not in self.items


NOTHING: Final = Withheld()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every phase of one diary.

    `series` has every item that was asked or that the rule and `sustained_from` need. `baseline`
    is None where there is none or it holds no entry. `withheld` is what a reader may not see.
    """

    diary: Diary
    series: Mapping[str, Series]
    rule: Rule
    preset: Preset
    baseline: Span | None
    closed_until: date
    withheld: Withheld = NOTHING


def judge_phase(question: Question, phase: Phase) -> PhaseResult:
    """Return the verdict on `phase`, which is no baseline."""
    span = phase.span(question.closed_until)
    if phase.kind is PhaseKind.BLINDED:
        return PhaseResult(phase=phase, span=span, reason=Reason.BLINDED)
    if question.withheld.baseline or phase.start in question.withheld.phases:
        return PhaseResult(phase=phase, span=span, reason=Reason.NOT_SHARED)
    days = after_start(phase, question.closed_until)
    windows = Windows(
        preset=question.preset,
        baseline=question.baseline,
        days=days,
        window=evaluation_of(days, question.preset),
    )
    items = _judge_items(question, windows)
    asked = tuple(items[key] for key in thresholds(question.rule) if key in items)
    window = windows.window if question.preset.by_calendar else _covering(asked)
    verdict, reason, pgic = _apply(question, items, days, window)
    return PhaseResult(
        phase=phase,
        span=span,
        window=window,
        verdict=verdict,
        reason=reason,
        early=is_early(phase, window),
        flags=tuple(f for f in Flag if any(f in result.flags for result in asked)),
        sustained_from=sustained_from(question.series["pain"], question.baseline, days),
        items=items,
        days=count_days(question.diary, window or ()),
        pgic=pgic,
    )


def _judge_items(question: Question, windows: Windows) -> Mapping[str, ItemResult]:
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
        lambda key: judge(question.series[key], asked.get(key, RESPONDER_PERCENT), windows),
    )


def _covering(results: Iterable[ItemResult]) -> Span | None:
    """Return the days from the earliest to the latest that any of `results` was judged on."""
    spans = [each.evaluation_span for each in results if each.evaluation_span]
    if not spans:
        return None
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _apply(
    question: Question,
    items: Mapping[str, ItemResult],
    days: Span,
    window: Span | None,
) -> tuple[Verdict, Reason | None, int | None]:
    """Apply the rule; return its verdict, the reason where there is none, and the PGIC answer."""
    asked = thresholds(question.rule)
    if any(map(question.withheld.hides, asked)):
        return Verdict.NOT_ASSESSABLE, Reason.NOT_SHARED, None
    pgic = _last_pgic(question, days, window) if PGIC.key in asked else None
    holds = {key: items[key].responder for key in asked if key in items}
    holds[PGIC.key] = None if pgic is None else pgic <= PGIC_IMPROVED
    decided = decide(DEFINITIONS[question.rule], holds.__getitem__)
    reason = None
    if decided is None:
        first = next(key for key in asked if holds[key] is None)
        reason = items[first].reason if first in items else Reason.NO_PGIC
    return Verdict.of(decided), reason, pgic


def _last_pgic(question: Question, days: Span, window: Span | None) -> int | None:
    """Return the last PGIC answer after the phase's start that the window's end doesn't precede."""
    if window is None:
        return None
    answers = question.series[PGIC.key].within(Span(days.start, window.end)).scores
    return list(answers.values())[-1] if answers else None
