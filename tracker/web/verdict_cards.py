"""A verdict as a page prints it: one plain sentence, what it rests on, what could change it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tracker.charts.answer import draw_improvements
from tracker.domain import sentences, verdict_words
from tracker.domain.improvement import ItemResult
from tracker.domain.questionnaire import Direction
from tracker.domain.report import PhaseResult, Report
from tracker.domain.spans import Span
from tracker.domain.statistics import Reason
from tracker.web import figures
from tracker.web.words import _, voice


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item's figures as a table prints them.

    `remark` says why there is no percent, or no interval; "" where there are both.
    """

    name: str
    before: str
    after: str
    points: str
    percent: str
    interval: str
    band: str
    days: str
    remark: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that the page says of one phase.

    `lead` is the one plain sentence, `verdict` what the rule says, `uncertain` how far the figure
    may be off ("" where there is none). `missing` is what could change it, `remarks` what to know
    about it. `picture` is empty where nothing could be judged.
    """

    title: str
    lead: str
    verdict: str
    uncertain: str
    missing: Sequence[str]
    remarks: Sequence[str]
    picture: Markup
    rows: Sequence[ItemRow]
    used: Sequence[tuple[str, str]]


def card_of(report: Report, result: PhaseResult) -> Card:
    """Return what is said of one phase of `report`."""
    speaks = voice()
    rules = sentences.ruled(report, result)
    ordered = [*rules, *(row for row in result.items.values() if row not in rules)]
    pain = result.items.get("pain")
    return Card(
        title=f"{figures.phase_name(result.phase)}, {figures.days_of(result.span)}",
        lead=sentences.lead(report, result, speaks),
        verdict=sentences.verdict(result, speaks),
        uncertain=sentences.uncertain(result, speaks),
        missing=[*sentences.missing(report, result, speaks)],
        remarks=[*sentences.remarks(result, speaks)],
        picture=_picture(ordered, len(rules)),
        rows=[_row(row, told=None if pain is None else pain.reason) for row in ordered],
        used=[*_used(report, result)],
    )


def _picture(rows: Sequence[ItemResult], judged: int) -> Markup:
    """Draw the first `judged` rows, which the rule needs, and of the others those with a figure."""
    drawn = [
        row
        for place, row in enumerate(rows)
        if row.item.direction is not Direction.NEUTRAL
        and (place < judged or row.percent is not None)
    ]
    if all(row.percent is None for row in drawn):
        return Markup()
    # Every text in the picture is escaped where it is written.
    return Markup(draw_improvements(drawn, _))  # noqa: S704 - our own markup


def _row(row: ItemResult, told: Reason | None) -> ItemRow:
    """Return the figures of `row`; `told` is the reason that the lead gave already."""
    remark = ""
    if row.reason not in {None, told}:
        remark = _(verdict_words.REASONS[row.reason])
    elif row.no_interval is not None:
        remark = _(verdict_words.NO_INTERVALS[row.no_interval])
    return ItemRow(
        name=figures.name_of(row.item),
        before=figures.mean_of(row.baseline),
        after=figures.mean_of(row.evaluation),
        points=figures.points_of(row.points),
        percent=figures.percent_of(row),
        interval=figures.interval_of(row),
        band="" if row.band is None else _(verdict_words.BAND_NAMES[row.band]),
        days=_(
            "%(before)d and %(after)d days", before=row.baseline.days, after=row.evaluation.days
        ),
        remark=remark,
    )


def _used(report: Report, result: PhaseResult) -> Iterator[tuple[str, str]]:
    """Yield both windows with their dates and how many of their days are logged."""
    for name, span, days in (
        (_("Baseline"), report.baseline, report.baseline_days),
        (_("Evaluation"), result.window, result.days),
    ):
        if span is not None:
            yield _window(name, span), figures.logged_of(days)


def _window(name: str, span: Span) -> str:
    return _("%(name)s, %(days)s", name=name, days=figures.days_of(span))
