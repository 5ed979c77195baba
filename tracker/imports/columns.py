"""The columns of a diary file: which heading stands for what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain.limits import OWN_NAME_LIMIT
from tracker.domain.questionnaire import ITEMS, OWN_COLUMN, Direction, Item
from tracker.domain.text import clean_line
from tracker.domain.words import N_, Refused
from tracker.imports.problems import CellRefused, FileRefused, Problem

DATE: Final = "date"
NOTE: Final = "note"
PERSON: Final = "person"
RULER: Final = "ruler"
STATUS: Final = "status"
REVISION: Final = "revision"
SUBMITTED_AT: Final = "submitted_at"
ZONE: Final = "zone"
ENTERED_BY: Final = "entered_by"
OTHERS: Final = frozenset({DATE, NOTE, RULER, STATUS, REVISION, SUBMITTED_AT, ZONE, ENTERED_BY})
NO_DATE: Final = N_(
    "The first line must name the columns, with commas between them, and one of them "
    "must be “date”. To use another column for it: --map COLUMN=date"
)
UNKNOWN: Final = N_(
    "This column is not known. Say what it is with --map %(heading)s=ITEM "
    "(ITEM is one of: %(items)s), or remove it."
)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the headings of one file stand for.

    `items` has the item of each heading that holds answers, `others` the heading of each other
    column by its name of ours. What is wrong with a heading is in `problems`.
    """

    items: Mapping[str, Item]
    others: Mapping[str, str]
    problems: tuple[Problem, ...]


def own_item(heading: str) -> Item | None:
    """Return the own symptom that `own:<name>:<direction>` describes; None if it is no such.

    >>> own_item("own:Stiff hands:lower").name
    'Stiff hands'
    """
    name, _, direction = heading.removeprefix(OWN_COLUMN).rpartition(":")
    if not heading.startswith(OWN_COLUMN) or direction not in set(Direction):
        return None
    if not name or clean_line(name, OWN_NAME_LIMIT) != name:
        return None
    return Item(heading, name, name, "", "", Direction(direction))


def read_columns(headings: Sequence[str], mapping: Mapping[str, str]) -> Columns:
    """Return what `headings` stand for, those in `mapping` by another name.

    Raises:
        FileRefused: no column holds the dates, or `mapping` names what isn't there.
    """
    absent = [heading for heading in mapping if heading not in headings]
    if absent:
        raise FileRefused(
            N_("--map names the column “%(column)s”, and the file has none of that name."),
            column=absent[0],
        )
    meanings = {heading: mapping.get(heading, heading) for heading in headings}
    if DATE not in meanings.values():
        raise FileRefused(NO_DATE)
    items: dict[str, Item] = {}
    others: dict[str, str] = {}
    problems = list(_shared(meanings))
    for heading, meaning in meanings.items():
        try:
            if meaning in OTHERS:
                others.setdefault(meaning, heading)
            else:
                items[heading] = _item(heading, meaning)
        except Refused as refused:
            problems.append(Problem.of(1, heading, refused))
    return Columns(items, others, tuple(problems))


def item_of(meaning: str) -> Item | None:
    """Return the item of a name of ours; None where it is none."""
    return ITEMS.get(meaning) or own_item(meaning)


def _item(heading: str, meaning: str) -> Item:
    item = item_of(meaning)
    if item is not None:
        return item
    if meaning == PERSON:
        raise CellRefused(
            N_("A file with several people is for “tracker cohort”. Here, keep one person's rows.")
        )
    if heading != meaning:
        raise CellRefused(
            N_("--map gives “%(meaning)s”, which is no item. Use one of: %(items)s"),
            meaning=meaning,
            items=_known(),
        )
    raise CellRefused(
        UNKNOWN,
        heading=f"'{heading}'" if " " in heading else heading,
        items=_known(),
    )


def _known() -> str:
    return ", ".join((*ITEMS, f"{OWN_COLUMN}<name>:<lower|higher|neutral>"))


def _shared(meanings: Mapping[str, str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for heading, meaning in meanings.items():
        if first.setdefault(meaning, heading) != heading:
            refused = CellRefused(
                N_("This column and “%(other)s” both stand for %(meaning)s. Keep one of them."),
                other=first[meaning],
                meaning=meaning,
            )
            yield Problem.of(1, heading, refused)
