"""The forms of medicines: one and its days, a dose from a day on, its last day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain.limits import DOSE_NOTE_LIMIT, MEDICINE_LIMIT
from tracker.domain.medicines import ChangedBy, Dose, Medicine
from tracker.domain.spans import ONE_DAY
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm, Clock, Day, Line, Required
from tracker.web.forms.phases import Milligrams, WithinReach
from tracker.web.words import _

BY: Final[Mapping[ChangedBy, str]] = {
    ChangedBy.CLINICIAN: N_("My clinician"),
    ChangedBy.ME: N_("Me"),
    ChangedBy.STUDY: N_("The study"),
}
AS_PRESCRIBED: Final = N_("As prescribed. It is only noted here.")


class _WithDose(BaseForm):
    """The fields of a dose beside its day."""

    dose_mg = Milligrams(N_("Dose in mg (optional)"), description=AS_PRESCRIBED)
    by = SelectField(N_("Who decided on this dose?"), choices=[])
    note = Line(
        N_("Remark on the dose (optional)"),
        limit=DOSE_NOTE_LIMIT,
        description=N_("For example: as prescribed, or with food."),
    )

    def __init__(self, *sent: Any, **values: Any) -> None:  # noqa: ANN401 - WTForms' own
        super().__init__(*sent, **values)
        self.by.choices = [SelectChoice(by.value, _(name)) for by, name in BY.items()]

    def dose_from(self, start: date) -> Dose | None:
        """Return the dose that was entered; None where none was."""
        given: Mapping[str, Any] = self.data
        if given["dose_mg"] is None:
            return None
        return Dose(start, given["dose_mg"], ChangedBy(given["by"]), given["note"])


class _WithDays(BaseForm):
    """Name, days and time of a medicine: a person knows its last day."""

    name = Line(
        N_("Medicine"),
        limit=MEDICINE_LIMIT,
        validators=[Required(N_("Enter what the medicine is called."))],
    )
    start = Day(N_("First day"), validators=[Required(N_("Enter the first day.")), WithinReach()])
    last_day = Day(
        N_("Last day"),
        description=N_("Leave it empty while you take it."),
        validators=[WithinReach()],
    )
    at = Clock(N_("Usual time of day (optional)"))

    def medicine(self, *doses: Dose) -> Medicine:
        """Return what was entered, with these doses."""
        given: Mapping[str, Any] = self.data
        last_day = given["last_day"]
        end = None if last_day is None else last_day + ONE_DAY
        return Medicine(given["name"], given["start"], end, given["at"], doses)


class NewMedicineForm(_WithDays, _WithDose):
    """A medicine and its first dose."""

    @classmethod
    def again(cls, medicine: Medicine | None, today: date) -> "NewMedicineForm":
        """Return the form for a medicine that is taken again; empty but for the day where None."""
        if medicine is None:
            return cls(data={"start": today})
        told = {"name": medicine.name, "at": medicine.at, "start": today}
        return cls(data={**told, **remembered(medicine)})

    def with_first_dose(self) -> Medicine:
        """Return the medicine that was entered, with its dose where one was."""
        dose = self.dose_from(self.data["start"])
        return self.medicine() if dose is None else self.medicine(dose)


class MedicineForm(_WithDays):
    """A medicine's name, days and time."""

    @classmethod
    def of(cls, medicine: Medicine) -> "MedicineForm":
        """Return the form filled with `medicine`."""
        last_day = None if medicine.end is None else medicine.end - ONE_DAY
        told = {"name": medicine.name, "start": medicine.start, "at": medicine.at}
        return cls(data={**told, "last_day": last_day})


class DoseForm(_WithDose):
    """A dose from a day on."""

    start = Day(
        N_("From this day"), validators=[Required(N_("Enter the first day.")), WithinReach()]
    )
    dose_mg = Milligrams(
        N_("Dose in mg"),
        description=AS_PRESCRIBED,
        validators=[Required(N_("Enter the dose in milligrams."))],
    )

    @classmethod
    def after(cls, medicine: Medicine, today: date) -> "DoseForm":
        """Return the form that opens with the last dose of `medicine`."""
        return cls(data={"start": max(today, medicine.start), **remembered(medicine)})

    def dose(self) -> Dose:
        """Return the dose that was entered."""
        given: Mapping[str, Any] = self.data
        return Dose(given["start"], given["dose_mg"], ChangedBy(given["by"]), given["note"])


class StopForm(BaseForm):
    """The last day of a medicine."""

    last_day = Day(N_("Last day"), validators=[Required(N_("Enter the last day.")), WithinReach()])


def remembered(medicine: Medicine) -> Mapping[str, object]:
    """Return the last dose of a medicine as a form begins with it."""
    last = medicine.last_dose
    return {} if last is None else {"dose_mg": last.dose_mg, "by": last.by.value}
