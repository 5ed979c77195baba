"""Pairs of placebo and treatment as a page prints them: the sentences, and a table an item."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.domain import cycle_sentences
from tracker.domain.cycles import Cycle, Period
from tracker.domain.figures import DASH
from tracker.domain.questionnaire import PAIN
from tracker.domain.report import Report
from tracker.domain.spans import Span
from tracker.web import figures
from tracker.web.words import _, voice

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class CyclesCard:
    """All that the page says of the pairs; `tables` has the name and rows of each item.

    The item that is tested comes first.
    """

    lead: str
    lines: Sequence[str]
    tables: Sequence[tuple[str, Sequence[Row]]]


def card_of(report: Report) -> CyclesCard | None:
    """Return what is said of the pairs of `report`; None where it has none."""
    cycles = report.cycles
    if cycles is None:
        return None
    lead, *lines = cycle_sentences.told(cycles, voice())
    ordered = sorted(cycles.items, key=lambda key: key != PAIN.key)
    return CyclesCard(
        lead,
        lines,
        [
            (figures.name_of(report.trends[key].item), [*_rows(cycles.items[key])])
            for key in ordered
        ],
    )


def _rows(cycles: Sequence[Cycle]) -> Iterator[Row]:
    for place, cycle in enumerate(cycles, 1):
        yield (
            _pair(place, cycle),
            _mean(cycle.placebo),
            _mean(cycle.treatment),
            figures.points_of(cycle.points),
        )


def _pair(place: int, cycle: Cycle) -> str:
    """Return the number of a pair, its days, and what came first."""
    end, start = cycle.second.phase.end, cycle.first.phase.start
    days = (
        _("from %(day)s on", day=figures.dated_day(start))
        if end is None
        else figures.days_of(Span(start, end))
    )
    if cycle.first is cycle.placebo:
        return _("%(pair)d: %(days)s, placebo first", pair=place, days=days)
    return _("%(pair)d: %(days)s, treatment first", pair=place, days=days)


def _mean(period: Period) -> str:
    return DASH if period.mean is None else voice().number(period.mean)
