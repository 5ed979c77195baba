"""Where coordinators begin."""

from flask import Blueprint

from tracker.web.access import Policy, policy
from tracker.web.templating import render

blueprint = Blueprint("studies", __name__)


@blueprint.get("/studies/")
@policy(Policy.COORDINATOR)
def studies() -> str:
    """Say what will be here."""
    return render("studies/index.html", place="studies")
