"""The app lock as the server knows it: only whether this browser has one.

PIN and passkey stay on the phone (`static/js/lock-keeping.js`). The cookie tells the server to
send pages hidden, and tells the phone, also without a connection, that somebody signed in since:
that takes the lock off. Scripts read it, so it is not `HttpOnly`.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from flask import request
from werkzeug.wrappers import Response

COOKIE: Final = "lock"
COOKIE_LIFE: Final = timedelta(days=400)  # the longest that browsers keep one


class State(StrEnum):
    """What the cookie says."""

    ON = "on"
    OFF = "off"  # it was on


def is_on() -> bool:
    """True where pages are sent hidden, for the phone to show."""
    return request.cookies.get(COOKIE) == State.ON


def set_state(answer: Response, state: State) -> None:
    """Put the cookie into `answer`."""
    answer.set_cookie(COOKIE, state, max_age=COOKIE_LIFE, secure=request.is_secure, samesite="Lax")
