"""Taking the diary along: the page that says what each file is for, and the files."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Response, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.diary import diary_day
from tracker.domain.dossiers import Dossier
from tracker.exports.archive import archive_json
from tracker.exports.fhir import bundle_json
from tracker.exports.phases import phases_csv
from tracker.exports.redcap import redcap_zip
from tracker.exports.table import diary_csv
from tracker.exports.text import report_text
from tracker.exports.workbook import workbook_xlsx
from tracker.services import exports
from tracker.web import sessions
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account
from tracker.web.forms.appointments import AppointmentForm
from tracker.web.forms.exports import TableForm
from tracker.web.templating import render
from tracker.web.words import voice

blueprint = Blueprint("exports", __name__)

TYPES: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "fhir.json": "application/fhir+json",
    "redcap.zip": "application/zip",
    "txt": "text/plain",
}


@blueprint.get("/exports/")
@policy(Policy.PATIENT)
def overview() -> str:
    """Say which files there are, and what each is for."""
    return _page(TableForm())


@blueprint.get("/exports/diary.csv")
@policy(Policy.PATIENT)
@sessions.confirmed
def table() -> AnyResponse:
    """Give the nights as a table."""
    form = TableForm(request.args)
    if not form.is_sound():
        return make_response(_page(form), 422)
    with current().database.snapshot() as session:
        nights, asked = exports.nights(session, current_account())
    data = diary_csv(nights, asked.items, span=form.span(), notes=form.notes.data)
    return _file(data, "diary", "csv")


@blueprint.get("/exports/diary.xlsx")
@policy(Policy.PATIENT)
@sessions.confirmed
def workbook() -> AnyResponse:
    """Give nights, phases and verdict as a workbook."""
    return _chosen(lambda dossier: workbook_xlsx(dossier, voice().translate), "xlsx")


@blueprint.get("/exports/diary.fhir.json")
@policy(Policy.PATIENT)
@sessions.confirmed
def bundle() -> AnyResponse:
    """Give the nights to a clinical system."""
    return _chosen(bundle_json, "fhir.json")


@blueprint.get("/exports/diary.redcap.zip")
@policy(Policy.PATIENT)
@sessions.confirmed
def study() -> AnyResponse:
    """Give the nights to a study."""
    return _chosen(redcap_zip, "redcap.zip")


@blueprint.get("/exports/diary.txt")
@policy(Policy.PATIENT)
@sessions.confirmed
def text() -> AnyResponse:
    """Give the report as a page of plain text."""
    with current().database.snapshot() as session:
        dossier = exports.dossier(session, current_account(), current().now)
    return _file(report_text(dossier, voice()), "diary", "txt")


@blueprint.get("/exports/phases.csv")
@policy(Policy.PATIENT)
@sessions.confirmed
def phases() -> AnyResponse:
    """Give the phases as a table."""
    with current().database.snapshot() as session:
        known, closed_until = exports.spans(session, current_account(), current().now)
    return _file(phases_csv(known, closed_until), "phases", "csv")


@blueprint.get("/exports/diary.json")
@policy(Policy.PATIENT)
@sessions.confirmed
def archive() -> AnyResponse:
    """Give everything as one archive."""
    with current().database.snapshot() as session:
        data = archive_json(exports.archive(session, current_account()))
    return _file(data, "archive", "json")


def _page(form: TableForm) -> str:
    return render("exports/index.html", form=form, asked=AppointmentForm(), place="more")


def _chosen(write: Callable[[Dossier], bytes], ending: str) -> AnyResponse:
    """Give a file of the nights that the form asks for."""
    form = TableForm(request.args)
    if not form.is_sound():
        return make_response(_page(form), 422)
    span, notes = form.span(), form.notes.data
    with current().database.snapshot() as session:
        dossier = exports.dossier(session, current_account(), current().now, span, notes=notes)
    return _file(write(dossier), "diary", ending)


def _file(data: bytes, kind: str, ending: str) -> Response:
    """Return a download under a made-up name: nothing of the person stands in it."""
    who = current_account()
    day = diary_day(current().now, who.tzinfo, who.rollover)
    name = f"evenfall-{kind}-{day.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=TYPES[ending], headers=headers)
