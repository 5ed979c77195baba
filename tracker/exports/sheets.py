"""The sheets of a workbook as plain values: heads, rows of typed cells, remarks below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from tracker.domain import wording
from tracker.domain.diary import Entry
from tracker.domain.dossiers import Dossier, saved_at
from tracker.domain.figures import item_name
from tracker.domain.naming import (
    CHOICES,
    DIRECTIONS,
    MEANINGS,
    MISSING,
    RULERS,
    STATES,
    STATUSES,
    Translate,
    remarks_on,
    told,
)
from tracker.domain.phases import Phase
from tracker.domain.plan_words import OPENED_BY, WHY
from tracker.domain.questionnaire import Item, Kind
from tracker.domain.spans import ONE_DAY
from tracker.domain.started_plans import Unblinding
from tracker.domain.words import N_

Cell = str | int | float | Fraction | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Every row has a cell for each head; None and "" are empty cells."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    remarks: Sequence[str] = ()


def heads_of(items: Mapping[str, Item], translate: Translate) -> Mapping[str, str]:
    """Return a head for each item's key; of one name, the later are numbered."""
    found: dict[str, str] = {}
    for key, item in items.items():
        name, number = item_name(item, translate), 1
        head = name
        while head in found.values():
            number += 1
            head = f"{name} ({number})"
        found[key] = head
    return found


def nights_sheet(dossier: Dossier, translate: Translate) -> Sheet:
    """Return a row a night: a score is a number, a state is words, missing is empty."""
    items = dossier.items
    notes = (N_("Note"),) if dossier.notes else ()
    about = (N_("Ruler"), N_("Written"), N_("Remarks"), N_("Revision"), N_("Saved at"), N_("Zone"))
    return Sheet(
        translate(N_("Nights")),
        [
            translate(N_("Diary day")),
            *heads_of(items, translate).values(),
            *map(translate, (*notes, *about)),
        ],
        [_night(entry, dossier, items.values(), translate) for entry in dossier.entries],
    )


def _night(
    entry: Entry, dossier: Dossier, items: Iterable[Item], translate: Translate
) -> list[Cell]:
    saved = saved_at(entry)
    return [
        entry.day,
        *(told(item, entry.answers.get(item.key), translate) for item in items),
        *([entry.note] if dossier.notes else []),
        translate(RULERS[entry.ruler]),
        translate(STATUSES[entry.status]),
        ", ".join(remarks_on(entry, translate)),
        entry.revision,
        # A sheet's times have no zone: it stands beside them.
        saved and saved.replace(tzinfo=None, microsecond=0),
        saved and str(saved.tzinfo),
    ]


def phases_sheet(dossier: Dossier, translate: Translate) -> Sheet:
    """Return a row a phase, by first and last day; one that runs has no last day.

    Where an order was hidden and is open, its phases say when, by whom and why it was opened.
    """
    opened = {day: one.how for one in dossier.openings for day in one.starts}
    own_words = (N_("In their own words"),) if dossier.notes else ()
    about = (N_("Unblinded on"), N_("Unblinded by"), N_("Why"), *own_words) if opened else ()
    heads = (
        N_("Phase"),
        N_("First day"),
        N_("Last day"),
        N_("Days so far"),
        N_("Label"),
        N_("Medicine"),
        N_("Dose, mg"),
        *about,
    )
    return Sheet(
        translate(N_("Phases")),
        [translate(head) for head in heads],
        [
            [
                *_phase(phase, dossier.closed_until, translate),
                *_opened(opened.get(phase.start), translate)[: len(about)],
            ]
            for phase in dossier.phases
        ],
    )


def _opened(how: Unblinding | None, translate: Translate) -> Sequence[Cell]:
    if how is None:
        return [None] * 4
    by, why = translate(OPENED_BY[how.by]), translate(WHY[how.why])
    return [how.at.date(), by, why, how.reason]


def _phase(phase: Phase, closed_until: date, translate: Translate) -> list[Cell]:
    return [
        translate(wording.KINDS[phase.kind]),
        phase.start,
        None if phase.end is None else phase.end - ONE_DAY,
        phase.span(closed_until).days,
        phase.label,
        phase.medicine,
        phase.dose_mg,
    ]


def dictionary_sheet(dossier: Dossier, translate: Translate) -> Sheet:
    """Return a row an item, as it was asked, and below what the words in the cells mean."""
    heads = (
        N_("Column"),
        N_("Key"),
        N_("Question"),
        N_("Answers"),
        N_("0 means"),
        N_("The highest means"),
        N_("Direction"),
    )
    columns = heads_of(dossier.items, translate)
    return Sheet(
        translate(N_("Dictionary")),
        [translate(head) for head in heads],
        [
            [columns[key], *_defined(item, dossier, translate)]
            for key, item in dossier.items.items()
        ],
        [
            translate(MISSING),
            *(
                f"{translate(STATES[state])}: {translate(meaning)}"
                for state, meaning in MEANINGS.items()
            ),
        ],
    )


def _defined(item: Item, dossier: Dossier, translate: Translate) -> list[Cell]:
    def words(text: str) -> str:
        return text if item.is_own or not text else translate(text)

    rulers = sorted({entry.ruler for entry in dossier.entries} | {dossier.diary.ruler})
    ranges = dict.fromkeys(item.bounds(ruler) for ruler in rulers)
    answers = (
        ", ".join(translate(CHOICES[choice]) for choice in item.choices)
        if item.kind is Kind.CHOICE
        else "; ".join(f"{low} \N{EN DASH} {high}" for low, high in ranges)
    )
    direction = translate(DIRECTIONS[item.direction])
    return [item.key, words(item.question), answers, words(item.low), words(item.high), direction]
