"""What a person can do with their questions: switch, order, word their own, choose the ruler."""

import secrets
import string
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.domain.limits import OWN_ANCHOR_LIMIT, OWN_NAME_LIMIT, OWN_QUESTION_LIMIT
from tracker.domain.people import Account
from tracker.domain.questionnaire import (
    CORE,
    OCCASIONAL,
    OPTIONAL,
    OWN_PREFIX,
    Direction,
    Item,
    Questionnaire,
    Ruler,
)
from tracker.domain.text import clean_line
from tracker.domain.words import N_, Refused
from tracker.services.sums import refresh
from tracker.storage import audit, questionnaires
from tracker.storage.database import Session

MOST_OWN: Final = 20  # [O] own symptoms of one person, hidden ones too
_LETTERS: Final = string.ascii_letters + string.digits
_KEY_LENGTH: Final = 16


class QuestionsRefused(Refused):
    """These can't be the questions of a night."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that could be asked, and whether it is."""

    item: Item
    is_on: bool
    is_answered: bool


@dataclass(frozen=True, slots=True)
class OwnWords:
    """An own symptom as the person words it; `question` "" asks by the name alone."""

    name: str
    question: str
    low: str
    high: str
    direction: Direction


def choices(session: Session, who: Account) -> tuple[Questionnaire, Sequence[Choice]]:
    """Return what is asked today, and every question there is: first those asked, in order."""
    return _choices(session, who, questionnaires.answered_items(session, who.id))


def readable(session: Session, who: Account) -> Sequence[Item]:
    """Return every item of which someone else could be let read: asked today, or ever answered."""
    answered = questionnaires.answered_items(session, who.id)
    _asked, every = _choices(session, who, answered)
    known = [one.item for one in every if one.is_on or one.is_answered]
    return [*known, *(one for one in OCCASIONAL if one.key in answered and one not in known)]


def ask(session: Session, who: Account, keys: Sequence[str], now: datetime) -> None:
    """Ask the items of `keys`, in that order, from now on; what is left out keeps its past.

    Raises:
        QuestionsRefused: there is no such question, or none would be left.
    """
    current, known = choices(session, who)
    by_key = {choice.item.key: choice.item for choice in known}
    if not keys or not set(keys) <= by_key.keys():
        raise QuestionsRefused(N_("Choose at least one of the questions shown here."))
    items = [by_key[key] for key in dict.fromkeys(keys)]
    _save(session, who, current.ruler, items, now)


def choose_ruler(session: Session, who: Account, ruler: Ruler, now: datetime) -> None:
    """Answer on `ruler` from now on; past nights stay on theirs."""
    current = questionnaires.current(session, who.id)
    _save(session, who, ruler, current.items, now)


def add_own(session: Session, who: Account, words: OwnWords, now: datetime) -> Item:
    """Ask a symptom in the person's own words from now on.

    Raises:
        QuestionsRefused: it has no name, a name that another has, or there are too many.
        TextRefused: a text is too long, or holds what can't be seen.
    """
    mine = questionnaires.own_items_of(session, who.id)
    if len(mine) >= MOST_OWN:
        raise QuestionsRefused(N_("There can be at most %(most)d own symptoms."), most=MOST_OWN)
    item = _worded(_new_key(), words)
    _demand_new_name(item, mine)
    questionnaires.add_own_item(session, who.id, item, now)
    current = questionnaires.current(session, who.id)
    _save(session, who, current.ruler, [*current.items, item], now)
    return item


def reword_own(session: Session, who: Account, key: str, words: OwnWords, now: datetime) -> Item:
    """Give an own symptom other words: once it was answered, as a new one in its place.

    Raises:
        QuestionsRefused: there is no such symptom, or another has that name.
        TextRefused: a text is too long, or holds what can't be seen.
    """
    mine = questionnaires.own_items_of(session, who.id)
    if key not in {item.key for item in mine}:
        raise QuestionsRefused(N_("There is no such symptom."))
    item = _worded(key, words)
    if item in mine:
        return item
    _demand_new_name(item, [one for one in mine if one.key != key])
    if questionnaires.reword_own_item(session, who.id, item):
        audit.record(session, who.id, "questions.changed", who.id, now, item=key)
        return item
    made = _worded(_new_key(), words)
    questionnaires.add_own_item(session, who.id, made, now)
    current = questionnaires.current(session, who.id)
    items = [made if one.key == key else one for one in current.items]
    _save(session, who, current.ruler, items, now)
    return made


def _choices(
    session: Session, who: Account, answered: Collection[str]
) -> tuple[Questionnaire, Sequence[Choice]]:
    current = questionnaires.current(session, who.id)
    every = (*CORE, *OPTIONAL, *questionnaires.own_items_of(session, who.id))
    off = [item for item in every if current.item(item.key) is None]
    return current, [
        *(Choice(item, is_on=True, is_answered=item.key in answered) for item in current.items),
        *(Choice(item, is_on=False, is_answered=item.key in answered) for item in off),
    ]


def _save(
    session: Session, who: Account, ruler: Ruler, items: Sequence[Item], now: datetime
) -> None:
    before = questionnaires.current(session, who.id)
    following = questionnaires.save_next(session, who.id, ruler, items, now)
    if following.number != before.number:
        number = following.number
        audit.record(session, who.id, "questions.changed", who.id, now, version=number)
        refresh(session, who, now)


def _worded(key: str, words: OwnWords) -> Item:
    name = clean_line(words.name, OWN_NAME_LIMIT)
    if not name:
        raise QuestionsRefused(N_("Give the symptom a name."))
    low, high = (clean_line(text, OWN_ANCHOR_LIMIT) for text in (words.low, words.high))
    if not low or not high:
        raise QuestionsRefused(N_("Say what the lowest and the highest answer mean."))
    question = clean_line(words.question, OWN_QUESTION_LIMIT) or name
    return Item(key, name, question, low, high, words.direction)


def _demand_new_name(item: Item, others: Sequence[Item]) -> None:
    # A file tells own symptoms apart by name and direction alone.
    if any(one.name.casefold() == item.name.casefold() for one in others):
        raise QuestionsRefused(N_("Another of your symptoms has that name already."))


def _new_key() -> str:
    """Return a random key: an own symptom's name never stands in an address."""
    return OWN_PREFIX + "".join(secrets.choice(_LETTERS) for _ in range(_KEY_LENGTH))
