"""The links in reminders and mails: who holds one needs no account, and it does one thing alone."""

from flask import Blueprint, request

from tracker.services import mail_addresses, reminders
from tracker.services.reminders import NoSuchLink
from tracker.web.access import Policy, found, policy
from tracker.web.context import current
from tracker.web.templating import render

blueprint = Blueprint("reminder_links", __name__)


@blueprint.get("/reminders/off/<off_token>")
@policy(Policy.LINK)
def before_off(off_token: str) -> str:
    """Show one button: what fetches mails ahead presses none."""
    try:
        with current().database.reading() as session:
            reminder = reminders.read_link(session, off_token)
    except NoSuchLink:
        return found(None)
    return render("reminders/off.html", token=off_token, is_on=reminder.is_on, bare=True)


@blueprint.post("/reminders/off/<off_token>")
@policy(Policy.LINK)
def off(off_token: str) -> str:
    """Switch that reminder off, or on again from the page that this answers with."""
    known, undo = current(), request.form.get("undo")
    try:
        if undo is not None:
            known.database.write(
                lambda session: reminders.undo_link(session, off_token, undo, known.keys, known.now)
            )
            return render("reminders/on_again.html", token=off_token, bare=True)
        done = known.database.write(
            lambda session: reminders.follow_link(session, off_token, known.keys, known.now)
        )
    except NoSuchLink:
        return found(None)
    return render("reminders/is_off.html", token=off_token, undo=done, bare=True)


@blueprint.get("/reminders/confirm/<address_token>")
@policy(Policy.LINK)
def before_confirming(address_token: str) -> str:
    """Show one button."""
    try:
        with current().database.reading() as session:
            mail_addresses.read_link(session, address_token, current().now)
    except NoSuchLink:
        return found(None)
    return render("reminders/confirm.html", token=address_token, bare=True)


@blueprint.post("/reminders/confirm/<address_token>")
@policy(Policy.LINK)
def confirm(address_token: str) -> str:
    """Let mails go to the address to which this link was mailed."""
    now = current().now
    try:
        current().database.write(lambda s: mail_addresses.confirm(s, address_token, now))
    except NoSuchLink:
        return found(None)
    return render("reminders/confirmed.html", bare=True)
