"""The nights of a diary as FHIR: what was asked, what was answered, and each answer by itself."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from tracker.domain.answers import Answer
from tracker.domain.diary import Entry, Status
from tracker.domain.dossiers import Dossier, saved_at
from tracker.domain.questionnaire import VERSION, Item, Kind, Ruler
from tracker.exports import fhir_codes
from tracker.exports.fhir_codes import Resource, absent_concept, concept, item_concept

DAY: Final = "night.day"
WRITTEN: Final = "night.written"
REVISION: Final = "night.revision"
NOTE: Final = "night.note"
HELPER: Final = "helper"


def url_of(dossier: Dossier, *parts: object) -> str:
    """Return the address of one thing in the Bundle."""
    return f"urn:uuid:{dossier.id_of(*parts)}"


def reference(kind: str, url: str) -> Resource:
    """Return a reference to the `kind` of resource that stands in the Bundle under `url`."""
    return {"reference": url, "type": kind}


def patient(dossier: Dossier) -> Resource:
    """Return a reference to whoever keeps the diary."""
    return reference("Patient", f"urn:uuid:{dossier.person}")


def own_url(dossier: Dossier) -> str:
    """Return the code system of the person's own symptoms."""
    return url_of(dossier, "own")


def response_url(dossier: Dossier, day: date) -> str:
    """Return the address of one night."""
    return url_of(dossier, "night", day)


def night(dossier: Dossier, day: date) -> Resource:
    """Return a reference to one night."""
    return reference("QuestionnaireResponse", response_url(dossier, day))


def questionnaire(dossier: Dossier, ruler: Ruler) -> Resource:
    """Return all that these nights asked on `ruler`."""
    about = [
        _about(DAY, "Diary day: the date that the evening belongs to", "date"),
        {
            **_about(WRITTEN, "When the night was first written, seen from its day", "choice"),
            "answerOption": [{"valueCoding": fhir_codes.status_coding(one)} for one in Status],
        },
        _about(REVISION, "How many times the night was saved", "integer"),
    ]
    note = [{"linkId": NOTE, "text": "Note", "type": "text"}] if dossier.notes else []
    return {
        "resourceType": "Questionnaire",
        "url": url_of(dossier, "questionnaire", ruler),
        "version": str(VERSION),
        "status": "active",
        "title": "Nightly symptom diary",
        "subjectType": ["Patient"],
        "item": [*about, *(_asked(dossier, item, ruler) for item in dossier.items.values()), *note],
    }


def _about(link: str, text: str, kind: str) -> Resource:
    return {"linkId": link, "text": text, "type": kind, "readOnly": True}


def _asked(dossier: Dossier, item: Item, ruler: Ruler) -> Resource:
    low, high = item.bounds(ruler)
    asked: Resource = {
        "linkId": item.key,
        "text": fhir_codes.asked(item),
        "code": item_concept(item, ruler, own_url(dossier))["coding"],
    }
    if item.kind is Kind.CHOICE:
        options = [{"valueCoding": fhir_codes.choice_coding(one)} for one in item.choices]
        return {**asked, "type": "choice", "answerOption": [*options]}
    return {
        **asked,
        "type": "integer",
        "extension": [
            {"url": fhir_codes.LOWEST, "valueInteger": low},
            {"url": fhir_codes.HIGHEST, "valueInteger": high},
        ],
    }


def response(dossier: Dossier, entry: Entry) -> Resource:
    """Return one night with all its answers; what is missing is not there."""
    items = dossier.items
    written = fhir_codes.status_coding(entry.status)
    answers: list[object] = [
        {"linkId": DAY, "answer": [{"valueDate": entry.day.isoformat()}]},
        {"linkId": WRITTEN, "answer": [{"valueCoding": written}]},
        {"linkId": REVISION, "answer": [{"valueInteger": entry.revision}]},
        *(
            {"linkId": key, "answer": [_answer(item, entry.answers[key])]}
            for key, item in items.items()
            if key in entry.answers
        ),
    ]
    if dossier.notes and entry.note:
        answers.append({"linkId": NOTE, "answer": [{"valueString": entry.note}]})
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": url_of(dossier, "questionnaire", entry.ruler),
        "status": "amended" if entry.revision > 1 else "completed",
        "subject": patient(dossier),
        "source": patient(dossier),
        # Whose hands it were; a helper's name is nobody's business but the diary's.
        "author": {"display": HELPER} if entry.entered_by else patient(dossier),
        **_at("authored", entry),
        "item": answers,
    }


def _answer(item: Item, answer: Answer) -> Resource:
    if answer.value is None:
        code, _display = fhir_codes.ABSENT_REASONS[answer.state]
        absent: Resource = {"extension": [{"url": fhir_codes.ABSENT, "valueCode": code}]}
        # A number that is not there is told beside its place, a code in it.
        return {"valueCoding" if item.kind is Kind.CHOICE else "_valueInteger": absent}
    if item.kind is Kind.CHOICE:
        return {"valueCoding": fhir_codes.choice_coding(item.choices[answer.value])}
    return {"valueInteger": answer.value}


def observations(dossier: Dossier, entry: Entry) -> Iterator[tuple[str, Resource]]:
    """Yield each answer of a night with its address."""
    for key, item in dossier.items.items():
        if key in entry.answers:
            url = url_of(dossier, "observation", entry.day, key)
            yield url, _observation(dossier, entry, item, entry.answers[key])


def _observation(dossier: Dossier, entry: Entry, item: Item, answer: Answer) -> Resource:
    category = fhir_codes.coding(
        f"{fhir_codes.TERMINOLOGY}/observation-category", "survey", "Survey"
    )
    return {
        "resourceType": "Observation",
        "status": "amended" if entry.revision > 1 else "final",
        "category": [concept(category)],
        "code": item_concept(item, entry.ruler, own_url(dossier)),
        "subject": patient(dossier),
        "performer": [patient(dossier)],
        # The evening's date as it was fixed when written: no zone shifts it.
        "effectiveDateTime": entry.day.isoformat(),
        **_at("issued", entry),
        **_value(item, answer),
        "derivedFrom": [night(dossier, entry.day)],
    }


def _value(item: Item, answer: Answer) -> Resource:
    if answer.value is None:
        return {"dataAbsentReason": absent_concept(answer.state)}
    if item.kind is Kind.CHOICE:
        return {
            "valueCodeableConcept": concept(fhir_codes.choice_coding(item.choices[answer.value]))
        }
    return {"valueInteger": answer.value}


def _at(field: str, entry: Entry) -> Resource:
    """Return when a night was first saved, as `field`; nothing where a file didn't say."""
    saved = saved_at(entry)
    return {} if saved is None else {field: saved.isoformat()}
