"""The browser of whoever reads by a link: one cookie for all it opened, apart from sign-ins."""

from typing import Final

from flask.wrappers import Response

from tracker.domain.shares import READER_LIFE, token_in
from tracker.web import cookies

COOKIE: Final = "reader"


def token() -> str | None:
    """Return the token that the browser holds, None where it holds none of our making."""
    return token_in(cookies.read(COOKIE) or "") or None


def hold(answer: Response, reader_token: str) -> Response:
    """Return `answer` with the token that the browser is to hold."""
    cookies.keep(answer, COOKIE, reader_token, READER_LIFE)
    return answer
