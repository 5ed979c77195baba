"""The base of every form: fields that read strictly, errors in the reader's language."""

import re
from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any, ClassVar

from wtforms import Field, Form, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import TextArea, TextInput

from tracker.domain.text import TextRefused, clean_line, clean_lines
from tracker.domain.words import N_, Refused
from tracker.web.words import _, in_words, ngettext


class Words:
    """WTForms' own sentences in the reader's language, where the catalogue has them."""

    def gettext(self, text: str) -> str:
        """Return `text` translated."""
        return _(text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form for `count`, its place still open."""
        return ngettext(one.replace("%", "%%"), many.replace("%", "%%"), count)


class BaseForm(Form):
    """A form whose labels, descriptions and choices are `N_`-marked and translated on the page.

    The request's guard, not the form, checks where it came from.
    """

    class Meta:
        """WTForms' switches."""

        csrf = False

        def get_translations(self, _form: Form) -> Words:
            """Return what translates WTForms' own sentences."""
            return Words()

    def refuse(self, refusal: Refused, field: str | None = None) -> None:
        """Note what a rule said: beside `field`, or of the form as a whole."""
        if field is None:
            self.form_errors.append(in_words(refusal))
        else:
            beside = self[field]
            beside.errors = [*beside.errors, in_words(refusal)]

    def problems(self) -> Sequence[tuple[str, str]]:
        """Return all errors in order, each with the id of its field, "" for the whole form."""
        whole = [("", str(text)) for text in self.form_errors]
        return whole + [(field.id, str(text)) for field in self for text in field.errors]


class Required:
    """Refuses a field left empty; 0 is not empty, which WTForms' DataRequired believes.

    Args:
        text: marked words that say what to enter.
    """

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse `field` where nothing was entered."""
        if not field.raw_data or not str(field.raw_data[0]).strip():
            # What could not be read of nothing is no news.
            field.errors = []
            raise StopValidation(_(self.text))


class Line(StringField):
    """One line of a person's own words, at most `limit` code points; `data` is cleaned."""

    clean: ClassVar[Callable[[str, int], str]] = staticmethod(clean_line)

    def __init__(self, label: str, *, limit: int, **options: Any) -> None:  # noqa: ANN401 - WTForms'
        super().__init__(label, **options)
        self.limit = limit

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was sent."""
        typed = valuelist[0] if valuelist else ""
        try:
            self.data = type(self).clean(typed, self.limit)
        except TextRefused as refusal:
            self.data = typed
            raise ValueError(in_words(refusal)) from refusal


class Lines(Line):
    """Several lines of a person's own words."""

    widget = TextArea()
    clean: ClassVar[Callable[[str, int], str]] = staticmethod(clean_lines)


class ReadField(Field):
    """A field that is read by an ASCII pattern first: `int` and dates take far more than that."""

    pattern: ClassVar[re.Pattern[str]]
    complaint: ClassVar[str]
    kind: ClassVar[str] = "text"

    def __init__(self, label: str, **options: Any) -> None:  # noqa: ANN401 - WTForms' own
        super().__init__(label, **options)
        self.widget = TextInput(self.kind)

    @abstractmethod
    def read(self, text: str) -> Any:  # noqa: ANN401 - each field's own type
        """Return the value of `text`, which fits the pattern; ValueError where there is none."""

    def write(self, value: Any) -> str:  # noqa: ANN401 - each field's own type
        """Return the text that `read` reads back as `value`."""
        return str(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was sent; empty is None."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        if self.pattern.fullmatch(typed) is None:
            raise ValueError(_(self.complaint))
        try:
            self.data = self.read(typed)
        except ValueError as error:
            raise ValueError(_(self.complaint)) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)


class WholeNumber(ReadField):
    """A whole number in ASCII digits; `data` is an int, None where empty."""

    pattern = re.compile(r"-?[0-9]{1,9}", re.ASCII)
    complaint = N_("Enter a whole number, such as 7.")

    def read(self, text: str) -> int:
        """Return the number."""
        return int(text)


class Day(ReadField):
    """A calendar day; `data` is a date, None where empty."""

    pattern = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
    complaint = N_("Enter a day as year-month-day, such as 2026-11-21.")
    kind = "date"

    def read(self, text: str) -> date:
        """Return the day."""
        return date.fromisoformat(text)


class Clock(ReadField):
    """A wall-clock time; `data` is a time, None where empty."""

    pattern = re.compile(r"[0-9]{2}:[0-9]{2}", re.ASCII)
    complaint = N_("Enter a time as hours:minutes, such as 04:00.")
    kind = "time"

    def read(self, text: str) -> time:
        """Return the time."""
        return time.fromisoformat(text)

    def write(self, value: time) -> str:
        """Return hours and minutes."""
        return f"{value:%H:%M}"
