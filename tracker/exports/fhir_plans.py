"""Plans whose hidden order was opened, as FHIR: a CarePlan, and the Provenance of its opening."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tracker.domain import wording
from tracker.domain.dossiers import Dossier
from tracker.domain.openings import Opening
from tracker.domain.phases import Phase
from tracker.domain.plan_words import WHY
from tracker.domain.spans import ONE_DAY
from tracker.domain.started_plans import OpenedBy
from tracker.exports.fhir_codes import Resource, agent, concept
from tracker.exports.fhir_nights import patient, reference, url_of

Entries = Iterator[tuple[str, Resource]]
TITLE: Final = "Plan with a hidden order"
UNBLINDED: Final = "Unblinding of the order"
# Others have no name here: who they are is not the diary's to tell.
OTHERS: Final[Mapping[OpenedBy, str]] = {OpenedBy.HOLDER: "key's holder", OpenedBy.STUDY: "study"}


def resources(dossier: Dossier) -> Entries:
    """Yield each opened plan, and when, by whom and why it was opened."""
    for one in dossier.opened:
        lived = [phase for phase in dossier.phases if phase.start in one.starts]
        url = url_of(dossier, "plan", lived[0].start)
        yield url, _plan(dossier, lived)
        yield url_of(dossier, "opening", lived[0].start), _opening(dossier, one, url)


def _plan(dossier: Dossier, lived: Sequence[Phase]) -> Resource:
    runs = any(_runs(dossier, phase) for phase in lived)
    return {
        "resourceType": "CarePlan",
        "status": "active" if runs else "completed",
        "intent": "plan",
        "title": TITLE,
        "subject": patient(dossier),
        "activity": [{"detail": _activity(dossier, phase)} for phase in lived],
    }


def _activity(dossier: Dossier, phase: Phase) -> Resource:
    """Return a phase; FHIR's last day is included."""
    name = wording.KINDS[phase.kind]
    dose = "" if phase.dose_mg is None else f"{phase.dose_mg.normalize():f} mg"
    taken = " ".join(filter(None, (phase.medicine, dose)))
    last = {} if phase.end is None else {"end": (phase.end - ONE_DAY).isoformat()}
    return {
        "status": "in-progress" if _runs(dossier, phase) else "completed",
        "scheduledPeriod": {"start": phase.start.isoformat(), **last},
        "description": ", ".join(filter(None, (name, phase.label, taken))),
    }


def _runs(dossier: Dossier, phase: Phase) -> bool:
    return phase.end is None or phase.end > dossier.closed_until


def _opening(dossier: Dossier, one: Opening, url: str) -> Resource:
    """Return when, by whom and why; the reason in own words goes where the notes go."""
    how = one.how
    words = [concept(text=how.reason)] if dossier.notes and how.reason else []
    who: Resource = {"display": OTHERS[how.by]} if how.by in OTHERS else patient(dossier)
    return {
        "resourceType": "Provenance",
        "target": [reference("CarePlan", url)],
        "occurredDateTime": how.at.isoformat(),
        "recorded": how.at.isoformat(),
        "reason": [concept(text=WHY[how.why]), *words],
        "activity": concept(text=UNBLINDED),
        "agent": [agent("performer", who)],
    }
