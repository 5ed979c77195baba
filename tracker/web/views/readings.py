"""The list of readings: an owner sees who else looked at their diary, at what, and when."""

import re
from typing import Final

from flask import Blueprint, request
from werkzeug.exceptions import NotFound

from tracker.services import readings
from tracker.web import reading_words
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account
from tracker.web.templating import render

blueprint = Blueprint("readings", __name__)
NUMBER: Final = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@blueprint.get("/account/readings")
@policy(Policy.PATIENT)
def show() -> str:
    """Show one page of the readings by others, newest first."""
    asked = request.args.get("page", "1")
    if NUMBER.fullmatch(asked) is None:
        raise NotFound
    number, who = int(asked), current_account()
    with current().database.reading() as session:
        page = readings.page(session, who, number)
    return render(
        "accounts/readings.html",
        lines=reading_words.in_words(page.readings, who.tzinfo),
        number=number,
        has_older=page.older,
        place="more",
    )
