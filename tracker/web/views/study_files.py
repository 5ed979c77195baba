"""What a study says once its arms are known, and its data set as files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.groups import GroupReport
from tracker.domain.readings import Reader, ReaderKind
from tracker.domain.study_data import Volunteer, study_report
from tracker.exports.groups import group
from tracker.exports.plain_groups import plain_group
from tracker.exports.studies import FILES
from tracker.services import allocations, participants, readings, study_reports
from tracker.services.studies import Run
from tracker.services.study_reports import StillBlinded
from tracker.web import sessions
from tracker.web.access import Policy, found, policy
from tracker.web.context import current
from tracker.web.reading_notes import noted
from tracker.web.report_pages import Choice
from tracker.web.study_pages import coordinated
from tracker.web.templating import render
from tracker.web.words import _, in_words

blueprint = Blueprint("study_files", __name__)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A study's report, and how it was asked for."""

    run: Run
    report: GroupReport
    asked: Choice


@blueprint.get("/studies/<study_id>/report")
@policy(Policy.COORDINATOR)
def report(study_id: str) -> str | AnyResponse:
    """Show the report by arm, once the study is unblinded."""
    run = coordinated(study_id)
    try:
        judged = _judged(run)
    except StillBlinded as refusal:
        page = render("studies/blinded.html", place="studies", run=run, said=in_words(refusal))
        return make_response(page, 422)
    asked = judged.asked
    with current().database.reading() as session:
        opened = allocations.unblindings(session, run.study)
        early = participants.list_reasons(session, run.study)
        present = participants.count_present(session, run.study)
    return render(
        "studies/report.html",
        place="studies",
        run=run,
        said=plain_group(judged.report, (run.study.draft.ruler, asked.rule, asked.preset), _),
        opened=opened,
        early=early,
        gone=run.study.enrolled - present,
        query=request.query_string.decode("ascii", "ignore"),
    )


@blueprint.get("/studies/<study_id>/report.json")
@policy(Policy.COORDINATOR)
@sessions.confirmed
def report_json(study_id: str) -> AnyResponse:
    """Give the report as `tracker cohort --json` prints it."""
    run = coordinated(study_id)
    try:
        judged = _judged(run)
    except StillBlinded as refusal:
        page = render("studies/blinded.html", place="studies", run=run, said=in_words(refusal))
        return make_response(page, 422)
    asked = judged.asked
    told = group(judged.report, run.study.draft.ruler, asked.rule, asked.preset)
    return _file(f"{json.dumps(told, indent=1)}\n".encode(), "report.json", "application/json")


@blueprint.get("/studies/<study_id>/data/<name>")
@policy(Policy.COORDINATOR)
@sessions.confirmed
def data(study_id: str, name: str) -> AnyResponse:
    """Give one file of the data set; before the unblinding its phases are blinded ones."""
    run, write = coordinated(study_id), found(FILES.get(name))
    mimetype = "application/zip" if name.endswith(".zip") else "text/csv"
    return _file(write(_people(run), run.study), name, mimetype)


def _judged(run: Run) -> _Judged:
    """Return the report by arm.

    Raises:
        StillBlinded: nobody may know the arms yet.
    """
    study_reports.demand_arms(run.study)
    asked = Choice.read(request.args)
    return _Judged(run, study_report(_people(run), asked.rule, asked.preset), asked)


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
