"""The forms of second factors: the first code, a name, the password that then stands alone."""

from wtforms import PasswordField

from tracker.domain.factors import LABEL_LIMIT
from tracker.domain.words import N_
from tracker.web.forms.accounts import Code
from tracker.web.forms.base import BaseForm, Line, Required


class LabelForm(BaseForm):
    """A name for a factor."""

    label = Line(
        N_("Its name"),
        limit=LABEL_LIMIT,
        description=N_("Such as “my phone”. May stay empty."),
    )


class FirstCodeForm(LabelForm):
    """The first code, which proves that the app has the secret."""

    code = Code(validators=[Required(N_("Enter the code that the app shows."))])


class RemoveForm(BaseForm):
    """The password that stands alone once the last factor is gone."""

    password = PasswordField(N_("Password"), validators=[Required(N_("Enter your password here."))])
