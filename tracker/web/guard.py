"""The guard against forged requests: where a POST comes from, and the token it carries."""

import base64
import hmac
import json
import re
import secrets
from typing import Final

from flask import request
from werkzeug.exceptions import Forbidden

from tracker.web import context
from tracker.web.access import Policy

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_FIELD: Final = "csrf_token"  # noqa: S105 - a field's name
TOKEN_HEADER: Final = "X-CSRF-Token"  # noqa: S105 - a header's name
PERSON_FIELD: Final = "person"
SIZE: Final = 32
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{86}", re.ASCII)  # 64 bytes


class ForeignOrigin(Forbidden):
    """The request comes from another site's page; nothing of it is echoed."""


class BadToken(Forbidden):
    """The form was made for another session; the person may send it again."""


def own_origin() -> str:
    """Return the origin of our own pages: as set, else as asked for (the host was checked)."""
    return context.installation().settings.base_url or f"{request.scheme}://{request.host}"


def check_origin(who: Policy) -> None:
    """Let a changing request through that one of our own pages sent, or that has its own proof.

    Raises:
        ForeignOrigin: another site sent it, or it doesn't say where it comes from.
    """
    if request.method in SAFE or who is Policy.LINK:
        return
    site = request.headers.get("Sec-Fetch-Site")
    ours = request.headers.get("Origin") == own_origin() if site is None else site == "same-origin"
    if not ours:
        raise ForeignOrigin


def check_token(who: Policy) -> None:
    """Let a changing request through that carries the token of its session.

    Strangers have no session and so no token; the origin was checked.

    Raises:
        BadToken: the token is absent, damaged or another session's.
    """
    if request.method in SAFE or who in {Policy.SIGNED_OUT, Policy.LINK}:
        return
    token_hash = context.current().token_hash
    if token_hash is None:
        return
    if not _is_ours(request.headers.get(TOKEN_HEADER) or _token_in_body(), token_hash):
        raise BadToken


def token() -> str:
    """Return the session's token, masked anew; "" for a stranger.

    It never expires: a form may stay open for a night.
    """
    known = context.current_or_none()
    if known is None or known.token_hash is None:
        return ""
    mask = secrets.token_bytes(SIZE)
    masked = mask + _mix(mask, _secret(known.token_hash))
    return base64.urlsafe_b64encode(masked).rstrip(b"=").decode()


def _token_in_body() -> str:
    """Return the token that stands in a form or in a script's JSON object, "" where none does."""
    if not request.is_json:
        return request.form.get(TOKEN_FIELD, "")
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        return ""
    token = body.get(TOKEN_FIELD) if isinstance(body, dict) else None
    return token if isinstance(token, str) else ""


def _is_ours(text: str, token_hash: bytes) -> bool:
    if TOKEN.fullmatch(text) is None:
        return False
    sent = base64.urlsafe_b64decode(text + "==")
    return hmac.compare_digest(_mix(sent[:SIZE], sent[SIZE:]), _secret(token_hash))


def _secret(token_hash: bytes) -> bytes:
    return hmac.digest(context.installation().keys.csrf, token_hash, "sha256")


def _mix(left: bytes, right: bytes) -> bytes:
    # Two whole numbers at once; byte by byte it takes ten times as long.
    return (int.from_bytes(left) ^ int.from_bytes(right)).to_bytes(SIZE)
