"""The browser's side of a session: what is known of it, what it is given, what it must prove."""

import functools
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final, ParamSpec
from urllib.parse import quote

from flask import flash, make_response, redirect, request
from flask.wrappers import Response
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.limits import DEVICE_LABEL_LIMIT
from tracker.domain.people import SignedIn
from tracker.services.hashing import shared
from tracker.services.people import Door, Opened, Visitor
from tracker.storage import sessions
from tracker.storage.database import StorageTrouble
from tracker.web import context, cookies, locks
from tracker.web.carried import Carried
from tracker.web.forms.accounts import ConfirmForm
from tracker.web.locks import State
from tracker.web.templating import render
from tracker.web.words import _

DEVICE: Final = "device"
DEVICE_LIFE: Final = timedelta(days=400)  # the longest that browsers keep a cookie
CONFIRM: Final = "/account/confirm"
# What a browser says of itself, the telling part first: most claim to be several.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)

Arguments = ParamSpec("Arguments")


def door() -> Door:
    """Return the door at which whoever asks stands."""
    known = context.current()
    visitor = Visitor(
        request.remote_addr or "",
        device_label(request.user_agent.string),
        cookies.read(DEVICE),
    )
    return Door(known.database, shared(), visitor, known.now, known.keys.totp)


def signed_in() -> SignedIn:
    """Return the session, in a view whose policy lets no stranger in."""
    found = context.current().signed_in
    if found is None:
        raise RuntimeError("this view's policy lets strangers in: use current().signed_in")
    return found


def let_in(opened: Opened) -> None:
    """Let the browser carry the session just opened; this very request knows it from here on."""
    context.sign_in(opened.token, opened.signed_in)
    context.open_context()


def with_device(answer: Response, opened: Opened) -> Response:
    """Return `answer` with the cookie by which this browser is known again.

    An app lock is taken off: who signed in needs no PIN.
    """
    remember(answer, opened.device_token)
    if locks.is_on():
        locks.set_state(answer, State.OFF)
        flash(_("The app lock of this phone is off now. You can set it again under Account."))
    return answer


def remember(answer: Response, device_token: str) -> None:
    """Let this browser be known again: others' wrong passwords don't keep it waiting.

    The cookie survives signing out and gives no right.
    """
    cookies.keep(answer, DEVICE, device_token, DEVICE_LIFE)


def write_last_use(answer: Response) -> Response:
    """Write that the session was used, every five minutes at most; that never fails a request."""
    known = context.current_or_none()
    if known is not None and known.signed_in and known.signed_in.is_unseen(known.now):
        with suppress(StorageTrouble), known.database.writing() as session:
            sessions.touch(session, known.signed_in.token_hash, known.now)
    return answer


def confirmed(
    view: Callable[Arguments, AnyResponse | str],
) -> Callable[Arguments, AnyResponse | str]:
    """Ask for a factor again before a sensitive deed; it is good for ten minutes.

    Stands under the policy. The page asked for follows once the factor was given; what a form
    brought is carried along, to be sent again by one tap.
    """

    @functools.wraps(view)
    def ask_first(*args: Arguments.args, **kwargs: Arguments.kwargs) -> AnyResponse | str:
        if signed_in().is_confirmed(context.current().now):
            return view(*args, **kwargs)
        carried = Carried.from_request()
        if carried is not None:
            page = render(
                "accounts/confirm.html",
                form=ConfirmForm(),
                wanted="/account/",
                carried=carried,
                has_factor=signed_in().has_factor,
                place="more",
            )
            return make_response(page, 403)
        wanted = request.full_path.rstrip("?") if request.method == "GET" else request.path
        return redirect(f"{CONFIRM}?next={quote(wanted)}", 303)

    return ask_first


def device_label(user_agent: str) -> str:
    """Return what a browser is, for the list of devices; "" where it doesn't say.

    >>> device_label("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")
    'Firefox, Android'
    """
    found = (
        next((name for sign, name in signs if sign in user_agent), "")
        for signs in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in found if name)[:DEVICE_LABEL_LIMIT]
