"""Help: how the answer is found, what the diary does not do, and help right now."""

from datetime import date
from typing import Final

from flask import Blueprint

from tracker.domain.help_lists import HelpList
from tracker.web.access import Policy, policy
from tracker.web.context import current
from tracker.web.templating import render

blueprint = Blueprint("help_pages", __name__)
OUR_REVIEW: Final = date(2026, 11, 22)  # of what stands on the page where there is no list


@blueprint.get("/help/")
@policy(Policy.PUBLIC)
def how_it_works() -> str:
    """Explain windows, the 30 % mark, and what this product does not do."""
    return render("help/index.html", contact=current().settings.contact)


@blueprint.get("/help/now")
@policy(Policy.PUBLIC)
def now() -> str:
    """Show where to find help right now; nothing is noted about who looks."""
    settings = current().settings
    text = settings.help_text()
    return render(
        "help/now.html",
        help_list=HelpList((), OUR_REVIEW) if text is None else HelpList.from_text(text),
        contact=settings.contact,
    )
