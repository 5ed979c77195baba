"""The form of one phase."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from wtforms import BooleanField, Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types
from wtforms.validators import StopValidation

from tracker.domain import wording
from tracker.domain.limits import LABEL_LIMIT, MEDICINE_LIMIT
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.spans import ONE_DAY
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm, Day, Line, ReadField, Required
from tracker.web.words import _

EARLIEST: Final = date(1980, 1, 1)
LATEST: Final = date(2199, 12, 31)
KINDS: Final = tuple(kind for kind in PhaseKind if kind is not PhaseKind.BLINDED)


class Milligrams(ReadField):
    """A dose; `data` is a Decimal above 0 with at most three decimals, None where empty."""

    pattern = re.compile(r"[0-9]{1,6}([.,][0-9]{1,3})?", re.ASCII)
    complaint = N_("Enter the dose in milligrams as a number above 0, at most three decimals.")

    def read(self, text: str) -> Decimal:
        """Return the dose."""
        return Decimal(text.replace(",", "."))

    def write(self, value: Decimal) -> str:
        """Return the dose without needless zeros."""
        return f"{value.normalize():f}"


class WithinReach:
    """Refuses a day that can only be a slip."""

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Refuse `field` where its day lies centuries away."""
        if field.data is not None and not EARLIEST <= field.data <= LATEST:
            raise StopValidation(_("This day is too far away. Check the year."))


class PhaseForm(BaseForm):
    """One phase: a person knows its last day, what is stored is the day after."""

    kind = SelectField(N_("What is it?"), choices=[])
    start = Day(
        N_("First day"),
        description=N_("The day of the first dose; for a baseline, its first evening."),
        validators=[Required(N_("Enter the first day.")), WithinReach()],
    )
    last_day = Day(
        N_("Last day"),
        description=N_("Leave it empty while the phase runs."),
        validators=[WithinReach()],
    )
    medicine = Line(N_("Medicine (optional)"), limit=MEDICINE_LIMIT)
    dose_mg = Milligrams(
        N_("Dose in mg (optional)"), description=N_("As prescribed. It is only noted here.")
    )
    label = Line(
        N_("Label (optional)"),
        limit=LABEL_LIMIT,
        description=N_("Your own name for it, shown in pictures instead of medicine and dose."),
    )
    ends_running = BooleanField(N_("End it on the day before this one begins"), default=True)

    @classmethod
    def of(cls, phase: Phase) -> "PhaseForm":
        """Return the form filled with `phase`."""
        last_day = None if phase.end is None else phase.end - ONE_DAY
        return cls(
            data={
                "kind": phase.kind.value,
                "start": phase.start,
                "last_day": last_day,
                "label": phase.label,
                "medicine": phase.medicine,
                "dose_mg": phase.dose_mg,
            }
        )

    def choose_from(self, kinds: Mapping[PhaseKind, str]) -> None:
        """Offer `kinds`, by their marked names."""
        self.kind.choices = [SelectChoice(kind.value, _(name)) for kind, name in kinds.items()]

    def phase(self) -> Phase:
        """Return the phase that was entered; of a blinded one nothing but a label is kept."""
        given: Mapping[str, Any] = self.data
        last_day, kind = given["last_day"], PhaseKind(given["kind"])
        is_blinded = kind is PhaseKind.BLINDED
        return Phase(
            kind=kind,
            start=given["start"],
            end=None if last_day is None else last_day + ONE_DAY,
            label=given["label"],
            medicine="" if is_blinded else given["medicine"],
            dose_mg=None if is_blinded else given["dose_mg"],
        )


class EndForm(BaseForm):
    """The last day of a running phase."""

    last_day = Day(N_("Last day"), validators=[Required(N_("Enter the last day.")), WithinReach()])


def kinds_for(phase: Phase | None) -> Mapping[PhaseKind, str]:
    """Return the kinds to choose from; a blinded phase stays blinded."""
    if phase is not None and phase.kind is PhaseKind.BLINDED:
        return {PhaseKind.BLINDED: wording.KINDS[PhaseKind.BLINDED]}
    return {kind: wording.KINDS[kind] for kind in KINDS}
