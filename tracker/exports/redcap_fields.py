"""What REDCap's dictionaries and data are made of, whoever's diaries go into them."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from tracker.domain import wording
from tracker.domain.answers import Answer, AnswerState
from tracker.domain.naming import CHOICES, DIRECTIONS, STATES
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import OWN_PREFIX, Item, Kind, Ruler
from tracker.domain.spans import ONE_DAY
from tracker.exports.table import table_csv

# REDCap's own eighteen, to the letter.
HEADER: Final = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
RECORD: Final = "record_id"
REPEATS: Final = ("redcap_repeat_instrument", "redcap_repeat_instance")
COMPLETE: Final = "2"
STATE_CODES: Final[Mapping[AnswerState, str]] = {
    state: str(code) for code, state in enumerate(AnswerState, 1)
}
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
# The end of each README.
SCORES: Final = """\
Each question has two variables. The first holds the score, the second
(..._state) says 1 answered, 2 preferred not to say, 3 not applicable,
4 no dreams recalled; both empty: not reached. Nothing missing is a 0.
Scores are on the ruler that night_ruler names: never mix the two.

A text that a spreadsheet could take for a formula, beginning with
= + - @ ' or a tab, has a ' before it that was not written.
"""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of `files`: the same bytes for the same content, with no time in it."""
    out = io.BytesIO()
    # Stored: how it is packed would depend on the machine.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return out.getvalue()


def variable(item: Item) -> str:
    """Return an item's name in REDCap: lower case and short, an own symptom's made of its key.

    >>> from tracker.domain.questionnaire import PAIN, Direction
    >>> own = Item("own_AbC-dEf_g", "Itch", "", "", "", Direction.LOWER)
    >>> variable(PAIN), variable(own)
    ('pain', 'own_d0dc919e92a5')
    """
    if not item.is_own:
        return item.key
    return OWN_PREFIX + hashlib.sha256(item.key.encode()).hexdigest()[:12]


def item_fields(item: Item, rulers: Sequence[Ruler]) -> Iterator[Sequence[str]]:
    """Yield the rows of an item: its score, with bounds wide enough for `rulers`, and its state."""
    name, about = variable(item), f"{item.key}: {DIRECTIONS[item.direction]}"
    if item.kind is Kind.CHOICE:
        choices = [(str(place), CHOICES[one]) for place, one in enumerate(item.choices)]
        yield field(name, "night", "radio", item.question, coded(choices), about=about)
    else:
        bounds = [item.bounds(ruler) for ruler in rulers]
        low, high = bounds[0][0], max(highest for _lowest, highest in bounds)
        anchors = (("lowest", item.low), ("highest", item.high))
        yield field(
            name,
            "night",
            "text",
            item.question,
            note="; ".join(f"{end}: {words}" for end, words in anchors if words),
            kind="integer",
            limits=(str(low), str(high)),
            about=about,
        )
    states = [(code, STATES[state]) for state, code in STATE_CODES.items()]
    yield field(f"{name}_state", "night", "radio", f"{item.name}: state", coded(states))


def phase_fields() -> Iterator[Sequence[str]]:
    """Yield the rows of the instrument `phase`."""
    yield field("phase_kind", "phase", "radio", "Phase", coded(wording.KINDS.items()))
    yield field("phase_start", "phase", "text", "First day", kind="date_ymd")
    yield field("phase_last", "phase", "text", "Last day; empty while it runs", kind="date_ymd")
    yield field("phase_label", "phase", "text", "Label")
    yield field("phase_medicine", "phase", "text", "Medicine")
    yield field("phase_dose_mg", "phase", "text", "Dose, mg", kind="number")


def coded(choices: Iterable[tuple[str, str]]) -> str:
    """Return choices as REDCap writes them: code, label | code, label."""
    return " | ".join(f"{code}, {label}" for code, label in choices)


def field(  # noqa: PLR0913 - a variable has so many sides
    name: str,
    form: str,
    shape: str,
    label: str,
    choices: str = "",
    *,
    note: str = "",
    kind: str = "",
    limits: tuple[str, str] = ("", ""),
    identifier: str = "",
    about: str = "",
) -> Sequence[str]:
    """Return a variable's row of eighteen cells."""
    told = (name, form, "", shape, label, choices, note, kind, *limits, identifier)
    return (*told, *[""] * (len(HEADER) - len(told) - 1), about)


def data_csv(
    names: Iterable[str], forms: Iterable[str], rows: Iterable[Mapping[str, str]]
) -> bytes:
    """Return the data: the variables `names` of `rows`, and whether each form is complete."""
    columns = (RECORD, *REPEATS, *names, *(complete(form) for form in forms))
    return table_csv(columns, ([row.get(column, "") for column in columns] for row in rows))


def complete(form: str) -> str:
    """Return the variable by which REDCap knows that a form is complete."""
    return f"{form}_complete"


def repeated(form: str, instance: int) -> Mapping[str, str]:
    """Return which of the rows of a repeating form this is."""
    told = (form, str(instance))
    return {**dict(zip(REPEATS, told, strict=True)), complete(form): COMPLETE}


def answer_values(name: str, answer: Answer | None) -> Mapping[str, str]:
    """Return the two cells of an answer to the item whose variable is `name`."""
    if answer is None:
        return {}
    value = "" if answer.value is None else str(answer.value)
    return {name: value, f"{name}_state": STATE_CODES[answer.state]}


def phase_values(phase: Phase) -> Mapping[str, str]:
    """Return the cells of a phase."""
    return {
        "phase_kind": phase.kind.value,
        "phase_start": phase.start.isoformat(),
        "phase_last": "" if phase.end is None else (phase.end - ONE_DAY).isoformat(),
        "phase_label": phase.label,
        "phase_medicine": phase.medicine,
        "phase_dose_mg": "" if phase.dose_mg is None else f"{phase.dose_mg.normalize():f}",
    }
