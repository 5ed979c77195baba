"""Second factors: set up, named, removed; and the recovery codes for when the app is away."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.attempts import TooManyAttempts
from tracker.domain.factors import Factor, grouped
from tracker.services import factors
from tracker.services.factors import (
    Begun,
    FactorCompulsory,
    FirstCodeRefused,
    PasswordTooShort,
)
from tracker.services.recovery import WrongPassword
from tracker.storage.database import Session
from tracker.web import places, qr, sessions
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.factors import FirstCodeForm, LabelForm, RemoveForm
from tracker.web.replies import refused
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("factors", __name__)
HERE = "/account/factors/"


@blueprint.get(HERE)
@policy(Policy.SIGNED_IN)
def show() -> str:
    """Show which second factors there are, and how many recovery codes are left."""
    who = current_account()
    with current().database.reading() as session:
        kept = factors.kept(session, who)
    return render("factors/index.html", kept=kept, zone=who.tzinfo, place="more")


@blueprint.get(places.SET_UP)
@policy(Policy.SETTING_UP)
@sessions.confirmed
def new() -> str:
    """Say what a second factor is; once it is begun, show its secret and ask for a first code."""
    return _new(FirstCodeForm(), _begun())


@blueprint.post(places.SET_UP)
@policy(Policy.SETTING_UP)
@sessions.confirmed
def add() -> AnyResponse | str:
    """Begin a factor; where a code came along, let the one that was begun count."""
    form, begun = FirstCodeForm(request.form), _begun()
    is_form = {"code", "label"} & set(request.form)  # not the button that begins
    if not is_form or begun is None:
        _do(lambda session: factors.begin(session, current_account(), _key(), current().now))
        return redirect(places.SET_UP, 303)
    if not form.validate():
        return make_response(_new(form, begun), 422)
    try:
        codes = _complete(form, begun)
    except FirstCodeRefused as refusal:
        return refused(form, refusal, _new, beside={FirstCodeRefused: "code"}, begun=begun)
    if codes:
        return render("factors/sheet.html", codes=codes, place="more")
    flash(_("The second factor is added."))
    return redirect(HERE, 303)


def _complete(form: FirstCodeForm, begun: Begun) -> tuple[str, ...]:
    typed = (form.code.data or "", form.label.data or "")
    who, now = sessions.signed_in(), current().now
    return current().database.write(
        lambda session: factors.complete(session, who, begun, *typed, now)
    )


def _new(form: FirstCodeForm, begun: Begun | None) -> str:
    return render(
        "factors/new.html",
        form=form,
        begun=begun,
        secret=grouped(begun.secret) if begun else "",
        picture=qr.drawn(begun.uri) if begun else "",
        is_compulsory=sessions.signed_in().lacks_factor,
        place="more",
    )


def _begun() -> Begun | None:
    with current().database.reading() as session:
        return factors.begun(session, current_account(), _key())


@blueprint.get("/account/factors/codes")
@policy(Policy.SIGNED_IN)
@sessions.confirmed
def codes() -> str:
    """Say what the recovery codes are for, and how many are left."""
    return render("factors/codes.html", left=_of_mine().codes_left, place="more")


@blueprint.post("/account/factors/codes")
@policy(Policy.SIGNED_IN)
@sessions.confirmed
def make_codes() -> str:
    """Make new recovery codes; they are in this one answer, and nowhere else."""
    found(_of_mine().factors or None)
    made = current().database.write(
        lambda session: factors.make_codes(session, current_account(), current().now)
    )
    return render("factors/sheet.html", codes=made, place="more")


@blueprint.get("/account/factors/<factor_id>")
@policy(Policy.SIGNED_IN)
def one(factor_id: str) -> str:
    """Show one factor, to name it or to go on to its removal."""
    factor = _mine(factor_id)
    return _one(LabelForm(data={"label": factor.label}), factor)


@blueprint.post("/account/factors/<factor_id>")
@policy(Policy.SIGNED_IN)
def name(factor_id: str) -> AnyResponse:
    """Give a factor another name."""
    factor, form = _mine(factor_id), LabelForm(request.form)
    if not form.validate():
        return make_response(_one(form, factor), 422)
    label = form.label.data or ""
    _do(lambda session: factors.rename(session, current_account(), factor, label, current().now))
    flash(_("Saved."))
    return redirect(HERE, 303)


def _one(form: LabelForm, factor: Factor) -> str:
    return render("factors/one.html", form=form, factor=factor, place="more")


@blueprint.get("/account/factors/<factor_id>/remove")
@policy(Policy.SIGNED_IN)
@sessions.confirmed
def before_removing(factor_id: str) -> str:
    """Say what is different without this factor."""
    return _before_removing(RemoveForm(), _mine(factor_id))


@blueprint.post("/account/factors/<factor_id>/remove")
@policy(Policy.SIGNED_IN)
@sessions.confirmed
def remove(factor_id: str) -> AnyResponse | str:
    """Remove a factor: one of several at once, the last one by the password that remains."""
    factor, form, who = _mine(factor_id), RemoveForm(request.form), sessions.signed_in()
    if _is_last():
        if not form.validate():
            return make_response(_before_removing(form, factor), 422)
        try:
            factors.remove_last(sessions.door(), who, factor, form.password.data or "")
        except (WrongPassword, PasswordTooShort, FactorCompulsory, TooManyAttempts) as refusal:
            beside = {WrongPassword: "password", PasswordTooShort: "password"}
            return refused(form, refusal, _before_removing, beside=beside, factor=factor)
    else:
        _do(lambda session: factors.remove(session, who.account, factor, current().now))
    flash(_("That second factor is removed."))
    return redirect(HERE, 303)


def _before_removing(form: RemoveForm, factor: Factor) -> str:
    return render("factors/remove.html", form=form, factor=factor, is_last=_is_last(), place="more")


def _is_last() -> bool:
    return len(_of_mine().factors) == 1


def _mine(factor_id: str) -> Factor:
    return found(next((one for one in _of_mine().factors if one.id == factor_id), None))


def _of_mine() -> factors.Kept:
    with current().database.reading() as session:
        return factors.kept(session, current_account())


def _do(deed: Callable[[Session], Any]) -> None:
    current().database.write(deed)


def _key() -> bytes:
    return current().keys.totp
