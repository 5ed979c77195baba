"""The browser of whoever reads by a link: one cookie for all it opened, apart from sign-ins."""

from typing import Final

from flask import current_app, request
from flask.wrappers import Response

from tracker.domain.shares import READER_LIFE, token_in

COOKIE: Final = "reader"


def token() -> str | None:
    """Return the token that the browser holds, None where it holds none of our making."""
    return token_in(request.cookies.get(_name(), "")) or None


def hold(answer: Response, reader_token: str) -> Response:
    """Return `answer` with the token that the browser is to hold."""
    answer.set_cookie(
        _name(),
        reader_token,
        max_age=READER_LIFE,
        secure=_is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer


def _name() -> str:
    return f"__Host-{COOKIE}" if _is_secure() else COOKIE


def _is_secure() -> bool:
    return current_app.session_interface.get_cookie_secure(current_app)
