"""Score sheets: what a group report takes of one person's diary."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.completion import Days
from tracker.domain.diary import Diary, Status
from tracker.domain.questionnaire import ITEMS, PAIN, PGIC, TOLERABILITY, Item, Ruler
from tracker.domain.responder import Rule, thresholds
from tracker.domain.series import Series, all_series
from tracker.domain.spans import Span

ALWAYS: Final = (PAIN.key, TOLERABILITY.key, PGIC.key)  # whatever the rule


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One person's scores of the items that a group report needs, and their nights.

    `logged` has the days with an answer or a state in any item, in order, `late` those of them
    that were late. `closed_until` is the day after the last closed one: in a file, after its last
    row. No night is paused.
    """

    series: Mapping[str, Series]
    logged: tuple[date, ...]
    late: frozenset[date]
    closed_until: date

    def days(self, span: Span) -> Days:
        """Count the nights of `span`."""
        first, after = bisect_left(self.logged, span.start), bisect_left(self.logged, span.end)
        logged = max(0, after - first)
        return Days(
            expected=span.days,
            logged=logged,
            late=sum(day in span for day in self.late),
            missing=span.days - logged,
        )


def needed_items(rule: Rule) -> Mapping[str, Item]:
    """Return the items that a group report by `rule` needs, by key."""
    return {key: ITEMS[key] for key in (*ALWAYS, *thresholds(rule))}


def no_nights(ruler: Ruler, rule: Rule) -> ScoreSheet:
    """Return the score sheet of somebody who wrote nothing: a running phase ends where it began."""
    return sheet_of(Diary(ruler, {}, {}), rule, date.min)


def sheet_of(diary: Diary, rule: Rule, closed_until: date) -> ScoreSheet:
    """Return the score sheet of `diary`."""
    nights = sorted((day, entry) for day, entry in diary.entries.items() if entry.is_logged)
    return ScoreSheet(
        series=all_series(diary, needed_items(rule).values()),
        logged=tuple(day for day, _ in nights),
        late=frozenset(day for day, entry in nights if entry.status is Status.LATE),
        closed_until=closed_until,
    )
