"""The links that owners share: whoever holds one opens it by pressing a button, and reads."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Blueprint, make_response, redirect, request
from flask.wrappers import Response
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.attempts import TooManyAttempts
from tracker.domain.diary import diary_day
from tracker.domain.readings import Seen
from tracker.domain.shares import token_in
from tracker.services import shares
from tracker.services.reports import Reading, read_shared
from tracker.services.shares import LinkClosed, Opened, PassphraseNeeded, WrongPassphrase
from tracker.web import figures, readers, report_pages, sessions
from tracker.web.access import Policy, policy
from tracker.web.context import current
from tracker.web.reading_notes import noted
from tracker.web.report_pages import ROBOTS, Choice
from tracker.web.templating import render_for_all
from tracker.web.words import in_words

blueprint = Blueprint("share_links", __name__)
LONGEST: Final = 2000  # of what is pasted, and of a passphrase typed


@blueprint.get("/s")
@policy(Policy.SIGNED_OUT)
def before_opening() -> Response:
    """Show one button, the same to everyone: what fetches mails ahead presses none."""
    return _page("shares/open.html")


@blueprint.post("/s")
@policy(Policy.SIGNED_OUT)
def enter() -> AnyResponse:
    """Open a share where the link is right; all that opens nothing is answered alike."""
    link = request.form.get("token", "")[:LONGEST]
    passphrase = request.form.get("passphrase")
    try:
        entered = shares.enter(
            sessions.door(), link, passphrase and passphrase[:LONGEST], readers.token()
        )
    except LinkClosed as refusal:
        return _page("shares/open.html", 422, said=in_words(refusal))
    except PassphraseNeeded:
        return _page("shares/passphrase.html", token=token_in(link))
    except WrongPassphrase as refusal:
        said = in_words(refusal)
        return _page("shares/passphrase.html", 422, said=said, token=token_in(link))
    except TooManyAttempts as refusal:
        answer = _page("shares/open.html", 429, said=in_words(refusal))
        answer.headers["Retry-After"] = str(refusal.retry_after)
        return answer
    return readers.hold(make_response(redirect(f"/s/{entered.share.id}/", 303)), entered.token)


@blueprint.get("/s/<share_id>/")
@policy(Policy.LINK)
def report(share_id: str) -> Response:
    """Show the report as far as the share goes, once the reading is written down."""
    found = _read(share_id, Seen.REPORT)
    if found is None:
        return _gone()
    share, owner = found.opened.share, found.opened.owner
    until = share.expires_at.astimezone(owner.tzinfo).date()
    return report_pages.answer(
        "shares/report.html",
        found.reading,
        who=owner.name,
        as_of=found.today,
        path=f"/s/{share_id}/",
        until=figures.dated_day(until),
        file=f"/s/{share_id}/report.pdf" if share.scope.pdf else "",
    )


@blueprint.get("/s/<share_id>/report.pdf")
@policy(Policy.LINK)
def report_pdf(share_id: str) -> Response:
    """Give exactly that as a file, where the owner lets it be saved."""
    found = _read(share_id, Seen.PDF)
    if found is None:
        return _gone()
    return report_pages.pdf(found.reading, found.opened.owner.name, found.today)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is read by a share: its report, as of the owner's diary day."""

    opened: Opened
    reading: Reading
    today: date


def _read(share_id: str, what: Seen) -> _Found | None:
    """Read by a share that this browser opened, and write that down; None where it can't."""
    known, asked, browser = current(), Choice.read(request.args), readers.token()
    if browser is None:
        return None
    with known.database.reading() as session:
        opened = shares.find_opened(session, browser, share_id, known.now)
        if opened is None or (what is Seen.PDF and not opened.share.scope.pdf):
            return None
        owner, scope = opened.owner, opened.share.scope
        reading = read_shared(session, owner, scope, asked.rule, asked.preset, known.now)
    noted(lambda session: shares.note_reading(session, opened, browser, what, known.now))
    return _Found(opened, reading, diary_day(known.now, owner.tzinfo, owner.rollover))


def _gone() -> Response:
    return _page("shares/gone.html", 404)


def _page(template: str, status: int = 200, **values: str) -> Response:
    answer = make_response(render_for_all(template, values), status)
    answer.headers.set(*ROBOTS)
    return answer
