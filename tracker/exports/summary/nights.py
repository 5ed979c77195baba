"""The nights: the worst of them, and every one with how it came about."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from tracker.domain.answers import Answer, AnswerState
from tracker.domain.diary import Entry, Status
from tracker.domain.questionnaire import Direction, Item, Kind
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.trends import Night
from tracker.domain.words import N_
from tracker.exports.summary.values import Json, Summary, said

WORST: Final = 3
BESIDE: Final = ("pain", "fatigue", "sleep", "mood")
COLUMNS: Final = 12  # questions side by side; more make another table
EMPTY: Final = "\N{MIDDLE DOT}"
STATES: Final = {
    AnswerState.DECLINED: "\N{MULTIPLICATION SIGN}",
    AnswerState.NOT_APPLICABLE: "\N{EN DASH}",
    AnswerState.NO_RECALL: "\N{WHITE CIRCLE}",
}
CHOICES: Final = {"no": N_("no"), "yes": N_("yes"), "not_prescribed": "\N{EN DASH}"}


def worst(summary: Summary) -> Json:
    """Return the worst nights of the large picture, the newest first; None where there are none."""
    main, voice = summary.main, summary.voice
    if main is None or main.item.direction is Direction.NEUTRAL:
        return None
    sign = -1 if main.item.direction is Direction.LOWER else 1
    found = sorted(
        (night for night in main.nights if night.day in summary.shown),
        key=lambda night: (sign * night.value, -night.day.toordinal()),
    )[:WORST]
    if not found:
        return None
    return {
        "heading": voice.say(N_("Worst nights")),
        "rows": [
            {"day": voice.dated_day(night.day), "scores": [*_beside(summary, night)]}
            for night in sorted(found, key=lambda night: night.day, reverse=True)
        ],
    }


def _beside(summary: Summary, night: Night) -> Iterator[Json]:
    """Yield what the night was like: the score that makes it one of the worst, then others."""
    entry, items = summary.diary.entries[night.day], summary.diary.items
    main = summary.main
    first = [] if main is None else [main.item.key]
    for key in dict.fromkeys([*first, *BESIDE]):
        answer = entry.answers.get(key)
        if answer is not None and answer.value is not None:
            yield {"name": summary.named(items[key]), "score": str(answer.value)}


def tables(summary: Summary) -> Json:
    """Return every night shown, in as many tables as the paper is wide enough for.

    None where they are not asked for, or there are none.
    """
    if not (summary.table and summary.shown.days):
        return None
    voice = summary.voice
    asked = _columns(summary)
    chunks = [asked[at : at + COLUMNS] for at in range(0, len(asked), COLUMNS)] or [()]
    return {
        "heading": voice.say(N_("Every night")),
        "about": [*_about(summary)],
        "tables": [
            {
                "day": voice.say(N_("Night")),
                "how": voice.say(N_("how it came about")),
                "items": [summary.named(item) for item in chunk],
                "rows": [*_rows(summary, chunk, is_first=place == 0)],
            }
            for place, chunk in enumerate(chunks)
        ],
    }


def _columns(summary: Summary) -> Sequence[Item]:
    """Return what was answered in these nights, in the diary's order."""
    answered = {
        key
        for day, entry in summary.diary.entries.items()
        if day in summary.shown
        for key in entry.answers
    }
    return [item for key, item in summary.diary.items.items() if key in answered]


def _about(summary: Summary) -> Iterator[str]:
    say = summary.voice.say
    yield say(
        N_(
            "%(empty)s: not answered. %(declined)s: preferred not to say. "
            "%(none)s: does not apply. %(recall)s: no dream recalled."
        ),
        empty=EMPTY,
        declined=STATES[AnswerState.DECLINED],
        none=STATES[AnswerState.NOT_APPLICABLE],
        recall=STATES[AnswerState.NO_RECALL],
    )
    if not summary.notes:
        yield say(N_("Notes are not included."))


def _rows(summary: Summary, chunk: Sequence[Item], *, is_first: bool) -> Iterator[Json]:
    """Yield a row for each night that is logged, and one for each stretch that isn't."""
    diary = summary.diary
    told = summary.notes and is_first

    def kind(day: date) -> str:
        entry = diary.entries.get(day)
        if entry is not None and (entry.is_logged or (told and entry.note)):
            return ""
        return N_("paused") if diary.is_paused(day) else N_("not logged")

    for words, group in groupby(summary.shown, key=kind):
        days = list(group)
        if words:
            yield _gap(summary, Span(days[0], days[-1] + ONE_DAY), words)
        else:
            yield from (_night(summary, diary.entries[day], chunk, told=told) for day in days)


def _gap(summary: Summary, span: Span, words: str) -> Json:
    voice = summary.voice
    return {"gap": f"{voice.days(span)}: {voice.say(words)}"}


def _night(summary: Summary, entry: Entry, chunk: Sequence[Item], *, told: bool) -> Json:
    voice = summary.voice
    return {
        "day": voice.dated_day(entry.day),
        "cells": [_score(summary, item, entry.answers.get(item.key)) for item in chunk],
        "how": said(", ".join(_provenance(summary, entry))),
        "note": said(entry.note) if told and entry.note else None,
    }


def _score(summary: Summary, item: Item, answer: Answer | None) -> str:
    if answer is None:
        return EMPTY
    if answer.value is None:
        return STATES[answer.state]
    if item.kind is Kind.CHOICE:
        return summary.voice.say(CHOICES[item.choices[answer.value]])
    return str(answer.value)


def _provenance(summary: Summary, entry: Entry) -> Iterator[str]:
    """Yield how a night came about, where it isn't simply on time."""
    say = summary.voice.say
    told = (
        (entry.status is Status.LATE, N_("late")),
        (entry.status is Status.BEFORE_TIME, N_("before the evening")),
        (entry.imported or entry.status is Status.IMPORTED, N_("imported")),
        (entry.sent_later, N_("sent later")),
        (entry.revision > 1, N_("edited")),
        (entry.conflict, N_("two answers differ")),
    )
    yield from (say(words) for holds, words in told if holds)
    if entry.entered_by:
        yield say(N_("entered by %(name)s"), name=entry.entered_by)
    if entry.ruler is not summary.diary.ruler:
        yield say(N_("on the ruler of 0 to %(most)d"), most=entry.ruler.maximum)
