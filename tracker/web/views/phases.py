"""Phases: the list, one phase's form, its end, taking it away and bringing it back."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Final

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from tracker.domain import wording
from tracker.domain.diary import diary_day
from tracker.domain.phases import Phase, PhaseKind, PhasesRefused
from tracker.domain.spans import ONE_DAY
from tracker.services import phases
from tracker.services.occasions import next_overall_change
from tracker.storage.phases import StoredPhase
from tracker.web import figures, removed
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.phases import EndForm, PhaseForm, kinds_for
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("phases", __name__)
REMOVED: Final = "removed_phase"

Answer = str | Response | tuple[str, int]


@blueprint.get("/phases/")
@policy(Policy.PATIENT)
def overview() -> str:
    """List the phases, newest first, with their deeds."""
    return _overview()


@blueprint.route("/phases/new", methods=["GET", "POST"])
@policy(Policy.PATIENT)
def new() -> Answer:
    """Add a phase."""
    running = _running()
    form = PhaseForm(request.form if request.method == "POST" else None, data=_usual(running))
    form.choose_from(kinds_for(None))
    if request.method == "POST" and form.validate():
        known, owner = current(), current_account()
        try:
            with known.database.writing() as writing:
                ends_running = bool(form.ends_running.data)
                phases.add(writing, owner, form.phase(), known.now, ends_running=ends_running)
        except PhasesRefused as refusal:
            form.refuse(refusal)
        else:
            return _saved(_("The phase is saved."))
    return _form_page(form, None, running=running)


@blueprint.route("/phases/<phase_id>", methods=["GET", "POST"])
@policy(Policy.PATIENT)
def edit(phase_id: str) -> Answer:
    """Change a phase."""
    stored = _stored(phase_id)
    form = PhaseForm(request.form) if request.method == "POST" else PhaseForm.of(stored.phase)
    form.choose_from(kinds_for(stored.phase))
    if request.method == "POST" and form.validate():
        known, owner = current(), current_account()
        try:
            with known.database.writing() as writing:
                phases.change(writing, owner, phase_id, form.phase(), known.now)
        except PhasesRefused as refusal:
            form.refuse(refusal)
        else:
            return _saved(_("The phase is saved."))
    return _form_page(form, stored)


@blueprint.post("/phases/<phase_id>/end")
@policy(Policy.PATIENT)
def end(phase_id: str) -> Answer:
    """Let a running phase end with the day given."""
    _stored(phase_id)
    form, known, owner = EndForm(request.form), current(), current_account()
    with known.database.reading() as reading:
        found(phases.find(reading, owner, phase_id))
    if form.validate():
        last_day = form.data["last_day"]
        try:
            with known.database.writing() as writing:
                phases.end(writing, owner, phase_id, last_day, known.now)
        except PhasesRefused as refusal:
            form.refuse(refusal, "last_day")
        else:
            return _saved(_("The phase is ended."))
    return _overview(phase_id, form), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/phases/<phase_id>/delete")
@policy(Policy.PATIENT)
def delete(phase_id: str) -> Answer:
    """Take a phase away; the next page offers it back."""
    known = current()
    with known.database.writing() as writing:
        gone = found(phases.remove(writing, current_account(), phase_id, known.now))
    removed.keep(REMOVED, removed.pack_phase(gone), known.now)
    return redirect("/phases/", HTTPStatus.SEE_OTHER)


@blueprint.post("/phases/undo")
@policy(Policy.PATIENT)
def undo() -> Answer:
    """Bring back the phase that was taken away last."""
    known = current()
    gone = found(_removed(known.now))
    with known.database.writing() as writing:
        phases.add(writing, current_account(), gone.phase, known.now, plan=gone.plan)
    return _saved(_("The phase is back."))


def _running() -> Phase | None:
    """Return the phase that has no end yet."""
    with current().database.reading() as reading:
        known = phases.list_all(reading, current_account())
    return next((stored.phase for stored in known if stored.phase.end is None), None)


def _usual(running: Phase | None) -> Mapping[str, str]:
    """Return what a new phase most likely is: after a baseline comes a treatment."""
    after_baseline = running is not None and running.kind is PhaseKind.BASELINE
    return {"kind": PhaseKind.TREATMENT if after_baseline else PhaseKind.BASELINE}


def _stored(phase_id: str) -> StoredPhase:
    with current().database.reading() as reading:
        return found(phases.find(reading, current_account(), phase_id))


def _saved(message: str) -> Response:
    removed.forget(REMOVED)
    flash(message)
    return redirect("/phases/", HTTPStatus.SEE_OTHER)


def _overview(refused_id: str = "", refused: EndForm | None = None) -> str:
    """Return the list; `refused` is the form that could not be taken, beside its phase."""
    known, owner = current(), current_account()
    today = diary_day(known.now, owner.tzinfo, owner.rollover)
    with known.database.reading() as reading:
        stored = phases.list_all(reading, owner)
        next_change = next_overall_change(reading, owner, today) if stored else None
    gone = _removed(known.now)
    return render(
        "phases/list.html",
        place="more",
        phases=[_line(each) for each in reversed(stored)],
        today=today,
        next_change=next_change,
        refused_id=refused_id,
        refused=refused,
        removed=gone and figures.phase_name(gone.phase),
    )


def _line(stored: StoredPhase) -> Mapping[str, object]:
    phase = stored.phase
    last_day = None if phase.end is None else phase.end - ONE_DAY
    return {
        "id": stored.id,
        "name": figures.phase_name(phase),
        "kind": _(wording.KINDS[phase.kind]),
        "taken": figures.taken(phase),
        "start": phase.start,
        "last_day": last_day,
    }


def _form_page(
    form: PhaseForm, stored: StoredPhase | None, *, running: Phase | None = None
) -> Answer:
    page = render(
        "phases/edit.html",
        place="more",
        form=form,
        phase_id=stored.id if stored else "",
        is_new=stored is None,
        running=running and figures.phase_name(running),
        is_blinded=stored is not None and stored.phase.kind is PhaseKind.BLINDED,
    )
    refused = request.method == "POST"
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


def _removed(now: datetime) -> StoredPhase | None:
    """Return what was taken away within the hour; None where nothing was."""
    kept = removed.waiting(REMOVED, now)
    return None if kept is None else removed.unpack_phase(kept)
