"""A diary as a FHIR R4 Bundle: the same nights in the words of clinical systems."""

from collections.abc import Iterator
from datetime import datetime

from tracker.domain.archives import OPERATOR, canonical
from tracker.domain.dossiers import Dossier, on_the_clock
from tracker.domain.revisions import Revision
from tracker.exports import (
    fhir_codes,
    fhir_happenings,
    fhir_medicines,
    fhir_nights,
    fhir_plans,
)
from tracker.exports.fhir_codes import Resource, agent, coding, concept
from tracker.exports.fhir_nights import night, patient, response_url, url_of

Entries = Iterator[tuple[str, Resource]]


def bundle_json(dossier: Dossier) -> bytes:
    """Return the Bundle: the same bytes for the same diary, whenever it is made.

    Every thing in it has the same id in every Bundle of this person.
    """
    whole: Resource = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [*_entries(_resources(dossier))],
    }
    return (canonical(whole) + "\n").encode()


def _entries(resources: Entries) -> Iterator[Resource]:
    for url, resource in resources:
        yield {"fullUrl": url, "resource": {**resource, "id": url.removeprefix("urn:uuid:")}}


def _resources(dossier: Dossier) -> Entries:
    entries = dossier.entries
    yield f"urn:uuid:{dossier.person}", _patient(dossier)
    yield from _systems(dossier)
    for ruler in sorted({entry.ruler for entry in entries}):
        url = url_of(dossier, "questionnaire", ruler)
        yield url, fhir_nights.questionnaire(dossier, ruler)
    for entry in entries:
        yield response_url(dossier, entry.day), fhir_nights.response(dossier, entry)
        yield from fhir_nights.observations(dossier, entry)
    yield from fhir_medicines.statements(dossier)
    yield from fhir_plans.resources(dossier)
    yield from fhir_happenings.resources(dossier)
    for edit in dossier.edits:
        yield url_of(dossier, "edit", edit.day, edit.number), _provenance(dossier, edit)


def _patient(dossier: Dossier) -> Resource:
    """Return somebody without a name: the id is made up, and no way leads back from it."""
    known = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{dossier.person}"}
    return {"resourceType": "Patient", "identifier": [known]}


def _systems(dossier: Dossier) -> Entries:
    yield fhir_codes.SYSTEM, fhir_codes.diary_system()
    mine = [item for item in dossier.items.values() if item.is_own]
    if mine:
        url = fhir_nights.own_url(dossier)
        yield url, fhir_codes.own_system(url, mine)


def _provenance(dossier: Dossier, edit: Revision) -> Resource:
    """Return who changed a night, and when; why, only where the notes go along."""
    update = coding("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "UPDATE", "revise")
    saved = {} if edit.saved_at is None else {"occurredDateTime": _clock(edit, edit.saved_at)}
    reason = {"reason": [concept(text=edit.reason)]} if dossier.notes and edit.reason else {}
    return {
        "resourceType": "Provenance",
        "target": [night(dossier, edit.day)],
        **saved,
        "recorded": _clock(edit, edit.received_at),
        **reason,
        "activity": concept(update),
        "agent": [*_agents(dossier, edit)],
    }


def _agents(dossier: Dossier, edit: Revision) -> Iterator[Resource]:
    by_operator = edit.author == OPERATOR
    yield agent("author", {"display": OPERATOR} if by_operator else patient(dossier))
    if edit.entered_by is not None:
        yield agent("enterer", {"display": fhir_nights.HELPER})


def _clock(edit: Revision, instant: datetime) -> str:
    return on_the_clock(instant, edit.zone).isoformat()
