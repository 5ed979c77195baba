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
from tracker.domain.words import Refused
from tracker.services import recovery
from tracker.services.recovery import CodeRefused, LinkRefused, WrongPassword
from tracker.web import sessions
from tracker.web.access import Policy, policy
from tracker.web.carried import carried_by_form, own_path
from tracker.web.context import current
from tracker.web.forms.accounts import (
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
@policy(Policy.SIGNED_IN)
def ask() -> str:
    """Ask for the password again."""
    return _ask(ConfirmForm())


@blueprint.post(sessions.CONFIRM)
@policy(Policy.SIGNED_IN)
def confirm() -> AnyResponse:
    """Go on to what was wanted, if it is the person."""
    form = ConfirmForm(request.form)
    if not form.validate():
        return make_response(_ask(form), 422)
    try:
        recovery.confirm(sessions.door(), sessions.signed_in(), form.password.data or "")
    except (WrongPassword, TooManyAttempts) as refusal:
        return refused(form, refusal, _ask, beside={WrongPassword: "password"})
    carried = carried_by_form()
    if carried is not None and carried.is_of(sessions.signed_in().account):
        return make_response(render("accounts/confirmed.html", carried=carried, place="more"))
    return redirect(own_path(request.form.get("next"), "/account/"), 303)


def _ask(form: ConfirmForm) -> str:
    wanted = own_path(request.form.get("next") or request.args.get("next"), "/account/")
    return render("accounts/confirm.html", form=form, wanted=wanted, place="more")


@blueprint.get("/account/password")
@policy(Policy.SIGNED_IN)
def new_password() -> str:
    """Ask for a new password and the present one."""
    return _password(PasswordForm())


@blueprint.post("/account/password")
@policy(Policy.SIGNED_IN)
def change_password() -> AnyResponse | str:
    """Put a new password in place of the old one; other devices are signed out."""
    form = PasswordForm(request.form)
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
        opened = recovery.recover(
            sessions.door(), form.name.data or "", form.code.data or "", form.password.data or ""
        )
    except (CodeRefused, TooManyAttempts) as refusal:
        return refused(form, refusal, _recover, beside={CodeRefused: "code"})
    sessions.let_in(opened)
    flash(_("Your new password is set. Other devices are signed out."))
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
        return _reset(kind(), account=account, token=token)
    form = kind(request.form)
    if "make" in request.form:
        form.password.data = make_passphrase(secrets.choice)
        return _reset(form, account=account, token=token, made=True)
    if not form.validate():
        return make_response(_reset(form, account=account, token=token), 422)
    return _set(form, account, token)


def _set(form: ResetForm, account: Account, token: str) -> AnyResponse:
    first = isinstance(form, FirstPasswordForm)
    try:
        opened = recovery.follow_link(
            sessions.door(),
            token,
            form.password.data or "",
            consent=first,
            zone=request.form.get("zone", ""),
        )
    except (PasswordRefused, TooManyAttempts) as refusal:
        return refused(form, refusal, _reset, beside=PASSWORD, account=account, token=token)
    sessions.let_in(opened)
    flash(_("Your password is set."))
    return sessions.with_device(make_response(redirect("/", 303)), opened)


def _reset(form: ResetForm, *, account: Account, token: str, made: bool = False) -> str:
    return render("accounts/reset.html", form=form, account=account, token=token, made=made)
