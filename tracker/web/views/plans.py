"""Plans: ready-made ones and one's own, started, moved, stopped, and their order opened."""

from datetime import date
from typing import Final

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response

from tracker.domain.diary import diary_day
from tracker.domain.plan_words import NAMES, SOURCES
from tracker.domain.plans import READY_MADE, Plan, PlanRefused
from tracker.domain.started_plans import Holder, OpenedBy, StartedPlan
from tracker.domain.words import Refused
from tracker.services import plan_holders, plan_starts, plans, study_plans
from tracker.services.plans import PlanMissing
from tracker.web import plan_pages, removed, replies, sessions
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account, installation
from tracker.web.forms.plans import FORMS, FileForm, OpenForm, ShiftForm, StartForm
from tracker.web.plan_pages import HERE
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("plans", __name__)
PREVIEW: Final = "preview"


@blueprint.get("/plans/")
@policy(Policy.PATIENT)
def overview() -> str:
    """List the plans that were started, and those that can be."""
    known, who = current(), current_account()
    with known.database.reading() as reading:
        started = plans.list_all(reading, who)
    stopped = plan_pages.kept(known.now)
    return render(
        "plans/index.html",
        place="more",
        started=[(plan_pages.name_of(one.plan.key), one) for one in reversed(started)],
        kinds=[(_(NAMES[key]), f"{HERE}new/{key}") for key in NAMES],
        stopped=stopped is not None,
    )


@blueprint.get("/plans/new/<plan_key>")
@policy(Policy.PATIENT)
def new(plan_key: str) -> str:
    """Ask when a plan is to begin, and who holds its key."""
    form = found(FORMS.get(plan_key))(data={"started_on": _today()})
    return _new_page(form, plan_key)


@blueprint.post("/plans/new/<plan_key>")
@policy(Policy.PATIENT)
def start(plan_key: str) -> Response | str:
    """Start a plan, or show first how it would lie in time."""
    form = found(FORMS.get(plan_key))(request.form)
    known, who, draw = current(), current_account(), installation().draw
    if not form.validate():
        return make_response(_new_page(form, plan_key), 422)
    try:
        plan = form.plan(plan_key)
        if PREVIEW in request.form:
            return _new_page(form, plan_key, plan)
        wish = form.wish(plan)
        begun = known.database.write(
            lambda writing: plan_starts.begin(writing, who, wish, known.keys, draw, known.now)
        )
    except Refused as refusal:
        return replies.refused(form, refusal, _new_page, plan_key=plan_key)
    if begun.token:
        return plan_pages.made(begun.token, begun.id)
    flash(_("The plan is started."))
    return redirect(f"{HERE}{begun.id}", 303)


@blueprint.get("/plans/<plan_id>")
@policy(Policy.PATIENT)
def show(plan_id: str) -> str:
    """Show a plan: its phases, what comes next, who holds the key."""
    return _page(plan_id)


@blueprint.post("/plans/<plan_id>/shift")
@policy(Policy.PATIENT)
def shift(plan_id: str) -> Response:
    """Move all that has not begun."""
    _found(plan_id)
    form, known, who = ShiftForm(request.form), current(), current_account()
    if not form.validate():
        return make_response(_page(plan_id, shifting=form), 422)
    days = max(-999, min(999, form.data["days"]))
    try:
        known.database.write(lambda writing: plans.shift(writing, who, plan_id, days, known.now))
    except Refused as refusal:
        form.refuse(refusal, "days")
        return make_response(_page(plan_id, shifting=form), 422)
    flash(_("The rest of the plan is moved by %(days)d days.", days=days))
    return redirect(f"{HERE}{plan_id}", 303)


@blueprint.post("/plans/<plan_id>/stop")
@policy(Policy.PATIENT)
def stop(plan_id: str) -> Response:
    """Stop a plan today; the next page offers it back."""
    known, who = current(), current_account()
    try:
        stopped = known.database.write(lambda writing: plans.stop(writing, who, plan_id, known.now))
    except PlanMissing:
        found(None)
    except PlanRefused as refusal:
        return make_response(_page(plan_id, said=refusal), 422)
    else:
        plan_pages.keep(plan_id, stopped, known.now)
    return redirect(HERE, 303)


@blueprint.post("/plans/undo")
@policy(Policy.PATIENT)
def undo() -> Response:
    """Bring back what stopping took away last."""
    known, who = current(), current_account()
    plan_id, stopped = found(plan_pages.kept(known.now))
    removed.forget(plan_pages.STOPPED)
    try:
        known.database.write(
            lambda writing: plans.resume(writing, who, plan_id, stopped, known.now)
        )
    except Refused as refusal:
        return make_response(_page(plan_id, said=refusal), 422)
    flash(_("The plan goes on."))
    return redirect(f"{HERE}{plan_id}", 303)


@blueprint.post("/plans/<plan_id>/link")
@policy(Policy.PATIENT)
def link(plan_id: str) -> str:
    """Make a new link for the key's holder; the old one leads nowhere any more."""
    known, who = current(), current_account()
    try:
        token = known.database.write(
            lambda writing: plans.renew_link(writing, who, plan_id, known.now)
        )
    except PlanMissing:
        return found(None)
    return plan_pages.made(token, plan_id)


@blueprint.post("/plans/<plan_id>/open")
@policy(Policy.PATIENT)
def open_order(plan_id: str) -> Response:
    """Open the order with the app's own key, or with its holder's file."""
    known, who, started = current(), current_account(), _found(plan_id)
    if started.holder not in {Holder.APP, Holder.PERSON}:
        return found(None)
    by_app = started.holder is Holder.APP
    form = OpenForm(request.form) if by_app else FileForm(request.form)
    if not form.validate():
        return make_response(_page(plan_id, opening=form), 422)
    unblinding = form.unblinding(known.now, OpenedBy.OWNER)
    try:
        if isinstance(form, FileForm):
            content = (form.key_file.data or "").encode()
            passphrase = form.passphrase.data or ""
            door = sessions.door()
            plan_holders.reveal_by_file(door, who, plan_id, content, passphrase, unblinding)
        else:
            key = plan_starts.own_key(started, known.keys)
            known.database.write(
                lambda writing: plans.reveal(writing, who, plan_id, key, unblinding, actor=who.id)
            )
    except Refused as refusal:
        return replies.refused(form, refusal, lambda one: _page(plan_id, opening=one))
    flash(_("The order is open."))
    return redirect(f"{HERE}{plan_id}", 303)


def _today() -> date:
    who = current_account()
    return diary_day(current().now, who.tzinfo, who.rollover)


def _found(plan_id: str) -> StartedPlan:
    try:
        with current().database.reading() as reading:
            return plans.find(reading, current_account(), plan_id)[0]
    except PlanMissing:
        return found(None)


def _new_page(form: StartForm, plan_key: str, plan: Plan | None = None) -> str:
    ready = plan or READY_MADE.get(plan_key)
    given = form.data
    course = (
        plan_pages.preview(ready, given["started_on"], Holder(given["holder"]), _today())
        if ready is not None and given["started_on"] and given["holder"] in set(Holder)
        else None
    )
    return render(
        "plans/new.html",
        place="more",
        form=form,
        plan_key=plan_key,
        name=_(NAMES[plan_key]),
        source=_(SOURCES[plan_key]),
        course=course,
        is_drawn=form.draws(plan_key),
    )


def _page(
    plan_id: str,
    *,
    shifting: ShiftForm | None = None,
    opening: OpenForm | None = None,
    said: Refused | None = None,
) -> str:
    known, who = current(), current_account()
    try:
        with known.database.reading() as reading:
            started, phases = plans.find(reading, who, plan_id)
            takes_part = study_plans.present(reading, who, started) is not None
            alone = study_plans.emergency(reading, who, started)
    except PlanMissing:
        return found(None)
    by_app = started.holder is Holder.APP
    blank = OpenForm() if by_app else FileForm()
    return render(
        "plans/show.html",
        place="more",
        plan=started,
        name=plan_pages.name_of(started.plan.key),
        course=plan_pages.course(phases, _today()),
        state=plan_pages.state_of(started, who.tzinfo),
        takes_part=takes_part,
        alone=alone and plan_pages.emergency_words(alone.at, who.tzinfo),
        shifting=shifting or ShiftForm(),
        opening=opening or blank,
        by_app=by_app,
        by_person=started.holder is Holder.PERSON,
        refused=shifting or opening,
        said=said,
    )
