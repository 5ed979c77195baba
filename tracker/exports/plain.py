"""A report in plain words and figures, for a terminal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from tracker.domain import wording
from tracker.domain.completion import Days
from tracker.domain.improvement import ItemResult
from tracker.domain.questionnaire import PGIC
from tracker.domain.report import PhaseResult, Report
from tracker.domain.responder import WORDING, thresholds
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import Band, Flag, Reason, need, shown
from tracker.domain.words import N_


def plain(report: Report, translate: Callable[[str], str]) -> str:
    """Return what a person reads: the verdict first, what it rests on, what it does not mean."""
    return "\n".join(_Writer(report, translate).lines()) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    report: Report
    translate: Callable[[str], str]

    def lines(self) -> Iterator[str]:
        report = self.report
        if not report.phases:
            yield self.say(N_("There is no phase to judge: give a file of phases with --phases."))
        for result in report.phases:
            yield from self.phase(result)
            yield ""
        yield self.say(
            N_("Rule %(rule)s: %(wording)s."),
            rule=report.rule.value,
            wording=self.say(WORDING[report.rule]),
        )
        yield self.say(
            N_("Window %(preset)s: %(wording)s. A phase's start day is in no window."),
            preset=report.preset.value,
            wording=self.say(wording.PRESETS[report.preset]),
        )
        if report.baseline is not None:
            yield self.say(N_("Baseline: %(days)s."), days=self.days(report.baseline))
            yield "  " + self.count(report.baseline_days)
        yield self.say(N_("All days: %(count)s"), count=self.count(report.days))
        yield ""
        yield self.say(N_("What this does not mean:"))
        yield "  " + self.say(wording.PLACEBO_RATE)
        yield "  " + self.say(wording.UNCERTAIN)

    def phase(self, result: PhaseResult) -> Iterator[str]:
        yield f"{self.title(result)}: {self.sentence(result)}"
        if result.early:
            yield "  " + self.say(wording.EARLY)
        if Flag.LOW_BASELINE in result.flags:
            yield "  " + self.say(wording.LOW_BASELINE)
        if result.window is not None:
            yield "  " + self.say(N_("Window: %(days)s."), days=self.days(result.window))
            yield "    " + self.count(result.days)
        for key, item in result.items.items():
            yield f"  {self.mark(key)} {self.item(item)}"
        if result.pgic is not None:
            told = self.say(N_("Overall change (PGIC): %(answer)d."), answer=result.pgic)
            yield f"  {self.mark(PGIC.key)} {told}"
        if result.tolerability.days:
            yield "    " + self.say(
                N_("Tolerability: mean %(mean)s of 100 (n = %(n)d)"),
                mean=shown(result.tolerability.mean),
                n=result.tolerability.days,
            )
        if result.sustained_from is not None:
            yield "  " + self.say(
                N_("Pain stayed at least 30 %% lower from %(day)s on."), day=result.sustained_from
            )

    def mark(self, key: str) -> str:
        """Return the star of an item that the rule asks for."""
        return "*" if key in thresholds(self.report.rule) else " "

    def title(self, result: PhaseResult) -> str:
        name = self.say(wording.KINDS[result.phase.kind])
        return f"{name} “{result.phase.label}”" if result.phase.label else name

    def sentence(self, result: PhaseResult) -> str:
        reason = "" if result.reason is None else self.say(wording.REASONS[result.reason])
        said = wording.VERDICTS[result.verdict]
        return self.say(said, reason=reason) if reason else self.say(said)

    def item(self, item: ItemResult) -> str:
        name = item.item.name if item.item.is_own else self.say(item.item.name)
        if item.reason is not None:
            return f"{name}: {self.reason(item, item.reason)}"
        figures = self.say(
            N_("%(item)s: baseline %(before)s (%(n)d days), then %(after)s (%(m)d days)"),
            item=name,
            before=shown(item.baseline.mean),
            n=item.baseline.days,
            after=shown(item.evaluation.mean),
            m=item.evaluation.days,
        )
        moved = self.say(N_("%(points)s points"), points=_signed(item.points))
        better = [] if item.band is None else [self.improvement(item, item.band)]
        return ", ".join([figures, moved, *better])

    def improvement(self, item: ItemResult, band: Band) -> str:
        parts = [
            self.say(N_("improvement %(percent)s %%"), percent=item.shown),
            self.say(wording.BANDS[band]),
        ]
        if Flag.LOW_BASELINE in item.flags:
            parts.append(self.say(N_("low baseline")))
        if item.ci95 is not None:
            low, high = (shown(Fraction(limit)) for limit in item.ci95)
            parts.append(self.say(N_("95 %% interval %(low)s to %(high)s"), low=low, high=high))
        if item.no_interval is not None:
            parts.append(self.say(wording.NO_INTERVALS[item.no_interval]))
        return ", ".join(parts)

    def reason(self, item: ItemResult, reason: Reason) -> str:
        said = self.say(wording.REASONS[reason])
        if reason is not Reason.TOO_FEW_DAYS:
            return said
        preset, baseline = self.report.preset, self.report.baseline
        before = baseline.days if baseline is not None and preset.by_calendar else preset.days
        return "; ".join(
            [
                said,
                self.say(N_("baseline")) + " " + self.enough(item.baseline.days, before),
                self.say(N_("window")) + " " + self.enough(item.evaluation.days, preset.days),
            ]
        )

    def enough(self, found: int, days: int) -> str:
        needed = need(days) if self.report.preset.by_calendar else days
        return self.say(
            N_("%(found)d of %(days)d, %(needed)d needed"), found=found, days=days, needed=needed
        )

    def days(self, span: Span) -> str:
        return self.say(
            N_("%(first)s to %(last)s (%(count)d days)"),
            first=span.start,
            last=span.end - ONE_DAY,
            count=span.days,
        )

    def count(self, days: Days) -> str:
        return self.say(
            N_("%(logged)d of %(expected)d nights logged, %(missing)d missing, %(late)d late."),
            logged=days.logged,
            expected=days.expected,
            missing=days.missing,
            late=days.late,
        )

    def say(self, text: str, **values: object) -> str:
        """Return `text` in the reader's language, its places filled where it has any."""
        said = self.translate(text)
        return said % values if values else said


def _signed(points: Fraction | None) -> str:
    """Return points with their sign; 0.0 has none."""
    said = shown(points)
    return said if points is None or said.startswith("-") or points == 0 else f"+{said}"
