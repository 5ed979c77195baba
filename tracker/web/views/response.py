"""The answer so far: the verdict of each phase by a rule and a choice of days."""

from flask import Blueprint, Response, jsonify, request

from tracker.domain.openings import opening_lines
from tracker.exports.verdict import verdict
from tracker.services.reports import Reading, read_report
from tracker.web import cycle_cards, figures, report_pages, verdict_cards
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account
from tracker.web.report_pages import Choice
from tracker.web.templating import render
from tracker.web.words import voice

blueprint = Blueprint("response", __name__)


@blueprint.get("/response/")
@policy(Policy.PATIENT)
def response() -> str:
    """Show the newest phase's verdict first, the others below."""
    reading = _read()
    report = reading.report
    cards = [verdict_cards.card_of(report, result) for result in reversed(report.phases)]
    return render(
        "response/response.html" if cards else "response/empty.html",
        place="answer",
        cards=cards,
        cycles=cycle_cards.card_of(report),
        openings=[line for one in reading.openings for line in opening_lines(one.how, voice())],
        path="/response/",
        **report_pages.choices(report),
        has_nights=bool(reading.diary.entries),
        baseline=report.baseline and figures.days_of(report.baseline),
        baseline_days=figures.logged_of(report.baseline_days),
        planned=[(figures.phase_name(one), one.start) for one in reading.planned],
    )


@blueprint.get("/response.json")
@policy(Policy.PATIENT)
def as_json() -> Response:
    """Return the object that `analyze --json` prints."""
    return jsonify(verdict(_read().report))


def _read() -> Reading:
    """Read the report by the rule and preset that the address names.

    Raises:
        BadRequest: there is no such rule, or no such preset.
    """
    asked = Choice.read(request.args)
    known = current()
    with known.database.reading() as session:
        return read_report(session, current_account(), asked.rule, asked.preset, known.now)
