"""The forms of reminders: when and how, and to which address."""

from wtforms import BooleanField

from tracker.domain.addresses import ADDRESS_LIMIT
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm, Clock, Line, Required


class ReminderForm(BaseForm):
    """When somebody is reminded, and by what."""

    clock = Clock(
        N_("Time"),
        validators=[Required(N_("Choose a time, such as 21:00."))],
        description=N_(
            "By your own clock. Until your day ends, a time after midnight belongs to the "
            "night before."
        ),
    )
    push = BooleanField(N_("By push, on the devices below"))
    mail = BooleanField(N_("By mail, where no push arrives"))


class AddressForm(BaseForm):
    """Where mails go."""

    address = Line(
        N_("Mail address"),
        limit=ADDRESS_LIMIT,
        validators=[Required(N_("Enter a mail address, such as moth@example.org."))],
        description=N_(
            "It is kept encrypted, for reminders alone. A first mail asks whether you want them."
        ),
    )
