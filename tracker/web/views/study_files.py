"""What a study says once its arms are known, and its data set as files."""

import json
from collections.abc import Sequence

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.readings import Reader, ReaderKind
from tracker.domain.study_data import Volunteer
from tracker.exports.studies import FILES
from tracker.exports.summary.values import Paper
from tracker.services import readings, study_reports
from tracker.services.studies import Run
from tracker.services.study_reports import StillBlinded
from tracker.web import sessions, study_report_pages
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.reading_notes import noted
from tracker.web.report_pages import Choice
from tracker.web.study_pages import coordinated
from tracker.web.study_reports import Judged, judge, pdf, told_json
from tracker.web.templating import render
from tracker.web.words import in_words, voice

blueprint = Blueprint("study_files", __name__)


@blueprint.get("/studies/<study_id>/report")
@policy(Policy.COORDINATOR)
def report(study_id: str) -> str | AnyResponse:
    """Show the report by arm, once the study is unblinded."""
    run = coordinated(study_id)
    try:
        judged = _judged(run)
    except StillBlinded as refusal:
        return _blinded(run, refusal)
    page = study_report_pages.page_of(judged)
    return render("studies/report.html", place="studies", run=run, page=page, **page.choices)


@blueprint.get("/studies/<study_id>/report.json")
@policy(Policy.COORDINATOR)
@sessions.confirmed
def report_json(study_id: str) -> AnyResponse:
    """Give the report as `tracker cohort --json` prints it; of a release what it tells."""
    run = coordinated(study_id)
    try:
        judged = _judged(run)
    except StillBlinded as refusal:
        return _blinded(run, refusal)
    content = f"{json.dumps(told_json(judged), indent=1)}\n".encode()
    return _file(content, f"{_name(judged)}.json", "application/json")


@blueprint.get("/studies/<study_id>/report.pdf")
@policy(Policy.COORDINATOR)
@sessions.confirmed
def report_pdf(study_id: str) -> AnyResponse:
    """Give the report as a PDF."""
    run = coordinated(study_id)
    try:
        paper = Paper(request.args.get("paper") or Paper.A4)
    except ValueError as error:
        raise BadRequest from error
    try:
        judged = _judged(run)
    except StillBlinded as refusal:
        return _blinded(run, refusal)
    printed = current().now.astimezone(current_account().tzinfo).date()
    return _file(pdf(judged, paper, printed, voice()), f"{_name(judged)}.pdf", "application/pdf")


@blueprint.get("/studies/<study_id>/data/<name>")
@policy(Policy.COORDINATOR)
@sessions.confirmed
def data(study_id: str, name: str) -> AnyResponse:
    """Give one file of the data set; before the unblinding its phases are blinded ones."""
    run, write = coordinated(study_id), found(FILES.get(name))
    mimetype = "application/zip" if name.endswith(".zip") else "text/csv"
    return _file(write(_people(run), run.study), name, mimetype)


def _judged(run: Run) -> Judged:
    """Return the report by arm, as the address asks for it.

    Raises:
        StillBlinded: nobody may know the arms yet.
    """
    study_reports.demand_arms(run.study)
    asked, is_release = Choice.read(request.args), "release" in request.args
    with current().database.reading() as session:
        beside = study_reports.beside(session, run.study)
    by = asked.rule, asked.preset
    return judge(run.study, _people(run), beside, by, release=is_release)


def _blinded(run: Run, refusal: StillBlinded) -> AnyResponse:
    page = render("studies/blinded.html", place="studies", run=run, said=in_words(refusal))
    return make_response(page, 422)


def _name(judged: Judged) -> str:
    return "report-for-release" if judged.told.is_release else "report"


def _people(run: Run) -> Sequence[Volunteer]:
    """Return what the study may use of everybody, once each has it written down."""
    with current().database.snapshot() as session:
        gathered = study_reports.gather(session, run.study)
    who = Reader(run.member.account, run.member.name, ReaderKind.COORDINATOR)
    owners, now = [owner for owner, _volunteer in gathered], current().now
    noted(lambda session: readings.note_study(session, run.study.id, who, owners, now))
    return [volunteer for _owner, volunteer in gathered]


def _file(content: bytes, name: str, mimetype: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="evenfall-study-{name}"'}
    return Response(content, mimetype=mimetype, headers=headers)
