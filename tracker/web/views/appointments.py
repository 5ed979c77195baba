"""The appointment: the report as a PDF to print, or to hand over."""

from flask import Blueprint, Response, make_response, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.services.reports import read_report
from tracker.web import sessions
from tracker.web.access import Policy, policy
from tracker.web.appointments import Wish, appointment
from tracker.web.context import current, current_account
from tracker.web.forms.appointments import AppointmentForm
from tracker.web.templating import render
from tracker.web.words import voice

blueprint = Blueprint("appointments", __name__)


@blueprint.get("/exports/diary.pdf")
@policy(Policy.PATIENT)
@sessions.confirmed
def plain() -> AnyResponse:
    """Give the PDF without a question: none may stand in an address."""
    query = MultiDict(request.args)
    query.pop("question", None)
    return _given(AppointmentForm(query))


@blueprint.post("/exports/diary.pdf")
@policy(Policy.PATIENT)
@sessions.confirmed
def with_question() -> AnyResponse:
    """Give the PDF, with the question that was typed."""
    return _given(AppointmentForm(request.form))


def _given(form: AppointmentForm) -> AnyResponse:
    if not form.is_sound():
        return make_response(render("exports/appointment.html", asked=form, place="more"), 422)
    return _file(form.wish())


def _file(wish: Wish) -> Response:
    """Return the PDF under a made-up name: nothing of the person stands in it."""
    known, who = current(), current_account()
    with known.database.reading() as session:
        reading = read_report(session, who, Rule.YOUNGER2013, Preset.WEEK, known.now)
    today = known.now.astimezone(who.tzinfo).date()
    data = appointment(reading, who.name, wish, today, voice())
    name = f"evenfall-appointment-{today.isoformat()}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype="application/pdf", headers=headers)
