"""Enrolment: codes by which people join a study, and a page of each participant by code."""

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response

from tracker.domain.words import Refused
from tracker.services import allocations, participants, studies, study_effects
from tracker.services.studies import Run
from tracker.web import guard, qr, sessions, study_pages
from tracker.web.access import Policy, found, policy
from tracker.web.context import current
from tracker.web.forms.studies import CodeForm, EmergencyForm, RandomiseForm
from tracker.web.study_pages import coordinated
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("enrolments", __name__)


@blueprint.get("/studies/<study_id>/codes")
@policy(Policy.COORDINATOR)
def codes(study_id: str) -> str:
    """Show the codes by which people can join now."""
    return _codes(coordinated(study_id), CodeForm())


@blueprint.post("/studies/<study_id>/codes")
@policy(Policy.COORDINATOR)
def make_code(study_id: str) -> Response | str:
    """Make a code; it is in this one answer, to print or to scan, and nowhere else."""
    run, form, now = coordinated(study_id), CodeForm(request.form), current().now
    if not form.validate():
        return make_response(_codes(run, form), 422)
    uses = form.uses.data
    try:
        code = current().database.write(lambda session: studies.new_code(session, run, uses, now))
    except Refused as refusal:
        form.refuse(refusal, "uses")
        return make_response(_codes(run, form), 422)
    link = f"{guard.own_origin()}/studies/join#{code}"
    return render(
        "studies/code.html",
        place="studies",
        run=run,
        code=code,
        uses=uses,
        link=link,
        picture=qr.drawn(link),
    )


@blueprint.post("/studies/<study_id>/codes/<code_id>/revoke")
@policy(Policy.COORDINATOR)
def revoke_code(study_id: str, code_id: str) -> Response:
    """Take a code back: nobody joins by it any more."""
    run, now = coordinated(study_id), current().now
    done = current().database.write(lambda session: studies.revoke_code(session, run, code_id, now))
    found(done or None)
    flash(_("The code is taken back."))
    return redirect(f"/studies/{study_id}/codes", 303)


@blueprint.get("/studies/<study_id>/people/<code>")
@policy(Policy.COORDINATOR)
def person(study_id: str, code: str) -> str:
    """Show one participant by code, once they have it written down."""
    return _person(coordinated(study_id), code, RandomiseForm(), EmergencyForm())


@blueprint.post("/studies/<study_id>/people/<code>/randomise")
@policy(Policy.COORDINATOR)
def randomise(study_id: str, code: str) -> Response:
    """Give the next slot to somebody; what lies in it stays closed."""
    run, form, now = coordinated(study_id), RandomiseForm(request.form), current().now
    if not form.validate():
        return make_response(_person(run, code, form, EmergencyForm()), 422)
    why = form.data["why"]
    try:
        slot = current().database.write(
            lambda session: allocations.randomise(session, run, code, why, now)
        )
    except Refused as refusal:
        form.refuse(refusal, "why")
        return make_response(_person(run, code, form, EmergencyForm()), 422)
    flash(
        _(
            "%(code)s has slot %(slot)s. The packing list says what to hand out.",
            code=code,
            slot=slot,
        )
    )
    return redirect(f"/studies/{study_id}/people/{code}", 303)


@blueprint.post("/studies/<study_id>/people/<code>/unblind")
@policy(Policy.COORDINATOR)
@sessions.confirmed
def unblind(study_id: str, code: str) -> Response | str:
    """Open one person's order in an emergency; it is in this one answer."""
    run, form, now = coordinated(study_id), EmergencyForm(request.form), current().now
    if not form.validate():
        return make_response(_person(run, code, RandomiseForm(), form), 422)
    passphrase, reason = form.data["passphrase"], form.data["reason"]
    try:
        told = current().database.write(
            lambda session: allocations.unblind_one(session, run, code, passphrase, reason, now)
        )
    except Refused as refusal:
        form.refuse(refusal, "passphrase")
        return make_response(_person(run, code, RandomiseForm(), form), 422)
    return render(
        "studies/unblinded_one.html",
        place="studies",
        run=run,
        told=told,
        steps=study_pages.steps_of(run, told.order),
    )


def _codes(run: Run, form: CodeForm) -> str:
    with current().database.reading() as session:
        waiting = studies.codes(session, run.study, current().now)
    return render("studies/codes.html", place="studies", run=run, form=form, waiting=waiting)


def _person(run: Run, code: str, form: RandomiseForm, emergency: EmergencyForm) -> str:
    with current().database.reading() as session:
        standing = found(participants.find(session, run.study, code, current().now))
        opened = [one for one in allocations.unblindings(session, run.study) if one.code == code]
        told = study_effects.told_by_code(session, run.study, [standing.part])
    study_pages.note(run, [standing])
    return render(
        "studies/person.html",
        place="studies",
        run=run,
        standing=standing,
        line=study_pages.lines(run, [standing], told)[0],
        effects=study_pages.effect_rows(told[code]),
        opened=opened,
        form=form,
        emergency=emergency,
    )
