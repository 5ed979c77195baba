"""Invitations to access: a clinician's own, the link that either side opens, and the answer."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, request, session
from werkzeug.wrappers import Response

from tracker.domain.grants import GrantKind, Side, Terms
from tracker.domain.people import Role
from tracker.domain.words import Refused
from tracker.services import invitations, questionnaires
from tracker.services.invitations import EndRefused, InvitationGone, Opened
from tracker.web import grant_pages, sessions
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.grants import ReadForm
from tracker.web.forms.scopes import REPEATS
from tracker.web.templating import render
from tracker.web.words import _, in_words

blueprint = Blueprint("invitations", __name__)
_SHOWN = "invitation"  # in the session: whose token this browser has shown


@blueprint.get(grant_pages.INVITE)
@policy(Policy.CLINICIAN)
def invite() -> str:
    """Say what a clinician's invitation is, and which ones wait."""
    known, who = current(), current_account()
    with known.database.reading() as reading:
        waiting = invitations.list_open(reading, who, known.now)
    cards = [grant_pages.waiting_card(one, (), who) for one in waiting]
    return render("grants/invite.html", place="clinic", waiting=cards)


@blueprint.post(grant_pages.INVITE)
@policy(Policy.CLINICIAN)
def ask() -> str:
    """Make an invitation to a patient; its link is in this one answer, and nowhere else."""
    known, who = current(), current_account()
    token = known.database.write(lambda writing: invitations.ask(writing, who, known.now))
    return grant_pages.made(token)


@blueprint.post("/invitations/<invitation_id>/withdraw")
@policy(Policy.SIGNED_IN)
def withdraw(invitation_id: str) -> Response:
    """Take an invitation back: its link opens nothing any more."""
    known, who = current(), current_account()
    done = known.database.write(
        lambda writing: invitations.withdraw(writing, who, invitation_id, known.now)
    )
    found(done or None)
    flash(_("The invitation is taken back."))
    return redirect(grant_pages.home(), 303)


@blueprint.get("/join")
@policy(Policy.PUBLIC)
def link() -> str:
    """Take an invitation's link: its token follows the #, so that no log ever holds it."""
    return render("grants/join.html")


@blueprint.post("/join")
@policy(Policy.SIGNED_IN)
def open_link() -> Response:
    """Lead to what the invitation says, where it can still be accepted."""
    known, who = current(), current_account()
    token = request.form.get("token", "").strip().rpartition("#")[2]
    with known.database.reading() as reading:
        try:
            opened = invitations.open_by_token(reading, who, token, known.now)
        except Refused as refusal:
            return _refused(refusal)
    session[_SHOWN] = opened.invitation.id
    return redirect(f"/join/{opened.invitation.id}", 303)


@blueprint.get("/join/<invitation_id>")
@policy(Policy.SIGNED_IN)
def see(invitation_id: str) -> Response | str:
    """Show who invites, and to what."""
    try:
        opened = _opened(invitation_id)
    except Refused as refusal:
        return _refused(refusal)
    if opened.invitation.side is Side.ASK:
        return _asked(opened, _form())
    return _offered(opened)


@blueprint.post("/join/<invitation_id>")
@policy(Policy.SIGNED_IN, repeats=REPEATS)
def accept(invitation_id: str) -> Response | str:
    """Accept, and so use the invitation up."""
    try:
        opened = _opened(invitation_id)
        if opened.invitation.side is Side.ASK:
            return _give(opened)
        _accept(opened, None)
    except Refused as refusal:
        return _refused(refusal)
    flash(_("Accepted: %(name)s let you in.", name=opened.maker.name))
    helps = opened.invitation.kind is GrantKind.HELP
    return redirect("/for/" if helps else "/clinic/", 303)


@sessions.confirmed
def _give(opened: Opened) -> Response | str:
    """Let the clinician in who asks, as far as the form says."""
    form = _form(request.form)
    if not form.is_sound():
        return make_response(_asked(opened, form), 422)
    try:
        _accept(opened, form.terms(current_account()))
    except EndRefused as refusal:
        form.refuse(refusal, "until")
        return make_response(_asked(opened, form), 422)
    flash(_("%(name)s may read now. You can end it here at any moment.", name=opened.maker.name))
    return redirect(grant_pages.HERE, 303)


def _accept(opened: Opened, terms: Terms | None) -> None:
    known, who, asked = current(), current_account(), opened.invitation.id
    known.database.write(lambda writing: invitations.accept(writing, who, asked, terms, known.now))


def _opened(invitation_id: str) -> Opened:
    """Return an invitation whose token this browser has shown; others are not here.

    Raises:
        InvitationGone: it opens nothing (any more).
        NotForYou: it is meant for somebody else.
    """
    known = current()
    if session.get(_SHOWN) != invitation_id:
        raise InvitationGone
    with known.database.reading() as reading:
        return invitations.open_by_id(reading, current_account(), invitation_id, known.now)


def _refused(refusal: Refused) -> Response:
    """Return the answer to what opens nothing; a token is echoed nowhere."""
    return make_response(render("grants/gone.html", said=in_words(refusal), bare=True), 422)


def _form(sent: Any = None) -> ReadForm:  # noqa: ANN401 - whatever WTForms reads forms from
    with current().database.reading() as reading:
        return ReadForm(questionnaires.readable(reading, current_account()), sent)


@sessions.confirmed
def _asked(opened: Opened, form: ReadForm) -> str:
    return render("grants/asked.html", place="share", opened=opened, form=form)


def _offered(opened: Opened) -> str:
    terms = opened.invitation.terms
    who = current_account()
    with current().database.reading() as reading:
        items = questionnaires.readable(reading, opened.maker)
    return render(
        "grants/offered.html",
        place="clinic" if who.role is Role.CLINICIAN else "more",
        opened=opened,
        lines=() if terms is None else grant_pages.terms_lines(terms, items, opened.maker),
        reads=opened.invitation.kind is GrantKind.READ,
    )
