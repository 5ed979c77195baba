"""Trends: one item's nights as a picture, as figures, as a file, and for zooming."""

from xml.etree.ElementTree import Element

from flask import Blueprint, Response, jsonify, request
from markupsafe import Markup

from tracker.charts import drawing, marks, paper
from tracker.charts.figure import build_figure
from tracker.charts.timeline import draw_timeline
from tracker.charts.trend import draw_trend
from tracker.domain import medicine_words
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.services.reports import Reading, read_report
from tracker.web import figures, happening_pages, trend_pages
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account, installation
from tracker.web.occasional_tables import tables_of
from tracker.web.templating import render
from tracker.web.trend_pages import Asked
from tracker.web.words import _, voice

blueprint = Blueprint("trends", __name__)


@blueprint.get("/trends/")
@policy(Policy.PATIENT)
def trends() -> str:
    """Show one item's nights: the picture first, the same figures beside it."""
    asked, reading = _read()
    if not reading.diary.entries:
        return render("trends/empty.html", place="trends")
    trend = asked.trend(reading)
    shown = asked.shown(reading)
    item = trend.item.key
    return render(
        "trends/trends.html",
        place="trends",
        item=item,
        name=figures.name_of(trend.item),
        items=trend_pages.item_tabs(reading, trend, shown),
        periods=trend_pages.period_tabs(reading, trend, shown),
        picture=_markup(drawing.write(_drawn(asked, reading))),
        happened=happening_pages.shown_in(reading.happenings, shown),
        legend=[(_markup(each.picture), each.meaning) for each in marks.legend(trend, shown, _)],
        files=installation().assets.files,
        rows=trend_pages.rows(reading, trend),
        usual=trend_pages.usual_range(trend),
        nights=trend_pages.night_rows(trend, shown),
        doses=medicine_words.step_rows(reading.report.medicines, shown, voice()),
        answered=tables_of(reading.diary, shown),
        elsewhere=trend_pages.elsewhere(reading, shown),
        days=figures.days_of(shown),
        has_phases=bool(reading.report.phases or reading.report.baseline),
        figure=trend_pages.address("/trends/figure.json", item, shown),
        file=trend_pages.address("/trends/picture.svg", item, shown),
    )


@blueprint.get("/trends/figure.json")
@policy(Policy.PATIENT)
def figure() -> Response:
    """Return the same nights as Plotly draws them."""
    asked, reading = _read()
    trend = asked.trend(reading)
    return jsonify(build_figure(reading.report, trend, asked.shown(reading), _, reading.happenings))


@blueprint.get("/trends/picture.svg")
@policy(Policy.PATIENT)
def picture() -> Response:
    """Return the picture as a file, side effects under it as on the page.

    Its name holds the item's key, never a person's words.
    """
    asked, reading = _read()
    item = asked.trend(reading).item
    drawn = _drawn(asked, reading)
    strip = draw_timeline(reading.happenings, asked.shown(reading), _)
    whole = drawn if strip is None else paper.stacked(drawn, strip)
    file = paper.write(whole, item.key, figures.name_of(item))
    answer = Response(file, mimetype="image/svg+xml")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{item.key}.svg")
    return answer


def _read() -> tuple[Asked, Reading]:
    asked = Asked.read(request.args)
    known = current()
    with known.database.reading() as session:
        found = read_report(session, current_account(), Rule.YOUNGER2013, Preset.WEEK, known.now)
    return asked, found


def _markup(picture: str) -> Markup:
    # Every text in it is escaped where it is written.
    return Markup(picture)  # noqa: S704 - our own markup


def _drawn(asked: Asked, reading: Reading) -> Element:
    shown = asked.shown(reading)
    return draw_trend(reading.report, asked.trend(reading), shown, figures.wording())
