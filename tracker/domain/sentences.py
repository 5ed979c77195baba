"""What is said of one phase in sentences: the verdict, how sure it is, what could change it."""

from collections.abc import Iterator, Sequence

from tracker.domain import verdict_words
from tracker.domain.figures import item_name
from tracker.domain.improvement import ItemResult
from tracker.domain.questionnaire import PGIC
from tracker.domain.report import PhaseResult, Report
from tracker.domain.responder import thresholds
from tracker.domain.statistics import Flag, Reason, need
from tracker.domain.voice import Voice
from tracker.domain.words import N_


def ruled(report: Report, result: PhaseResult) -> Sequence[ItemResult]:
    """Return the items that the rule needs, as far as the phase has them, in its order."""
    return [result.items[key] for key in thresholds(report.rule) if key in result.items]


def lead(report: Report, result: PhaseResult, voice: Voice) -> str:
    """Return the one plain sentence: pain against the baseline, or why it can't be told."""
    pain = result.items.get("pain")
    if pain is None or pain.percent is None:
        return voice.say(verdict_words.REASONS[_reason(pain, result)])
    words = verdict_words.LOWER if pain.percent > 0 else verdict_words.HIGHER
    if not pain.shown.strip("-0."):
        words = verdict_words.UNCHANGED
    size = voice.shown(pain.shown.removeprefix("-"))
    return voice.say(words[_tense(result)], size=size, mark=thresholds(report.rule)["pain"])


def verdict(result: PhaseResult, voice: Voice) -> str:
    """Return what the rule says."""
    return voice.say(verdict_words.VERDICTS[result.verdict][_tense(result)])


def uncertain(result: PhaseResult, voice: Voice) -> str:
    """Return how far the figure may be off, "" where there is none."""
    pain = result.items.get("pain")
    if pain is None or pain.ci95 is None:
        return ""
    low, high = (voice.number(limit, 0) for limit in pain.ci95)
    words = N_("One person's figure is uncertain: it could lie between %(low)s and %(high)s %%.")
    return voice.say(words, low=low, high=high)


def missing(report: Report, result: PhaseResult, voice: Voice) -> Iterator[str]:
    """Yield what keeps the rule from being decided, as counts; of what is hidden only that."""
    if result.reason is Reason.NOT_SHARED:
        if "pain" in result.items:  # else the one plain sentence says it
            yield voice.say(verdict_words.REASONS[result.reason])
        return
    if result.reason is Reason.PHASE_BOUNDARY:
        yield voice.say(
            N_("%(have)d of %(needed)d days after the start have passed."),
            have=max(0, result.span.days - 1),
            needed=report.preset.days,
        )
    if result.reason is Reason.NO_PGIC:
        yield voice.say(verdict_words.REASONS[result.reason])
    if result.reason is Reason.NO_BASELINE:
        yield voice.say(
            N_("A diary that was kept elsewhere before this phase can be imported."),
        )
    rows = ruled(report, result)
    for row in rows:
        if row.reason is Reason.TOO_FEW_DAYS:
            yield from _too_few(report, row, voice)
        elif row.reason is not None and row.reason is not rows[0].reason:
            reason = voice.say(verdict_words.REASONS[row.reason])
            name = item_name(row.item, voice.say)
            yield voice.say(N_("%(item)s: %(reason)s"), item=name, reason=reason)


def remarks(result: PhaseResult, voice: Voice) -> Iterator[str]:
    """Yield what to know about the verdict: how sure it is, if it lasts, what else was said."""
    if result.early:
        yield voice.say(
            N_(
                "It is early: this phase is on day %(day)d. "
                "In the trials benefit came after one to three months."
            ),
            day=result.span.days,
        )
    if Flag.LOW_BASELINE in result.flags:
        yield voice.say(
            N_(
                "In the baseline at least one of these was mild, below 40 % of the ruler. "
                "The trials took only people above that: here a percent moves easily."
            )
        )
    if result.sustained_from is not None:
        words = N_("Pain stayed at least 30 %% lower from %(day)s on.")
        yield voice.say(words, day=voice.dated_day(result.sustained_from))
    elif "pain" in result.items and result.items["pain"].percent is not None:
        yield voice.say(
            N_("There is no lasting stretch of 30 % less pain: 14 days or more, up to the end.")
        )
    if result.phase.end is None and result.items:
        yield voice.say(
            N_("This phase is running: the days compared move along, so this can change.")
        )
    yield from _beside(result, voice)


def _beside(result: PhaseResult, voice: Voice) -> Iterator[str]:
    """Yield what the phase says that is not asked every night."""
    if result.pgic is not None:
        yield voice.say(
            N_("Overall change (PGIC), the last answer of these: %(number)d, %(words)s."),
            number=result.pgic,
            words=voice.say(PGIC.steps[result.pgic - 1]),
        )
    if result.tolerability.mean is not None:
        yield voice.ngettext(
            "Tolerability: %(mean)s of 100, from %(count)d answer.",
            "Tolerability: mean %(mean)s of 100, from %(count)d answers.",
            result.tolerability.days,
            mean=voice.number(result.tolerability.mean),
        )


def _tense(result: PhaseResult) -> int:
    """Return 0 where the phase runs, 1 where it is over: the place of its words."""
    return 0 if result.phase.end is None else 1


def _reason(pain: ItemResult | None, result: PhaseResult) -> Reason:
    """Return why nothing is said of pain; where it isn't judged at all, why the phase isn't."""
    if pain is not None and pain.reason is not None:
        return pain.reason
    return result.reason or Reason.NOT_SHARED


def _too_few(report: Report, row: ItemResult, voice: Voice) -> Iterator[str]:
    """Yield the windows of `row` that hold too few answered days."""
    window = report.preset.days
    baseline = report.baseline.days if report.baseline else window
    by_calendar = report.preset.by_calendar
    sides = (
        (N_("baseline"), row.baseline.days, baseline if by_calendar else window),
        (N_("evaluation"), row.evaluation.days, window),
    )
    for side, have, days in sides:
        needed = need(days) if by_calendar else days
        if have < needed:
            yield voice.say(
                N_("%(item)s, %(side)s: %(have)d of %(days)d days, %(needed)d needed."),
                item=item_name(row.item, voice.say),
                side=voice.say(side),
                have=have,
                days=days,
                needed=needed,
            )
