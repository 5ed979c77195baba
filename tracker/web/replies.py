"""The same page again, with what was typed and what a rule said."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from flask import make_response
from flask.wrappers import Response

from tracker.domain.attempts import TooManyAttempts
from tracker.domain.words import Refused
from tracker.web.forms.base import BaseForm

AnyForm = TypeVar("AnyForm", bound=BaseForm)
NOWHERE: Final[Mapping[type[Refused], str]] = {}


def refused(
    form: AnyForm,
    refusal: Refused,
    page: Callable[..., str],
    *,
    beside: Mapping[type[Refused], str] = NOWHERE,
    **values: Any,  # noqa: ANN401 - what the page takes
) -> Response:
    """Return the form's page with the refusal in it: 422, or 429 where it is about waiting.

    Args:
        form: as it was sent.
        refusal: what the rule said.
        page: draws the page of `form`; gets `values` too.
        beside: the field to show a refusal at, by its kind; others stand on top.
        values: of the page.
    """
    form.refuse(refusal, beside.get(type(refusal)))
    if isinstance(refusal, TooManyAttempts):
        answer = make_response(page(form, **values), 429)
        answer.headers["Retry-After"] = str(refusal.retry_after)
        return answer
    return make_response(page(form, **values), 422)
