"""Shares: the owner's list of links, a new one, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response

from tracker.domain.attempts import TooManyAttempts
from tracker.domain.questionnaire import Item
from tracker.services import questionnaires, shares
from tracker.services.shares import Listed
from tracker.web import figures, guard, qr, scope_words, sessions
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.dates import clock_time
from tracker.web.forms.scopes import REPEATS
from tracker.web.forms.shares import ShareForm
from tracker.web.replies import refused
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("shares", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One share as the list prints it; `openings` are when and by what, newest first."""

    id: str
    name: str
    state: str
    holds: bool
    lines: Sequence[str]
    openings: Sequence[tuple[str, str]]


@blueprint.get("/shares/")
@policy(Policy.PATIENT)
def overview() -> str:
    """List the links that were ever made, newest first, with every opening."""
    known, who = current(), current_account()
    with known.database.reading() as session:
        listed = shares.list_all(session, who)
        items = questionnaires.readable(session, who) if listed else ()
    lines = [_line(one, items, who.tzinfo, known.now) for one in listed]
    return render(
        "shares/index.html",
        place="share",
        shares=[line for line in lines if line.holds],
        ended=[line for line in lines if not line.holds],
    )


@blueprint.get("/shares/new")
@policy(Policy.PATIENT)
@sessions.confirmed
def new() -> str:
    """Ask what the link is to show, and how long."""
    known, who = current(), current_account()
    with known.database.reading() as session:
        items = questionnaires.readable(session, who)
        first = shares.usual_first(session, who, known.now)
    return _page(ShareForm(items, first=first))


@blueprint.post("/shares/new")
@policy(Policy.PATIENT, repeats=REPEATS)
@sessions.confirmed
def make() -> Response | str:
    """Make a link; it is in this one answer, and nowhere else."""
    known, who = current(), current_account()
    with known.database.reading() as session:
        items = questionnaires.readable(session, who)
    form = ShareForm(items, request.form)
    if not form.is_sound():
        return make_response(_page(form), 422)
    try:
        made = shares.make(sessions.door(), who, form.wish())
    except TooManyAttempts as refusal:
        return refused(form, refusal, _page)
    link = f"{guard.own_origin()}/s#{made.token}"
    return render(
        "shares/made.html",
        place="share",
        link=link,
        picture=qr.drawn(link),
        name=made.share.label,
        lines=scope_words.lines_of(made.share.scope, items),
        until=_moment(made.share.expires_at, who.tzinfo),
        has_passphrase=made.share.has_passphrase,
    )


@blueprint.post("/shares/<share_id>/revoke")
@policy(Policy.PATIENT)
def revoke(share_id: str) -> Response:
    """End a link at once, for good."""
    known, who = current(), current_account()
    with known.database.writing() as session:
        found(shares.revoke(session, who, share_id, known.now) or None)
    flash(_("The link is ended. It opens nothing any more."))
    return redirect("/shares/", 303)


def _page(form: ShareForm) -> str:
    return render("shares/new.html", place="share", form=form)


def _line(listed: Listed, items: Sequence[Item], zone: tzinfo, now: datetime) -> Line:
    share = listed.share
    if share.revoked_at is not None:
        state = _("Ended by you on %(moment)s", moment=_moment(share.revoked_at, zone))
    elif share.holds(now):
        state = _("Can be read until %(moment)s", moment=_moment(share.expires_at, zone))
    else:
        state = _("Over since %(moment)s", moment=_moment(share.expires_at, zone))
    guarded = _("A passphrase goes with it") if share.has_passphrase else _("Without a passphrase")
    return Line(
        id=share.id,
        name=share.label or _("Made on %(moment)s", moment=_moment(share.created_at, zone)),
        state=state,
        holds=share.holds(now),
        lines=[*scope_words.lines_of(share.scope, items), guarded],
        openings=[
            (_moment(one.at, zone), one.device or _("a browser that doesn't say which"))
            for one in listed.openings
        ],
    )


def _moment(instant: datetime, zone: tzinfo) -> str:
    at = instant.astimezone(zone)
    return f"{figures.dated_day(at.date())}, {clock_time(at)}"
