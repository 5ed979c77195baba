"""The people who let a clinician read: the list by need, and one person's report."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from flask.wrappers import Response

from tracker.domain.diary import diary_day
from tracker.domain.grants import GrantKind
from tracker.domain.readings import Seen
from tracker.services import glances, grants
from tracker.services.grants import Entrance
from tracker.services.readings import note_list
from tracker.services.reports import Reading, read_shared
from tracker.web import clinic_pages, figures, report_pages
from tracker.web.access import Policy, found, policy
from tracker.web.clinic_pages import Asked
from tracker.web.context import current, current_account
from tracker.web.reading_notes import noted
from tracker.web.report_pages import Choice
from tracker.web.templating import render

blueprint = Blueprint("clinic", __name__)


@blueprint.get("/clinic/")
@policy(Policy.CLINICIAN)
def people() -> str:
    """Show a page of the list, once everyone on it has it written down."""
    known, reader, asked = current(), current_account(), Asked.read(request.args)
    with known.database.reading() as session:
        page = glances.page(
            session, reader, asked.order, known.now, search=asked.key, after=asked.after
        )
    owners = [seen.owner for seen in page.lines]
    noted(lambda session: note_list(session, reader, owners, known.now))
    return render(
        "clinic/index.html",
        place="clinic",
        asked=asked,
        as_of=page.as_of.astimezone(reader.tzinfo),
        tabs=clinic_pages.tabs(asked),
        heads=clinic_pages.heads(),
        lines=[clinic_pages.line(seen) for seen in page.lines],
        further=None if page.after is None else asked.address(asked.order, page.after),
    )


@blueprint.get("/clinic/<person>")
@policy(Policy.CLINICIAN)
def report(person: str) -> Response:
    """Show one person's report as far as they let this clinician read, once it is written down."""
    read = _read(person, Seen.REPORT)
    owner, grant = read.entrance.owner, read.entrance.grant
    until = grant.expires_at and grant.expires_at.astimezone(owner.tzinfo).date()
    return report_pages.answer(
        "clinic/report.html",
        read.reading,
        who=owner.name,
        as_of=read.today,
        path=f"/clinic/{person}",
        place="clinic",
        until=until and figures.dated_day(until),
        file=f"/clinic/{person}/report.pdf" if grant.scope.pdf else "",
        leave=f"/grants/{grant.id}/leave",
    )


@blueprint.get("/clinic/<person>/report.pdf")
@policy(Policy.CLINICIAN)
def report_pdf(person: str) -> Response:
    """Give exactly that as a file, where the person lets it be saved."""
    read = _read(person, Seen.PDF)
    return report_pages.pdf(read.reading, read.entrance.owner.name, read.today)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a clinician reads of somebody: by which grant, the report, as of which diary day."""

    entrance: Entrance
    reading: Reading
    today: date


def _read(person: str, what: Seen) -> _Read:
    """Read by a grant that holds, and write that down; what isn't shared is not there."""
    known, asked = current(), Choice.read(request.args)
    with known.database.reading() as session:
        entrance = found(
            grants.find_entrance(session, person, current_account(), GrantKind.READ, known.now)
        )
        owner, scope = entrance.owner, entrance.grant.scope
        found(what is not Seen.PDF or scope.pdf or None)
        reading = read_shared(session, owner, scope, asked.rule, asked.preset, known.now)
    noted(lambda session: grants.note_entrance(session, entrance, what, known.now))
    return _Read(entrance, reading, diary_day(known.now, owner.tzinfo, owner.rollover))
