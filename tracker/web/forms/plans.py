"""The forms of plans: what one is to be, its first day and who holds its key; and its opening."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from wtforms import BooleanField, FieldList, FormField, PasswordField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain import wording
from tracker.domain.limits import MEDICINE_LIMIT, REASON_LIMIT
from tracker.domain.phases import PhaseKind
from tracker.domain.plan_words import OWN, PAIRS, WHY
from tracker.domain.plans import READY_MADE, Plan, Step, checked, pairs_of, prescribed
from tracker.domain.started_plans import Holder, OpenedBy, Unblinding, Why
from tracker.domain.words import N_
from tracker.services.plan_starts import Wish
from tracker.web.forms.base import BaseForm, Day, Line, Lines, Required, WholeNumber
from tracker.web.forms.phases import Milligrams, WithinReach
from tracker.web.words import _

ROWS: Final = 8
KINDS: Final = (
    PhaseKind.BASELINE,
    PhaseKind.TREATMENT,
    PhaseKind.PLACEBO,
    PhaseKind.WASHOUT,
    PhaseKind.FOLLOW_UP,
)
HOLDERS: Final = {
    Holder.NONE: N_("Nobody: the order is drawn now, and I may know it"),
    Holder.APP: N_("This app, until a date"),
    Holder.PERSON: N_("Somebody else: a pharmacist, a partner, a friend"),
}
FILE_BYTES: Final = 4_000  # of a key file


class StartForm(BaseForm):
    """A ready-made plan: its first day, what is prescribed, and who holds the key."""

    started_on = Day(
        N_("First day"),
        description=N_("The first evening of the baseline. It may lie in the past."),
        validators=[Required(N_("Enter the first day.")), WithinReach()],
    )
    medicine = Line(N_("Medicine (optional)"), limit=MEDICINE_LIMIT)
    dose_mg = Milligrams(
        N_("Dose in mg (optional)"), description=N_("As prescribed. It is only noted here.")
    )
    holder = RadioField(
        N_("Who holds the key to the order?"),
        choices=[SelectChoice(holder.value, name) for holder, name in HOLDERS.items()],
        default=Holder.NONE.value,
        validators=[Required(N_("Choose who holds the key."))],
    )
    opens_on = Day(
        N_("Open it on (optional)"),
        description=N_("For the app's own key. Left empty: the day after the plan."),
        validators=[WithinReach()],
    )
    ends_running = BooleanField(N_("A phase that still runs ends on the day before"), default=True)

    def plan(self, key: str) -> Plan:
        """Return the plan that was asked for.

        Raises:
            PlanRefused: it can't be lived.
        """
        given: Mapping[str, Any] = self.data
        return prescribed(READY_MADE[key], given["medicine"] or "", given["dose_mg"])

    def draws(self, key: str) -> bool:
        """Say whether the plan has an order to draw, and so a key to hold."""
        return key == PAIRS or (key in READY_MADE and len(READY_MADE[key].orders) > 1)

    def wish(self, plan: Plan) -> Wish:
        """Return how it is to be lived; a plan with one order has no key."""
        given: Mapping[str, Any] = self.data
        holder = Holder(given["holder"]) if len(plan.orders) > 1 else Holder.NONE
        started_on: date = given["started_on"]
        opens_on = given["opens_on"] if holder is Holder.APP else None
        return Wish(plan, started_on, holder, opens_on, ends_running=bool(given["ends_running"]))


class PairsForm(StartForm):
    """Pairs of periods for one person."""

    pairs = WholeNumber(
        N_("How many pairs?"),
        description=N_("With 4 pairs the smallest one-sided p is 1 in 16, with 5 it is 1 in 32."),
        validators=[Required(N_("Enter how many pairs."))],
        default=3,
    )
    period_days = WholeNumber(
        N_("Days of each period"), validators=[Required(N_("Enter how many days."))], default=28
    )
    washout_days = WholeNumber(N_("Days of washout between them"), default=7)
    baseline_days = WholeNumber(N_("Days of baseline"), default=14)

    def plan(self, key: str) -> Plan:
        """Return the plan of pairs."""
        del key  # there is one
        given: Mapping[str, Any] = self.data
        return pairs_of(
            given["medicine"] or "",
            given["dose_mg"],
            days=given["period_days"],
            pairs=given["pairs"],
            washout_days=max(0, given["washout_days"] or 0),
            baseline_days=max(0, given["baseline_days"] or 0),
        )


class RowForm(BaseForm):
    """One phase of a plan of one's own; a row without days is none."""

    kind = SelectField(N_("Phase"), filters=[lambda sent: sent or PhaseKind.BASELINE.value])
    days = WholeNumber(N_("Days"))
    dose_mg = Milligrams(N_("Dose in mg"))

    def __init__(self, *sent: Any, **options: Any) -> None:  # noqa: ANN401 - WTForms' own
        super().__init__(*sent, **options)
        self.kind.choices = [SelectChoice(kind.value, _(wording.KINDS[kind])) for kind in KINDS]


class OwnForm(StartForm):
    """A plan of one's own: up to eight phases."""

    rows = FieldList(FormField(RowForm), min_entries=ROWS, max_entries=ROWS)

    def problems(self) -> Sequence[tuple[str, str]]:
        """Return all errors, those of rows with the ids of their fields."""
        own = [
            (anchor, text) for anchor, text in super().problems() if not anchor.startswith("rows")
        ]
        return own + [problem for row in self.rows for problem in row.form.problems()]

    def plan(self, key: str) -> Plan:
        """Return the plan that the rows say."""
        given: Mapping[str, Any] = self.data
        steps = tuple(
            _step(PhaseKind(row["kind"]), row["days"], row["dose_mg"], given["medicine"] or "")
            for row in given["rows"]
            if row["days"] is not None
        )
        return checked(Plan(key, (), (steps,)))


def _step(kind: PhaseKind, days: int, dose_mg: Decimal | None, medicine: str) -> Step:
    is_drug = kind is PhaseKind.TREATMENT
    return Step(
        kind, days, medicine=medicine if is_drug else "", dose_mg=dose_mg if is_drug else None
    )


FORMS: Final[Mapping[str, type[StartForm]]] = {
    **dict.fromkeys(READY_MADE, StartForm),
    PAIRS: PairsForm,
    OWN: OwnForm,
}


class ShiftForm(BaseForm):
    """By how many days what is left moves."""

    days = WholeNumber(
        N_("By how many days?"),
        description=N_("Later: 7. Earlier: -7."),
        validators=[Required(N_("Enter by how many days."))],
    )


class OpenForm(BaseForm):
    """Why an order is opened, in a choice and in own words."""

    why = RadioField(
        N_("Why is it opened?"),
        choices=[SelectChoice(why.value, text) for why, text in WHY.items()],
        validators=[Required(N_("Say why it is opened."))],
    )
    reason = Lines(N_("In your own words (optional)"), limit=REASON_LIMIT)

    def unblinding(self, at: datetime, by: OpenedBy) -> Unblinding:
        """Return what stays visible."""
        return Unblinding(at, by, Why(self.why.data), self.reason.data or "")


class FileForm(OpenForm):
    """The same with the key file of the plan's holder."""

    key_file = Lines(
        N_("The key file"),
        limit=FILE_BYTES,
        description=N_("Open it with a text program, and paste the whole of it."),
        validators=[Required(N_("Paste the key file."))],
    )
    passphrase = PasswordField(
        N_("Its passphrase"), validators=[Required(N_("Enter the passphrase."))]
    )


class SealForm(BaseForm):
    """A passphrase chosen by the key's holder, twice."""

    passphrase = PasswordField(
        N_("Choose a passphrase"),
        description=N_("At least 15 characters: four or five words. Write it down."),
        validators=[Required(N_("Choose a passphrase."))],
    )
    again = PasswordField(
        N_("The same again"), validators=[Required(N_("Type the passphrase once more."))]
    )

    def is_sound(self) -> bool:
        """Say whether both are the same."""
        sound = self.validate()
        if sound and self.passphrase.data != self.again.data:
            self.again.errors = [*self.again.errors, _("The two are not the same.")]
            return False
        return bool(sound)


class HoldForm(OpenForm):
    """The passphrase of the key's holder, and why the order is opened where it is."""

    passphrase = PasswordField(
        N_("Your passphrase"), validators=[Required(N_("Enter the passphrase."))]
    )
