"""The answer so far: the verdict of each phase by a rule and a choice of days."""

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from tracker.domain import responder, verdict_words
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.exports.verdict import verdict
from tracker.services.reports import Reading, read_report
from tracker.web import figures, verdict_cards
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account
from tracker.web.templating import render

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
        rule=report.rule,
        preset=report.preset,
        definition=responder.WORDING[report.rule],
        chosen_days=verdict_words.PRESET_WORDING[report.preset],
        rules=verdict_words.RULE_NAMES,
        definitions=responder.WORDING,
        presets=verdict_words.PRESET_NAMES,
        preset_definitions=verdict_words.PRESET_WORDING,
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
    try:
        rule = Rule(request.args.get("rule") or Rule.YOUNGER2013)
        preset = Preset(request.args.get("preset") or Preset.WEEK)
    except ValueError as error:
        raise BadRequest from error
    known = current()
    with known.database.reading() as session:
        return read_report(session, current_account(), rule, preset, known.now)
