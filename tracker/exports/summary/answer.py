"""Who, which nights, and the verdict in the words of its page."""

from collections.abc import Iterator, Sequence

from tracker.domain import cycle_sentences, figures, responder, sentences, verdict_words
from tracker.domain.completion import Days, count_days
from tracker.domain.report import PhaseResult
from tracker.domain.spans import ONE_DAY
from tracker.domain.words import N_
from tracker.exports.summary.values import Json, Summary, said


def dates(summary: Summary) -> str:
    """Return the first and the last night of the picture, in full."""
    voice, shown = summary.voice, summary.shown
    if not shown.days:
        return voice.say(N_("No night is logged yet."))
    first, last = voice.full_day(shown.start), voice.full_day(shown.end - ONE_DAY)
    return (
        first if first == last else voice.say(N_("%(first)s to %(last)s"), first=first, last=last)
    )


def counted(summary: Summary) -> str:
    """Return how many of these nights were expected and written, and how; "" for none."""
    days = count_days(summary.diary, summary.shown)
    return ", ".join(_counts(days, summary)) if summary.shown.days else ""


def _counts(days: Days, summary: Summary) -> Iterator[str]:
    voice = summary.voice
    yield voice.say(
        N_("%(logged)d of %(expected)d nights logged (%(percent)d %%)"),
        logged=days.logged,
        expected=days.expected,
        percent=int(100 * (days.completion or 0)),
    )
    yield voice.ngettext("%(count)d late", "%(count)d late", days.late)
    if days.before_time:
        yield voice.ngettext(
            "%(count)d before the evening", "%(count)d before the evening", days.before_time
        )
    if days.sent_later:
        yield voice.ngettext("%(count)d sent later", "%(count)d sent later", days.sent_later)
    if days.edited:
        yield voice.ngettext("%(count)d edited", "%(count)d edited", days.edited)
    if days.helped:
        yield voice.ngettext(
            "%(count)d entered by a helper", "%(count)d entered by a helper", days.helped
        )
    if days.imported:
        yield voice.ngettext(
            "%(count)d imported, its time as the file states",
            "%(count)d imported, their times as the file states",
            days.imported,
        )
    if days.paused:
        yield voice.ngettext("%(count)d paused", "%(count)d paused", days.paused)


def answer(summary: Summary) -> Json:
    """Return what is said of the newest phase."""
    report, voice, result = summary.report, summary.voice, summary.newest
    if result is None:
        lead = N_("There is no answer yet: no phase of treatment is noted in the diary.")
        return {"title": None, "days": "", "lead": voice.say(lead), "verdict": "", "small": []}
    told = (sentences.verdict(result, voice), sentences.uncertain(result, voice))
    small = (
        [_rule(summary), *_windows(summary, result)],
        [*sentences.missing(report, result, voice), *sentences.remarks(result, voice)],
        [] if report.cycles is None else [*cycle_sentences.told(report.cycles, voice)],
    )
    return {
        "title": said(figures.phase_name(result.phase, voice)),
        "days": voice.days(result.span),
        "lead": sentences.lead(report, result, voice),
        "verdict": " ".join(filter(None, told)),
        "small": [" ".join(lines) for lines in small if lines],
    }


def _rule(summary: Summary) -> str:
    voice, report = summary.voice, summary.report
    return voice.say(
        N_("The rule: %(definition)s. Compared are %(days)s."),
        definition=voice.say(responder.WORDING[report.rule]),
        days=voice.say(verdict_words.PRESET_WORDING[report.preset]),
    )


def _windows(summary: Summary, result: PhaseResult) -> Sequence[str]:
    """Return both windows with their dates and how many of their days are logged."""
    report, voice = summary.report, summary.voice
    both = (
        (
            N_("Baseline %(days)s, nights logged: %(logged)s."),
            report.baseline,
            report.baseline_days,
        ),
        (N_("Evaluation %(days)s, nights logged: %(logged)s."), result.window, result.days),
    )
    return [
        voice.say(words, days=voice.days(span), logged=figures.logged_of(days, voice))
        for words, span, days in both
        if span is not None
    ]


def question(summary: Summary) -> Json:
    """Return the person's question, None where there is none."""
    if not summary.question:
        return None
    heading = summary.voice.say(N_("My question for today"))
    return {"heading": heading, "words": said(summary.question)}
