"""Help: whom one may log nights for, and their form of tonight and yesterday."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, make_response, redirect, request
from werkzeug.exceptions import Conflict
from werkzeug.wrappers import Response

from tracker.domain.diary import DayRefused
from tracker.domain.grants import GrantKind
from tracker.domain.readings import Seen
from tracker.domain.words import Refused
from tracker.services import grants, helping
from tracker.services.diaries import NightRefused, NothingToSave
from tracker.services.grants import Entrance
from tracker.web import granted, help_forms
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms import nights as form
from tracker.web.nights import NOTHING_TYPED, Typed
from tracker.web.templating import render
from tracker.web.words import in_words

blueprint = Blueprint("helping", __name__)


@blueprint.get("/for/")
@policy(Policy.SIGNED_IN)
def people() -> str:
    """List whom one may log nights for."""
    known, who = current(), current_account()
    with known.database.reading() as session:
        held = grants.list_held(session, who, GrantKind.HELP, known.now)
    return render("helping/index.html", place="more", held=held)


@blueprint.get("/for/<owner_id>/")
@policy(Policy.SIGNED_IN)
def tonight(owner_id: str) -> str:
    """Show somebody's form of tonight."""
    way = granted.entrance(owner_id, GrantKind.HELP)
    today, _yesterday = helping.open_days(way.owner, current().now)
    return _page(way, f"{today}")


@blueprint.get("/for/<owner_id>/diary/<text>")
@policy(Policy.SIGNED_IN)
def night(owner_id: str, text: str) -> str:
    """Show somebody's form of tonight or yesterday; no other night is here."""
    return _page(granted.entrance(owner_id, GrantKind.HELP), text)


@blueprint.post("/for/<owner_id>/diary/<text>")
@policy(Policy.SIGNED_IN)
def save(owner_id: str, text: str) -> Response:
    """Save a night for somebody, under the helper's name."""
    way, who, known = granted.entrance(owner_id, GrantKind.HELP), current_account(), current()
    day = found(_days(way).get(text))
    try:
        sent = form.read_form(day, request.form.to_dict(), from_page=True)
        if sent.person not in ("", who.id):
            raise Conflict
        saved = known.database.write(
            lambda session: helping.record(session, way.owner, who, sent.night, known.now)
        )
    except NightRefused as refused:
        return _refused(way, text, refused.errors)
    except (DayRefused, NothingToSave) as refused:
        return _refused(way, text, {"": refused})
    state = saved.outcome.value if saved.is_new else "unchanged"
    return redirect(f"{help_forms.path_of(way.owner, day)}?saved={state}", 303)


def _days(way: Entrance) -> Mapping[str, date]:
    return {f"{day}": day for day in helping.open_days(way.owner, current().now)}


def _page(way: Entrance, text: str, typed: Typed = NOTHING_TYPED) -> str:
    day, now, done = found(_days(way).get(text)), current().now, request.args.get("saved", "")
    granted.note(way, Seen.NIGHT_FORM)
    with current().database.reading() as session:
        page = help_forms.load(session, way.owner, day, now, typed, done)
    return render("helping/night.html", place="more", page=page)


def _refused(way: Entrance, text: str, refusals: Mapping[str, Refused]) -> Response:
    """Answer 422: the form again with all that was typed."""
    errors = {name: in_words(refusal) for name, refusal in refusals.items()}
    return make_response(_page(way, text, Typed(request.form.to_dict(), errors)), 422)
