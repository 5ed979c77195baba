"""Access: who may read or help, a new invitation to it, and its end by either side."""

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tracker.domain.grants import GrantKind
from tracker.domain.people import Role
from tracker.services import grants, invitations, questionnaires
from tracker.services.invitations import EndRefused
from tracker.web import grant_pages, sessions
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.grants import HelpForm, ReadForm
from tracker.web.forms.scopes import REPEATS
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("grants", __name__)


@blueprint.get(grant_pages.HERE)
@policy(Policy.PATIENT)
def overview() -> str:
    """Show who may read or help now, what waits to be accepted, and what is over."""
    known, who = current(), current_account()
    with known.database.reading() as session:
        page = grant_pages.load(session, who, known.now)
    return render("grants/index.html", place="share", page=page)


@blueprint.get("/grants/new/<kind>")
@policy(Policy.PATIENT)
@sessions.confirmed
def new(kind: str) -> str:
    """Ask what somebody is to be let do, and until when."""
    return _page(_form(kind))


@blueprint.post("/grants/new/<kind>")
@policy(Policy.PATIENT, repeats=REPEATS)
@sessions.confirmed
def make(kind: str) -> Response | str:
    """Make an invitation; its link is in this one answer, and nowhere else."""
    known, who, form = current(), current_account(), _form(kind, request.form)
    if not form.is_sound():
        return make_response(_page(form), 422)
    terms = form.terms(who)
    try:
        token = known.database.write(
            lambda session: invitations.offer(session, who, terms, known.now)
        )
    except EndRefused as refusal:
        form.refuse(refusal, "until")
        return make_response(_page(form), 422)
    with known.database.reading() as session:
        items = questionnaires.readable(session, who)
    return grant_pages.made(token, grant_pages.terms_lines(terms, items, who))


@blueprint.post("/grants/<grant_id>/end")
@policy(Policy.PATIENT)
def end(grant_id: str) -> Response:
    """End access at once: it counts from the next request."""
    known, who = current(), current_account()
    done = known.database.write(lambda session: grants.end(session, who, grant_id, known.now))
    found(done or None)
    flash(_("That access is ended."))
    return redirect(grant_pages.HERE, 303)


@blueprint.post("/grants/<grant_id>/leave")
@policy(Policy.SIGNED_IN)
def leave(grant_id: str) -> Response:
    """Give up what somebody else lets one do."""
    known, who = current(), current_account()
    done = known.database.write(lambda session: grants.leave(session, who, grant_id, known.now))
    found(done or None)
    flash(_("You gave that access up."))
    return redirect("/clinic/" if who.role is Role.CLINICIAN else "/for/", 303)


def _form(kind: str, sent: MultiDict[str, str] | None = None) -> ReadForm | HelpForm:
    if kind == GrantKind.HELP:
        return HelpForm(sent)
    if kind != GrantKind.READ:
        raise NotFound
    with current().database.reading() as session:
        return ReadForm(questionnaires.readable(session, current_account()), sent)


def _page(form: ReadForm | HelpForm) -> str:
    return render("grants/new.html", place="share", form=form, reads=isinstance(form, ReadForm))
