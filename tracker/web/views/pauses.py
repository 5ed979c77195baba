"""The pauses page: days on which no night is expected."""

from datetime import date, timedelta
from typing import Final

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response

from tracker.domain.diary import diary_day
from tracker.services import pauses
from tracker.services.pauses import NoSuchPause, PauseRefused
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.pauses import PauseForm
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("pauses", __name__)
HERE: Final = "/pauses/"
ONE_DAY: Final = timedelta(days=1)


@blueprint.get("/pauses/")
@policy(Policy.PATIENT)
def list_pauses() -> str:
    """Show the pauses, and the form for another."""
    return _page(PauseForm(data={"first_day": _today()}))


@blueprint.post("/pauses/")
@policy(Policy.PATIENT)
def begin() -> Response:
    """Pause the diary."""
    form = PauseForm(request.form)
    who, now = current_account(), current().now
    if not form.validate():
        return make_response(_page(form), 422)
    first, last, reason = (form.data[name] for name in ("first_day", "last_day", "reason"))
    try:
        current().database.write(
            lambda session: pauses.begin(session, who, first, last, reason or "", now)
        )
    except PauseRefused as refused:
        form.refuse(refused, "last_day")
        return make_response(_page(form), 422)
    flash(_("The pause is saved."))
    return redirect(HERE, 303)


@blueprint.post("/pauses/<pause_id>/end")
@policy(Policy.PATIENT)
def end(pause_id: str) -> Response:
    """End a running pause: tonight is expected again."""
    who, now, last = current_account(), current().now, _today() - ONE_DAY
    try:
        current().database.write(lambda session: pauses.end(session, who, pause_id, last, now))
    except NoSuchPause:
        found(None)
    flash(_("The pause has ended. Welcome back."))
    return redirect(HERE, 303)


@blueprint.post("/pauses/<pause_id>/remove")
@policy(Policy.PATIENT)
def remove(pause_id: str) -> Response:
    """Take a pause away: its days are expected again."""
    who, now = current_account(), current().now
    try:
        current().database.write(lambda session: pauses.remove(session, who, pause_id, now))
    except NoSuchPause:
        found(None)
    flash(_("The pause is removed."))
    return redirect(HERE, 303)


def _today() -> date:
    who = current_account()
    return diary_day(current().now, who.tzinfo, who.rollover)


def _page(form: PauseForm) -> str:
    with current().database.reading() as session:
        known = pauses.list_all(session, current_account())
    rows = [(one, None if one.end is None else one.end - ONE_DAY) for one in known]
    return render("pauses/index.html", place="more", form=form, rows=rows)
