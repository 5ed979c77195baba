"""Taking part in a study: the code, what is agreed to, one's own page of it, leaving."""

from typing import Final

from flask import Blueprint, flash, make_response, redirect, request, session
from werkzeug.wrappers import Response

from tracker.domain.diary import diary_day
from tracker.domain.words import Refused
from tracker.services import participants, plans
from tracker.services.participants import Offer
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.studies import JoinForm
from tracker.web.templating import render
from tracker.web.words import _, in_words

blueprint = Blueprint("participants", __name__)
_CODE: Final = "study_code"  # in the cookie: what this browser has shown
_LEAVE: Final = {"keep": False, "withdraw": True}


@blueprint.get("/studies/join")
@policy(Policy.PUBLIC)
def link() -> str:
    """Take a code: it follows the # of its link, so that no log ever holds it."""
    return render("participants/link.html")


@blueprint.post("/studies/join")
@policy(Policy.PATIENT)
def open_link() -> Response:
    """Lead to what is agreed to, where the code opens something."""
    code = request.form.get("token", "").strip().rpartition("#")[2]
    try:
        _offer(code)
    except Refused as refusal:
        return _refused(refusal)
    session[_CODE] = code
    return redirect("/studies/join/consent", 303)


@blueprint.get("/studies/join/consent")
@policy(Policy.PATIENT)
def read() -> Response | str:
    """Show what is agreed to."""
    try:
        offer = _offer(session.get(_CODE, ""))
    except Refused as refusal:
        return _refused(refusal)
    who = current_account()
    today = diary_day(current().now, who.tzinfo, who.rollover)
    return _consent(offer, JoinForm(data={"start": today}))


@blueprint.post("/studies/join/consent")
@policy(Policy.PATIENT)
def join() -> Response:
    """Take part."""
    known, who, code = current(), current_account(), session.get(_CODE, "")
    form = JoinForm(request.form)
    try:
        offer = _offer(code)
    except Refused as refusal:
        return _refused(refusal)
    if not form.validate():
        return make_response(_consent(offer, form), 422)
    version, start = offer.consent.version, form.start.data
    if request.form.get("version") != str(version):
        return make_response(_consent(offer, form, is_changed=True), 422)
    try:
        known.database.write(
            lambda writing: participants.join(writing, who, code, version, start, known.now)
        )
    except Refused as refusal:
        form.refuse(refusal, "start")
        return make_response(_consent(offer, form), 422)
    session.pop(_CODE, None)
    flash(_("Welcome. Your diary asks the study's questions from tonight on."))
    return redirect("/study/", 303)


@blueprint.get("/study/")
@policy(Policy.PATIENT)
def mine() -> str:
    """Show what somebody agreed to, what is seen by whom, and how to leave."""
    with current().database.reading() as reading:
        known = participants.list_mine(reading, current_account())
        started = plans.list_all(reading, current_account())
    plan_of = {one.study: one.id for one in started if one.study is not None}
    return render("participants/index.html", place="more", parts_of=known, plan_of=plan_of)


@blueprint.get("/study/<study_id>/leave")
@policy(Policy.PATIENT)
def ask_leave(study_id: str) -> str:
    """Ask whether what was given is kept or withdrawn; the export is offered first."""
    with current().database.reading() as reading:
        known = participants.list_mine(reading, current_account())
    part, study, _consent_text = found(
        next((one for one in known if one[0].study == study_id and not one[0].withdrawn), None)
    )
    return render("participants/leave.html", place="more", part=part, study=study)


@blueprint.post("/study/<study_id>/leave")
@policy(Policy.PATIENT)
def leave(study_id: str) -> Response:
    """Leave, at once; the diary stays."""
    known, who = current(), current_account()
    withdrawn = found(_LEAVE.get(request.form.get("data", "")))
    done = known.database.write(
        lambda writing: participants.leave(writing, who, study_id, known.now, withdrawn=withdrawn)
    )
    found(done or None)
    flash(_("You have left the study. Your diary is yours, as before."))
    return redirect("/study/", 303)


def _offer(code: str) -> Offer:
    """Return the study of a code.

    Raises:
        Refused: it can't be joined.
    """
    with current().database.reading() as reading:
        return participants.offer(reading, current_account(), code, current().now)


def _consent(offer: Offer, form: JoinForm, *, is_changed: bool = False) -> str:
    return render(
        "participants/consent.html", place="more", offer=offer, form=form, is_changed=is_changed
    )


def _refused(refusal: Refused) -> Response:
    """Return the answer to what opens nothing; a code is echoed nowhere."""
    return make_response(render("participants/gone.html", said=in_words(refusal), bare=True), 422)
