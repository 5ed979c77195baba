"""The forms of a study: what it is, what is agreed to, who runs it, and what opens its key."""

from collections.abc import Sequence
from typing import Final

from wtforms import BooleanField, PasswordField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain.limits import MEDICINE_LIMIT
from tracker.domain.people import NAME_LIMIT
from tracker.domain.questionnaire import OPTIONAL, Ruler
from tracker.domain.side_effects import Severity, SideEffect
from tracker.domain.studies import (
    CONSENT_LIMIT,
    OWN_PLAN,
    REASON_LIMIT,
    TITLE_LIMIT,
    Draft,
    Protocol,
)
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm, Day, Line, Lines, Required, WholeNumber
from tracker.web.forms.phases import Milligrams
from tracker.web.words import _

REPEATS: Final = frozenset({"items"})  # the field that a study's form sends several times
PLANS: Final = {
    "crossover2013": N_(
        "Crossover: 2 weeks before, 12 of the drug and 4 of placebo in drawn order"
    ),
    "final2024": N_("Parallel: 1 week before, 12 weeks of the drug or of placebo"),
    "pilot2009": N_("Pilot: 2 weeks before, 2 of placebo, 8 of the drug, 2 without"),
    "cytokine2015": N_("Single-blind: 2 weeks before, 8 of the drug"),
    "open_label": N_("Open: 2 weeks before, 4 of titration, 12 of treatment"),
    OWN_PLAN: N_("Pairs of periods, the order drawn in each: say below how long"),
}
RULERS: Final = {Ruler.NRS: N_("0 to 10, by buttons"), Ruler.VAS: N_("0 to 100, by a slider")}


class DraftForm(BaseForm):
    """What a new study is: `draft()` where it is sound."""

    title = Line(
        N_("Title"),
        limit=TITLE_LIMIT,
        description=N_("People see it before they join, and their own pages name the study so."),
        validators=[Required(N_("Give the study a title."))],
    )
    plan = SelectField(N_("Plan"), choices=[], default="crossover2013")
    medicine = Line(
        N_("Medicine, as in the protocol"),
        limit=MEDICINE_LIMIT,
        validators=[Required(N_("Say which medicine the study is about."))],
    )
    dose_mg = Milligrams(
        N_("Dose in mg, as in the protocol (optional)"),
        description=N_("It is only noted here: nothing proposes a dose."),
    )
    pairs = WholeNumber(N_("Pairs"), default=2)
    period_days = WholeNumber(N_("Days of a period"), default=14)
    washout_days = WholeNumber(N_("Days between periods"), default=0)
    baseline_days = WholeNumber(N_("Days before the first period"), default=14)
    ruler = RadioField(N_("Ruler"), choices=[], default=Ruler.NRS.value)
    items = SelectMultipleField(N_("Asked each night beside the usual questions"), choices=[])
    size = WholeNumber(
        N_("How many people are wanted"),
        default=28,
        validators=[Required(N_("Say how many people are wanted."))],
    )
    least_nights = WholeNumber(
        N_("Nights that are needed before somebody is randomised"),
        default=8,
        validators=[Required(N_("Say how many nights are needed."))],
    )

    def offer(self) -> "DraftForm":
        """Return the form with its choices in the reader's language."""
        self.plan.choices = [SelectChoice(key, _(name)) for key, name in PLANS.items()]
        self.ruler.choices = [SelectChoice(key.value, name) for key, name in RULERS.items()]
        self.items.choices = [SelectChoice(item.key, item.name) for item in OPTIONAL]
        return self

    def draft(self) -> Draft:
        """Return what was entered."""
        given = self.data
        numbers = ("pairs", "period_days", "washout_days", "baseline_days")
        own = [given[name] or 0 for name in numbers] if given["plan"] == OWN_PLAN else []
        return Draft(
            title=given["title"],
            protocol=Protocol(given["plan"], given["medicine"], given["dose_mg"], *own),
            ruler=Ruler(given["ruler"]),
            items=tuple(given["items"]),
            size=given["size"],
            least_nights=given["least_nights"],
        )


class ConsentForm(BaseForm):
    """What people agree to."""

    words = Lines(
        N_("What people agree to"),
        limit=CONSENT_LIMIT,
        description=N_(
            "Say who runs the study, what is asked, what you see, and that leaving is always "
            "possible. A change makes a new version; who joined before agreed to theirs."
        ),
        validators=[Required(N_("Write down what people agree to."))],
    )


class MemberForm(BaseForm):
    """Somebody else who runs the study."""

    name = Line(
        N_("Name of their account"),
        limit=NAME_LIMIT,
        validators=[Required(N_("Enter the name."))],
    )
    part = RadioField(
        N_("As what?"),
        choices=[
            SelectChoice("coordinator", N_("Coordinator: enrols and sees how nights stand")),
            SelectChoice("holder", N_("Holder of the key: sees nobody's nights")),
        ],
        default="coordinator",
    )


class KeyForm(BaseForm):
    """A new passphrase, typed twice."""

    passphrase = PasswordField(
        N_("Passphrase"),
        description=N_("At least 15 characters. Write it down, and keep it apart from here."),
        validators=[Required(N_("Choose a passphrase."))],
    )
    again = PasswordField(
        N_("The same again"), validators=[Required(N_("Type the passphrase once more."))]
    )


class PassphraseForm(BaseForm):
    """The passphrase that opens the key."""

    passphrase = PasswordField(
        N_("Passphrase of the key"), validators=[Required(N_("Enter the passphrase."))]
    )


class EmergencyForm(PassphraseForm):
    """The passphrase, and why one person's order has to be known."""

    reason = Line(
        N_("Why?"),
        limit=REASON_LIMIT,
        description=N_("It stays in the study's report."),
        validators=[Required(N_("Say why. It stays in the study's log."))],
    )


class SlotsForm(BaseForm):
    """How many slots are added."""

    slots = WholeNumber(
        N_("How many more slots?"), default=100, validators=[Required(N_("Enter a number."))]
    )


class CodeForm(BaseForm):
    """For how many people a code is."""

    uses = WholeNumber(
        N_("For how many people?"), default=1, validators=[Required(N_("Enter a number."))]
    )


class RandomiseForm(BaseForm):
    """Why somebody is randomised before the baseline is long enough."""

    why = Line(
        N_("Why now, if the baseline is too short (else leave it empty)"), limit=REASON_LIMIT
    )


class JoinForm(BaseForm):
    """That somebody agrees, and from which day on they take part."""

    start = Day(
        N_("First day"),
        description=N_("The first evening of the study."),
        validators=[Required(N_("Enter the first day."))],
    )
    agreed = BooleanField(
        N_("I have read this, and I take part of my own will."),
        validators=[Required(N_("Please tick this if you agree."))],
    )


class FilterForm(BaseForm):
    """Whom the list shows: who meets all that is filled in."""

    missed = WholeNumber(N_("Missed at least so many of the last 14 nights"))
    since = Day(N_("Told of a side effect on or after"))
    severe = BooleanField(N_("Only severe side effects"))

    def shows(self, missed: int, effects: Sequence[SideEffect]) -> bool:
        """Return whether somebody is shown who missed so many nights and told of `effects`."""
        since, severe = self.since.data, self.severe.data
        if missed < (self.missed.data or 0):
            return False
        return not (since or severe) or any(
            (since is None or each.reported >= since)
            and (not severe or each.severity is Severity.SEVERE)
            for each in effects
        )
