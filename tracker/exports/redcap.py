"""A diary for REDCap: one zip with a data dictionary and the data that goes into it.

Three instruments. `diary` is the person, `night` and `phase` repeat: a row a night, a row a phase.
Instance n of `night` is the n-th calendar day from the diary's first night on, so a later export
brings the same nights under the same numbers; a night that nobody wrote has no row.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from tracker.domain import wording
from tracker.domain.answers import Answer, AnswerState
from tracker.domain.diary import Entry
from tracker.domain.dossiers import Dossier, saved_at
from tracker.domain.naming import CHOICES, DIRECTIONS, RULERS, STATES, STATUSES
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
README: Final = """\
Evenfall diary for REDCap

1. Make a project and upload dictionary.csv under "Data Dictionary".
2. Under "Project Setup", enable repeatable instruments: tick night and phase.
3. Import data.csv with the "Data Import Tool"; dates are YYYY-MM-DD.

night: one row a night. Its instance is the calendar day counted from the
diary's first night, so the same night keeps its number in a later export.
Where older nights were added to the diary since, import into an empty project.

Each question has two variables. The first holds the score, the second
(..._state) says 1 answered, 2 preferred not to say, 3 not applicable,
4 no dreams recalled; both empty: not reached. Nothing missing is a 0.
Scores are on the ruler that night_ruler names: never mix the two.

A text that a spreadsheet could take for a formula, beginning with
= + - @ ' or a tab, has a ' before it that was not written.
"""


def redcap_zip(dossier: Dossier) -> bytes:
    """Return the zip: the same bytes for the same diary on the same day."""
    files = {
        "README.txt": README.encode(),
        "dictionary.csv": table_csv(HEADER, dictionary(dossier)),
        "data.csv": data_csv(dossier),
    }
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


def dictionary(dossier: Dossier) -> Iterator[Sequence[str]]:
    """Yield a row of eighteen cells for each variable."""
    yield _row(RECORD, "diary", "text", "Who keeps the diary, by a made-up id")
    yield _row("diary_made", "diary", "text", "The day this file was made", kind="date_ymd")
    yield _row("night_date", "night", "text", "Diary day", kind="date_ymd")
    rulers = sorted({entry.ruler for entry in dossier.entries})
    for item in dossier.items.values():
        yield from _of_item(item, rulers or [dossier.diary.ruler])
    if dossier.notes:
        yield _row("night_note", "night", "notes", "Note", identifier="y")
    yield _row(
        "night_ruler", "night", "radio", "Ruler of this night's scores", _coded(RULERS.items())
    )
    yield _row(
        "night_status", "night", "radio", "When it was first written", _coded(STATUSES.items())
    )
    yield _row("night_revision", "night", "text", "How many times it was saved", kind="integer")
    yield _row("night_helped", "night", "yesno", "Was it entered by a helper?")
    yield _row(
        "night_saved",
        "night",
        "text",
        "When it was first saved, by the clocks of night_zone",
        kind="datetime_seconds_ymd",
    )
    yield _row("night_zone", "night", "text", "Time zone")
    yield _row("phase_kind", "phase", "radio", "Phase", _coded(wording.KINDS.items()))
    yield _row("phase_start", "phase", "text", "First day", kind="date_ymd")
    yield _row("phase_last", "phase", "text", "Last day; empty while it runs", kind="date_ymd")
    yield _row("phase_label", "phase", "text", "Label")
    yield _row("phase_medicine", "phase", "text", "Medicine")
    yield _row("phase_dose_mg", "phase", "text", "Dose, mg", kind="number")


def _of_item(item: Item, rulers: Sequence[Ruler]) -> Iterator[Sequence[str]]:
    name, about = variable(item), f"{item.key}: {DIRECTIONS[item.direction]}"
    if item.kind is Kind.CHOICE:
        choices = [(str(place), CHOICES[one]) for place, one in enumerate(item.choices)]
        yield _row(name, "night", "radio", item.question, _coded(choices), about=about)
    else:
        bounds = [item.bounds(ruler) for ruler in rulers]
        low, high = bounds[0][0], max(highest for _lowest, highest in bounds)
        anchors = (("lowest", item.low), ("highest", item.high))
        yield _row(
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
    yield _row(f"{name}_state", "night", "radio", f"{item.name}: state", _coded(states))


def _coded(choices: Iterable[tuple[str, str]]) -> str:
    """Return choices as REDCap writes them: code, label | code, label."""
    return " | ".join(f"{code}, {label}" for code, label in choices)


def _row(  # noqa: PLR0913 - a variable has so many sides
    name: str,
    form: str,
    field: str,
    label: str,
    choices: str = "",
    *,
    note: str = "",
    kind: str = "",
    limits: tuple[str, str] = ("", ""),
    identifier: str = "",
    about: str = "",
) -> Sequence[str]:
    told = (name, form, "", field, label, choices, note, kind, *limits, identifier)
    return (*told, *[""] * (len(HEADER) - len(told) - 1), about)


def data_csv(dossier: Dossier) -> bytes:
    """Return the data: a row of the person, one a night, one a phase."""
    names = [row[0] for row in dictionary(dossier)][1:]
    forms = [f"{form}_complete" for form in ("diary", "night", "phase")]
    columns = (RECORD, *REPEATS, *names, *forms)
    return table_csv(columns, (_cells(columns, row) for row in _rows(dossier)))


def _cells(columns: Iterable[str], row: Mapping[str, str]) -> list[str]:
    return [row.get(column, "") for column in columns]


def _rows(dossier: Dossier) -> Iterator[Mapping[str, str]]:
    person = {RECORD: str(dossier.person)}
    made = {"diary_made": dossier.today.isoformat(), "diary_complete": COMPLETE}
    yield {**person, **made}
    first = min(dossier.diary.entries, default=dossier.today)
    for entry in dossier.entries:
        instance = (entry.day - first).days + 1
        yield {**person, **_repeated("night", instance), **_night(entry, dossier)}
    for instance, phase in enumerate(dossier.phases, 1):
        if phase in dossier.spans:
            yield {**person, **_repeated("phase", instance), **_phase(phase)}


def _repeated(form: str, instance: int) -> Mapping[str, str]:
    told = (form, str(instance))
    return {**dict(zip(REPEATS, told, strict=True)), f"{form}_complete": COMPLETE}


def _night(entry: Entry, dossier: Dossier) -> Mapping[str, str]:
    saved = saved_at(entry)
    told = {
        "night_date": entry.day.isoformat(),
        "night_note": entry.note if dossier.notes else "",
        "night_ruler": entry.ruler.value,
        "night_status": entry.status.value,
        "night_revision": str(entry.revision),
        "night_helped": "1" if entry.entered_by else "0",
        "night_saved": ""
        if saved is None
        else saved.replace(tzinfo=None).isoformat(" ", "seconds"),
        "night_zone": "" if saved is None else str(saved.tzinfo),
    }
    for key, item in dossier.items.items():
        told |= _answer(variable(item), entry.answers.get(key))
    return told


def _answer(name: str, answer: Answer | None) -> Mapping[str, str]:
    if answer is None:
        return {}
    value = "" if answer.value is None else str(answer.value)
    return {name: value, f"{name}_state": STATE_CODES[answer.state]}


def _phase(phase: Phase) -> Mapping[str, str]:
    return {
        "phase_kind": phase.kind.value,
        "phase_start": phase.start.isoformat(),
        "phase_last": "" if phase.end is None else (phase.end - ONE_DAY).isoformat(),
        "phase_label": phase.label,
        "phase_medicine": phase.medicine,
        "phase_dose_mg": "" if phase.dose_mg is None else f"{phase.dose_mg.normalize():f}",
    }
