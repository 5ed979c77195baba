"""The form of an appointment's PDF: which nights, on what paper, and what to ask."""

from typing import Final

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its types

from tracker.domain.limits import QUESTION_LIMIT
from tracker.domain.words import N_
from tracker.exports.summary.values import Paper
from tracker.web.appointments import Wish
from tracker.web.forms.base import Lines
from tracker.web.forms.exports import Night, TableForm

PAPERS: Final = (
    SelectChoice(Paper.A4.value, N_("A4")),
    SelectChoice(Paper.LETTER.value, N_("Letter")),
)


class AppointmentForm(TableForm):
    """What of the diary is printed; the question is kept nowhere."""

    first = Night(N_("First night (optional)"), name="from", id="pdf-from")
    last = Night(N_("Last night (optional)"), name="to", id="pdf-to")
    question = Lines(
        N_("My question for today (optional)"),
        limit=QUESTION_LIMIT,
        id="pdf-question",
        description=N_("It is printed on the first page, and kept nowhere."),
    )
    table = BooleanField(
        N_("With every night, from the second page on"), false_values=("", "no"), id="pdf-table"
    )
    notes = BooleanField(N_("With my notes, there"), false_values=("", "no"), id="pdf-notes")
    paper = RadioField(N_("Paper"), choices=PAPERS, default=Paper.A4.value, id="pdf-paper")

    def wish(self) -> Wish:
        """Return what is asked for, where the form is sound."""
        return Wish(
            span=self.span(),
            paper=Paper(self.paper.data),
            table=self.table.data or self.notes.data,
            notes=self.notes.data,
            question=self.question.data or "",
        )
