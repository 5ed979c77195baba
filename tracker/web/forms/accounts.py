"""The forms of people: sign-in, register, passwords, preferences."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from wtforms import BooleanField, Field, PasswordField, SelectField
from wtforms.fields.choices import Choice  # type: ignore[attr-defined] # newer than its types
from wtforms.form import BaseForm as AnyForm
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import PasswordInput

from tracker.domain.diary import LATEST_ROLLOVER
from tracker.domain.passwords import LEAST, LEAST_BESIDE_FACTOR, clean_password
from tracker.domain.people import clean_name, clean_rollover, clean_zone, known_zone, zones
from tracker.domain.words import N_, Refused
from tracker.web.forms.base import BaseForm, Clock, Line, Required
from tracker.web.words import _, in_words

READERS_ZONE: Final = N_("Days and times are shown by the clock there.")
LONGEST_NAME: Final = 200  # what the field takes; the rule for names says what fits, and why
LONGEST_CODE: Final = 100
LONGEST_TOKEN: Final = 500
# By the least length of a password.
HINTS: Final = {
    LEAST: N_("At least 15 characters. Four or five words that don't belong together are good."),
    LEAST_BESIDE_FACTOR: N_(
        "At least 10 characters, as a second factor stands beside it. Three or four words that "
        "don't belong together are good."
    ),
}


class Name(Line):
    """Whom an account is for."""

    def __init__(self, label: str = N_("Name"), **options: Any) -> None:  # noqa: ANN401 - WTForms'
        super().__init__(
            label,
            limit=LONGEST_NAME,
            validators=[Required(N_("Enter your name here."))],
            **options,
        )


def _obey(rule: Callable[[], object]) -> None:
    try:
        rule()
    except Refused as refusal:
        raise ValidationError(in_words(refusal)) from refusal


class NewPassword(PasswordField):
    """A password being chosen: one that will do stays, hidden, while other fields are mended.

    It stands alone, until `need` says otherwise.
    """

    def __init__(self, label: str = N_("Password"), **options: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(
            label,
            description=HINTS[LEAST],
            validators=[Required(N_("Choose a password."))],
            widget=PasswordInput(hide_value=False),
            **options,
        )
        self.least = LEAST

    def need(self, least: int) -> None:
        """Take passwords of at least so many characters."""
        self.least = least
        self.description = HINTS[least]

    def post_validate(self, form: AnyForm, validation_stopped: bool) -> None:  # noqa: FBT001 - WTForms'
        """Refuse what is easily guessed, in the same round as everything else."""
        if not validation_stopped:
            name = str(form.data.get("name") or "")
            _obey(lambda: clean_password(self.data or "", name, self.least))

    def _value(self) -> str:
        return "" if self.errors else self.data or ""


def existing(_form: BaseForm, field: Field) -> None:
    """Refuse what is no time zone."""
    _obey(lambda: clean_zone(field.data or ""))


class Zone(SelectField):
    """A time zone; a browser's own name for one is taken too."""

    def __init__(self, label: str = N_("Time zone"), **options: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(
            label,
            description=N_("Your nights are dated by the clock there."),
            choices=[],
            validators=[Required(N_("Choose your time zone.")), existing],
            validate_choice=False,
            **options,
        )

    def iter_choices(self) -> Iterator[Choice]:
        """Offer places, and what is chosen where that is an old name for one."""
        offered = zones()
        if self.data and self.data not in offered and known_zone(self.data):
            offered = (self.data, *offered)
        yield Choice("", _("Choose…"), not self.data, {})
        for zone in offered:
            yield Choice(zone, zone, zone == self.data, {})


class Consent:
    """Refuses a form whose box was not ticked."""

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Refuse `field` where it isn't ticked."""
        if not field.data:
            raise StopValidation(_("Please read this and tick the box if you agree."))


class KeptPassword(PasswordField):
    """A password that was typed, and stays, hidden, where a code is asked for beside it."""

    def __init__(self, label: str, **options: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(label, widget=PasswordInput(hide_value=False), **options)
        self.is_kept = False

    def _value(self) -> str:
        return self.data or "" if self.is_kept else ""


class Code(Line):
    """A code of a second factor; an empty one is none."""

    def __init__(
        self,
        label: str = N_("Code"),
        description: str = N_("Six digits from your authenticator app."),
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(label, limit=LONGEST_CODE, description=description, **options)

    def _value(self) -> str:
        return ""  # a code is good once


class SignInForm(BaseForm):
    """Who is at the door. `keep` takes back a wish to be erased."""

    name = Name()
    password = KeptPassword(N_("Password"), validators=[Required(N_("Enter your password here."))])
    code = Code()
    recovery_code = Code(
        N_("Recovery code"),
        N_("An unused one of those for your second factor; small letters will do."),
    )
    keep = BooleanField(N_("Keep my account after all"))

    @property
    def typed_code(self) -> str:
        """Return the code that was typed, in whichever of the two fields; "" for none."""
        return self.code.data or self.recovery_code.data or ""


class RegisterForm(BaseForm):
    """A new person."""

    name = Name(description=N_("A made-up one will do. It is what you sign in with."))
    password = NewPassword()
    zone = Zone()
    consent = BooleanField(
        N_("I have read this, and I want to keep my diary here"), validators=[Consent()]
    )

    def validate_name(self, field: Field) -> None:
        """Refuse what can't be a name."""
        _obey(lambda: clean_name(field.data or ""))


class ConfirmForm(BaseForm):
    """The password asked again, or a code in its place."""

    password = PasswordField(N_("Password"))
    code = Code()

    def validate_password(self, field: Field) -> None:
        """Refuse a form in which neither was given."""
        if not field.data and not self.code.data:
            raise StopValidation(_("Enter your password here."))


class PasswordForm(BaseForm):
    """A password to put in place of another."""

    old = PasswordField(
        N_("Present password"), validators=[Required(N_("Enter your present password."))]
    )
    password = NewPassword(N_("New password"))


class RecoverForm(BaseForm):
    """A new password by a code from the recovery sheet."""

    name = Name()
    code = Line(
        N_("Recovery code"),
        limit=LONGEST_CODE,
        description=N_("Any unused one from your sheet, such as 7K2M-…; small letters will do."),
        validators=[Required(N_("Enter a code from your sheet."))],
    )
    password = NewPassword(N_("New password"))


class LinkForm(BaseForm):
    """The operator's link, in one piece or only what follows the #."""

    token = Line(
        N_("Link or code"),
        limit=LONGEST_TOKEN,
        validators=[Required(N_("Paste the link that you were given."))],
    )


class ResetForm(BaseForm):
    """A new password by the operator's link."""

    password = NewPassword(N_("New password"))


class FirstPasswordForm(ResetForm):
    """The first password of somebody whom the operator added."""

    zone = Zone()
    consent = BooleanField(
        N_("I have read this, and I want to keep my diary here"), validators=[Consent()]
    )


class PreferencesForm(BaseForm):
    """How the diary counts its days, and in which language it speaks."""

    zone = Zone()
    rollover = Clock(
        N_("The diary day ends at"),
        description=N_(
            "What you write before that time belongs to the evening before. 00:00 to 12:00."
        ),
        validators=[Required(N_("Choose a time."))],
    )
    language = SelectField(N_("Language"))

    def validate_rollover(self, field: Field) -> None:
        """Refuse a time at which no diary day ends."""
        _obey(lambda: clean_rollover(field.data or LATEST_ROLLOVER))
