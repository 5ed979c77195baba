"""How pages are lit: one tap, for strangers too."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from flask import Blueprint, jsonify, make_response, redirect, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from tracker.domain.people import Account, Theme
from tracker.services import accounts
from tracker.web.access import Policy, policy
from tracker.web.carried import own_path
from tracker.web.context import THEME_COOKIE, Context, current
from tracker.web.errors import wants_json
from tracker.web.templating import shown_theme

blueprint = Blueprint("theme", __name__)
A_YEAR: Final = timedelta(days=365)


@blueprint.post("/theme/")
@policy(Policy.PUBLIC)
def choose() -> Response:
    """Light the pages of this browser, and of the account's next one, as chosen."""
    asked = request.form.get("theme", "")
    if asked not in set(Theme):
        raise BadRequest
    theme = Theme(asked)
    known = current()
    if known.account is not None:
        _keep(replace(known.account, theme=theme), known)
    if wants_json():
        answer: Response = jsonify(shown=shown_theme(theme, is_evening=known.is_evening))
    else:
        answer = make_response(redirect(own_path(request.form.get("next")), 303))
    answer.set_cookie(
        THEME_COOKIE,
        theme.value,
        max_age=A_YEAR,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _keep(wanted: Account, known: Context) -> None:
    with known.database.writing() as session:
        accounts.save_preferences(session, wanted, known.now)
