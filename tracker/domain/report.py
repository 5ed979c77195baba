"""The report: all that any page, chart, file or command says of one diary, computed once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.asking import EachWhenAsked, WhenAsked
from tracker.domain.completion import Days, count_days
from tracker.domain.cycles import Cycles, cycles_of
from tracker.domain.diary import Diary
from tracker.domain.improvement import ItemResult
from tracker.domain.phases import Phase, PhaseKind, in_order
from tracker.domain.questionnaire import ITEMS, PAIN, Kind, Ruler
from tracker.domain.responder import Rule, thresholds
from tracker.domain.series import Series, all_series
from tracker.domain.spans import Span
from tracker.domain.trends import Night, Trend, stretches_of, trend_of
from tracker.domain.verdicts import NOTHING, PhaseResult, Question, Withheld, judge_phase
from tracker.domain.windows import Preset, baseline_of

__all__ = [
    "Days",
    "ItemResult",
    "Night",
    "PhaseResult",
    "Report",
    "Trend",
    "build_report",
]


@dataclass(frozen=True, slots=True)
class Report:
    """One diary, judged by one rule and one preset.

    `spans` has each phase but the baselines, and the days that it runs over; `phases` says of each
    of these what can be said, and is judged when it is asked for. `baseline_days` counts the
    baseline's nights, `days` those from the first phase (or the baseline) to the last phase's end,
    or without phases those asked.
    `trends` has every scale item of the diary, in its order, each made when it is asked for.
    `cycles` are the pairs of placebo and treatment, None where none is repeated.
    """

    ruler: Ruler
    rule: Rule
    preset: Preset
    baseline: Span | None
    baseline_days: Days
    spans: tuple[tuple[Phase, Span], ...]
    phases: Sequence[PhaseResult]
    days: Days
    trends: Mapping[str, Trend]
    cycles: Cycles | None


def build_report(  # noqa: PLR0913 - a diary, how it is judged, and who may see what of it
    diary: Diary,
    phases: Sequence[Phase],
    rule: Rule,
    preset: Preset,
    closed_until: date,
    *,
    asked: Span | None = None,
    withheld: Withheld = NOTHING,
    is_randomised: bool = False,
) -> Report:
    """Judge `diary` by `rule` on the days that `preset` chooses.

    Args:
        diary: all nights of one person.
        phases: theirs, in any order; a given end is a fact (see `phases.as_of`).
        rule: what makes a responder.
        preset: which days of a phase are judged.
        closed_until: the day after the last closed day, where a running phase ends for now.
        asked: the days to count where there are no phases; else from the first entry on.
        withheld: what of the diary is hidden from this reader, and so not in `diary` and `phases`.
        is_randomised: whether lots decided the order of the placebo and treatment phases.

    Raises:
        PhasesRefused: the phases can't stand together.
    """
    ordered = in_order(phases)
    baseline = None if withheld.baseline else baseline_of(ordered, closed_until)
    question = Question(
        series=_all_series(diary, rule),
        rule=rule,
        preset=preset,
        baseline=_if_written(diary, baseline),
        closed_until=closed_until,
        withheld=withheld,
    )
    judged = [phase for phase in ordered if phase.kind is not PhaseKind.BASELINE]
    since_first = Span(min(diary.entries, default=closed_until), closed_until)
    counted = _covered(ordered, baseline, closed_until) if ordered else asked or since_first
    return Report(
        ruler=diary.ruler,
        rule=rule,
        preset=preset,
        baseline=baseline,
        baseline_days=count_days(diary, baseline or ()),
        spans=tuple((phase, phase.span(closed_until)) for phase in judged),
        phases=EachWhenAsked(
            len(judged), lambda place: judge_phase(question, diary, judged[place])
        ),
        days=count_days(diary, counted),
        trends=_trends(diary, question, stretches_of(ordered, since_first)),
        cycles=None if withheld.cycles else _cycles(question, ordered, drawn=is_randomised),
    )


def _if_written(diary: Diary, baseline: Span | None) -> Span | None:
    """Return `baseline` if it holds an entry: an empty one is none."""
    if baseline is None:
        return None
    written = any(entry.is_logged for day, entry in diary.entries.items() if day in baseline)
    return baseline if written else None


def _trends(diary: Diary, question: Question, stretches: Sequence[Span]) -> Mapping[str, Trend]:
    series = question.series
    keys = [key for key, item in diary.items.items() if item.kind is Kind.SCALE]
    return WhenAsked(keys, lambda key: trend_of(diary, series[key], question.baseline, stretches))


def _cycles(question: Question, phases: Sequence[Phase], *, drawn: bool) -> Cycles | None:
    scales = (each for each in question.series.values() if each.item.kind is Kind.SCALE)
    return cycles_of(scales, phases, is_randomised=drawn)


def _all_series(diary: Diary, rule: Rule) -> Mapping[str, Series]:
    """Return the series of all items that were asked or that the rule and `sustained` need."""
    needed = {key: ITEMS[key] for key in (PAIN.key, *thresholds(rule))}
    return all_series(diary, {**needed, **diary.items}.values())


def _covered(phases: Sequence[Phase], baseline: Span | None, closed_until: date) -> Iterable[date]:
    """Return every day of the phases and the baseline, once; gaps between phases are left out."""
    spans = [phase.span(closed_until) for phase in phases]
    return sorted({day for span in (*spans, baseline or ()) for day in span})
