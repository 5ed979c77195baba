"""Side effects and measurements: a line each kind, so that one page stays one page."""

from collections.abc import Iterator, Sequence
from typing import Final

from tracker.domain import happening_words as words
from tracker.domain.words import N_
from tracker.exports.summary.values import Json, Summary, said

MOST: Final = 6  # of a kind, the newest


def lines(summary: Summary) -> Json:
    """Return a heading and the newest of each kind that there is."""
    kinds: tuple[tuple[str, Sequence[Json]], ...] = (
        (N_("Side effects"), [*_effects(summary)]),
        (N_("Measurements"), [*_measured(summary)]),
    )
    return [_line(summary, heading, found) for heading, found in kinds if found]


def _line(summary: Summary, heading: str, found: Sequence[Json]) -> Json:
    more = len(found) - MOST
    return {
        "heading": summary.voice.say(heading),
        "things": [*found[:MOST]],
        "more": summary.voice.say(N_("and %(count)d more"), count=more) if more > 0 else "",
    }


def _effects(summary: Summary) -> Iterator[Json]:
    voice = summary.voice
    for told in reversed(summary.happenings.effects):
        if told.touches(summary.shown):
            about = f"{words.effect_days(told, voice)}, {words.effect_remarks(told, voice)}"
            yield {"name": said(words.effect_name(told, voice.say)), "about": said(about)}


def _measured(summary: Summary) -> Iterator[Json]:
    voice = summary.voice
    for series in summary.series:
        newest = series.newest
        told = [words.measured(newest, voice), voice.dated_day(newest.day)]
        about = ", ".join(filter(None, [*told, words.newest_change(series, voice)]))
        yield {"name": said(series.name), "about": said(about)}
