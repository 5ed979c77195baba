"""Sustained improvement: from which day pain stayed at least 30 % lower to the phase's end."""

from datetime import date, timedelta
from typing import Final

from tracker.domain.series import Series, trailing
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import (
    RESPONDER_PERCENT,
    Tally,
    baseline_reason,
    improves_by,
    need,
)

TRAILING: Final = timedelta(days=7)  # calendar days of the mean that stands on a day
SHORTEST: Final = 14  # days from the first to the last assessable day
LONGEST_SILENCE: Final = timedelta(days=7)  # before the phase's last day


def sustained_from(pain: Series, baseline: Span | None, days: Span) -> date | None:
    """Return the first day of the improvement that lasts to the end of `days`; None: none does.

    Args:
        pain: the whole diary's.
        baseline: the whole baseline, whatever the preset; None where there is none.
        days: from the day after the phase's start to its end.
    """
    before, after = pain.within(baseline), pain.within(days)
    burden = before.tally.burden(pain.item.direction, pain.maximum)
    if (
        baseline is None
        or before.elsewhere
        or burden.days < need(baseline.days)
        or baseline_reason(burden, pain.maximum) is not None
    ):
        return None
    standing = _standing(after, burden, days)
    first = _first_of_run(standing)
    if first is None:
        return None
    span = Span(first, max(standing) + ONE_DAY)
    lasts = (
        span.days >= SHORTEST
        and days.end - span.end <= LONGEST_SILENCE
        and len(after.within(span).scores) >= need(span.days)
    )
    return first if lasts else None


def _standing(after: Series, baseline: Tally, days: Span) -> dict[date, bool]:
    """Return every assessable day, in order, and whether its trailing week responds."""
    burdens = dict(zip(after.scores, after.burdens, strict=True))
    enough = need(TRAILING.days)
    return {
        day: improves_by(baseline, Tally(total, answered), RESPONDER_PERCENT)
        for day, total, answered in trailing(burdens, days, TRAILING.days)
        if answered >= enough
    }


def _first_of_run(standing: dict[date, bool]) -> date | None:
    """Return the first day of the unbroken run of responding days that reaches the last."""
    first = None
    for day, responds in reversed(standing.items()):
        if not responds:
            break
        first = day
    return first
