"""A verdict as a page prints it: one plain sentence, what it rests on, what could change it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tracker.charts.answer import draw_improvements
from tracker.domain.improvement import ItemResult
from tracker.domain.questionnaire import Direction
from tracker.domain.report import Days, PhaseResult, Report
from tracker.domain.responder import thresholds
from tracker.domain.spans import Span
from tracker.domain.statistics import Flag, Reason, need
from tracker.web import figures, verdict_words
from tracker.web.dates import number, shown_number
from tracker.web.words import _, ngettext


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
    rules = [result.items[key] for key in thresholds(report.rule) if key in result.items]
    ordered = rules + [row for row in result.items.values() if row not in rules]
    return Card(
        title=f"{figures.phase_name(result.phase)}, {figures.days_of(result.span)}",
        lead=_lead(report, result),
        verdict=_(verdict_words.VERDICTS[result.verdict][_tense(result)]),
        uncertain=_uncertain(result),
        missing=[*_missing(report, result, rules)],
        remarks=[*_remarks(result)],
        picture=_picture(ordered, len(rules)),
        rows=[_row(row, told=ordered[0].reason) for row in ordered],
        used=[*_used(report, result)],
    )


def _tense(result: PhaseResult) -> int:
    """Return 0 where the phase runs, 1 where it is over: the place of its words."""
    return 0 if result.phase.end is None else 1


def _lead(report: Report, result: PhaseResult) -> str:
    """Return the one plain sentence: pain against the baseline, or why it can't be told."""
    pain = result.items.get("pain")
    if pain is None or pain.percent is None:
        return _(verdict_words.REASONS[_reason(pain)])
    words = verdict_words.LOWER if pain.percent > 0 else verdict_words.HIGHER
    if not pain.shown.strip("-0."):
        words = verdict_words.UNCHANGED
    size = shown_number(pain.shown.removeprefix("-"))
    return _(words[_tense(result)], size=size, mark=thresholds(report.rule)["pain"])


def _reason(pain: ItemResult | None) -> Reason:
    """Return why nothing can be said of pain: blinded phases have no items at all."""
    return Reason.BLINDED if pain is None or pain.reason is None else pain.reason


def _uncertain(result: PhaseResult) -> str:
    pain = result.items.get("pain")
    if pain is None or pain.ci95 is None:
        return ""
    low, high = (number(limit, 0) for limit in pain.ci95)
    return _(
        "One person's figure is uncertain: yours could lie between %(low)s and %(high)s %%.",
        low=low,
        high=high,
    )


def _missing(report: Report, result: PhaseResult, rules: Sequence[ItemResult]) -> Iterator[str]:
    """Yield what keeps the rule from being decided, as counts."""
    if result.reason is Reason.PHASE_BOUNDARY:
        yield _(
            "%(have)d of %(needed)d days after the start have passed.",
            have=max(0, result.span.days - 1),
            needed=report.preset.days,
        )
    if result.reason is Reason.NO_PGIC:
        yield _(verdict_words.REASONS[result.reason])
    if result.reason is Reason.NO_BASELINE:
        yield _("If you kept a diary elsewhere before this phase, you can import it.")
    for row in rules:
        if row.reason is Reason.TOO_FEW_DAYS:
            yield from _too_few(report, row)
        elif row.reason is not None and row.reason is not rules[0].reason:
            name, reason = figures.name_of(row.item), _(verdict_words.REASONS[row.reason])
            yield _("%(item)s: %(reason)s", item=name, reason=reason)


def _too_few(report: Report, row: ItemResult) -> Iterator[str]:
    """Yield the windows of `row` that hold too few answered days."""
    window = report.preset.days
    baseline = report.baseline.days if report.baseline else window
    by_calendar = report.preset.by_calendar
    sides = (
        (_("baseline"), row.baseline.days, baseline if by_calendar else window),
        (_("evaluation"), row.evaluation.days, window),
    )
    for side, have, days in sides:
        needed = need(days) if by_calendar else days
        if have < needed:
            yield _(
                "%(item)s, %(side)s: %(have)d of %(days)d days, %(needed)d needed.",
                item=figures.name_of(row.item),
                side=side,
                have=have,
                days=days,
                needed=needed,
            )


def _remarks(result: PhaseResult) -> Iterator[str]:
    """Yield what to know about the verdict: too early, a low baseline, whether it lasts."""
    if result.early:
        yield _(
            "It is early: this phase is on day %(day)d. "
            "In the trials benefit came after one to three months.",
            day=result.span.days,
        )
    if Flag.LOW_BASELINE in result.flags:
        yield _(
            "In your baseline at least one of these was mild, below 40 % of the ruler. "
            "The trials took only people above that: here a percent moves easily."
        )
    if result.sustained_from is not None:
        yield _(
            "Pain stayed at least 30 %% lower from %(day)s on.",
            day=figures.dated_day(result.sustained_from),
        )
    elif "pain" in result.items and result.items["pain"].percent is not None:
        yield _("There is no lasting stretch of 30 % less pain: 14 days or more, up to the end.")
    if result.phase.end is None:
        yield _("This phase is running: the days compared move along, so this can change.")


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
            yield _window(name, span), logged_of(days)


def _window(name: str, span: Span) -> str:
    return _("%(name)s, %(days)s", name=name, days=figures.days_of(span))


def logged_of(days: Days) -> str:
    """Return how many of the expected days are logged, and how many of them late or imported."""
    parts = [_("%(logged)d of %(expected)d", logged=days.logged, expected=days.expected)]
    if days.late:
        parts.append(ngettext("%(count)d late", "%(count)d late", days.late))
    if days.imported:
        parts.append(ngettext("%(count)d imported", "%(count)d imported", days.imported))
    if days.paused:
        parts.append(ngettext("%(count)d paused", "%(count)d paused", days.paused))
    return ", ".join(parts)
