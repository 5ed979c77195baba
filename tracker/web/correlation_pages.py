"""What goes with what as a page prints it: a sentence, two strips of nights and the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup

from tracker.charts import drawing
from tracker.charts.spark import draw_spark
from tracker.domain import correlation_sentences
from tracker.domain.correlations import Correlations, Link
from tracker.domain.diary import Diary
from tracker.domain.questionnaire import Item, Kind
from tracker.domain.spans import ONE_DAY, Span
from tracker.services.reports import Reading
from tracker.web import figures
from tracker.web.words import voice

PICTURED: Final = 6  # links with a sentence and strips; the table has all
STRIP: Final = timedelta(weeks=12)

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class LinkCard:
    """One link: its sentence, which days were compared; each question's key, name and nights."""

    title: str
    direction: str
    when: str
    strips: Sequence[tuple[str, str, Markup]]
    figures: str
    n: int


def cards(reading: Reading, found: Correlations) -> Sequence[LinkCard]:
    """Return the strongest links."""
    return [_card(reading, link) for link in found.links[:PICTURED]]


def rows(found: Correlations) -> Sequence[Row]:
    """Return every link: both names, which days, how strong, of how many pairs of days."""
    speaks = voice()
    return [
        (
            _title(link),
            correlation_sentences.when(link, speaks),
            _strength(link),
            str(link.n),
        )
        for link in found.links
    ]


def _title(link: Link) -> str:
    return " · ".join(correlation_sentences.names(link, voice()))


def _strength(link: Link) -> str:
    """Return r cut off after two decimals, so that it is never shown as stronger."""
    return voice().shown(f"{int(link.r * 100) / 100:.2f}")


def _card(reading: Reading, link: Link) -> LinkCard:
    end = max(reading.diary.entries) + ONE_DAY
    shown = Span(max(reading.nights.start, end - STRIP), end)
    ahead = {link.first.key: 0, link.second.key: link.lag}
    return LinkCard(
        title=_title(link),
        direction=correlation_sentences.direction(link, voice()),
        when=correlation_sentences.when(link, voice()),
        strips=[
            (item.key, figures.name_of(item), _strip(reading.diary, item, shown, ahead[item.key]))
            for item in correlation_sentences.in_time(link)
        ],
        figures=_strength(link),
        n=link.n,
    )


def _strip(diary: Diary, item: Item, shown: Span, ahead: int) -> Markup:
    """Draw the nights of `item`, moved by `ahead` days: what was compared stands in line."""
    scores: Mapping[date, int] = diary.scores(item.key)
    maximum = diary.ruler.maximum if item.kind is Kind.SCALE else 1
    nights = [scores.get(day + timedelta(ahead)) for day in shown]
    drawn = [None if score is None or score > maximum else score for score in nights]
    name = figures.name_of(item)
    days = figures.days_of(Span(shown.start + timedelta(ahead), shown.end + timedelta(ahead)))
    # Every text in the picture is escaped where it is written.
    return Markup(drawing.write(draw_spark(drawn, maximum, name, days)))  # noqa: S704 - our own
