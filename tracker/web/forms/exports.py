"""The form of a table to take along: which nights, with notes or without."""

from datetime import date

from wtforms import BooleanField

from tracker.domain.spans import Span
from tracker.domain.words import N_, Refused
from tracker.imports.cells import read_date
from tracker.web.forms.base import BaseForm, Day


class Night(Day):
    """A day on which a diary may have a night."""

    def read(self, text: str) -> date:
        """Return the day; ValueError where nobody lived or will."""
        try:
            return read_date(text)
        except Refused as refused:
            raise ValueError(text) from refused


class TableForm(BaseForm):
    """Which nights of the diary, and whether its notes go along."""

    first = Night(N_("First night (optional)"), name="from")
    last = Night(N_("Last night (optional)"), name="to")
    notes = BooleanField(N_("With my notes"), false_values=("", "no"))

    def is_sound(self) -> bool:
        """Say whether nights can be found by this; note what is wrong with it."""
        sound = bool(self.validate())
        first, last = self.first.data, self.last.data
        if first is not None and last is not None and last < first:
            self.refuse(Refused(N_("The last night can't lie before the first.")), "last")
            return False
        return sound

    def span(self) -> Span:
        """Return the nights asked for: from the first to the last, both included."""
        last = date.max if self.last.data is None else self.last.data
        end = last if last == date.max else date.fromordinal(last.toordinal() + 1)
        return Span(self.first.data or date.min, end)
