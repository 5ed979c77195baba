"""What the reminders page shows, gathered and put into words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.delivery import vapid
from tracker.domain.people import Account
from tracker.domain.reminders import DEVICES, Channel, Fate
from tracker.domain.words import N_
from tracker.services import reminders, subscriptions
from tracker.services.reminders import NEVER_SET
from tracker.services.reminding import Tried
from tracker.storage.reminders import Reminder
from tracker.storage.subscriptions import Subscription
from tracker.web.context import current, current_account
from tracker.web.dates import clock_time, weekday_and_day
from tracker.web.forms.reminders import AddressForm, ReminderForm
from tracker.web.templating import render
from tracker.web.words import _, ngettext

KNOWN_LETTERS = 16  # of an endpoint's hash: enough for a page to know its own browser
BY = {Channel.PUSH: N_("by push"), Channel.MAIL: N_("by mail")}
# What the button that asks for pushes may have to say.
PUSH_WORDS = {
    "here": N_("This device is reminded."),
    "waiting": N_("Asking this browser …"),
    "unsupported": N_("This browser can't be pushed to. Mail and the alarm file work."),
    "install": N_(
        "On an iPhone or iPad this works once Evenfall is on the home screen: see below."
    ),
    "denied": N_(
        "This browser was told not to show notifications from here. "
        "Allow them in its settings, then try again."
    ),
    "failed": N_("The browser's push service can't be reached now. Try again later."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand. `address` is None where there is none; `next_at`, where it is off."""

    reminder: Reminder | None
    address: str | None
    devices: Sequence[Subscription]
    next_at: str | None
    last: str | None

    @property
    def is_on(self) -> bool:
        """True where reminders come."""
        return self.reminder is not None and self.reminder.is_on

    @property
    def is_confirmed(self) -> bool:
        """True where mails may go to the address."""
        return self.reminder is not None and self.reminder.is_confirmed

    @property
    def is_silent(self) -> bool:
        """True where a reminder would reach nobody."""
        return not (self.devices or (self.address and self.is_confirmed))


def standing() -> Standing:
    """Return how things stand for whoever asks."""
    who, known = current_account(), current()
    with known.database.reading() as session:
        found = reminders.find(session, who)
        devices = subscriptions.list_all(session, who)
    due_at = None if found is None else found.due_at
    return Standing(
        reminder=found,
        address=reminders.address_of(found, known.keys),
        devices=devices,
        next_at=None if due_at is None else _when(due_at, who),
        last=_last(found, who),
    )


def page(form: ReminderForm | None = None, address: AddressForm | None = None) -> str:
    """Return the page, with forms as they were sent where something is wrong in them."""
    told = standing()
    settings = current().settings
    wanted = NEVER_SET if told.reminder is None else told.reminder.wish
    kept = ReminderForm(
        data={"clock": wanted.clock, "push": wanted.by_push, "mail": wanted.by_mail}
    )
    return render(
        "reminders/index.html",
        place="more",
        told=told,
        form=form or kept,
        address_form=address or AddressForm(),
        can_mail=can_mail(),
        key=vapid.public_text(vapid.made_or_read(settings.push_key_file)),
        known=" ".join(one.endpoint_sha256.hex()[:KNOWN_LETTERS] for one in told.devices),
        most=DEVICES,
        push_words={name: _(text) for name, text in PUSH_WORDS.items()},
    )


def can_mail() -> bool:
    """True where this server can send mails that hold links."""
    settings = current().settings
    return bool(settings.smtp_url and settings.base_url and settings.mail_sender)


def said_of_mail(fate: Fate) -> str:
    """Return what became of the mail that asks."""
    if fate is Fate.ACCEPTED:
        return _("A mail is on its way. Open its link and press the button there.")
    return _("The mail could not be sent. Check the address, or try again later.")


def said_of_test(told: Tried) -> Iterator[str]:
    """Yield what became of a test."""
    if told.devices:
        yield ngettext(
            "%(reached)s of %(count)s device was reached.",
            "%(reached)s of %(count)s devices were reached.",
            told.devices,
            reached=told.reached,
        )
    if told.mailed:
        yield _("A mail was sent.")
    if not (told.mailed or told.reached):
        yield _("Nothing could be sent. Look at the devices and the address, or try later.")


def _last(reminder: Reminder | None, who: Account) -> str | None:
    if reminder is None or reminder.delivered_at is None or reminder.delivered_by is None:
        return None
    return _(
        "%(when)s, %(how)s",
        when=_when(reminder.delivered_at, who),
        how=_(BY[reminder.delivered_by]),
    )


def _when(at: datetime, who: Account) -> str:
    local = at.astimezone(who.tzinfo)
    return _("%(day)s, %(time)s", day=weekday_and_day(local.date()), time=clock_time(local))
