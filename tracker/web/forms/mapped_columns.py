"""The form in which a person says what each column of another app's table is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain.words import N_, Refused
from tracker.imports.columns import DATE, NOTE
from tracker.imports.moments import DateOrder
from tracker.imports.readings import TIME
from tracker.web.forms.base import BaseForm
from tracker.web.words import _

NOT_TAKEN: Final = ""
NEW: Final = "new"  # a question of the person's own, of the column's name
BY_FILE: Final = "file"
BY_TIME: Final = "time"
ORDERS: Final = {
    DateOrder.YMD: N_("Year first: 2026-01-31"),
    DateOrder.DMY: N_("Day first: 31.01.2026 or 31/01/2026"),
    DateOrder.MDY: N_("Month first: 01/31/2026"),
    DateOrder.WORDS: N_("In English words: 31 Jan 2026"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One column as the page shows it.

    `values` are its first few; `can_answer` is False where it holds too many texts, or too long
    ones, to give each an answer.
    """

    heading: str
    values: str
    can_answer: bool


class ColumnsForm(BaseForm):
    """What each column is, and how dates and decimals are written: `take-<n>` counts from 0."""

    order = RadioField(
        N_("How are dates written?"),
        choices=[SelectChoice(order.value, words) for order, words in ORDERS.items()],
        validate_choice=False,
    )
    times = RadioField(
        N_("To which night does a line belong?"),
        choices=[
            SelectChoice(BY_FILE, N_("To the day that the file says")),
            SelectChoice(BY_TIME, N_("By its time: before your day ends, to the day before")),
        ],
        default=BY_FILE,
        validate_choice=False,
    )
    comma = BooleanField(N_("Decimals follow a comma, as in 2,5"))

    def takes(self) -> Sequence[Field]:
        """Return the fields of the columns."""
        return [field for field in self if field.name.startswith("take-")]

    def meanings(self, shown: Sequence[Shown]) -> Mapping[str, str]:
        """Return what was chosen, by heading, of the columns that are taken."""
        chosen = zip(shown, self.takes(), strict=True)
        return {each.heading: field.data for each, field in chosen if field.data != NOT_TAKEN}

    def is_sound(self, shown: Sequence[Shown]) -> bool:
        """Validate, and note what doesn't go together."""
        self.validate()
        self._refuse_twice(shown)
        meanings = set(self.meanings(shown).values())
        if DATE not in meanings:
            self.refuse(Refused(N_("Choose the column that holds the date.")))
        if not meanings - {DATE, TIME}:
            self.refuse(Refused(N_("Choose at least one column with answers or notes.")))
        if self.order.data not in set(DateOrder):
            self.refuse(Refused(N_("Say how the dates are written.")), "order")
        if self.by_time and TIME not in meanings and not self._has_times(shown):
            self.refuse(Refused(N_("Choose the column that holds the time.")), "times")
        return not self.problems()

    @property
    def by_time(self) -> bool:
        """True where the time of a line says to which night it belongs."""
        return bool(self.times.data == BY_TIME)

    def _has_times(self, shown: Sequence[Shown]) -> bool:
        """Say whether the dates themselves tell a time."""
        chosen = zip(shown, self.takes(), strict=True)
        return any(":" in each.values for each, field in chosen if field.data == DATE)

    def _refuse_twice(self, shown: Sequence[Shown]) -> None:
        first: dict[str, str] = {}
        for each, field in zip(shown, self.takes(), strict=True):
            if field.data in {NOT_TAKEN, NOTE, NEW}:
                continue
            if first.setdefault(field.data, each.heading) != each.heading:
                text = N_("The column “%(other)s” is that already. Keep one of them.")
                self.refuse(Refused(text, other=first[field.data]), field.name)


def columns_form(
    shown: Sequence[Shown],
    answers: Sequence[SelectChoice],
    sent: MultiDict[str, str] | None,
    data: Mapping[str, Any],
) -> ColumnsForm:
    """Return the form of these columns.

    Args:
        shown: the columns.
        answers: what a column may be that holds answers.
        sent: what came, None where nothing did.
        data: what to fill in, by field name.
    """
    plain = [
        SelectChoice(value, _(name), optgroup=_("The column"))
        for value, name in (
            (NOT_TAKEN, N_("Not taken")),
            (DATE, N_("Date")),
            (TIME, N_("Time of day")),
            (NOTE, N_("Note")),
        )
    ]
    fields = {
        f"take-{number}": SelectField(
            quoted(each.heading),
            description=each.values,
            choices=[*plain, *(answers if each.can_answer else ())],
            default=NOT_TAKEN,
        )
        for number, each in enumerate(shown)
    }
    made: type[ColumnsForm] = type("TheseColumns", (ColumnsForm,), fields)
    return made(sent, data=data)


def quoted(text: str) -> str:
    """Return a file's own words as a label: no catalogue has them with their quotation marks."""
    return f"“{text}”"
