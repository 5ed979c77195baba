"""The form in which a person says how the answers of another app's table are read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain.answers import read_answer
from tracker.domain.limits import OWN_NAME_LIMIT
from tracker.domain.questionnaire import OWN_COLUMN, Direction, Item, Kind, Ruler
from tracker.domain.words import N_, Refused
from tracker.imports.readings import LEFT_OUT, Column, Several
from tracker.imports.scales import Rounding, Scale, written
from tracker.web.forms.base import BaseForm, Line, ReadField, Required
from tracker.web.forms.items import DIRECTIONS
from tracker.web.forms.mapped_columns import quoted
from tracker.web.forms.questions import CHOICES, wording
from tracker.web.words import _

ANSWER_LIMIT: Final = 20  # code points; the longest is `not_prescribed`
SEVERAL: Final = {
    Several.REFUSE: N_("None: show me these days first"),
    Several.FIRST: N_("The first of the day"),
    Several.LAST: N_("The last of the day"),
    Several.HIGHEST: N_("The highest"),
    Several.LOWEST: N_("The lowest"),
}
ROUNDINGS: Final = {
    Rounding.REFUSE: N_("Show me these lines first"),
    Rounding.NEAREST: N_("Take the nearest answer; from the middle, the higher one"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One column that holds answers, as the page asks about it.

    `meaning` is its item's name in a file. `words` are its texts that are no numbers, with how
    often they stand there; `numbers` is what its numbers reach from and to, "" where it has none.
    `crowded` counts the nights with several different answers.
    """

    heading: str
    meaning: str
    item: Item
    is_new: bool
    words: Mapping[str, int]
    numbers: str
    crowded: int


class Figure(ReadField):
    """A number of a file's scale; `data` is exact, None where empty."""

    pattern = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,6})?", re.ASCII)
    complaint = N_("Enter a number, such as 5.")

    def read(self, text: str) -> Fraction:
        """Return the number."""
        return Fraction(text.replace(",", "."))

    def write(self, value: Fraction) -> str:
        """Return the number as a person writes it."""
        return written(value)


class AnswersForm(BaseForm):
    """How answers are read; the fields of a column end in its number, `word-<n>-<k>` in both."""

    several = RadioField(
        N_("Some days have several answers. Which one counts?"),
        description=N_(
            "First and last go by the time, where a column says it, else by the lines of the file."
        ),
        choices=[SelectChoice(each.value, words) for each, words in SEVERAL.items()],
        default=Several.REFUSE.value,
    )
    rounding = RadioField(
        N_("If a number falls between two answers"),
        choices=[SelectChoice(each.value, words) for each, words in ROUNDINGS.items()],
        default=Rounding.REFUSE.value,
    )

    def column(self, number: int, taken: Taken) -> Column:
        """Return how column `number` is read."""
        low, high = (self._data(f"{end}-{number}") for end in ("low", "high"))
        several = self._data(f"rule-{number}")
        return Column(
            meaning=self._meaning(number, taken),
            scale=None if low is None or high is None else Scale(low, high),
            words={
                word: self._data(f"word-{number}-{place}") or LEFT_OUT
                for place, word in enumerate(taken.words)
            },
            several=Several(several) if several else None,
        )

    def is_sound(self, taken: Sequence[Taken], ruler: Ruler) -> bool:
        """Validate, and note what doesn't go together."""
        self.validate()
        names: set[str] = set()
        for number, each in enumerate(taken):
            self._check_scale(number)
            for place in range(len(each.words)):
                self._check_word(f"word-{number}-{place}", each.item, ruler)
            meaning = self._meaning(number, each)
            if meaning in names:
                text = N_("Another column has this name already. Give it another one.")
                self.refuse(Refused(text), f"name-{number}")
            names.add(meaning)
        return not self.problems()

    def _meaning(self, number: int, taken: Taken) -> str:
        if not taken.is_new:
            return taken.meaning
        return f"{OWN_COLUMN}{self[f'name-{number}'].data}:{self[f'direction-{number}'].data}"

    def _check_scale(self, number: int) -> None:
        if f"low-{number}" not in self:
            return
        low, high = self[f"low-{number}"], self[f"high-{number}"]
        if not low.errors and not high.errors and (low.data is None) != (high.data is None):
            empty = low if low.data is None else high
            text = N_("Give both ends of the scale, or leave both empty.")
            self.refuse(Refused(text), empty.name)
        elif low.data is not None and low.data == high.data:
            self.refuse(Refused(N_("The two ends can't be the same number.")), high.name)

    def _check_word(self, name: str, item: Item, ruler: Ruler) -> None:
        field = self[name]
        try:
            if not field.errors:
                read_answer(item, ruler, field.data or "")
        except Refused:
            low, high = item.bounds(ruler)
            text = N_("Give a whole number from %(low)d to %(high)d, or leave it empty.")
            self.refuse(Refused(text, low=low, high=high), name)

    def _data(self, name: str) -> Any:  # noqa: ANN401 - each field's own type
        return self[name].data if name in self else None


def answers_form(
    taken: Sequence[Taken], ruler: Ruler, sent: MultiDict[str, str] | None, data: Mapping[str, Any]
) -> AnswersForm:
    """Return the form of these columns, with `data` filled in where nothing was sent."""
    fields = {
        name: field
        for number, each in enumerate(taken)
        for name, field in _fields(number, each, ruler)
    }
    made: type[AnswersForm] = type("TheseAnswers", (AnswersForm,), fields)
    return made(sent, data=data)


def filled_in(number: int, column: Column, taken: Taken) -> Mapping[str, Any]:
    """Return what was said of a column before, by field name."""
    scale, item = column.scale, taken.item
    return {
        f"low-{number}": None if scale is None else scale.low,
        f"high-{number}": None if scale is None else scale.high,
        f"rule-{number}": "" if column.several is None else column.several.value,
        f"name-{number}": item.name,
        f"direction-{number}": item.direction.value,
        **{
            f"word-{number}-{place}": column.words.get(word, LEFT_OUT)
            for place, word in enumerate(taken.words)
        },
    }


def _fields(number: int, taken: Taken, ruler: Ruler) -> Iterator[tuple[str, Any]]:
    item = taken.item
    if taken.is_new:
        text = N_("Give the question a name.")
        yield f"name-{number}", Line(N_("Name"), limit=OWN_NAME_LIMIT, validators=[Required(text)])
        yield (
            f"direction-{number}",
            RadioField(N_("Which way is better?"), choices=[*DIRECTIONS], default=Direction.LOWER),
        )
    if taken.numbers and item.kind is not Kind.CHOICE:
        low, high = item.bounds(ruler)
        for end, answer, anchor in (("low", low, item.low), ("high", high, item.high)):
            yield f"{end}-{number}", Figure(_end(answer, wording(item, anchor, _)))
    for place, (word, count) in enumerate(taken.words.items()):
        yield f"word-{number}-{place}", _word_field(item, f"{quoted(word)} ({count})")
    if taken.crowded:
        choices = [SelectChoice("", _("As said for all columns")), *_several()]
        label = N_("Several answers on a day, in this column")
        yield f"rule-{number}", SelectField(label, choices=choices, default="")


def _end(answer: int, anchor: str) -> str:
    if anchor:
        return _("Which number means %(answer)d, “%(anchor)s”?", answer=answer, anchor=anchor)
    return _("Which number means %(answer)d?", answer=answer)


def _word_field(item: Item, label: str) -> Line | SelectField:
    if item.kind is not Kind.CHOICE:
        return Line(label, limit=ANSWER_LIMIT)
    answers = (SelectChoice(each, _(CHOICES[each])) for each in item.choices)
    choices = [SelectChoice(LEFT_OUT, _("Left out")), *answers]
    return SelectField(label, choices=choices, default=LEFT_OUT)


def _several() -> list[SelectChoice]:
    return [SelectChoice(each.value, _(words)) for each, words in SEVERAL.items()]
