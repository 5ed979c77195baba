"""Views that get into every kind of trouble, for the tests of what catches it."""

from collections.abc import Callable

from flask import Blueprint, flash, request
from werkzeug.exceptions import BadGateway, TooManyRequests
from werkzeug.wrappers import Response

from tracker.domain.words import N_, Refused
from tracker.storage.database import StorageFull, WriterBusy
from tracker.web.access import ANY_FIELD, Policy, found, policy
from tracker.web.context import current_account, sign_out
from tracker.web.templating import render

blueprint = Blueprint("probe", __name__, url_prefix="/probe")


class Unlucky(Refused):
    """The probe was asked to refuse."""


def plain(text: str) -> Response:
    return Response(text, mimetype="text/plain")


TROUBLES: dict[str, Callable[[], Exception]] = {
    "refused": lambda: Unlucky(N_("Not %(what)s."), what="<now>"),
    "busy": WriterBusy,
    "full": StorageFull,
    "waiting": lambda: TooManyRequests(retry_after=30),
    "strange": BadGateway,
    "broken": lambda: ZeroDivisionError("pain was 7"),
}


@blueprint.route("/", methods=["GET", "POST"])
@policy(Policy.PATIENT)
def patient() -> Response:
    """Show whose page it is, or get into the trouble asked for."""
    asked = request.values.get("trouble", "")
    if asked:
        error = TROUBLES[asked]()
        raise error
    return plain(current_account().id)


@blueprint.post("/small")
@policy(Policy.SIGNED_IN, max_bytes=200, repeats={"item"})
def small() -> Response:
    """Take very little, but `item` several times."""
    return plain(",".join(request.form.getlist("item")))


@blueprint.post("/any")
@policy(Policy.PUBLIC, repeats={ANY_FIELD})
def anything() -> Response:
    """Take every field several times, from strangers too."""
    return plain(str(len(request.form)))


@blueprint.get("/missing")
@policy(Policy.PATIENT)
def missing() -> Response:
    """Look for what is not there."""
    nothing: str | None = None
    return plain(found(nothing))


@blueprint.post("/door")
@policy(Policy.SIGNED_OUT)
def door() -> Response:
    """Let strangers in."""
    return plain("welcome")


@blueprint.get("/said")
@policy(Policy.PUBLIC)
def said() -> str:
    """Say what was done, once."""
    flash("Done <so>.")
    return render("help/now.html", help_list={"paragraphs": ()})


@blueprint.get("/strangers")
@policy(Policy.PUBLIC)
def strangers() -> Response:
    """Ask for the account where there may be none."""
    return plain(current_account().id)


@blueprint.post("/out")
@policy(Policy.SIGNED_IN)
def out() -> Response:
    """Forget the session."""
    sign_out()
    return plain("bye")


@blueprint.get("/elsewhere")
@policy(Policy.PUBLIC)
def elsewhere() -> Response:
    """Answer by itself."""
    return Response("own", headers={"Cache-Control": "max-age=5"})


@blueprint.get("/landing")
@policy(Policy.PUBLIC)
def landing() -> str:
    """Show what strangers see at the root."""
    return render("home/landing.html", can_register=True)
