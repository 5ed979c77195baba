"""Side effects and measurements on the pages of a report: a strip, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tracker.charts import drawing
from tracker.charts.timeline import draw_timeline
from tracker.domain import happening_words as words
from tracker.domain.happenings import Happenings
from tracker.domain.measurements import all_series
from tracker.domain.phases import Phase
from tracker.domain.spans import Span
from tracker.web.words import _, voice

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Happened:
    """The strip under a trend, and a row for each side effect in it."""

    picture: Markup
    effects: Sequence[Row]


def shown_in(happened: Happenings, shown: Span) -> Happened | None:
    """Return what happened in the days `shown`; None where nothing did."""
    picture = draw_timeline(happened, shown, _)
    if picture is None:
        return None
    seen = Happenings(tuple(one for one in happened.effects if one.touches(shown)))
    # Every text in it is escaped where it is written.
    return Happened(Markup(drawing.write(picture)), effect_rows(seen))  # noqa: S704 - our markup


def effect_rows(happened: Happenings) -> Sequence[Row]:
    """Return name, days and how it was of each side effect, newest first."""
    return [
        (
            words.effect_name(one, _),
            words.effect_days(one, voice()),
            words.effect_remarks(one, voice()),
        )
        for one in reversed(happened.effects)
    ]


def measured_rows(happened: Happenings, phases: Sequence[Phase]) -> Sequence[Row]:
    """Return the newest value of each series: its name, value with day, change from baseline."""
    return [
        (
            series.name,
            _(
                "%(value)s on %(day)s",
                value=words.measured(series.newest, voice()),
                day=voice().dated_day(series.newest.day),
            ),
            words.newest_change(series, voice()),
        )
        for series in all_series(happened.measurements, phases)
    ]
