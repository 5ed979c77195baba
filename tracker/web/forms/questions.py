"""How each question of a night is shown: its cells, its anchors, what is chosen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tracker.domain.answers import write_answer
from tracker.domain.diary import Entry
from tracker.domain.headings import own_headings
from tracker.domain.occasions import Asked
from tracker.domain.questionnaire import DREAM_VIVIDNESS, Item, Kind, Questionnaire
from tracker.domain.words import N_

Translate = Callable[[str], str]

_PAD: Final = 10  # the highest number that has a button of its own
CHOICES: Final = {"no": N_("No"), "yes": N_("Yes"), "not_prescribed": N_("Not prescribed")}
_STATES: Final = {
    "declined": N_("Prefer not to say"),
    "no_recall": N_("I don't recall any dreams"),
    "n/a": N_("Does not apply"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer to tap: the token it sends, what stands on it, what a screen reader adds."""

    value: str
    label: str
    spoken: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the page draws it.

    `cells` are the answers to tap; where `is_slider`, a number field from 0 to `maximum` stands
    before them. `chosen` is the token that is set, "" where there is none. `error` says why what
    was sent is no answer. `column` is what an own symptom is called in a file, else "". `passes`
    tells that the nights after may not ask it: a phone keeps the form without it.
    """

    key: str
    question: str
    low: str
    high: str
    maximum: int
    is_slider: bool
    cells: tuple[Cell, ...]
    chosen: str
    error: str
    column: str = ""
    passes: bool = False

    @property
    def number(self) -> str:
        """What stands in the number field: what was typed, if it isn't one of the cells."""
        return "" if any(cell.value == self.chosen for cell in self.cells) else self.chosen


def questions(
    asked_of: Asked,
    chosen: Mapping[str, str],
    errors: Mapping[str, str],
    translate: Translate,
) -> tuple[Question, ...]:
    """Return what a night asks, with the tokens that are `chosen` and what was wrong."""
    asked = asked_of.whole
    columns = {
        item.key: heading
        for heading, item in own_headings(item for item in asked.items if item.is_own).items()
    }
    return tuple(
        replace(
            _question(asked, item, chosen.get(item.key, ""), errors.get(item.key, ""), translate),
            column=columns.get(item.key, ""),
            passes=item.key in asked_of.passing,
        )
        for item in asked.items
    )


def tokens(asked: Questionnaire, entry: Entry | None) -> dict[str, str]:
    """Return what stands in `entry` as a form's tokens."""
    if entry is None:
        return {}
    return {item.key: write_answer(item, entry.answers.get(item.key)) for item in asked.items}


def in_words(item: Item, token: str, translate: Translate) -> str:
    """Return an answer as a person reads it."""
    if item.steps and token.isdigit():
        return _step(item, int(token), translate)
    word = _STATES.get(token) or (CHOICES.get(token) if item.kind is Kind.CHOICE else None)
    return token if word is None else translate(word)


def wording(item: Item, text: str, translate: Translate) -> str:
    """Return `text`, one of the item's own, in the reader's language; a person's words stay."""
    return text if item.is_own or not text else translate(text)


def _question(
    asked: Questionnaire, item: Item, chosen: str, error: str, translate: Translate
) -> Question:
    ends = () if item.steps else (item.low, item.high)
    low, high = (wording(item, text, translate) for text in ends or ("", ""))
    maximum = item.bounds(asked.ruler)[1]
    is_slider = item.kind is not Kind.CHOICE and maximum > _PAD
    numbers = () if is_slider else _numbers(item, maximum, low, high, translate)
    return Question(
        key=item.key,
        question=wording(item, item.question, translate),
        low=low,
        high=high,
        maximum=maximum,
        is_slider=is_slider,
        cells=(*numbers, *_states(item, translate)),
        chosen=chosen,
        error=error,
    )


def _numbers(
    item: Item, maximum: int, low: str, high: str, translate: Translate
) -> tuple[Cell, ...]:
    if item.kind is Kind.CHOICE:
        return tuple(
            Cell(choice, translate(CHOICES[choice]), shape="third") for choice in item.choices
        )
    if item.steps:
        numbers = range(1, maximum + 1)
        return tuple(Cell(str(n), _step(item, n, translate), shape="row") for n in numbers)
    ends = {0: low, maximum: high}
    return tuple(Cell(str(n), str(n), ends.get(n, "")) for n in range(maximum + 1))


def _step(item: Item, number: int, translate: Translate) -> str:
    """Return a number with its words: 2 Much Improved."""
    return f"{number} {translate(item.steps[number - 1])}"


def _states(item: Item, translate: Translate) -> Iterator[Cell]:
    yield Cell("declined", translate(N_("skip")), translate(_STATES["declined"]), "skip")
    if item == DREAM_VIVIDNESS:
        yield Cell("no_recall", translate(_STATES["no_recall"]), shape="wide")
