"""The page on which the answers of another app's table get their scales, words and rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flask import request
from wtforms import Field

from tracker.domain.questionnaire import Item, Kind
from tracker.imports import surveys
from tracker.imports.columns import item_of
from tracker.imports.readings import Reading, Several
from tracker.imports.scales import Rounding, read_number, written
from tracker.web.context import current_account
from tracker.web.forms.mapped_answers import AnswersForm, Taken, answers_form, filled_in
from tracker.web.waiting_files import Foreign
from tracker.web.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Card:
    """One column that holds answers: what it is, what was found in it, and the fields that ask.

    `about` are of a new question, `ends` of its scale, `words` of its texts.
    """

    title: str
    facts: str
    about: Sequence[Field]
    ends: Sequence[Field]
    words: Sequence[Field]
    several: Sequence[Field]


def taken_of(foreign: Foreign, reading: Reading) -> Sequence[Taken]:
    """Return the columns that hold answers."""
    crowded = surveys.crowded(foreign.table, reading, current_account().tzinfo)
    return [
        _taken(foreign, reading, heading, item, crowded.get(heading, 0))
        for heading, column in reading.columns.items()
        if (item := item_of(column.meaning)) is not None
    ]


def _taken(foreign: Foreign, reading: Reading, heading: str, item: Item, crowded: int) -> Taken:
    texts = surveys.texts(foreign.table, heading)
    is_choice = item.kind is Kind.CHOICE
    words = sorted(texts) if is_choice else surveys.words(texts, comma=reading.comma)
    numbers = (read_number(text, comma=reading.comma) for text in texts.keys() - set(words))
    return Taken(
        heading=heading,
        meaning=item.key,
        item=foreign.own.get(item.key, item),
        is_new=item.is_own and item.key not in foreign.own,
        words={word: texts[word] for word in words},
        numbers=_reach([number for number in numbers if number is not None]),
        crowded=crowded,
    )


def _reach(numbers: Sequence[Fraction]) -> str:
    if not numbers:
        return ""
    low, high = written(min(numbers)), written(max(numbers))
    return _("Numbers from %(low)s to %(high)s.", low=low, high=high)


def form_of(reading: Reading, taken: Sequence[Taken], *, is_sent: bool) -> AnswersForm:
    """Return the form of the answers: as sent, else as said before or proposed."""
    sent = request.form if is_sent else None
    data: dict[str, Any] = {
        "several": reading.several.value,
        "rounding": reading.rounding.value,
    }
    for number, each in enumerate(taken):
        data |= filled_in(number, reading.columns[each.heading], each)
    return answers_form(taken, reading.ruler, sent, data)


def reading_with(reading: Reading, taken: Sequence[Taken], form: AnswersForm) -> Reading:
    """Return the reading with what the form says of its answers."""
    told = {each.heading: form.column(number, each) for number, each in enumerate(taken)}
    return replace(
        reading,
        columns={**reading.columns, **told},
        several=Several(form.several.data),
        rounding=Rounding(form.rounding.data),
    )


def cards(taken: Sequence[Taken], form: AnswersForm) -> Sequence[Card]:
    """Return the columns with the fields that ask about them."""
    return [_card(number, each, form) for number, each in enumerate(taken)]


def _card(number: int, taken: Taken, form: AnswersForm) -> Card:
    def named(*beginnings: str) -> Sequence[Field]:
        names = [f"{each}-{number}" for each in beginnings]
        return [form[name] for name in names if name in form]

    item = taken.item
    crowded = ngettext(
        "%(count)d day has several answers.",
        "%(count)d days have several answers.",
        taken.crowded,
    )
    facts = (taken.numbers, crowded if taken.crowded else "")
    return Card(
        title=_(
            "“%(column)s” becomes %(item)s",
            column=taken.heading,
            item=item.name if item.is_own else _(item.name),
        ),
        facts=" ".join(fact for fact in facts if fact),
        about=named("name", "direction"),
        ends=named("low", "high"),
        words=[form[f"word-{number}-{place}"] for place in range(len(taken.words))],
        several=named("rule"),
    )
