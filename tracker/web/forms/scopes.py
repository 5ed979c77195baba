"""The form of a scope: which nights and questions someone else may read, with notes or without."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain.questionnaire import Item
from tracker.domain.scopes import Scope, ScopeRefused, clean_scope
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm, Required
from tracker.web.forms.exports import Night
from tracker.web.forms.questions import wording
from tracker.web.words import _

ALL: Final = "all"
SOME: Final = "some"
REPEATS: Final = frozenset({"item"})  # the fields that a scope's form sends several times


class ScopeForm(BaseForm):
    """What of a diary someone else may read: `scope()` where `is_sound()`."""

    first = Night(N_("First night (empty: from the beginning)"), name="from")
    last = Night(N_("Last night (empty: the nights to come too)"), name="to")
    questions = RadioField(
        N_("Which questions?"),
        choices=[
            SelectChoice(ALL, N_("All of them, also those you add later")),
            SelectChoice(SOME, N_("Only those ticked here")),
        ],
        default=ALL,
        # Never by omission: what is not said would be everything.
        validators=[Required(N_("Choose which questions may be read."))],
    )
    items = SelectMultipleField(N_("Questions"), name="item")
    notes = BooleanField(N_("My notes too"))
    treatment = BooleanField(N_("My medicines, side effects and measurements too"), default=True)
    pdf = BooleanField(
        N_("They may save the report as a file (what was saved can't be called back)")
    )

    def __init__(
        self,
        items: Iterable[Item],
        sent: Any = None,  # noqa: ANN401 - whatever WTForms reads forms from
        **values: Any,  # noqa: ANN401 - what stands in the fields
    ) -> None:
        """Offer `items`: what `questionnaires.readable` returns."""
        super().__init__(sent, **values)
        # In the reader's language already: the page draws them as they are.
        self.items.choices = [SelectChoice(item.key, wording(item, item.name, _)) for item in items]

    def is_sound(self) -> bool:
        """Say whether something can be read by this; note what is wrong with it."""
        if not self.validate():
            return False
        try:
            clean_scope(self.scope())
        except ScopeRefused as refused:
            empty = self.questions.data == SOME and not self.items.data
            self.refuse(refused, "items" if empty else "last")
            return False
        return True

    def scope(self) -> Scope:
        """Return what was chosen."""
        last: date | None = self.last.data
        return Scope(
            first=self.first.data,
            end=None if last is None else date.fromordinal(last.toordinal() + 1),
            items=frozenset(self.items.data or ()) if self.questions.data == SOME else None,
            notes=bool(self.notes.data),
            treatment=bool(self.treatment.data),
            pdf=bool(self.pdf.data),
        )
