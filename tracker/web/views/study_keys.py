"""The key of a study: set its passphrase, print the packing list, add slots, unblind all."""

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response

from tracker import boxes
from tracker.domain.studies import StudyRefused
from tracker.domain.words import N_, Refused
from tracker.services import allocations, studies
from tracker.services.studies import Run
from tracker.web import sessions, study_pages
from tracker.web.access import Policy, found, policy
from tracker.web.context import current
from tracker.web.forms.studies import KeyForm, PassphraseForm, SlotsForm
from tracker.web.study_pages import coordinated, run_of
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("study_keys", __name__)


@blueprint.get("/studies/<study_id>/key")
@policy(Policy.COORDINATOR)
def key(study_id: str) -> str:
    """Ask for the passphrase, or show what its holder can do."""
    return _key(run_of(study_id), KeyForm())


@blueprint.post("/studies/<study_id>/key")
@policy(Policy.COORDINATOR)
@sessions.confirmed
def set_key(study_id: str) -> Response:
    """Set the passphrase: draw and seal all slots, and forget what was drawn."""
    run, form, now = run_of(study_id), KeyForm(request.form), current().now
    if run.study.public is None and not form.validate():
        return make_response(_key(run, form), 422)
    try:
        if form.passphrase.data != form.again.data:
            raise StudyRefused(N_("These two are not the same. Type it twice, with care."))
        lock = boxes.lock_up(boxes.new_key(), form.data["passphrase"] or "")
        current().database.write(lambda session: studies.set_key(session, run, lock, now))
    except Refused as refusal:
        form.refuse(refusal)
        return make_response(_key(run, form), 422)
    flash(_("The orders are drawn and sealed. Nobody can open them without this passphrase."))
    return redirect(f"/studies/{study_id}/", 303)


@blueprint.post("/studies/<study_id>/slots")
@policy(Policy.COORDINATOR)
def add_slots(study_id: str) -> Response:
    """Draw and seal more slots; only the holder can."""
    run, form, now = _held(study_id), SlotsForm(request.form), current().now
    if not form.validate():
        return make_response(_key(run, KeyForm(), form), 422)
    wanted = form.slots.data
    try:
        added = current().database.write(
            lambda session: studies.add_slots(session, run, wanted, now)
        )
    except Refused as refusal:
        form.refuse(refusal, "slots")
        return make_response(_key(run, KeyForm(), form), 422)
    flash(_("%(added)s slots were added, in whole blocks.", added=added))
    return redirect(f"/studies/{study_id}/key", 303)


@blueprint.post("/studies/<study_id>/packing")
@policy(Policy.COORDINATOR)
@sessions.confirmed
def packing(study_id: str) -> Response | str:
    """Show the packing list, to print: in this one answer, and the log says so."""
    run, form, now = _held(study_id), PassphraseForm(request.form), current().now
    if not form.validate():
        return make_response(_key(run, KeyForm(), packing=form), 422)
    passphrase = form.data["passphrase"]
    try:
        slots = current().database.write(
            lambda session: studies.packing_list(session, run, passphrase, now)
        )
    except Refused as refusal:
        form.refuse(refusal, "passphrase")
        return make_response(_key(run, KeyForm(), packing=form), 422)
    orders = range(len(run.study.draft.protocol.steps().orders))
    return render(
        "studies/packing.html",
        place="studies",
        run=run,
        slots=slots,
        orders={order: study_pages.steps_of(run, order) for order in orders},
    )


@blueprint.get("/studies/<study_id>/unblinding")
@policy(Policy.COORDINATOR)
def unblinding(study_id: str) -> str:
    """Say what unblinding needs, and who can do it."""
    return _unblinding(run_of(study_id), PassphraseForm())


@blueprint.post("/studies/<study_id>/unblinding/ask")
@policy(Policy.COORDINATOR)
def ask(study_id: str) -> Response:
    """Ask for the unblinding, so that another coordinator can do it."""
    run, now = coordinated(study_id), current().now
    current().database.write(lambda session: allocations.ask_to_unblind(session, run, now))
    flash(_("Asked. Another coordinator can unblind now, with the passphrase."))
    return redirect(f"/studies/{study_id}/unblinding", 303)


@blueprint.post("/studies/<study_id>/unblinding")
@policy(Policy.COORDINATOR)
@sessions.confirmed
def unblind(study_id: str) -> Response:
    """Open everybody's order, for good."""
    run, form, now = run_of(study_id), PassphraseForm(request.form), current().now
    if not form.validate():
        return make_response(_unblinding(run, form), 422)
    passphrase = form.data["passphrase"]
    try:
        current().database.write(lambda session: allocations.unblind(session, run, passphrase, now))
    except Refused as refusal:
        form.refuse(refusal)
        return make_response(_unblinding(run, form), 422)
    flash(_("All are unblinded. Each diary says now what was taken when."))
    return redirect(f"/studies/{study_id}/", 303)


def _held(study_id: str) -> Run:
    """Return the study where who is signed in holds its key; else it is not there."""
    run = run_of(study_id)
    found(run.member.holds_key or None)
    return run


def _key(
    run: Run,
    form: KeyForm,
    slots: SlotsForm | None = None,
    packing: PassphraseForm | None = None,
) -> str:
    return render(
        "studies/key.html",
        place="studies",
        run=run,
        form=form,
        slots=slots or SlotsForm(),
        packing=packing or PassphraseForm(),
    )


def _unblinding(run: Run, form: PassphraseForm) -> str:
    return render(
        "studies/unblinding.html",
        place="studies",
        run=run,
        form=form,
        may=allocations.may_unblind(run),
    )
