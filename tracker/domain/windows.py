"""The windows of a report: which days are the baseline, which days are judged."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.spans import ONE_DAY, Span

IMPLIED_BASELINE: Final = timedelta(days=14)  # before the first placebo or treatment
EARLY_DAYS: Final = 28  # [S] the trials saw benefit after one to three months
ARMS: Final = frozenset({PhaseKind.PLACEBO, PhaseKind.TREATMENT})


class Preset(StrEnum):
    """Which days of a phase are judged; fixed in advance, never searched for."""

    WEEK = "week"  # the headline
    STANFORD = "stanford"  # [S] registry of the 2013 trial
    TWO_WEEK = "two_week"
    PREGABALIN = "pregabalin"  # [S] the last 7 answered days of either side, per item

    @property
    def days(self) -> int:
        """How many days it judges: calendar days, for `pregabalin` answered ones."""
        return {"stanford": 3, "two_week": 14}.get(self.value, 7)

    @property
    def by_calendar(self) -> bool:
        """True where it judges the phase's last calendar days, whether answered or not."""
        return self is not Preset.PREGABALIN


def baseline_of(phases: Sequence[Phase], closed_until: date) -> Span | None:
    """Return the report's one baseline.

    The first baseline phase, its first day included; else the 14 calendar days before the first
    placebo or treatment phase; None where there is none of these. `phases` are in order.
    """
    for phase in phases:
        if phase.kind is PhaseKind.BASELINE:
            return phase.span(closed_until)
    for phase in phases:
        if phase.kind in ARMS:
            return Span(phase.start - IMPLIED_BASELINE, phase.start)
    return None


def after_start(phase: Phase, closed_until: date) -> Span:
    """Return the days that can be judged: `start` itself describes an undosed day."""
    span = phase.span(closed_until)
    return Span(span.start + ONE_DAY, max(span.end, span.start + ONE_DAY))


def evaluation_of(days: Span, preset: Preset) -> Span | None:
    """Return the preset's last calendar days of `days`; None where there are too few.

    >>> from datetime import date
    >>> evaluation_of(Span(date(2026, 1, 2), date(2026, 1, 9)), Preset.STANFORD).start
    datetime.date(2026, 1, 6)
    """
    if days.days < preset.days:
        return None
    return Span(days.end - timedelta(days=preset.days), days.end)


def is_early(phase: Phase, window: Span | None) -> bool:
    """Say whether a treatment is judged before the trials saw benefit."""
    return (
        phase.kind is PhaseKind.TREATMENT
        and window is not None
        and window.end <= phase.start + timedelta(days=EARLY_DAYS)
    )
