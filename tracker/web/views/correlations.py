"""What goes with what: which questions of a diary move together, beyond chance."""

from flask import Blueprint

from tracker.domain.correlations import FEWEST, correlations_of
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.services.reports import read_report
from tracker.web import correlation_pages
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account
from tracker.web.templating import render

blueprint = Blueprint("correlations", __name__)


@blueprint.get("/together/")
@policy(Policy.PATIENT)
def together() -> str:
    """Show what goes with what; counted when it is asked for, and kept nowhere."""
    known = current()
    with known.database.reading() as session:
        reading = read_report(session, current_account(), Rule.YOUNGER2013, Preset.WEEK, known.now)
    found = correlations_of(reading.diary, reading.phases, reading.closed_until)
    return render(
        "correlations/together.html",
        place="trends",
        has_nights=bool(reading.diary.entries),
        asked=found.asked,
        most=found.most,
        fewest=FEWEST,
        cards=correlation_pages.cards(reading, found),
        rows=correlation_pages.rows(found),
    )
