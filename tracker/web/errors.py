"""What went wrong, in words: a kind page for people, a small object for scripts."""

from collections.abc import Callable
from http import HTTPStatus
from types import UnionType
from typing import Any, Final
from urllib.parse import quote

from flask import Flask, Response, g, jsonify, make_response, redirect, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.words import Refused
from tracker.storage.database import StorageFull, StorageReadOnly, StorageTrouble
from tracker.web import context, places, troubles, words
from tracker.web.access import FactorMissing, SignedOut
from tracker.web.carried import Carried, own_path
from tracker.web.guard import SAFE, BadToken, ForeignOrigin
from tracker.web.reading_notes import ReadingNotNoted
from tracker.web.security import OpenNetwork
from tracker.web.templating import render
from tracker.web.troubles import Trouble
from tracker.web.words import _

RETRY_SECONDS: Final = 2
BY_STATUS: Final = {
    trouble.status: trouble
    for trouble in (
        troubles.BAD_REQUEST,
        troubles.FORBIDDEN,
        troubles.NOT_FOUND,
        troubles.METHOD,
        troubles.WRONG_USER,
        troubles.TOO_LARGE,
        troubles.TOO_MANY,
        troubles.FAILED,
    )
}
# The first that fits.
STORAGE_TROUBLES: Final[tuple[tuple[type[StorageTrouble] | UnionType, Trouble], ...]] = (
    (ReadingNotNoted, troubles.UNNOTED),
    (StorageFull | StorageReadOnly, troubles.FULL),
    (StorageTrouble, troubles.BUSY),
)


def install(app: Flask) -> None:
    """Give `app` its answers to everything that can go wrong."""
    handlers: tuple[tuple[type[Exception], Callable[[Any], AnyResponse]], ...] = (
        (HTTPException, _http),
        (SignedOut, _signed_out),
        (FactorMissing, _factor_missing),
        (BadToken, _bad_token),
        (ForeignOrigin, lambda _error: _answer(troubles.FOREIGN)),
        (OpenNetwork, lambda _error: _answer(troubles.OPEN_NETWORK, template="errors/https.html")),
        (Refused, _refused),
        (StorageTrouble, _storage),
        (InternalServerError, lambda _error: _answer(troubles.FAILED)),
    )
    for error, handler in handlers:
        app.register_error_handler(error, handler)


def wants_json() -> bool:
    """True where a script asks: pages never do."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.path.endswith(".json") or request.is_json or best == "application/json"


def _http(error: HTTPException) -> AnyResponse:
    # What has no status of its own, or only leads on, Flask answers before it comes here.
    answer = _answer(BY_STATUS.get(error.code or 0, troubles.BAD_REQUEST))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    retry_after = getattr(error, "retry_after", None)
    if retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def _answer(
    trouble: Trouble,
    *,
    text: str = "",
    template: str = "errors/trouble.html",
    carried: Carried | None = None,
) -> Response:
    """Return the answer; `text` stands in for the trouble's own where that says too little."""
    if wants_json():
        said = text or (trouble.text and _(trouble.text))
        errors = {"form": said} if said else {}
        answer = jsonify(saved=False, error=trouble.slug, errors=errors, retry=trouble.retry)
    else:
        answer = make_response(
            render(
                template,
                trouble=trouble,
                text=text or _(trouble.text),
                carried=carried,
                request_id=g.get("request_id", ""),
                https_address=_https_address(),
                bare=True,
            )
        )
    answer.status_code = trouble.status
    return answer


def _https_address() -> str:
    """Return where people should come instead; "" where the operator has not said."""
    address = context.installation().settings.base_url or ""
    return address if address.startswith("https:") else ""


def _signed_out(_: SignedOut) -> AnyResponse:
    if wants_json():
        return _answer(troubles.SIGNED_OUT)
    if request.method in SAFE:
        wanted = own_path(request.full_path.rstrip("?"))
        return redirect(f"/sign-in?next={quote(wanted)}", HTTPStatus.SEE_OTHER)
    return _answer(
        troubles.SIGNED_OUT, template="errors/signed_out.html", carried=Carried.from_request()
    )


def _factor_missing(_: FactorMissing) -> AnyResponse:
    if wants_json():
        return _answer(troubles.FACTOR_MISSING)
    return redirect(places.SET_UP, HTTPStatus.SEE_OTHER)


def _bad_token(_: BadToken) -> AnyResponse:
    return _answer(troubles.BAD_TOKEN, carried=_own_carried())


def _refused(error: Refused) -> AnyResponse:
    return _answer(troubles.REFUSED, text=words.in_words(error), carried=_own_carried())


def _storage(error: StorageTrouble) -> AnyResponse:
    trouble = next(trouble for kinds, trouble in STORAGE_TROUBLES if isinstance(error, kinds))
    answer = _answer(trouble, text=words.in_words(error), carried=_own_carried())
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _own_carried() -> Carried | None:
    """Return what was typed where the one signed in typed it, or nobody else is named."""
    known = context.current_or_none()
    carried = Carried.from_request()
    if carried is None or known is None or known.account is None:
        return None
    return carried if carried.person in {"", known.account.id} else None
