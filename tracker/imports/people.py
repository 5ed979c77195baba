"""Files about several people: which column names them, and what a name may be."""

from collections.abc import Mapping, Sequence

from tracker.domain.limits import LABEL_LIMIT
from tracker.domain.sheets import bared
from tracker.domain.text import clean_line
from tracker.domain.words import N_
from tracker.imports.columns import PERSON
from tracker.imports.problems import CellRefused, FileRefused


def person_place(headings: Sequence[str], mapping: Mapping[str, str]) -> int:
    """Return the place of the column that names people.

    Raises:
        FileRefused: there is none, or more than one.
    """
    places = [n for n, heading in enumerate(headings) if mapping.get(heading, heading) == PERSON]
    if len(places) != 1:
        raise FileRefused(
            N_(
                "The first line must name one column “person”, which says whose row each is. "
                "It has %(count)d."
            ),
            count=len(places),
        )
    return places[0]


def read_person(text: str) -> str:
    """Return the name of a person.

    Raises:
        CellRefused: there is none.
        TextRefused: it is too long, or holds what can't be seen.
    """
    name = clean_line(bared(text), LABEL_LIMIT)
    if not name:
        raise CellRefused(N_("Say here whose row this is."))
    return name
