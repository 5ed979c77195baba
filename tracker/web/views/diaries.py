"""Nights: tonight's form, each night's page, the list, and what scripts ask before they send."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus
from typing import Final

from flask import Blueprint, jsonify, make_response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tracker.config import Registration
from tracker.domain.diary import DayRefused, diary_day
from tracker.domain.people import Role
from tracker.domain.words import N_, Refused
from tracker.services import diaries, revisions
from tracker.services.diaries import IdReused, NightRefused, NothingToSave, Saved
from tracker.storage import installation
from tracker.storage.database import Session
from tracker.web import file_words, guard, places
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account
from tracker.web.errors import wants_json
from tracker.web.forms import nights as form
from tracker.web.night_pages import Visit, load_month, load_page
from tracker.web.nights import NOTHING_TYPED, Typed
from tracker.web.templating import render
from tracker.web.troubles import WRONG_USER, Trouble
from tracker.web.words import _, in_words

blueprint = Blueprint("diaries", __name__)

ID_REUSED: Final = Trouble(409, "id_reused", N_("Not saved"), "")
_DAY: Final = re.compile(r"(19[7-9]|2[0-9]{2})[0-9]-[0-9]{2}-[0-9]{2}", re.ASCII)
_MONTH: Final = re.compile(r"(19[7-9]|2[0-9]{2})[0-9]-(0[1-9]|1[0-2])", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


@blueprint.get("/")
@policy(Policy.PUBLIC)
def tonight() -> Response | str:
    """Show tonight's form; to strangers what this is; lead the others to where they begin."""
    known = current()
    if known.account is None:
        open_to_all = known.settings.registration is Registration.OPEN
        return render("home/landing.html", can_register=open_to_all)
    if known.account.role is not Role.PATIENT:
        return redirect(places.home(known.account.role), HTTPStatus.SEE_OTHER)
    return _page(_today(), is_home=True)


@blueprint.get("/diary/<text>")
@policy(Policy.PATIENT)
def night(text: str) -> str:
    """Show one night: its form, or what was saved with the form to change it."""
    return _page(_day(text), is_home=False)


@blueprint.post("/diary/<text>")
@policy(Policy.PATIENT)
def save(text: str) -> Response:
    """Save one night, from the form or from a script."""
    day = _day(text)
    who, known = current_account(), current()
    try:
        sent = form.read_json(day, request.get_data()) if request.is_json else _form(day)
        if sent.person not in ("", who.id):
            return _trouble(WRONG_USER, _(WRONG_USER.text))
        saved = known.database.write(
            lambda session: diaries.record_night(session, who, sent.night, known.now)
        )
    except NightRefused as refused:
        return _refused(day, refused.errors)
    except (DayRefused, NothingToSave) as refused:
        return _refused(day, {"": refused})
    except IdReused as refused:
        return _trouble(ID_REUSED, in_words(refused))
    return _acknowledged(day, saved)


@blueprint.post("/diary/<text>/delete")
@policy(Policy.PATIENT)
def delete(text: str) -> Response:
    """Delete a night; it can be brought back for 30 days."""
    day, who, now = _day(text), current_account(), current().now
    return _done(day, "deleted", lambda session: revisions.delete_night(session, who, day, now))


@blueprint.post("/diary/<text>/restore")
@policy(Policy.PATIENT)
def restore(text: str) -> Response:
    """Bring a deleted night back."""
    day, who, now = _day(text), current_account(), current().now
    return _done(day, "restored", lambda session: revisions.restore_night(session, who, day, now))


@blueprint.post("/diary/<text>/choose")
@policy(Policy.PATIENT)
def choose(text: str) -> Response:
    """Settle a night that was written twice."""
    day, who, now = _day(text), current_account(), current().now
    asked = request.form.get("revision", "")
    number = int(asked) if _NUMBER.fullmatch(asked) else 0
    keep_other = request.form.get("keep") == "other"
    return _done(
        day,
        "chosen",
        lambda session: revisions.choose(session, who, day, number, now, keep_other=keep_other),
    )


@blueprint.get("/diary/")
@policy(Policy.PATIENT)
def month() -> str:
    """List the nights of one month, newest first."""
    asked = request.args.get("month", "")
    if asked and _MONTH.fullmatch(asked) is None:
        raise NotFound
    today = _today()
    first = date.fromisoformat(f"{asked}-01") if asked else today.replace(day=1)
    with current().database.reading() as session:
        shown = load_month(session, current_account(), first, today)
    return render("diaries/list.html", place="more", month=shown)


@blueprint.get("/session.json")
@policy(Policy.SIGNED_IN)
def who_am_i() -> Response:
    """Tell a script whose session it is in, and the token to send."""
    known = current()
    with known.database.reading() as session:
        found = installation.found(session)
    return jsonify(
        person=current_account().id,
        csrf_token=guard.token(),
        now=f"{known.now:%Y-%m-%dT%H:%M:%SZ}",
        epoch=found.epoch if found else "",
    )


def _today() -> date:
    who = current_account()
    return diary_day(current().now, who.tzinfo, who.rollover)


def _day(text: str) -> date:
    try:
        # The pattern comes first: `fromisoformat` takes week dates and more besides.
        if _DAY.fullmatch(text) is not None:
            return date.fromisoformat(text)
    except ValueError as error:
        raise NotFound from error
    raise NotFound


def _form(day: date) -> form.Request:
    return form.read_form(day, request.form.to_dict(), from_page=not wants_json())


def _page(day: date, *, is_home: bool, typed: Typed | None = None) -> str:
    known = current()
    done = request.args.get("saved", "")
    visit = Visit(current_account(), day, known.now, typed or NOTHING_TYPED, done, is_home)
    with known.database.reading() as session:
        shown = load_page(session, visit)
    template = "diaries/night.html" if shown.summary_title else "diaries/tonight.html"
    return render(template, place="tonight" if day == visit.today else "", night=shown)


def _acknowledged(day: date, saved: Saved) -> Response:
    if not wants_json():
        state = saved.outcome.value if saved.is_new else "unchanged"
        return redirect(f"/diary/{day}?saved={state}", HTTPStatus.SEE_OTHER)
    answer: Response = jsonify(
        saved=True,
        client_id=saved.client_id,
        revision=saved.revision,
        payload_sha256=saved.payload_sha256,
        received_at=f"{saved.received_at:%Y-%m-%dT%H:%M:%S.%fZ}",
        state=saved.outcome.value,
    )
    answer.status_code = HTTPStatus.CREATED if saved.is_new else HTTPStatus.OK
    return answer


def _refused(day: date, refusals: Mapping[str, Refused]) -> Response:
    """Answer 422: the form again with all that was typed, or an error for each field."""
    errors = {name: in_words(file_words.of_refusal(refusal)) for name, refusal in refusals.items()}
    if wants_json():
        beside = {name or "form": text for name, text in errors.items()}
        answer: Response = jsonify(saved=False, error="refused", errors=beside, retry=False)
    else:
        typed = Typed(request.form.to_dict(), errors)
        answer = make_response(_page(day, is_home=False, typed=typed))
    answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


def _trouble(trouble: Trouble, text: str) -> Response:
    if wants_json():
        answer: Response = jsonify(
            saved=False, error=trouble.slug, errors={"form": text}, retry=trouble.retry
        )
    else:
        answer = make_response(
            render("errors/trouble.html", trouble=trouble, text=text, carried=None, bare=True)
        )
    answer.status_code = trouble.status
    return answer


def _done(day: date, state: str, deed: Callable[[Session], None]) -> Response:
    current().database.write(deed)
    return redirect(f"/diary/{day}?saved={state}", HTTPStatus.SEE_OTHER)
