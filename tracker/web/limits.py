"""What a request may hold at most, whatever view it is for."""

import json
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from tracker.web.access import FORM_BYTES, Rules

MOST_FIELDS: Final = 500
MOST_DEPTH: Final = 8
MOST_DIGITS: Final = 18  # below 2^63
PARSED: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def check_address() -> None:
    """Refuse a path or query that holds what nobody types.

    Raises:
        BadRequest: a control character, NUL among them, or a lone surrogate.
    """
    names = (part for pair in request.args.items(multi=True) for part in pair)
    _demand_text((request.path, *names), allowed="")


def check_body(rules: Rules | None) -> None:
    """Bound the body and refuse a form that no page of ours sends.

    Raises:
        RequestEntityTooLarge: it is too long, or has too many fields.
        BadRequest: a field stands twice, or holds what nobody types.
    """
    most = rules.max_bytes if rules else FORM_BYTES
    request.max_content_length = most
    request.max_form_memory_size = most
    if request.content_length is not None and request.content_length > most:
        raise RequestEntityTooLarge
    if request.mimetype not in PARSED:
        return
    form = request.form
    if sum(len(values) for _, values in form.lists()) > MOST_FIELDS:
        raise RequestEntityTooLarge
    repeats = rules.repeats if rules else frozenset()
    for name, values in form.lists():
        if len(values) > 1 and name not in repeats:
            raise BadRequest
        _demand_text((name, *values), allowed=None)


def _demand_text(texts: Iterable[str], *, allowed: str | None) -> None:
    for text in texts:
        if "\0" in text or any(unicodedata.category(one) == "Cs" for one in text):
            raise BadRequest
        if allowed is not None and any(unicodedata.category(one) == "Cc" for one in text):
            raise BadRequest


def json_body() -> dict[str, Any]:
    """Return the request's JSON object.

    Raises:
        BadRequest: it is no JSON object, a key stands twice, it is too deep, or it holds a number
            that no field of ours has, NUL, or a lone surrogate.
    """
    try:
        read = json.loads(
            request.get_data(),
            object_pairs_hook=_once,
            parse_constant=_refuse,
            parse_float=_refuse,
            parse_int=_whole,
        )
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    if not isinstance(read, dict):
        raise BadRequest
    _demand_shallow(read, MOST_DEPTH)
    return read


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError
    return read


def _refuse(_: str) -> None:
    raise ValueError


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError
    return int(text)


def _demand_shallow(value: object, depth: int) -> None:
    if depth == 0:
        raise BadRequest
    if isinstance(value, str):
        _demand_text((value,), allowed=None)
    elif isinstance(value, dict):
        _demand_text(value, allowed=None)
        for inner in value.values():
            _demand_shallow(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _demand_shallow(inner, depth - 1)
