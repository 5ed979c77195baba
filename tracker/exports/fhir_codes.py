"""The codes of a FHIR Bundle: LOINC where it is true, the diary's own system elsewhere."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from tracker.domain.answers import AnswerState
from tracker.domain.diary import Status
from tracker.domain.naming import CHOICES, DIRECTIONS, STATES, STATUSES
from tracker.domain.questionnaire import ITEMS, PAIN, VERSION, Item, Ruler
from tracker.domain.side_effects import ACTIONS, EFFECTS, SEVERITIES

Resource = dict[str, object]

# A name that is nobody else's and needs no address of ours; the Bundle carries what it holds.
SYSTEM: Final = "urn:uuid:0f6f0f0c-7a0e-4c53-9d0b-6a6f6cf0c1b4"
LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
TERMINOLOGY: Final = "http://terminology.hl7.org/CodeSystem"
ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
LOWEST: Final = "http://hl7.org/fhir/StructureDefinition/minValue"
HIGHEST: Final = "http://hl7.org/fhir/StructureDefinition/maxValue"

# Pain alone is asked as these ask it; a code that is nearly true would be taken for true.
PAIN_CODES: Final[Mapping[Ruler, tuple[str, str]]] = MappingProxyType(
    {
        Ruler.NRS: ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported"),
        Ruler.VAS: ("38214-3", "Pain severity [Score] Visual analog score"),
    }
)
ABSENT_REASONS: Final[Mapping[AnswerState, tuple[str, str]]] = MappingProxyType(
    {
        AnswerState.DECLINED: ("asked-declined", "Asked But Declined"),
        AnswerState.NOT_APPLICABLE: ("not-applicable", "Not Applicable"),
        # The person was asked, and does not know.
        AnswerState.NO_RECALL: ("asked-unknown", "Asked But Unknown"),
    }
)


ABOUT_EFFECTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "side_effects_new": "New side effects",
        "severity": "How strong it is",
        "bothersome": "Whether it bothers",
        "action": "What was done about it",
    }
)


def coding(system: str, code: str, display: str) -> Resource:
    """Return one code."""
    return {"system": system, "code": code, "display": display}


def concept(*codings: Resource, text: str = "") -> Resource:
    """Return codes that mean the same, with `text` where there is one."""
    found: Resource = {"coding": [*codings]} if codings else {}
    return {**found, "text": text} if text else found


def agent(role: str, who: Resource) -> Resource:
    """Return who had a part in something, for a Provenance."""
    system = f"{TERMINOLOGY}/provenance-participant-type"
    return {"type": concept(coding(system, role, role.capitalize())), "who": who}


def item_concept(item: Item, ruler: Ruler, own_system: str) -> Resource:
    """Return what an item on `ruler` is called, in every system that has it."""
    known = [coding(LOINC, *PAIN_CODES[ruler])] if item == PAIN else []
    system = own_system if item.is_own else SYSTEM
    return concept(*known, coding(system, item.key, item.name), text=item.name)


def absent_concept(state: AnswerState) -> Resource:
    """Return why an answer has no value."""
    code, display = ABSENT_REASONS[state]
    return concept(coding(f"{TERMINOLOGY}/data-absent-reason", code, display), text=STATES[state])


def choice_coding(choice: str) -> Resource:
    """Return a choice of an item, such as `yes`."""
    return coding(SYSTEM, choice, CHOICES[choice])


def status_coding(status: Status) -> Resource:
    """Return how a night was written."""
    return coding(SYSTEM, status.value, STATUSES[status])


def diary_system() -> Resource:
    """Return the code system that every diary shares."""
    words = {
        **CHOICES,
        **{status.value: name for status, name in STATUSES.items()},
        **{f"effect_{effect}": name for effect, name in EFFECTS.items()},
        **{severity.value: name for severity, name in SEVERITIES.items()},
        **{f"action_{action}": name for action, name in ACTIONS.items()},
        **ABOUT_EFFECTS,
    }
    return _system(
        SYSTEM,
        "EvenfallDiary",
        [
            *map(_item_code, ITEMS.values()),
            *({"code": code, "display": display} for code, display in words.items()),
        ],
    )


def own_system(url: str, items: Iterable[Item]) -> Resource:
    """Return the code system of one person's own symptoms."""
    return _system(url, "EvenfallOwnSymptoms", [*map(_item_code, items)])


def _system(url: str, name: str, concepts: list[object]) -> Resource:
    return {
        "resourceType": "CodeSystem",
        "url": url,
        "version": str(VERSION),
        "name": name,
        "status": "active",
        "caseSensitive": True,
        "content": "complete",
        "count": len(concepts),
        "property": [
            {"code": "direction", "description": "Which way is better.", "type": "string"}
        ],
        "concept": concepts,
    }


def _item_code(item: Item) -> Resource:
    return {
        "code": item.key,
        "display": item.name,
        "definition": asked(item),
        "property": [{"code": "direction", "valueString": DIRECTIONS[item.direction]}],
    }


def asked(item: Item) -> str:
    """Return the question with its anchors.

    >>> asked(PAIN)
    'On average, how much pain did you have today? (low: No pain; high: Worst pain imaginable)'
    """
    anchors = (("low", item.low), ("high", item.high))
    told = "; ".join(f"{end}: {words}" for end, words in anchors if words)
    return f"{item.question} ({told})" if told else item.question
