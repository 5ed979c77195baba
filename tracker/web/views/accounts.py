"""The account of whoever is signed in: time zone, language, devices, the end of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, flash, jsonify, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.people import Account, PreferenceRefused, Role
from tracker.services import accounts, recovery
from tracker.web import context, sessions
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.errors import wants_json
from tracker.web.forms.accounts import READERS_ZONE, PreferencesForm
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("accounts", __name__)
blueprint.after_app_request(sessions.write_last_use)


@blueprint.get("/account/")
@policy(Policy.SIGNED_IN)
def show() -> str:
    """Show the account."""
    account = current_account()
    kept = {"zone": account.zone, "rollover": account.rollover, "language": account.language}
    return _page(_preferences(PreferencesForm(data=kept)))


@blueprint.post("/account/")
@policy(Policy.SIGNED_IN)
def save() -> AnyResponse:
    """Keep what was chosen."""
    form = _preferences(PreferencesForm(request.form))
    if not form.validate():
        return make_response(_page(form), 422)
    wanted = replace(current_account(), zone=form.zone.data, language=form.language.data)
    if "rollover" in form:
        rollover: Any = form.rollover.data  # a time; WTForms says text
        wanted = replace(wanted, rollover=rollover)
    _keep(wanted)
    flash(_("Saved. Past nights keep their dates.") if "rollover" in form else _("Saved."))
    return redirect("/account/", 303)


def _preferences(form: PreferencesForm) -> PreferencesForm:
    """Return the form with what the account may choose: who keeps no diary has no diary day."""
    tags = context.installation().languages
    form.language.choices = [("", _("As the browser asks")), *((tag, tag) for tag in tags)]
    if current_account().role is not Role.PATIENT:
        del form.rollover
        form.zone.description = READERS_ZONE
    return form


def _page(form: PreferencesForm) -> str:
    who = sessions.signed_in()
    with current().database.reading() as session:
        places = accounts.places(session, who, current().now)
        left = recovery.codes_left(session, who)
    return render(
        "accounts/account.html",
        form=form,
        here=who.token_hash,
        places=places,
        left=left,
        zone=who.account.tzinfo,
        has_factor=who.has_factor,
        place="more",
    )


def _keep(wanted: Account) -> None:
    with current().database.writing() as session:
        accounts.save_preferences(session, wanted, current().now)


@blueprint.post("/account/zone")
@policy(Policy.PATIENT)
def follow_phone() -> AnyResponse:
    """Count the nights from now on by the zone that the phone is in."""
    try:
        _keep(replace(current_account(), zone=request.form.get("zone", "")))
    except PreferenceRefused as refusal:
        flash(refusal.in_words(_))
        return redirect("/account/", 303)
    flash(_("The diary follows this time zone from now on. Past nights keep their dates."))
    return redirect("/", 303)


@blueprint.post("/account/calm")
@policy(Policy.PATIENT)
def calm() -> AnyResponse:
    """Ask tonight's questions one at a time from now on, or all on one page again."""
    is_calm = request.form.get("calm") == "y"
    _keep(replace(current_account(), calm=is_calm))
    return jsonify(calm=is_calm) if wants_json() else redirect("/", 303)


@blueprint.post("/account/places/end")
@policy(Policy.SIGNED_IN)
def end_place() -> AnyResponse:
    """Sign one device out."""
    with current().database.writing() as session:
        handle = request.form.get("handle", "")
        ended = accounts.end_place(session, sessions.signed_in(), handle, current().now)
    found(ended or None)
    flash(_("That device is signed out."))
    return redirect("/account/", 303)


@blueprint.post("/account/places/end-others")
@policy(Policy.SIGNED_IN)
def end_others() -> AnyResponse:
    """Sign all other devices out."""
    with current().database.writing() as session:
        accounts.end_everywhere(session, sessions.signed_in(), current().now, here=False)
    flash(_("All other devices are signed out."))
    return redirect("/account/", 303)


@blueprint.post("/account/places/end-all")
@policy(Policy.SIGNED_IN)
def end_everywhere() -> AnyResponse:
    """Sign all devices out, this one too."""
    with current().database.writing() as session:
        accounts.end_everywhere(session, sessions.signed_in(), current().now, here=True)
    context.sign_out()
    flash(_("You are signed out everywhere."))
    return redirect("/sign-in", 303)


@blueprint.get("/account/erase")
@policy(Policy.SIGNED_IN)
@sessions.confirmed
def before_erasing() -> str:
    """Say what erasing takes away, by when, and what stays where."""
    now, keep = current().now, current().settings.backup_keep
    return render(
        "accounts/erase.html",
        at=_local(now + accounts.UNDO_ERASURE),
        copies_until=_local(now + accounts.UNDO_ERASURE + timedelta(days=31 * keep)),
        place="more",
    )


@blueprint.post("/account/erase")
@policy(Policy.SIGNED_IN)
@sessions.confirmed
def erase() -> AnyResponse:
    """Sign out everywhere and hide everything; it goes for good in seven days."""
    with current().database.writing() as session:
        accounts.ask_erasure(session, sessions.signed_in(), current().now)
    context.sign_out()
    flash(_("Everything will be erased in seven days. Sign in before then to keep it."))
    return redirect("/sign-in", 303)


def _local(instant: datetime) -> date:
    return instant.astimezone(current_account().tzinfo).date()
