"""Studies for those who run them: make one, see how its nights stand, word it, end enrolment."""

import json
from collections.abc import Sequence

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response

from tracker.domain.studies import StudyState
from tracker.domain.words import Refused
from tracker.services import allocations, participants, studies, study_effects
from tracker.services.studies import Run
from tracker.web import deeds, study_pages
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account
from tracker.web.forms.studies import (
    PLANS,
    REPEATS,
    ConsentForm,
    DraftForm,
    FilterForm,
    MemberForm,
)
from tracker.web.study_pages import Line, coordinated, run_of
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("studies", __name__)


@blueprint.get("/studies/")
@policy(Policy.COORDINATOR)
def overview() -> str:
    """Show the studies that somebody runs or holds the key of."""
    with current().database.reading() as session:
        runs = studies.list_run(session, current_account())
    return render("studies/index.html", place="studies", runs=runs, states=study_pages.STATES)


@blueprint.get("/studies/new")
@policy(Policy.COORDINATOR)
def new() -> str:
    """Ask what the study is."""
    return _new(DraftForm().offer())


@blueprint.post("/studies/new")
@policy(Policy.COORDINATOR, repeats=REPEATS)
def make() -> Response:
    """Make a study."""
    known, who, form = current(), current_account(), DraftForm(request.form).offer()
    if not form.validate():
        return make_response(_new(form), 422)
    try:
        made = known.database.write(
            lambda session: studies.make(session, who, form.draft(), known.now)
        )
    except Refused as refusal:
        form.refuse(refusal)
        return make_response(_new(form), 422)
    flash(_("The study is made. Now write down what people agree to."))
    return redirect(f"/studies/{made.id}/", 303)


@blueprint.get("/studies/<study_id>/")
@policy(Policy.COORDINATOR)
def see(study_id: str) -> str | Response:
    """Show how a study stands; its people by code, once each has it written down."""
    run, form = run_of(study_id), FilterForm(request.args)
    if not form.validate():
        return make_response(_see(run, (), form), 422)
    if not run.member.coordinates:
        return _see(run, (), form)
    with current().database.reading() as session:
        everyone = participants.standings(session, run.study, current().now)
        told = study_effects.told_by_code(session, run.study, [one.part for one in everyone])
    shown = [one for one in everyone if form.shows(len(one.missed), told[one.part.code])]
    study_pages.note(run, shown)
    return _see(run, study_pages.lines(run, shown, told), form)


@blueprint.get("/studies/<study_id>/consent")
@policy(Policy.COORDINATOR)
def consent(study_id: str) -> str:
    """Show what people agree to, with all versions."""
    return _consent(coordinated(study_id), ConsentForm())


@blueprint.post("/studies/<study_id>/consent")
@policy(Policy.COORDINATOR)
def write_consent(study_id: str) -> Response:
    """Store another version of what people agree to."""
    run, form, now = coordinated(study_id), ConsentForm(request.form), current().now
    if not form.validate():
        return make_response(_consent(run, form), 422)
    words = form.data["words"]
    current().database.write(lambda session: studies.write_consent(session, run, words, now))
    flash(_("Saved. Who joins from now on reads this."))
    return redirect(f"/studies/{study_id}/", 303)


@blueprint.get("/studies/<study_id>/members")
@policy(Policy.COORDINATOR)
def members(study_id: str) -> str:
    """Show who runs a study."""
    return _members(coordinated(study_id), MemberForm())


@blueprint.post("/studies/<study_id>/members")
@policy(Policy.COORDINATOR)
def name_member(study_id: str) -> Response:
    """Name somebody else who runs it."""
    run, form, now = coordinated(study_id), MemberForm(request.form), current().now
    if not form.validate():
        return make_response(_members(run, form), 422)
    name, holds = form.data["name"], form.data["part"] == "holder"
    try:
        current().database.write(
            lambda session: studies.name_member(session, run, name, holds_key=holds, now=now)
        )
    except Refused as refusal:
        form.refuse(refusal, "name")
        return make_response(_members(run, form), 422)
    flash(_("They find the study among theirs now."))
    return redirect(f"/studies/{study_id}/members", 303)


@blueprint.post("/studies/<study_id>/close")
@policy(Policy.COORDINATOR)
def close(study_id: str) -> Response:
    """End enrolment; the next page can undo that."""
    run, now = coordinated(study_id), current().now
    current().database.write(lambda session: studies.close(session, run, now))
    flash(_("Closed: nobody can join any more. You can open it again until it is unblinded."))
    return redirect(f"/studies/{study_id}/", 303)


@blueprint.post("/studies/<study_id>/reopen")
@policy(Policy.COORDINATOR)
def reopen(study_id: str) -> Response:
    """Let people join again."""
    run, now = coordinated(study_id), current().now
    current().database.write(lambda session: studies.reopen(session, run, now))
    flash(_("Open again."))
    return redirect(f"/studies/{study_id}/", 303)


@blueprint.get("/studies/<study_id>/log")
@policy(Policy.COORDINATOR)
def log(study_id: str) -> str:
    """Show what was done in a study, by whom and when; people stand in it by code."""
    run, who = run_of(study_id), current_account()
    with current().database.reading() as session:
        events = studies.log(session, run.study)
        names = {one.account: one.name for one in studies.members(session, run.study)}
    lines = deeds.in_words(events, study_id, who.tzinfo, names)
    about = [json.loads(event.ids).get("code", "") for event in events]
    return render(
        "studies/log.html", place="studies", run=run, lines=list(zip(lines, about, strict=True))
    )


def _new(form: DraftForm) -> str:
    return render("studies/new.html", place="studies", form=form)


def _see(run: Run, lines: Sequence[Line], form: FilterForm) -> str:
    with current().database.reading() as session:
        gone = run.study.enrolled - participants.count_present(session, run.study)
        opened = allocations.unblindings(session, run.study)
    return render(
        "studies/study.html",
        place="studies",
        run=run,
        plan=PLANS[run.study.draft.protocol.plan],
        state=study_pages.STATES[run.study.state],
        is_open=run.study.state is StudyState.OPEN,
        is_closed=run.study.state is StudyState.CLOSED,
        form=form,
        lines=lines,
        gone=gone,
        files=study_pages.FILES,
        opened=opened,
    )


def _consent(run: Run, form: ConsentForm) -> str:
    with current().database.reading() as session:
        versions = studies.consents(session, run.study)
    return render("studies/consent.html", place="studies", run=run, form=form, versions=versions)


def _members(run: Run, form: MemberForm) -> str:
    with current().database.reading() as session:
        known = studies.members(session, run.study)
    return render("studies/members.html", place="studies", run=run, form=form, members=known)
