"""The log of an account: everyone sees what was done to their own, by whom and when."""

import re
from typing import Final

from flask import Blueprint, request
from werkzeug.exceptions import NotFound

from tracker.services import accounts, grants
from tracker.web import deeds
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account
from tracker.web.templating import render

blueprint = Blueprint("account_log", __name__)
NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@blueprint.get("/account/log")
@policy(Policy.SIGNED_IN)
def show() -> str:
    """Show one page of the log, newest first; `before` names the line that it follows."""
    asked = request.args.get("before", "")
    if asked and NUMBER.fullmatch(asked) is None:
        raise NotFound
    who = current_account()
    with current().database.reading() as session:
        page = accounts.log_page(session, who, int(asked) if asked else None)
        names = {one.reader: one.reader_name for one in grants.list_given(session, who)}
    return render(
        "accounts/log.html",
        deeds=deeds.in_words(page.events, who.id, who.tzinfo, names),
        older=page.older,
        is_newest=not asked,
        place="more",
    )
