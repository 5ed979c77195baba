"""The report as somebody else reads it: what is shared, the answer, the pictures, the nights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask import Response, make_response
from markupsafe import Markup
from werkzeug.exceptions import BadRequest

from tracker.charts import drawing, marks
from tracker.charts.trend import draw_trend
from tracker.domain import medicine_words, responder, verdict_words
from tracker.domain.answers import write_answer
from tracker.domain.completion import Days
from tracker.domain.diary import Diary, Entry
from tracker.domain.figures import DASH
from tracker.domain.openings import opening_lines
from tracker.domain.phases import PhaseKind
from tracker.domain.questionnaire import ITEMS
from tracker.domain.report import Report
from tracker.domain.responder import Rule
from tracker.domain.spans import Span
from tracker.domain.trends import Trend
from tracker.domain.windows import Preset
from tracker.domain.wording import KINDS
from tracker.domain.words import N_
from tracker.services.reports import Reading
from tracker.web import (
    cycle_cards,
    figures,
    happening_pages,
    medicine_pages,
    scope_words,
    trend_pages,
    verdict_cards,
)
from tracker.web.appointments import Wish, appointment
from tracker.web.cycle_cards import CyclesCard
from tracker.web.forms.questions import in_words
from tracker.web.nights import marks_of
from tracker.web.occasional_tables import Tables, tables_of
from tracker.web.templating import render
from tracker.web.trend_pages import Row
from tracker.web.verdict_cards import Card
from tracker.web.words import _, voice

MAIN_ITEM: Final = "pain"
HALF_A_YEAR: Final = timedelta(weeks=26)
ROBOTS: Final = ("X-Robots-Tag", "noindex, nofollow, noarchive")
# Nights counted apart; those marked True are told where there are none, too.
COUNTS: Final[tuple[tuple[str, str, bool], ...]] = (
    ("missing", N_("Not logged"), True),
    ("late", N_("Logged late"), True),
    ("before_time", N_("Logged before the evening"), False),
    ("sent_later", N_("Sent later"), True),
    ("imported", N_("Imported, times as the file states"), True),
    ("edited", N_("Edited"), False),
    ("helped", N_("Entered by a helper"), False),
    ("paused", N_("Paused, not expected"), False),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """By which rule, and by which days, a report is read."""

    rule: Rule
    preset: Preset

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Choice":
        """Read the query of an address.

        Raises:
            BadRequest: there is no such rule, or no such preset.
        """
        try:
            return cls(
                Rule(query.get("rule") or Rule.YOUNGER2013),
                Preset(query.get("preset") or Preset.WEEK),
            )
        except ValueError as error:
            raise BadRequest from error


@dataclass(frozen=True, slots=True)
class Chart:
    """One item's nights: the picture, its legend, the means, and the same nights as figures."""

    key: str
    name: str
    picture: Markup
    legend: Sequence[tuple[Markup, str]]
    means: Sequence[Row]
    usual: str
    nights: Sequence[Row]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page says; `shared` is what may be read, a line each.

    `first` is the picture of pain, None where it is not shared or not answered. `heads` are the
    heads of the table of `nights`, `answered` what is not asked nightly. `cycles` is None where no
    pair is repeated. `openings` say how hidden orders were opened. `notes` are empty where they are
    not shared.
    """

    shared: Sequence[str]
    cards: Sequence[Card]
    cycles: CyclesCard | None
    first: Chart | None
    charts: Sequence[Chart]
    phases: Sequence[Row]
    medicines: Sequence[Row]
    adherence: str
    notice: Sequence[str]
    effects: Sequence[Row]
    measured: Sequence[Row]
    openings: Sequence[str]
    counted: str
    counts: Sequence[tuple[str, str]]
    answered: Tables
    heads: Sequence[str]
    nights: Sequence[Sequence[str]]
    notes: Sequence[tuple[str, str]]


def answer(
    template: str, reading: Reading, *, who: str, as_of: date, path: str, **values: object
) -> Response:
    """Return the report as a page that no search engine keeps.

    Args:
        template: extends `report/page.html`.
        reading: what this reader may see.
        who: the pseudonym of the person whose diary it is.
        as_of: their diary day.
        path: the page's own address, for the links to other rules.
        values: what `template` needs beside.
    """
    choice = {**choices(reading.report), "path": path}
    page = page_of(reading)
    made = make_response(render(template, page=page, who=who, as_of=as_of, **choice, **values))
    made.headers.set(*ROBOTS)
    return made


def pdf(reading: Reading, who: str, today: date) -> Response:
    """Return just what this reader may see as a PDF, named by the diary day of the reading."""
    wish = Wish(table=True, notes=reading.scope.notes)
    made = Response(appointment(reading, who, wish, today, voice()), mimetype="application/pdf")
    name = f"evenfall-report-{today.isoformat()}.pdf"
    made.headers.set("Content-Disposition", "attachment", filename=name)
    made.headers.set(*ROBOTS)
    return made


def choices(report: Report) -> Mapping[str, object]:
    """Return what `response/parts.html` and `response/choices.html` say of rule and days."""
    return {
        "rule": report.rule,
        "preset": report.preset,
        "definition": responder.WORDING[report.rule],
        "chosen_days": verdict_words.PRESET_WORDING[report.preset],
        "rules": verdict_words.RULE_NAMES,
        "definitions": responder.WORDING,
        "presets": verdict_words.PRESET_NAMES,
        "preset_definitions": verdict_words.PRESET_WORDING,
    }


def page_of(reading: Reading) -> ReportPage:
    """Return what the page says of `reading`, and nothing that is not in it."""
    report, diary = reading.report, reading.diary
    charts = list(_charts(reading))
    has_main = bool(charts) and charts[0].key == MAIN_ITEM
    nights = [entry for _day, entry in sorted(diary.entries.items(), reverse=True)]
    return ReportPage(
        shared=scope_words.lines_of(reading.scope, {**ITEMS, **diary.items}.values()),
        cards=[verdict_cards.card_of(report, result) for result in reversed(report.phases)],
        cycles=cycle_cards.card_of(report),
        first=charts[0] if has_main else None,
        charts=charts[1:] if has_main else charts,
        phases=[*_phases(report)],
        medicines=medicine_words.medicine_rows(report.medicines, voice()),
        adherence=medicine_words.adherence_in_words(report.adherence, voice()),
        notice=medicine_pages.notice_lines(report.notice),
        effects=happening_pages.effect_rows(reading.happenings),
        measured=happening_pages.measured_rows(reading.happenings, reading.phases),
        openings=[line for one in reading.openings for line in opening_lines(one.how, voice())],
        counted=_counted(report),
        counts=[*_counts(report.days)],
        answered=tables_of(diary, reading.nights),
        heads=[_("Day"), *map(figures.name_of, diary.items.values()), _("how")],
        nights=[_night(diary, entry) for entry in nights if entry.is_logged],
        notes=[(figures.dated_day(entry.day), entry.note) for entry in nights if entry.note],
    )


def _charts(reading: Reading) -> Iterator[Chart]:
    """Yield one chart an item that has nights to draw, pain first."""
    shown = _shown(reading)
    trends = reading.report.trends
    for key in sorted(trends, key=lambda key: key != MAIN_ITEM):
        if any(night.day in shown for night in trends[key].nights):
            yield _chart(reading, trends[key], shown)


def _shown(reading: Reading) -> Span:
    """Return the days that pictures show: half a year, further back where the baseline is."""
    nights, baseline = reading.nights, reading.report.baseline
    start = nights.end - HALF_A_YEAR
    if baseline is not None:
        start = min(start, baseline.start)
    return Span(max(nights.start, start), nights.end)


def _chart(reading: Reading, trend: Trend, shown: Span) -> Chart:
    drawn = draw_trend(reading.report, trend, shown, figures.wording())
    return Chart(
        key=trend.item.key,
        name=figures.name_of(trend.item),
        picture=_markup(drawing.write(drawn)),
        legend=[(_markup(one.picture), one.meaning) for one in marks.legend(trend, shown, _)],
        means=trend_pages.rows(reading, trend),
        usual=trend_pages.usual_range(trend),
        nights=trend_pages.night_rows(trend, shown),
    )


def _markup(picture: str) -> Markup:
    # Every text in it is escaped where it is written.
    return Markup(picture)  # noqa: S704 - our own markup


def _phases(report: Report) -> Iterator[Row]:
    """Yield the baseline and every phase: its name, its days, what was taken."""
    if report.baseline is not None:
        yield _(KINDS[PhaseKind.BASELINE]), figures.days_of(report.baseline), DASH
    for result in report.phases:
        phase = result.phase
        kind = _(KINDS[phase.kind])
        name = f"{kind}: {phase.label}" if phase.label else kind
        days = figures.days_of(result.span) if result.span.days else DASH
        if phase.end is None:
            days = _("from %(day)s on", day=figures.dated_day(phase.start))
        yield name, days, figures.taken(phase) or DASH


def _counted(report: Report) -> str:
    """Return which nights are counted."""
    has_phases = report.baseline is not None or report.phases
    return _("Nights of baseline and phases") if has_phases else _("Nights since the first")


def _counts(days: Days) -> Iterator[tuple[str, str]]:
    """Yield how many nights there are, and how they came about."""
    yield (
        _("Logged"),
        _("%(logged)d of %(expected)d", logged=days.logged, expected=days.expected),
    )
    for field, name, always in COUNTS:
        count: int = getattr(days, field)
        if count or always:
            yield _(name), str(count)


def _night(diary: Diary, entry: Entry) -> Sequence[str]:
    """Return one night's row: the day, every answer, how it came about."""
    told = [
        in_words(item, write_answer(item, entry.answers.get(key)), _) or DASH
        for key, item in diary.items.items()
    ]
    how = [*marks_of(entry), *([] if entry.ruler is diary.ruler else [_("on the other ruler")])]
    return [figures.dated_day(entry.day), *told, ", ".join(how)]
