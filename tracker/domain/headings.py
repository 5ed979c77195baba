"""What the columns of own symptoms are called in a file."""

from collections.abc import Iterable, Mapping

from tracker.domain.limits import OWN_NAME_LIMIT
from tracker.domain.questionnaire import OWN_COLUMN, Item


def own_headings(items: Iterable[Item]) -> Mapping[str, Item]:
    """Return own symptoms by their headings, in order; of one name, the later are numbered.

    >>> from tracker.domain.questionnaire import Direction
    >>> items = [Item(key, "Itch", "", "", "", Direction.LOWER) for key in ("own_b", "own_a")]
    >>> {heading: item.key for heading, item in own_headings(items).items()}
    {'own:Itch (2):lower': 'own_b', 'own:Itch:lower': 'own_a'}
    """
    found: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: (item.name, item.direction, item.key)):
        heading, number = _heading(item, ""), 1
        while heading in found:
            number += 1
            heading = _heading(item, f" ({number})")
        found[heading] = item
    return dict(sorted(found.items()))


def _heading(item: Item, mark: str) -> str:
    return f"{OWN_COLUMN}{item.name[: OWN_NAME_LIMIT - len(mark)]}{mark}:{item.direction}"
