"""The trends page: which item and days are asked for, and the figures beside the picture."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from werkzeug.exceptions import BadRequest, NotFound

from tracker.charts.marks import MEANINGS, Mark, dot_of
from tracker.domain.diary import Status
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import tally
from tracker.domain.trends import Night, Trend
from tracker.domain.words import N_
from tracker.services.reports import Reading
from tracker.web import figures
from tracker.web.dates import number
from tracker.web.words import _

# None is all of the diary.
PERIODS: Final[tuple[tuple[str, timedelta | None], ...]] = (
    (N_("4 weeks"), timedelta(weeks=4)),
    (N_("12 weeks"), timedelta(weeks=12)),
    (N_("All"), None),
)
USUAL_PERIOD: Final = timedelta(weeks=12)
HALF_A_YEAR: Final = timedelta(weeks=26)
LAST_WEEK: Final = timedelta(days=7)
FIRST_ITEM: Final = "pain"
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks to see. `item` is "" and a day None where it doesn't say.

    `last` is the last day shown, as people say it.
    """

    item: str
    first: date | None
    last: date | None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Asked":
        """Read the query of an address.

        Raises:
            BadRequest: a day can't be read.
        """
        return cls(query.get("item", ""), _day(query.get("from")), _day(query.get("to")))

    def trend(self, reading: Reading) -> Trend:
        """Return the trend of the item asked for, else of pain, else of the first there is.

        Raises:
            NotFound: the diary has no such item.
        """
        trends = reading.report.trends
        key = self.item or (FIRST_ITEM if FIRST_ITEM in trends else next(iter(trends), ""))
        if key not in trends:
            raise NotFound
        return trends[key]

    def shown(self, reading: Reading) -> Span:
        """Return the days asked for, as far as the diary reaches; else the usual ones."""
        nights = reading.nights
        end = nights.end if self.last is None else min(nights.end, _after(self.last))
        first = _usual_start(reading, end) if self.first is None else self.first
        return Span(max(first, nights.start), end)


def _usual_start(reading: Reading, end: date) -> date:
    """Return where 12 weeks begin, or half a year at most where a baseline is before them."""
    usual, start = end - USUAL_PERIOD, reading.nights.start
    baseline = reading.report.baseline
    if baseline is None or baseline.start >= usual or end - start > HALF_A_YEAR:
        return usual
    return start


def _day(text: str | None) -> date | None:
    if not text:
        return None
    if DAY.fullmatch(text) is None:
        raise BadRequest
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest from error


def _after(day: date) -> date:
    return min(day, date.max - ONE_DAY) + ONE_DAY


def address(path: str, item: str, shown: Span) -> str:
    """Return the address of `path` for an item and days; own symptoms go by their random key."""
    asked = {"item": item, "from": shown.start, "to": shown.end - ONE_DAY}
    return f"{path}?{urlencode(asked)}"


def item_tabs(reading: Reading, trend: Trend, shown: Span) -> Sequence[tuple[str, str, bool]]:
    """Return one tab an item: its name, its address, whether it is the one shown."""
    return [
        (
            figures.name_of(reading.diary.items[key]),
            address("/trends/", key, shown),
            key == trend.item.key,
        )
        for key in reading.report.trends
    ]


def period_tabs(reading: Reading, trend: Trend, shown: Span) -> Sequence[tuple[str, str, bool]]:
    """Return one tab a period; where a young diary makes several the same, the widest is shown."""
    start, end = reading.nights.start, reading.nights.end
    spans = [
        Span(start if length is None else max(start, end - length), end)
        for _name, length in PERIODS
    ]
    return [
        (
            _(name),
            address("/trends/", trend.item.key, span),
            span == shown not in spans[place + 1 :],
        )
        for place, ((name, _length), span) in enumerate(zip(PERIODS, spans, strict=True))
    ]


def rows(reading: Reading, trend: Trend) -> Sequence[Row]:
    """Return name, mean and nights of the baseline and of the last days, and the change."""
    report = reading.report
    judged = report.phases[-1] if report.phases else None
    result = judged.items.get(trend.item.key) if judged else None
    if judged is None or result is None or judged.window is None:
        return [*_without_verdict(reading, trend)]
    found = []
    if report.baseline is not None:
        name = f"{_('Baseline')}, {figures.days_of(report.baseline)}"
        found.append(
            (name, figures.mean_of(result.baseline), _of(result.baseline.days, report.baseline))
        )
    name = figures.days_of(judged.window)
    found.append(
        (name, figures.mean_of(result.evaluation), _of(result.evaluation.days, judged.window))
    )
    found.append((_("Change"), figures.points_of(result.points), figures.percent_of(result)))
    return found


def _without_verdict(reading: Reading, trend: Trend) -> Iterator[Row]:
    """Yield plain means, where no phase can be judged yet."""
    spans = [(_("Baseline"), reading.report.baseline)]
    end = reading.closed_until
    spans.append((_("Last 7 days"), Span(max(end - LAST_WEEK, reading.nights.start), end)))
    for name, span in spans:
        if span is not None and span.days:
            found = tally(list(reading.diary.scores(trend.item.key, span).values()))
            text = f"{name}, {figures.days_of(span)}"
            yield text, figures.mean_of(found), _of(found.days, span)


def _of(days: int, span: Span) -> str:
    return _("%(count)d of %(days)d", count=days, days=span.days)


def usual_range(trend: Trend) -> str:
    """Return a sentence on the usual range, "" where there is none."""
    if trend.usual_range is None:
        return ""
    low, high = (number(limit, 0) for limit in trend.usual_range)
    return _(
        "The usual range, from the baseline, is %(low)s to %(high)s. "
        "Scores outside it are common and mean nothing by themselves.",
        low=low,
        high=high,
    )


def night_rows(trend: Trend, shown: Span) -> Sequence[Row]:
    """Return day, score and what is to be known of each night shown, newest first."""
    nights = [night for night in trend.nights if night.day in shown]
    return [
        (figures.dated_day(night.day), str(night.value), _provenance(night))
        for night in reversed(nights)
    ]


def elsewhere(reading: Reading, shown: Span) -> int:
    """Return how many of the nights shown were answered on the other ruler, and so aren't drawn."""
    diary = reading.diary
    return sum(
        entry.is_logged and entry.ruler is not diary.ruler and day in shown
        for day, entry in diary.entries.items()
    )


def _provenance(night: Night) -> str:
    marks = [] if dot_of(night) is Mark.NIGHT else [_(MEANINGS[dot_of(night)])]
    if night.imported and Mark.IMPORTED is not dot_of(night):
        marks.append(_(MEANINGS[Mark.IMPORTED]))
    if night.status is Status.BEFORE_TIME:
        marks.append(_("before the evening"))
    if night.edited:
        marks.append(_(MEANINGS[Mark.EDITED]))
    if night.entered_by:
        marks.append(_("entered by %(name)s", name=night.entered_by))
    if night.conflict:
        marks.append(_(MEANINGS[Mark.CONFLICT]))
    return ", ".join(marks)
