"""Glances: what a reader sees of each person in a list of many, and who needs to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tracker.domain.completion import count_days
from tracker.domain.diary import Diary, closed_until
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import FIRST, MOOD, PAIN, Ruler
from tracker.domain.report import Report, build_report
from tracker.domain.responder import Rule, Verdict
from tracker.domain.scopes import Excerpt
from tracker.domain.series import Series, series_of
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import Reason, need
from tracker.domain.trends import ROLLING_DAYS
from tracker.domain.windows import ARMS, IMPLIED_BASELINE, Preset

NIGHTS: Final = 14  # of which the missing ones are counted
SHOWN_NIGHTS: Final = 56  # eight weeks of pain, and the period of the lowest mood
RULE: Final = Rule.YOUNGER2013
PRESET: Final = Preset.WEEK
BILLION: Final = 1_000_000_000
_WINDOW: Final = PRESET.days + 1  # days at the end of a phase that its verdict may rest on
_RULER_PLACES: Final = 2 * BILLION + 2  # a change of -M to +M in billionths, or none
_DAY_PLACES: Final = date.max.toordinal() + 2  # a day, or none
LEAST_NEED: Final = (NIGHTS + 2) * _RULER_PLACES * _DAY_PLACES


@dataclass(frozen=True, slots=True)
class Glance:
    """One person, as far as one reader may see them.

    A figure is None where the reader may not see every item and night that it rests on, or where
    it can't be counted. `closed` is the last closed diary day. `expected` and `logged` are of the
    last 14 nights; a night is logged where an item that may be read is answered. `change` is the
    mean pain of the last 7 days less the baseline's, in billionths of the ruler, cut toward zero.
    `pains` are those of the last eight weeks, oldest first; None where there is none to be seen.
    """

    closed: date
    ruler: Ruler
    expected: int | None
    logged: int | None
    change: int | None
    last_entry: date | None
    lowest_mood: int | None
    verdict: Verdict | None
    reason: Reason | None
    pains: tuple[int | None, ...]

    @property
    def missing(self) -> int | None:
        """Expected nights of the last 14 that are not logged."""
        if self.expected is None or self.logged is None:
            return None
        return self.expected - self.logged

    @property
    def need(self) -> int:
        """The place in a list by need, lowest first; who it is comes after that.

        Nights missing, most first; then the change of pain, worst first; then the last entry,
        oldest first. What is None comes last.
        """
        missing = NIGHTS + 1 if self.missing is None else NIGHTS - self.missing
        change = 2 * BILLION + 1 if self.change is None else BILLION - self.change
        last = _DAY_PLACES - 1 if self.last_entry is None else self.last_entry.toordinal()
        return (missing * _RULER_PLACES + change) * _DAY_PLACES + last

    @property
    def points(self) -> Fraction | None:
        """The change in points of the ruler; exact to its first decimal, cut toward zero.

        >>> night = date(2026, 1, 31)
        >>> seen = Glance(night, Ruler.NRS, 14, 9, 140_000_000, night, None, None, None, ())
        >>> seen.missing, seen.points
        (5, Fraction(7, 5))
        """
        if self.change is None:
            return None
        return Fraction(self.change * self.ruler.maximum, BILLION)


class Order(StrEnum):
    """How a list is sorted."""

    NEED = "need"
    NAME = "name"
    LAST_ENTRY = "last_entry"  # oldest first


def read_since(today: date) -> date:
    """Return the first night that is read for every glance."""
    return _shown_since(today) - timedelta(days=_WINDOW)


def read_besides(phases: Sequence[Phase], today: date) -> frozenset[date]:
    """Return the earlier nights that a glance may rest on: baselines, and the ends of phases.

    `phases` are in order.
    """
    since = read_since(today)
    first_arm = next((phase.start for phase in phases if phase.kind in ARMS), today)
    spans = [Span(first_arm - IMPLIED_BASELINE, first_arm)]
    spans += [phase.span(today) for phase in phases if phase.kind is PhaseKind.BASELINE]
    ends = [phase.end for phase in phases if phase.end is not None]
    spans += [Span(end - timedelta(days=_WINDOW), end) for end in ends]
    return frozenset(day for span in spans for day in span if day < since)


def is_enough(excerpt: Excerpt, today: date) -> bool:
    """True where an excerpt of those nights gives the glance that the whole diary gives.

    Who has a night in the last eight weeks had no later one before them, and their last window
    ends there or with a phase.
    """
    since = _shown_since(today)
    return any(entry.is_logged and day >= since for day, entry in excerpt.diary.entries.items())


def _shown_since(today: date) -> date:
    return today - timedelta(days=SHOWN_NIGHTS)


def glance_at(excerpt: Excerpt, today: date) -> Glance:
    """Return what the excerpt shows; `today` is the person's diary day."""
    diary, scope = excerpt.diary, excerpt.scope
    until = closed_until(diary, today)
    last, shown = (Span(until - timedelta(days=days), until) for days in (NIGHTS, SHOWN_NIGHTS))
    counted = count_days(diary, last) if scope.covers(last) else None
    pain = diary.scores(PAIN.key, shown)
    report = _judged(excerpt)
    verdict, reason = _verdict(report)
    return Glance(
        closed=until - ONE_DAY,
        ruler=diary.ruler if diary.entries else FIRST.ruler,
        expected=None if counted is None else counted.expected,
        logged=None if counted is None else counted.logged,
        change=_change(excerpt, report, until),
        last_entry=_last_entry(diary) if scope.covers(Span(until - ONE_DAY, until)) else None,
        lowest_mood=min(diary.scores(MOOD.key, shown).values(), default=None)
        if scope.covers(shown)
        else None,
        verdict=verdict,
        reason=reason,
        pains=tuple(pain.get(day) for day in shown),
    )


def _last_entry(diary: Diary) -> date | None:
    return max((day for day, entry in diary.entries.items() if entry.is_logged), default=None)


def _judged(excerpt: Excerpt) -> Report | None:
    """Return the headline report where its newest phase is judged.

    None where a phase is blinded: nothing may tell of it.
    """
    phases = excerpt.phases
    if not phases or any(phase.kind is PhaseKind.BLINDED for phase in phases):
        return None
    if phases[-1].kind is PhaseKind.BASELINE:
        return None
    until = excerpt.closed_until
    return build_report(excerpt.diary, phases, RULE, PRESET, until, withheld=excerpt.withheld)


def _verdict(report: Report | None) -> tuple[Verdict | None, Reason | None]:
    """Return the verdict on the newest phase, and why there is none."""
    if report is None or report.phases[-1].reason is Reason.NOT_SHARED:
        return None, None
    return report.phases[-1].verdict, report.phases[-1].reason


def _change(excerpt: Excerpt, report: Report | None, until: date) -> int | None:
    """Return how far the 7-day mean of pain lies above the baseline's, as trends draw both."""
    week = Span(until - timedelta(days=ROLLING_DAYS), until)
    if report is None or report.baseline is None or not excerpt.scope.covers(week):
        return None
    if week.start <= report.phases[-1].phase.start:
        return None
    pain = series_of(excerpt.diary, PAIN)
    before, after = pain.within(report.baseline), pain.within(week)
    if not (_is_answered(before, report.baseline) and _is_answered(after, week)):
        return None
    return int((_mean(after) - _mean(before)) * BILLION / pain.maximum)


def _is_answered(series: Series, span: Span) -> bool:
    """True where enough nights are answered, all on one ruler."""
    return len(series.scores) >= max(1, need(span.days)) and not series.elsewhere


def _mean(series: Series) -> Fraction:
    return Fraction(series.tally.sum, series.tally.days)
