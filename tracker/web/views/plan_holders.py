"""The pages of whoever holds a plan's key: no account, a link and a passphrase."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

from tracker.boxes import BoxRefused
from tracker.domain.attempts import TooManyAttempts
from tracker.domain.shares import token_in
from tracker.domain.started_plans import OpenedBy
from tracker.domain.words import Refused
from tracker.services import plan_holders
from tracker.services.plan_holders import Held, Told
from tracker.services.shares import LinkClosed
from tracker.web import plan_pages, sessions
from tracker.web.access import Policy, policy
from tracker.web.context import current, installation
from tracker.web.forms.plans import HoldForm, SealForm
from tracker.web.report_pages import ROBOTS
from tracker.web.templating import render_for_all
from tracker.web.words import in_words

blueprint = Blueprint("plan_holders", __name__)
LONGEST: Final = 2000  # of what is pasted


@blueprint.get("/hold")
@policy(Policy.SIGNED_OUT)
def before_opening() -> Response:
    """Show one button, the same to everyone."""
    return _answer("plan_holders/open.html")


@blueprint.post("/hold")
@policy(Policy.SIGNED_OUT)
def enter() -> Response:
    """Say what it means to hold the key, and ask for a passphrase."""
    return _asked(lambda link: _page(plan_holders.find(sessions.door(), link), link))


@blueprint.post("/hold/seal")
@policy(Policy.SIGNED_OUT)
def seal() -> Response:
    """Draw the order, seal it, and show it in this one answer."""
    form = SealForm(request.form)

    def do(link: str) -> Response:
        door = sessions.door()
        if not form.is_sound():
            return _page(plan_holders.find(door, link), link, sealing=form)
        try:
            told = plan_holders.seal(door, link, form.passphrase.data or "", installation().draw)
        except LinkClosed:
            raise
        except Refused as refusal:
            form.refuse(refusal, _beside(refusal))
            return _page(plan_holders.find(door, link), link, sealing=form)
        return _told(told, link, is_new=True)

    return _asked(do)


@blueprint.post("/hold/look")
@policy(Policy.SIGNED_OUT)
def look() -> Response:
    """Show the order again; the diary's owner is told that it was looked at."""
    form = HoldForm(request.form)

    def do(link: str) -> Response:
        door = sessions.door()
        try:
            told = plan_holders.look(door, link, (form.passphrase.data or "")[:LONGEST])
        except (LinkClosed, TooManyAttempts):
            raise
        except Refused as refusal:
            form.refuse(refusal, _beside(refusal))
            return _page(plan_holders.find(door, link), link, opening=form)
        return _told(told, link, is_new=False)

    return _asked(do)


@blueprint.post("/hold/open")
@policy(Policy.SIGNED_OUT)
def open_order() -> Response:
    """Open the order for everybody who reads the diary."""
    form = HoldForm(request.form)

    def do(link: str) -> Response:
        door = sessions.door()
        if not form.validate():
            return _page(plan_holders.find(door, link), link, opening=form)
        unblinding = form.unblinding(current().now, OpenedBy.HOLDER)
        try:
            held = plan_holders.reveal(
                door, link, (form.passphrase.data or "")[:LONGEST], unblinding
            )
        except (LinkClosed, TooManyAttempts):
            raise
        except Refused as refusal:
            form.refuse(refusal, _beside(refusal))
            return _page(plan_holders.find(door, link), link, opening=form)
        return _page(held, link)

    return _asked(do)


@blueprint.post("/hold/key")
@policy(Policy.SIGNED_OUT)
def key_file() -> Response:
    """Give the key file, for when this server is lost; it is closed under the passphrase."""

    def do(link: str) -> Response:
        content = plan_holders.key_file(sessions.door(), link)
        answer = make_response(content)
        answer.mimetype = "text/plain"
        answer.headers["Content-Disposition"] = "attachment; filename=plan-key.txt"
        return answer

    return _asked(do)


def _asked(do: Callable[[str], Response]) -> Response:
    """Do what is asked for by a link; all that leads nowhere is answered alike."""
    try:
        return do(request.form.get("token", "")[:LONGEST])
    except TooManyAttempts as refusal:
        answer = _answer("plan_holders/open.html", 429, said=in_words(refusal))
        answer.headers["Retry-After"] = str(refusal.retry_after)
        return answer
    except Refused as refusal:
        return _answer("plan_holders/open.html", 422, said=in_words(refusal))


def _beside(refusal: Refused) -> str | None:
    """Return the field that a refusal is about; None where it is about the plan."""
    return "passphrase" if isinstance(refusal, BoxRefused) else None


def _page(
    held: Held, link: str, *, sealing: SealForm | None = None, opening: HoldForm | None = None
) -> Response:
    refused = sealing or opening
    return _answer(
        "plan_holders/plan.html",
        422 if refused else 200,
        token=token_in(link),
        who=held.owner.name,
        plan=held.started,
        name=plan_pages.name_of(held.started.plan.key),
        medicines=sorted(held.started.plan.medicines),
        first=held.blinded[0].start if held.blinded else None,
        state=plan_pages.state_of(held.started, held.owner.tzinfo),
        sealing=sealing or SealForm(),
        opening=opening or HoldForm(),
        refused=refused,
    )


def _told(told: Told, link: str, *, is_new: bool) -> Response:
    return _answer(
        "plan_holders/told.html",
        token=token_in(link),
        who=told.held.owner.name,
        name=plan_pages.name_of(told.held.started.plan.key),
        packing=plan_pages.packing(told.phases),
        is_new=is_new,
    )


def _answer(template: str, status: int = 200, **values: object) -> Response:
    answer = make_response(render_for_all(template, values), status)
    answer.headers.set(*ROBOTS)
    return answer
