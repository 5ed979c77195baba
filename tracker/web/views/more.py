"""Everything that is not asked for every night, one tap from every page's foot."""

from typing import Final

from flask import Blueprint

from tracker.domain.people import Role
from tracker.domain.words import N_
from tracker.web.access import Policy, policy
from tracker.web.context import current_account
from tracker.web.templating import render

blueprint = Blueprint("more", __name__)
# Group, then name, path and what is there.
DIARY: Final = (
    (
        N_("Your diary"),
        (
            (N_("Nights"), "/diary/", N_("read, correct, restore")),
            (N_("Phases"), "/phases/", N_("baseline, treatment, doses")),
            (N_("Plans"), "/plans/", N_("what comes when, and who knows")),
            (N_("Side effects"), "/side-effects/", N_("tell of one, or of none")),
            (N_("Measurements"), "/measurements/", N_("of visits and laboratories")),
            (N_("Medicines"), "/medicines/", N_("what you take, each dose")),
            (N_("Questions"), "/items/", N_("what is asked each night")),
            (N_("Pauses"), "/pauses/", N_("nights that don't count")),
            (N_("Reminders"), "/reminders/", N_("one an evening, at your time")),
        ),
    ),
    (
        N_("In and out"),
        (
            (N_("Import"), "/imports/", N_("from a file")),
            (N_("Export"), "/exports/", N_("to a file of your own")),
        ),
    ),
    (
        N_("Others"),
        (
            (N_("Who may read or help"), "/grants/", N_("let in, end it")),
            (N_("Take part in a study"), "/study/", N_("join by a code, leave")),
            (N_("Who looked at it"), "/account/readings", N_("every look by others")),
        ),
    ),
)
CLINIC: Final = (
    (N_("Your people"), ((N_("Invite a patient"), "/clinic/invite", N_("ask to read")),)),
)
YOU: Final = (
    (
        N_("You"),
        (
            (N_("Account"), "/account/", N_("password, devices, time zone")),
            (N_("Nights you log for others"), "/for/", N_("as their helper")),
            (N_("How it works"), "/help/", N_("30 %, windows, limits")),
        ),
    ),
)


@blueprint.get("/more/")
@policy(Policy.SIGNED_IN)
def more() -> str:
    """Show the way to everything else that the account's role has."""
    own = {Role.PATIENT: DIARY, Role.CLINICIAN: CLINIC}.get(current_account().role, ())
    groups = (*own, *YOU)
    return render("more/index.html", place="more", groups=groups)
