"""The verdict as two sheets: every figure of the report, and every count of nights."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from tracker.domain import wording
from tracker.domain.completion import Days
from tracker.domain.dossiers import Dossier
from tracker.domain.figures import item_name
from tracker.domain.improvement import ItemResult
from tracker.domain.naming import VERDICTS, Translate
from tracker.domain.report import PhaseResult, Report
from tracker.domain.responder import WORDING, thresholds
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import Flag
from tracker.domain.words import N_
from tracker.exports.sheets import Cell, Sheet

OF_PHASE: Final = (
    N_("Phase"),
    N_("Label"),
    N_("Verdict"),
    N_("Why it can't be judged"),
    N_("Too early"),
    N_("Pain 30 % lower from"),
    N_("Overall change (PGIC)"),
    N_("Tolerability, mean of 100"),
    N_("Window, first day"),
    N_("Window, last day"),
)
OF_ITEM: Final = (
    N_("Question"),
    N_("In the rule, at %"),
    N_("Baseline sum"),
    N_("Baseline days"),
    N_("Baseline mean"),
    N_("Window sum"),
    N_("Window days"),
    N_("Window mean"),
    N_("Change in points"),
    N_("% better, cut to one decimal"),
    N_("% better, exact"),
    N_("95 % interval, low"),
    N_("95 % interval, high"),
    N_("Why there is no interval"),
    N_("Met"),
    N_("In a word"),
    N_("Overlap (NAP)"),
    N_("Low baseline"),
    N_("Why there is no percent"),
    N_("Usual range, low"),
    N_("Usual range, high"),
    N_("Mean that is 30 % better"),
)
OF_DAYS: Final = (
    N_("Nights of"),
    N_("First day"),
    N_("Last day"),
    N_("Expected"),
    N_("Logged"),
    N_("Missing"),
    N_("Late"),
    N_("On time"),
    N_("Before time"),
    N_("Imported"),
    N_("Sent later"),
    N_("Changed"),
    N_("Entered by a helper"),
    N_("Paused"),
)


def verdict_sheet(dossier: Dossier, translate: Translate) -> Sheet:
    """Return a row for each phase and item, and below what the figures rest on."""
    report = dossier.report
    said = _Said(report, translate)
    return Sheet(
        translate(N_("Verdict")),
        [translate(head) for head in (*OF_PHASE, *OF_ITEM)],
        [row for result in report.phases for row in said.rows(result)],
        [
            translate(N_("Rule %(rule)s: %(wording)s."))
            % {"rule": report.rule.value, "wording": translate(WORDING[report.rule])},
            translate(N_("Window %(preset)s: %(wording)s. A phase's start day is in no window."))
            % {
                "preset": report.preset.value,
                "wording": translate(wording.PRESETS[report.preset]),
            },
            translate(N_("It is of the whole diary, whatever nights stand in this workbook.")),
            translate(wording.UNCERTAIN),
            translate(wording.PLACEBO_RATE),
        ],
    )


def completion_sheet(dossier: Dossier, translate: Translate) -> Sheet:
    """Return a row for the baseline, each window, and all nights that a report counts."""
    report = dossier.report
    rows = [_counted(translate(N_("Baseline")), report.baseline, report.baseline_days)]
    rows += [
        _counted(_titled(result, translate), result.window, result.days) for result in report.phases
    ]
    rows.append(_counted(translate(N_("All")), None, report.days))
    return Sheet(translate(N_("Completion")), [translate(head) for head in OF_DAYS], rows)


def _titled(result: PhaseResult, translate: Translate) -> str:
    name = translate(wording.KINDS[result.phase.kind])
    return f"{name} \N{EN DASH} {result.phase.label}" if result.phase.label else name


def _counted(name: str, span: Span | None, days: Days) -> list[Cell]:
    return [
        name,
        *_ends(span),
        days.expected,
        days.logged,
        days.missing,
        days.late,
        days.on_time,
        days.before_time,
        days.imported,
        days.sent_later,
        days.edited,
        days.helped,
        days.paused,
    ]


def _ends(span: Span | None) -> tuple[Cell, Cell]:
    return (None, None) if span is None else (span.start, span.end - ONE_DAY)


class _Said:
    """The words and figures of one report."""

    def __init__(self, report: Report, translate: Translate) -> None:
        self.report = report
        self.translate = translate

    def rows(self, result: PhaseResult) -> Iterator[list[Cell]]:
        """Yield a row an item; one where none could be judged."""
        phase = self.phase(result)
        for key, item in result.items.items():
            yield [*phase, *self.item(key, item)]
        if not result.items:
            yield [*phase, *[None] * len(OF_ITEM)]

    def phase(self, result: PhaseResult) -> list[Cell]:
        return [
            self.translate(wording.KINDS[result.phase.kind]),
            result.phase.label,
            self.translate(VERDICTS[result.verdict]),
            result.reason and self.translate(wording.REASONS[result.reason]),
            self.yes(result.early),
            result.sustained_from,
            result.pgic,
            result.tolerability.mean,
            *_ends(result.window),
        ]

    def item(self, key: str, item: ItemResult) -> list[Cell]:
        low, high = item.ci95 or (None, None)
        trend = self.report.trends.get(key)
        usual = (trend and trend.usual_range) or (None, None)
        return [
            item_name(item.item, self.translate),
            thresholds(self.report.rule).get(key),
            item.baseline.sum,
            item.baseline.days,
            item.baseline.mean,
            item.evaluation.sum,
            item.evaluation.days,
            item.evaluation.mean,
            item.points,
            None if item.percent is None else Fraction(item.shown),
            item.percent,
            low,
            high,
            item.no_interval and self.translate(wording.NO_INTERVALS[item.no_interval]),
            None if item.responder is None else self.yes(item.responder),
            item.band and self.translate(wording.BANDS[item.band]),
            item.nap,
            self.yes(Flag.LOW_BASELINE in item.flags),
            item.reason and self.translate(wording.REASONS[item.reason]),
            *usual,
            trend and trend.mark30,
        ]

    def yes(self, value: bool) -> str:  # noqa: FBT001 - a truth value, not a switch
        return self.translate(N_("yes") if value else N_("no"))
