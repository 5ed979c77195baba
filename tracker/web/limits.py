"""What a request may hold at most, whatever view it is for."""

import re
from collections.abc import Iterable
from typing import Final

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from tracker.web.access import ANY_FIELD, Rules

MOST_FIELDS: Final = 500
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
UNTYPED: Final = re.compile(r"[\x00\ud800-\udfff]")
PARSED: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def check_address() -> None:
    """Refuse a path or query that holds what nobody types.

    Raises:
        BadRequest: a control character, NUL among them, or a lone surrogate.
    """
    texts = (request.path, *(part for pair in request.args.items(multi=True) for part in pair))
    _demand_text(texts)
    if any(CONTROL.search(text) for text in texts):
        raise BadRequest


def check_body(rules: Rules) -> None:
    """Bound the body and refuse a form that no page of ours sends.

    Raises:
        RequestEntityTooLarge: it is too long, or has too many fields.
        BadRequest: a field stands twice, or holds what nobody types.
    """
    request.max_content_length = rules.max_bytes
    request.max_form_memory_size = rules.max_bytes
    if (request.content_length or 0) > rules.max_bytes:
        raise RequestEntityTooLarge
    if request.mimetype not in PARSED:
        return
    fields = list(request.form.lists())
    if sum(len(values) for _, values in fields) > MOST_FIELDS:
        raise RequestEntityTooLarge
    for name, values in fields:
        if len(values) > 1 and not rules.repeats & {name, ANY_FIELD}:
            raise BadRequest
        _demand_text((name, *values))


def _demand_text(texts: Iterable[str]) -> None:
    for text in texts:
        if UNTYPED.search(text):
            raise BadRequest
