"""What a person is asked: numbered versions that never change, own symptoms in their words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Row, and_, bindparam, insert, select, update
from sqlalchemy.orm import Session

from tracker.domain.questionnaire import (
    FIRST,
    ITEMS,
    VERSION,
    Direction,
    Item,
    Questionnaire,
    Ruler,
)
from tracker.storage.models import answers, own_items, questionnaire_items, questionnaires

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

OWN_COLUMNS: Final = (
    own_items.c.name,
    own_items.c.question,
    own_items.c.low,
    own_items.c.high,
    own_items.c.direction,
)
OF_VERSION: Final = and_(
    questionnaire_items.c.owner == questionnaires.c.owner,
    questionnaire_items.c.number == questionnaires.c.number,
)
OF_ITEM: Final = and_(
    own_items.c.owner == questionnaire_items.c.owner,
    own_items.c.item == questionnaire_items.c.item,
)
ASKED: Final = questionnaires.outerjoin(questionnaire_items, OF_VERSION).outerjoin(
    own_items, OF_ITEM
)
_VERSIONS: Final = (
    select(
        questionnaires.c.number,
        questionnaires.c.ruler,
        questionnaire_items.c.item,
        *OWN_COLUMNS,
    )
    .select_from(ASKED)
    .where(questionnaires.c.owner == bindparam("owner"))
    .order_by(questionnaires.c.number, questionnaire_items.c.position)
)
_BY_NUMBER: Final = _VERSIONS.where(questionnaires.c.number == bindparam("number"))


def begin(session: Session, owner: str, now: datetime) -> Questionnaire:
    """Store a new person's first version: the core items on the 0 to 10 ruler."""
    _insert(session, owner, FIRST, now)
    return FIRST


def current(session: Session, owner: str) -> Questionnaire:
    """Return what the person is asked today."""
    return history(session, owner)[-1]


def by_number(session: Session, owner: str, number: int) -> Questionnaire | None:
    """Return one of the person's versions, None where there is none of that number."""
    rows = session.execute(_BY_NUMBER, {"owner": owner, "number": number}).all()
    return read_questionnaire(rows) if rows else None


def history(session: Session, owner: str) -> Sequence[Questionnaire]:
    """Return all of the person's versions, oldest first."""
    rows = session.execute(_VERSIONS, {"owner": owner}).all()
    numbers = dict.fromkeys(row.number for row in rows)
    return [read_questionnaire([row for row in rows if row.number == number]) for number in numbers]


def save_next(
    session: Session, owner: str, ruler: Ruler, items: Iterable[Item], now: datetime
) -> Questionnaire:
    """Store what is asked from now on as the person's next version.

    Own symptoms must have been stored before (`add_own_item`). Where nothing changed, nothing is
    stored.
    """
    before = current(session, owner)
    following = Questionnaire(before.number + 1, ruler, tuple(items))
    if (before.ruler, before.items) == (following.ruler, following.items):
        return before
    _insert(session, owner, following, now)
    return following


def own_items_of(session: Session, owner: str) -> Sequence[Item]:
    """Return all of the person's own symptoms, hidden ones too, in the order they were made."""
    query = (
        select(own_items.c.item, *OWN_COLUMNS)
        .where(own_items.c.owner == owner)
        .order_by(own_items.c.created_at, own_items.c.item)
    )
    return [read_item(row) for row in session.execute(query)]


def add_own_item(session: Session, owner: str, item: Item, now: datetime) -> None:
    """Store a new own symptom."""
    session.execute(
        insert(own_items).values(owner=owner, item=item.key, created_at=now, **_own_words(item))
    )


def reword_own_item(session: Session, owner: str, item: Item) -> bool:
    """Give an own symptom other words; return False, and change nothing, once it was answered."""
    mine = and_(own_items.c.owner == owner, own_items.c.item == item.key)
    if answered_items(session, owner) & {item.key}:
        return False
    session.execute(update(own_items).where(mine).values(**_own_words(item)))
    return True


def answered_items(session: Session, owner: str) -> frozenset[str]:
    """Return the keys of all items that were ever answered."""
    return frozenset(
        session.scalars(select(answers.c.item).where(answers.c.owner == owner).distinct())
    )


def read_questionnaire(rows: Sequence[AnyRow]) -> Questionnaire:
    """Return the version whose `rows` hold number, ruler, item and own words, in order."""
    items = tuple(read_item(row) for row in rows if row.item is not None)
    return Questionnaire(rows[0].number, Ruler(rows[0].ruler), items)


def read_item(row: AnyRow) -> Item:
    """Return the built-in item, or the own symptom, of a row with `item` and own words."""
    built_in = ITEMS.get(row.item)
    if built_in is not None:
        return built_in
    return Item(row.item, row.name, row.question, row.low, row.high, Direction(row.direction))


def _own_words(item: Item) -> dict[str, str]:
    return {
        "name": item.name,
        "question": item.question,
        "low": item.low,
        "high": item.high,
        "direction": item.direction.value,
    }


def _insert(session: Session, owner: str, made: Questionnaire, now: datetime) -> None:
    session.execute(
        insert(questionnaires).values(
            owner=owner,
            number=made.number,
            ruler=made.ruler.value,
            wording=VERSION,
            created_at=now,
        )
    )
    rows = [
        {"owner": owner, "number": made.number, "item": item.key, "position": position}
        for position, item in enumerate(made.items)
    ]
    if rows:
        session.execute(insert(questionnaire_items), rows)
