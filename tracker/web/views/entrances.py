"""The entrances: register, sign in, and the way out."""

import secrets
from typing import Any, Final
from urllib.parse import quote

from flask import Blueprint, flash, make_response, redirect, request
from flask.wrappers import Response
from werkzeug.wrappers import Response as AnyResponse

from tracker.config import Registration
from tracker.domain.attempts import TooManyAttempts
from tracker.domain.passphrases import make_passphrase
from tracker.services import accounts, people
from tracker.services.people import CodeNeeded, ErasurePending, NameTaken, NewPerson, Opened
from tracker.web import context, sessions
from tracker.web.access import Policy, policy
from tracker.web.carried import carried_by_form, own_path
from tracker.web.context import current
from tracker.web.forms.accounts import RegisterForm, SignInForm
from tracker.web.replies import refused
from tracker.web.templating import render
from tracker.web.words import _, in_words

blueprint = Blueprint("entrances", __name__)
HERE: Final = "/sign-in/here"


@blueprint.get("/register")
@policy(Policy.SIGNED_OUT)
def new() -> AnyResponse | str:
    """Ask for what a diary needs: little."""
    return _register(RegisterForm())


@blueprint.post("/register")
@policy(Policy.SIGNED_OUT)
def register() -> AnyResponse | str:
    """Begin a diary."""
    form = RegisterForm(request.form)
    if current().settings.registration is not Registration.OPEN:
        return make_response(render("accounts/by_invitation.html"), 403)
    if "make" in request.form:
        form.password.data = make_passphrase(secrets.choice)
        return _register(form, made=True)
    if not form.validate():
        return make_response(_register(form), 422)
    person = NewPerson(
        form.name.data or "", form.password.data or "", form.zone.data or "", current().theme
    )
    try:
        opened = people.register(sessions.door(), person)
    except (NameTaken, TooManyAttempts) as refusal:
        return refused(form, refusal, _register, beside={NameTaken: "name"})
    sessions.let_in(opened)
    return sessions.with_device(_to("/account/recovery?new=1"), opened)


def _register(form: RegisterForm, *, made: bool = False) -> str:
    if current().settings.registration is not Registration.OPEN:
        return render("accounts/by_invitation.html")
    return render("accounts/register.html", form=form, made=made)


@blueprint.get("/sign-in")
@policy(Policy.SIGNED_OUT)
def door() -> AnyResponse | str:
    """Show the way in; who is in already goes on."""
    if current().signed_in is not None:
        return _to(own_path(request.args.get("next")))
    return _sign_in(SignInForm())


@blueprint.post("/sign-in")
@policy(Policy.SIGNED_OUT)
def sign_in() -> AnyResponse | str:
    """Open a session for name and password, and a code where the account has a second factor."""
    form = SignInForm(request.form)
    if not form.validate():
        return make_response(_sign_in(form), 422)
    typed = (form.name.data or "", form.password.data or "", form.typed_code)
    try:
        opened = people.sign_in(sessions.door(), *typed, keep=form.keep.data)
    except CodeNeeded as needed:
        return make_response(_sign_in(form, asked=in_words(needed)), 422)
    except ErasurePending as refusal:
        return refused(form, refusal, _sign_in, erase_at=refusal.at)
    except people.SignInRefused as refusal:
        return refused(form, refusal, _sign_in)
    except TooManyAttempts as refusal:
        # Who has to wait gets one try at a time: it must hold all that may be needed.
        return refused(form, refusal, _sign_in, waits=True)
    return sessions.with_device(_welcome(opened), opened)


def _sign_in(form: SignInForm, *, asked: str = "", waits: bool = False, **values: Any) -> str:  # noqa: ANN401 - what the template takes
    """Return the page; where a code was typed, is asked for or may be needed, with a field for it.

    The password stays beside that field, whether it is right or not.
    """
    form.password.is_kept = bool(asked or waits or form.typed_code)
    wanted = own_path(request.form.get("next") or request.args.get("next"))
    return render("accounts/sign_in.html", form=form, wanted=wanted, asked=asked, **values)


def _welcome(opened: Opened) -> Response:
    """Let the person in, with what was typed before the earlier session ended."""
    before = current().signed_in
    if before is not None:
        with current().database.writing() as session:
            accounts.sign_out(session, before, current().now)
    sessions.let_in(opened)
    carried = carried_by_form()
    if carried is not None and carried.is_of(opened.signed_in.account):
        return make_response(render("errors/carried.html", carried=carried))
    wanted = own_path(request.form.get("next"))
    # Some browsers keep no secure cookie on plain http: without this they would go in circles.
    return _to(wanted) if request.is_secure else _to(HERE, wanted)


@blueprint.get(HERE)
@policy(Policy.PUBLIC)
def arrived() -> AnyResponse | str:
    """Go on where the browser kept the cookie, else say that it didn't."""
    wanted = own_path(request.args.get("next"))
    if current().signed_in is not None:
        return _to(wanted)
    return render("accounts/no_cookie.html")


@blueprint.get("/sign-in/help")
@policy(Policy.PUBLIC)
def help_signing_in() -> str:
    """Say what to do where the password is lost."""
    return render("accounts/sign_in_help.html", contact=current().settings.contact)


@blueprint.post("/sign-out")
@policy(Policy.PUBLIC)
def sign_out() -> AnyResponse:
    """End this session."""
    known = current()
    if known.signed_in is not None:
        with known.database.writing() as session:
            accounts.sign_out(session, known.signed_in, known.now)
    context.sign_out()
    flash(_("You are signed out."))
    return _to("/sign-in")


def _to(path: str, wanted: str = "/") -> Response:
    query = "" if wanted == "/" else f"?next={quote(wanted)}"
    return make_response(redirect(path + query, 303))
