"""One answer: its states, and the tokens by which forms, files and scripts write it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tracker.domain.questionnaire import Item, Kind, Ruler
from tracker.domain.words import N_, Refused

_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,4}", re.ASCII)
ABOVE: Final = N_(
    "%(text)s is above %(high)s. If these scores are on the 0 to 100 ruler, say so "
    "with --ruler vas; else use a whole number from %(low)s to %(high)s."
)


class AnswerState(StrEnum):
    """What a given answer is; a missing answer has none, it is absent."""

    ANSWERED = "answered"
    DECLINED = "declined"
    NOT_APPLICABLE = "n/a"
    NO_RECALL = "no_recall"


class AnswerRefused(Refused):
    """The text is no answer to this item."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A state, and a value exactly where the state is `answered`.

    `value` is a whole number within `Item.bounds`; for a choice, its place in `Item.choices`.
    """

    state: AnswerState
    value: int | None = None


DECLINED: Final = Answer(AnswerState.DECLINED)
NOT_APPLICABLE: Final = Answer(AnswerState.NOT_APPLICABLE)
NO_RECALL: Final = Answer(AnswerState.NO_RECALL)


def answered(value: int) -> Answer:
    """Return the answer `value`."""
    return Answer(AnswerState.ANSWERED, value)


def read_answer(item: Item, ruler: Ruler, text: str) -> Answer | None:
    """Read one token of a form or a cell.

    Returns:
        The answer, or None where `text` is empty: missing, or cleared.

    Raises:
        AnswerRefused: the token is none of this item's.

    >>> from tracker.domain.questionnaire import PAIN, DOSE_TAKEN
    >>> read_answer(PAIN, Ruler.NRS, "0"), read_answer(PAIN, Ruler.NRS, "")
    (Answer(state=<AnswerState.ANSWERED: 'answered'>, value=0), None)
    >>> read_answer(DOSE_TAKEN, Ruler.NRS, "yes").value
    1
    """
    if text == "":
        return None
    if text in ("declined", "n/a"):
        return Answer(AnswerState(text))
    if text == "no_recall" and item.key == "dream_vividness":
        return NO_RECALL
    if item.kind is Kind.CHOICE:
        return _read_choice(item, text)
    return _read_number(item, ruler, text)


def write_answer(item: Item, answer: Answer | None) -> str:
    """Return the token that `read_answer` reads back as `answer`."""
    if answer is None:
        return ""
    if answer.value is None:
        return answer.state.value
    return item.choices[answer.value] if item.kind is Kind.CHOICE else str(answer.value)


def _read_choice(item: Item, text: str) -> Answer:
    if text not in item.choices:
        raise AnswerRefused(
            N_("“%(text)s” is not an answer here. Use one of: %(choices)s."),
            text=text,
            choices=", ".join((*item.choices, "declined", "n/a")),
        )
    return answered(item.choices.index(text))


def _read_number(item: Item, ruler: Ruler, text: str) -> Answer:
    low, high = item.bounds(ruler)
    if _WHOLE_NUMBER.fullmatch(text) is None:
        raise AnswerRefused(
            N_("“%(text)s” is not an answer here. Use a whole number from %(low)s to %(high)s."),
            text=text,
            low=low,
            high=high,
        )
    value = int(text)
    if low <= value <= high:
        return answered(value)
    if item.kind is Kind.SCALE and ruler is Ruler.NRS and value <= Ruler.VAS.maximum:
        raise AnswerRefused(ABOVE, text=text, low=low, high=high)
    raise AnswerRefused(
        N_("%(text)s is out of range. Use a whole number from %(low)s to %(high)s."),
        text=text,
        low=low,
        high=high,
    )
