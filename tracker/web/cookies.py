"""Cookies that are bound to this very host and kept from scripts, apart from the session's."""

from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response


def read(name: str) -> str | None:
    """Return what the browser holds under `name`, None where it holds nothing."""
    return request.cookies.get(_bound(name))


def keep(answer: Response, name: str, value: str, life: timedelta) -> None:
    """Let the browser hold `value` under `name` for as long as `life`."""
    answer.set_cookie(
        _bound(name), value, max_age=life, secure=_is_secure(), httponly=True, samesite="Lax"
    )


def _bound(name: str) -> str:
    return f"__Host-{name}" if _is_secure() else name


def _is_secure() -> bool:
    return current_app.session_interface.get_cookie_secure(current_app)
