"""The phases: what was tried when, and what each says of pain."""

from collections.abc import Iterator
from typing import Final

from tracker.domain import figures, wording
from tracker.domain.figures import DASH
from tracker.domain.openings import opened_among, opening_lines
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import PAIN
from tracker.domain.report import PhaseResult
from tracker.domain.responder import Verdict
from tracker.domain.words import N_
from tracker.exports.summary.values import Json, Summary, said

MOST: Final = 5  # on the first page, beside the baseline
MET: Final = {
    Verdict.RESPONDER: N_("met"),
    Verdict.NON_RESPONDER: N_("not met"),
    Verdict.NOT_ASSESSABLE: N_("can't be said"),
}


def rows(summary: Summary) -> Json:
    """Return the baseline and the newest phases, None where none is noted."""
    report, voice = summary.report, summary.voice
    if report.baseline is None and not report.phases:
        return None
    more = len(report.phases) - MOST
    headings = (
        N_("Phase"),
        N_("Medicine and dose"),
        N_("Days"),
        N_("Pain"),
        N_("change"),
        N_("rule"),
    )
    return {
        "headings": [voice.say(heading) for heading in headings],
        "rows": [*_baseline(summary), *(_row(summary, one) for one in report.phases[-MOST:])],
        "more": ""
        if more <= 0
        else voice.ngettext(
            "%(count)d earlier phase stands on the next page.",
            "%(count)d earlier phases stand on the next page.",
            more,
        ),
        "openings": [said(line) for line in _openings(summary)],
    }


def _openings(summary: Summary) -> Iterator[str]:
    """Yield how the orders of the phases above were opened."""
    phases = [result.phase for result in summary.report.phases[-MOST:]]
    for one in opened_among(summary.openings, phases):
        yield from opening_lines(one.how, summary.voice, own_words=summary.notes)


def _baseline(summary: Summary) -> Iterator[Json]:
    report, voice = summary.report, summary.voice
    if report.baseline is None:
        return
    name = voice.say(wording.KINDS[PhaseKind.BASELINE])
    judged = [one.items[PAIN.key] for one in report.phases if PAIN.key in one.items]
    mean = figures.mean_of(judged[-1].baseline, voice) if judged else DASH
    yield {
        "kind": name,
        "label": None,
        "medicine": None,
        "dose": "",
        "cells": [voice.days(report.baseline), mean, "", ""],
    }


def _row(summary: Summary, result: PhaseResult) -> Json:
    voice, phase = summary.voice, result.phase
    pain = result.items.get(PAIN.key)
    return {
        "kind": voice.say(wording.KINDS[phase.kind]),
        "label": said(phase.label) if phase.label else None,
        "medicine": said(phase.medicine) if phase.medicine else None,
        "dose": _dose(summary, phase),
        "cells": [
            _days(summary, result),
            DASH if pain is None else figures.mean_of(pain.evaluation, voice),
            DASH if pain is None else figures.percent_of(pain, voice),
            voice.say(MET[result.verdict]),
        ],
    }


def _dose(summary: Summary, phase: Phase) -> str:
    """Return the dose alone, "" where there is none."""
    if phase.dose_mg is None:
        return ""
    return f"{summary.voice.shown(f'{phase.dose_mg.normalize():f}')} mg"


def _days(summary: Summary, result: PhaseResult) -> str:
    voice = summary.voice
    if result.phase.end is None:
        return voice.say(N_("since %(day)s"), day=voice.dated_day(result.phase.start))
    return voice.days(result.span)
