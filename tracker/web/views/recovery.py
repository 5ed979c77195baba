"""Passwords: asked again, changed, recovered by a code from the sheet or the operator's link."""

import secrets
from collections.abc import Mapping
from typing import Final

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.attempts import TooManyAttempts
from tracker.domain.passphrases import make_passphrase
from tracker.domain.passwords import PasswordRefused
from tracker.domain.people import Account
from tracker.domain.words import N_, Refused
from tracker.services import recovery
from tracker.services.recovery import (
    CodeRefused,
    LinkRefused,
    Recovered,
    WrongCode,
    WrongPassword,
)
from tracker.web import sessions
from tracker.web.access import Policy, policy
from tracker.web.carried import carried_by_form, own_path
from tracker.web.context import current
from tracker.web.forms.accounts import (
    READERS_ZONE,
    ConfirmForm,
    FirstPasswordForm,
    LinkForm,
    PasswordForm,
    RecoverForm,
    ResetForm,
)
from tracker.web.replies import refused
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("recovery", __name__)
PASSWORD: Final[Mapping[type[Refused], str]] = {PasswordRefused: "password"}


@blueprint.get(sessions.CONFIRM)
@policy(Policy.SETTING_UP)
def ask() -> str:
    """Ask for the password again, or for a code."""
    return _ask(ConfirmForm())


@blueprint.post(sessions.CONFIRM)
@policy(Policy.SETTING_UP)
def confirm() -> AnyResponse:
    """Go on to what was wanted, if it is the person."""
    form = ConfirmForm(request.form)
    if not form.validate():
        return make_response(_ask(form), 422)
    who = sessions.signed_in()
    by_code = who.has_factor and form.code.data
    try:
        if by_code:
            recovery.confirm_by_code(sessions.door(), who, form.code.data or "")
        else:
            recovery.confirm(sessions.door(), who, form.password.data or "")
    except (WrongPassword, WrongCode, TooManyAttempts) as refusal:
        beside = {WrongPassword: "password", WrongCode: "code"}
        return refused(form, refusal, _ask, beside=beside)
    carried = carried_by_form()
    if carried is not None and carried.is_of(who.account):
        return make_response(render("accounts/confirmed.html", carried=carried, place="more"))
    return redirect(own_path(request.form.get("next"), "/account/"), 303)


def _ask(form: ConfirmForm) -> str:
    wanted = own_path(request.form.get("next") or request.args.get("next"), "/account/")
    has_factor = sessions.signed_in().has_factor
    return render(
        "accounts/confirm.html", form=form, wanted=wanted, has_factor=has_factor, place="more"
    )


@blueprint.get("/account/password")
@policy(Policy.SIGNED_IN)
def new_password() -> str:
    """Ask for a new password and the present one."""
    return _password(_password_form(PasswordForm()))


@blueprint.post("/account/password")
@policy(Policy.SIGNED_IN)
def change_password() -> AnyResponse | str:
    """Put a new password in place of the old one; other devices are signed out."""
    form = _password_form(PasswordForm(request.form))
    if "make" in request.form:
        form.password.data = make_passphrase(secrets.choice)
        return _password(form, made=True)
    if not form.validate():
        return make_response(_password(form), 422)
    try:
        recovery.change_password(
            sessions.door(),
            sessions.signed_in(),
            form.old.data or "",
            form.password.data or "",
        )
    except (PasswordRefused, WrongPassword, TooManyAttempts) as refusal:
        return refused(form, refusal, _password, beside={**PASSWORD, WrongPassword: "old"})
    flash(_("Your password is changed. Other devices are signed out."))
    return redirect("/account/", 303)


def _password_form(form: PasswordForm) -> PasswordForm:
    who = sessions.signed_in()
    form.password.need(who.account.role.least_password(has_factor=who.has_factor))
    return form


def _password(form: PasswordForm, *, made: bool = False) -> str:
    return render("accounts/password.html", form=form, made=made, place="more")


@blueprint.get("/account/recovery")
@policy(Policy.SIGNED_IN)
@sessions.confirmed
def sheet() -> str:
    """Say what a recovery sheet is for, and how many of its codes are left."""
    with current().database.reading() as session:
        left = recovery.codes_left(session, sessions.signed_in())
    return render("accounts/recovery.html", left=left, is_new="new" in request.args, place="more")


@blueprint.post("/account/recovery")
@policy(Policy.SIGNED_IN)
@sessions.confirmed
def make_sheet() -> str:
    """Make a new sheet; it is in this one answer, and nowhere else."""
    with current().database.writing() as session:
        codes = recovery.make_sheet(session, sessions.signed_in(), current().now)
    return render("accounts/sheet.html", codes=codes, place="more")


@blueprint.get("/recover")
@policy(Policy.SIGNED_OUT)
def lost() -> str:
    """Ask for a code from the sheet."""
    return _recover(RecoverForm())


@blueprint.post("/recover")
@policy(Policy.SIGNED_OUT)
def recover() -> AnyResponse | str:
    """Set a new password by a code, and sign in."""
    form = RecoverForm(request.form)
    if "make" in request.form:
        form.password.data = make_passphrase(secrets.choice)
        return _recover(form, made=True)
    if not form.validate():
        return make_response(_recover(form), 422)
    try:
        recovered = recovery.recover(
            sessions.door(), form.name.data or "", form.code.data or "", form.password.data or ""
        )
    except (CodeRefused, TooManyAttempts) as refusal:
        return refused(form, refusal, _recover, beside={CodeRefused: "code"})
    return _go_on(recovered, _("Your new password is set. Other devices are signed out."))


def _go_on(recovered: Recovered, said: str) -> AnyResponse:
    """Let the person in, or to the sign-in where a second factor has to be proved first."""
    opened = recovered.opened
    if opened is None:
        flash(_("Your new password is set. Sign in with it, and a code from your app."))
        to_sign_in = make_response(redirect("/sign-in", 303))
        sessions.remember(to_sign_in, recovered.device_token)
        return to_sign_in
    sessions.let_in(opened)
    flash(said)
    return sessions.with_device(make_response(redirect("/", 303)), opened)


def _recover(form: RecoverForm, *, made: bool = False) -> str:
    return render("accounts/recover.html", form=form, made=made)


@blueprint.get("/reset")
@policy(Policy.SIGNED_OUT)
def link() -> str:
    """Take the operator's link: its token follows the #, so that no log ever holds it."""
    return _link(LinkForm())


def _link(form: LinkForm) -> str:
    return render("accounts/link.html", form=form)


@blueprint.post("/reset")
@policy(Policy.SIGNED_OUT)
def reset() -> AnyResponse | str:
    """Show whose password it is, then set it."""
    asked = LinkForm(request.form)
    if not asked.validate():
        return make_response(_link(asked), 422)
    token = (asked.token.data or "").rpartition("#")[2]
    try:
        account = recovery.read_link(sessions.door(), token)
    except (LinkRefused, TooManyAttempts) as refusal:
        return refused(asked, refusal, _link, beside={LinkRefused: "token"})
    kind = FirstPasswordForm if account.consent_version is None else ResetForm
    if "password" not in request.form:
        return _reset(_for(kind(), account), account=account, token=token)
    form = _for(kind(request.form), account)
    if "make" in request.form:
        form.password.data = make_passphrase(secrets.choice)
        return _reset(form, account=account, token=token, made=True)
    if not form.validate():
        return make_response(_reset(form, account=account, token=token), 422)
    return _set(form, account, token)


def _for(form: ResetForm, account: Account) -> ResetForm:
    """Return the form in the words of the account's role."""
    form.password.need(account.role.least_password(has_factor=False))
    if isinstance(form, FirstPasswordForm) and account.role.needs_factor:
        form.consent.label.text = N_("I have read this, and I agree")
        form.zone.description = READERS_ZONE
    return form


def _set(form: ResetForm, account: Account, token: str) -> AnyResponse:
    first = isinstance(form, FirstPasswordForm)
    try:
        recovered = recovery.follow_link(
            sessions.door(),
            token,
            form.password.data or "",
            consent=first,
            zone=request.form.get("zone", ""),
        )
    except (PasswordRefused, TooManyAttempts) as refusal:
        return refused(form, refusal, _reset, beside=PASSWORD, account=account, token=token)
    return _go_on(recovered, _("Your password is set."))


def _reset(form: ResetForm, *, account: Account, token: str, made: bool = False) -> str:
    return render("accounts/reset.html", form=form, account=account, token=token, made=made)
