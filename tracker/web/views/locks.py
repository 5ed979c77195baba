"""The app lock's page: the phone keeps the lock itself, the server a cookie that there is one."""

from typing import Final

from flask import Blueprint, jsonify, redirect, request
from werkzeug.wrappers import Response

from tracker.web import locks
from tracker.web.access import Policy, policy
from tracker.web.errors import wants_json
from tracker.web.locks import State
from tracker.web.templating import render

blueprint = Blueprint("locks", __name__)
HERE: Final = "/account/lock"


@blueprint.get(HERE)
@policy(Policy.PATIENT)
def show() -> str:
    """Show what the lock is good for, and the ways to set it."""
    return render("accounts/lock.html", place="more")


@blueprint.post(HERE)
@policy(Policy.PATIENT)
def keep() -> Response:
    """Note that this browser has a lock now, or has none any more."""
    is_set = request.form.get("set") == "y"
    answer: Response = jsonify(set=is_set) if wants_json() else redirect(HERE, 303)
    locks.set_state(answer, State.ON if is_set else State.OFF)
    return answer
