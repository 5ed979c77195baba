"""The figures of each question: a line beside the picture, a row with a strip, or all of them."""

from collections.abc import Iterator, Sequence
from typing import Final

from tracker.domain import figures, sentences, verdict_words
from tracker.domain.figures import DASH
from tracker.domain.improvement import ItemResult
from tracker.domain.questionnaire import Direction
from tracker.domain.report import PhaseResult
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import Tally, tally
from tracker.domain.trends import Trend
from tracker.domain.words import N_
from tracker.exports.summary import phases
from tracker.exports.summary.values import Json, Summary, said

MOST: Final = 8  # rows on the first page
LAST_WEEK: Final = 7 * ONE_DAY
WORSE: Final = {
    Direction.LOWER: N_("each night, 0 to %(most)d, higher is worse"),
    Direction.HIGHER: N_("each night, 0 to %(most)d, higher is better"),
    Direction.NEUTRAL: N_("each night, 0 to %(most)d, higher is more"),
}


def graph(summary: Summary) -> Json:
    """Return the large picture with its figures, None where nothing can be drawn."""
    trend, voice = summary.main, summary.voice
    if trend is None or not summary.pictures.trend:
        return None
    result = _result(summary, trend)
    return {
        "name": summary.named(trend.item),
        "about": voice.say(WORSE[trend.item.direction], most=summary.report.ruler.maximum),
        "change": "" if result is None or result.reason else " · ".join(_line(summary, result)),
        "picture": summary.pictures.trend,
        "marks": [{"picture": one, "meaning": means} for one, means in summary.pictures.marks],
    }


def rows(summary: Summary) -> Json:
    """Return the other questions, a row each, as many as the first page has room for."""
    voice, others = summary.voice, _others(summary)
    if not others:
        return None
    more = len(others) - MOST
    now = N_("evaluation") if _is_judged(summary) else N_("last 7 days")
    return {
        "headings": [
            voice.say(heading)
            for heading in (
                N_("Other questions"),
                N_("each night"),
                N_("baseline"),
                now,
                N_("points"),
                N_("change"),
                N_("95 % interval"),
            )
        ],
        "rows": [_row(summary, trend) for trend in others[:MOST]],
        "more": ""
        if more <= 0
        else voice.ngettext(
            "%(count)d more question stands on the next page.",
            "%(count)d more questions stand on the next page.",
            more,
        ),
    }


def every_figure(summary: Summary) -> Json:
    """Return all figures of all phases, for the pages after the first.

    None where the first page says them all, and no more is asked for.
    """
    voice = summary.voice
    is_full = len(_others(summary)) > MOST or len(summary.report.phases) > phases.MOST
    judged = [result for result in summary.report.phases if result.items]
    if not judged or not (summary.table or is_full):
        return None
    return {
        "heading": voice.say(N_("All figures")),
        "headings": [
            voice.say(heading)
            for heading in (
                N_("Question"),
                N_("baseline"),
                N_("evaluation"),
                N_("points"),
                N_("change"),
                N_("95 % interval"),
                N_("overlap"),
                N_("remark"),
            )
        ],
        "phases": [_every(summary, result) for result in judged],
        "about": voice.say(
            N_(
                "Means, with the answered nights beside them. Overlap (NAP): the share of pairs of "
                "a baseline night and a later one in which the later one is better; 50 % is none."
            )
        ),
    }


def _every(summary: Summary, result: PhaseResult) -> Json:
    rows = [*sentences.ruled(summary.report, result)]
    rows += [row for row in result.items.values() if row not in rows]
    return {
        "name": said(figures.phase_name(result.phase, summary.voice)),
        "days": summary.voice.days(result.span),
        "verdict": sentences.verdict(result, summary.voice),
        "rows": [
            {
                "name": summary.named(row.item),
                "cells": [*_cells(summary, row), _overlap(summary, row)],
                "remark": _remark(summary, row),
            }
            for row in rows
        ],
    }


def _others(summary: Summary) -> Sequence[Trend]:
    """Return what isn't in the large picture: the rule's items first, then those answered."""
    main, span = summary.main, summary.shown
    newest = summary.newest
    first = (
        [] if newest is None else [row.item.key for row in sentences.ruled(summary.report, newest)]
    )
    trends = summary.report.trends
    keys = dict.fromkeys([*(key for key in first if key in trends), *trends])
    return [
        trends[key]
        for key in keys
        if trends[key] is not main and any(night.day in span for night in trends[key].nights)
    ]


def _row(summary: Summary, trend: Trend) -> Json:
    result = _result(summary, trend)
    cells = _plain_cells(summary, trend) if result is None else _cells(summary, result)
    return {
        "name": summary.named(trend.item),
        "strip": summary.pictures.strips.get(trend.item.key, ""),
        "cells": [*cells],
        "remark": "" if result is None else _remark(summary, result),
    }


def _is_judged(summary: Summary) -> bool:
    return summary.newest is not None and bool(summary.newest.items)


def _result(summary: Summary, trend: Trend) -> ItemResult | None:
    return None if summary.newest is None else summary.newest.items.get(trend.item.key)


def _cells(summary: Summary, row: ItemResult) -> Iterator[str]:
    """Yield means with their nights, points, percent and interval."""
    voice = summary.voice
    yield _mean(summary, row.baseline)
    yield _mean(summary, row.evaluation)
    yield figures.points_of(row.points, voice)
    yield figures.percent_of(row, voice)
    yield figures.interval_of(row, voice)


def _plain_cells(summary: Summary, trend: Trend) -> Sequence[str]:
    """Return plain means, where no phase can be judged."""
    spans = (summary.report.baseline, Span(summary.shown.end - LAST_WEEK, summary.shown.end))
    key = trend.item.key
    found = [
        DASH
        if span is None
        else _mean(summary, tally(list(summary.diary.scores(key, span).values())))
        for span in spans
    ]
    return [*found, DASH, DASH, DASH]


def _mean(summary: Summary, counted: Tally) -> str:
    if counted.mean is None:
        return DASH
    words = N_("%(mean)s (%(nights)d)")
    return summary.voice.say(
        words, mean=figures.mean_of(counted, summary.voice), nights=counted.days
    )


def _line(summary: Summary, row: ItemResult) -> Iterator[str]:
    """Yield an item's figures as one line says them."""
    voice = summary.voice
    before, after = (figures.mean_of(side, voice) for side in (row.baseline, row.evaluation))
    yield voice.say(N_("mean %(before)s, then %(after)s"), before=before, after=after)
    yield voice.say(N_("%(points)s points"), points=figures.points_of(row.points, voice))
    if row.band is not None:
        band = voice.say(verdict_words.BAND_NAMES[row.band])
        yield f"{figures.percent_of(row, voice)} ({band})"
    if row.ci95 is not None:
        interval = figures.interval_of(row, voice)
        yield voice.say(N_("95 %% interval %(interval)s"), interval=interval)


def _overlap(summary: Summary, row: ItemResult) -> str:
    if row.nap is None:
        return DASH
    return summary.voice.say(N_("%(percent)s %%"), percent=summary.voice.number(100 * row.nap, 0))


def _remark(summary: Summary, row: ItemResult) -> str:
    """Return the band of the percent, or why there is none, and why there is no interval."""
    told = (
        "" if row.band is None else verdict_words.BAND_NAMES[row.band],
        "" if row.reason is None else verdict_words.REASONS[row.reason],
        "" if row.no_interval is None else verdict_words.NO_INTERVALS[row.no_interval],
    )
    return "; ".join(summary.voice.say(words) for words in told if words)
