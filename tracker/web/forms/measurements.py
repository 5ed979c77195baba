"""The form of one measurement."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field
from wtforms.widgets import TextInput

from tracker.domain.limits import MEASURE_NAME_LIMIT, REASON_LIMIT, UNIT_LIMIT
from tracker.domain.measurements import Measurement, Value, ValueRefused, read_value
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm, Day, Line, Required
from tracker.web.forms.phases import WithinReach
from tracker.web.words import in_words


class Measured(Field):
    """A measured value; `data` is a Value, None where nothing was sent that can be read."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was sent."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        try:
            self.data = read_value(typed)
        except ValueRefused as refusal:
            raise ValueError(in_words(refusal)) from refusal

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)


class MeasurementForm(BaseForm):
    """One value of one day."""

    name = Line(
        N_("What was measured?"),
        limit=MEASURE_NAME_LIMIT,
        description=N_("Choose from the list, or type a name of your own."),
        validators=[Required(N_("Say what was measured."))],
    )
    value = Measured(
        N_("Value"),
        description=N_("As it stands on the sheet, such as 12.5 or <0.5."),
        validators=[Required(N_("Enter the value."))],
    )
    unit = Line(N_("Unit (optional)"), limit=UNIT_LIMIT, description=N_("Such as mm/h or pg/mL."))
    day = Day(N_("Day"), validators=[Required(N_("Enter the day.")), WithinReach()])
    note = Line(N_("Note (optional)"), limit=REASON_LIMIT)

    @classmethod
    def of(cls, told: Measurement) -> "MeasurementForm":
        """Return the form filled with `told`."""
        return cls(
            data={
                "name": told.name,
                "value": told.value,
                "unit": told.unit,
                "day": told.day,
                "note": told.note,
            }
        )

    def told(self) -> Measurement:
        """Return the measurement that was entered."""
        given: dict[str, Any] = self.data
        value: Value = given["value"]
        return Measurement(given["name"], value, given["day"], given["unit"], given["note"])
