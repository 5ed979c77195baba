"""Where clinicians begin."""

from flask import Blueprint

from tracker.web.access import Policy, policy
from tracker.web.templating import render

blueprint = Blueprint("clinic", __name__)


@blueprint.get("/clinic/")
@policy(Policy.CLINICIAN)
def people() -> str:
    """Say what will be here."""
    return render("clinic/index.html", place="clinic")
