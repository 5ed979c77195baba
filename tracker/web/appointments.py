"""An appointment's PDF put together: the report, its pictures, and what was asked of the file.

Nothing of a request is known here, so that the command line makes the same file.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from tracker.charts import drawing, marks, paper, trend
from tracker.charts.drawing import Wording
from tracker.domain.measurements import all_series
from tracker.domain.spans import Span
from tracker.domain.voice import Voice
from tracker.exports.summary.pdf import summary_pdf
from tracker.exports.summary.values import NONE, Paper, Pictures, Summary
from tracker.services.reports import Reading

FONT: Final = "Noto Sans"
EVERY_NIGHT: Final = Span(date.min, date.max)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the PDF.

    `span` are the nights of picture and table, cut to those of the diary. `question` is kept
    nowhere, "" where there is none.
    """

    span: Span = EVERY_NIGHT
    paper: Paper = Paper.A4
    table: bool = False
    notes: bool = False
    question: str = ""


def appointment(reading: Reading, name: str, wish: Wish, printed: date, voice: Voice) -> bytes:
    """Return the PDF of a report for the person called `name`, printed on the day `printed`.

    Raises:
        PdfFailed: it could not be made.
    """
    return summary_pdf(summary_of(reading, name, wish, printed, voice))


def summary_of(reading: Reading, name: str, wish: Wish, printed: date, voice: Voice) -> Summary:
    """Return what is printed. The report stays whole, whichever nights are shown."""
    nights = reading.nights
    start = min(max(nights.start, wish.span.start), nights.end)
    shown = Span(start, max(start, min(nights.end, wish.span.end)))
    is_one_year = shown.start.year == shown.end.year == printed.year
    summary = Summary(
        name=name,
        diary=reading.diary,
        report=reading.report,
        shown=shown,
        printed=printed,
        voice=replace(voice, year=printed.year if is_one_year else 0),
        paper=wish.paper,
        table=wish.table,
        notes=wish.notes,
        question=wish.question,
        happenings=reading.happenings,
        openings=reading.openings,
        series=all_series(reading.happenings.measurements, reading.phases),
    )
    return replace(summary, pictures=_pictures(summary))


def _pictures(summary: Summary) -> Pictures:
    """Draw what the first page shows; nothing where no night is shown."""
    main, shown, voice = summary.main, summary.shown, summary.voice
    if main is None or not shown.days:
        return NONE
    speaks = Wording(voice.say, voice.short_day, voice.dated_day, voice.month)
    large = trend.draw_trend(summary.report, main, shown, speaks, trend.PAGE)
    return Pictures(
        trend=_printed(large, main.item.key),
        strips={
            key: _printed(trend.draw_strip(summary.report, one, shown), key)
            for key, one in summary.report.trends.items()
            if one is not main
        },
        marks=[
            (_printed(marks.swatch(mark), main.item.key), voice.say(marks.MEANINGS[mark]))
            for mark in marks.marks_in(main, shown)
        ],
    )


def _printed(picture: Element, key: str) -> str:
    """Return a picture in its colours, its words in the font of the page."""
    coloured = paper.coloured(picture, key)
    coloured.set("font-family", FONT)
    return drawing.write(coloured)
