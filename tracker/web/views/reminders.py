"""The reminders page: when, how, to which devices and which address; off in one tap."""

from datetime import time
from typing import Any, Final

from flask import Blueprint, Response, flash, jsonify, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.delivery.couriers import Couriers
from tracker.domain.addresses import AddressRefused
from tracker.domain.diary import diary_day
from tracker.domain.endpoints import Endpoint
from tracker.domain.reminders import Wish
from tracker.domain.words import Refused
from tracker.exports.alarm import Alarm, alarm_ics
from tracker.services import mail_addresses, reminders, reminding, subscriptions
from tracker.services.mail_addresses import AskedTooOften
from tracker.services.reminders import NEVER_SET
from tracker.services.reminding import Sender
from tracker.services.subscriptions import Browser
from tracker.storage.database import Session
from tracker.web import guard, reminder_pages, reminder_words, sessions
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.reminders import AddressForm, ReminderForm
from tracker.web.words import _, current_language, in_words

blueprint = Blueprint("reminders", __name__)
HERE: Final = "/reminders/"
CONFIRM_PATH: Final = "/reminders/confirm/"


@blueprint.get("/reminders/")
@policy(Policy.PATIENT)
def show() -> str:
    """Show when and how the person is reminded."""
    return reminder_pages.page()


@blueprint.post("/reminders/")
@policy(Policy.PATIENT)
def save() -> AnyResponse:
    """Remind from now on as the form says."""
    form = ReminderForm(request.form)
    if not form.validate():
        return make_response(reminder_pages.page(form), 422)
    clock: Any = form.clock.data  # a time; WTForms says text
    wanted = Wish(clock, by_push=form.push.data, by_mail=form.mail.data)
    who, keys, now = current_account(), current().keys, current().now
    current().database.write(lambda session: reminders.wish(session, who, wanted, keys, now))
    flash(_("Saved. Reminders are on."))
    return _back()


@blueprint.post("/reminders/off")
@policy(Policy.PATIENT)
def switch_off() -> AnyResponse:
    """Remind no more."""
    who, now = current_account(), current().now
    current().database.write(lambda session: reminders.switch_off(session, who, now))
    flash(_("Reminders are off."))
    return _back()


@blueprint.post("/reminders/on")
@policy(Policy.PATIENT)
def switch_on() -> AnyResponse:
    """Remind as before."""
    who, keys, now = current_account(), current().keys, current().now
    current().database.write(lambda session: reminders.switch_on(session, who, keys, now))
    flash(_("Reminders are on."))
    return _back()


@blueprint.post("/reminders/test")
@policy(Policy.PATIENT)
def test() -> AnyResponse:
    """Send what a reminder looks like, now."""
    known, who = current(), current_account()
    language = current_language()
    sender = Sender(
        database=known.database,
        keys=known.keys,
        courier=Couriers.of(known.settings),
        words=lambda _who: reminder_words.message(language),
        base_url=known.settings.base_url,
    )
    try:
        told = reminding.try_out(sender, who, known.now)
    except Refused as refusal:
        flash(in_words(refusal))
        return _back()
    for sentence in reminder_pages.said_of_test(told):
        flash(sentence)
    return _back()


@blueprint.post("/reminders/devices")
@policy(Policy.PATIENT)
def add_device() -> AnyResponse:
    """Push to the browser that asks, maybe in the place of what it was before."""
    url, public, secret = (request.form.get(name, "") for name in ("endpoint", "p256dh", "auth"))
    browser = Browser(
        Endpoint.read(url, public, secret, current().settings.push_services),
        sessions.device_label(request.user_agent.string),
    )
    before = request.form.get("replaces")
    if before is None:
        _add(browser)
    else:
        _renew(before, browser)
    return make_response(jsonify(saved=True), 201)


def _add(browser: Browser) -> None:
    who, keys, now = sessions.signed_in(), current().keys, current().now

    def add(session: Session) -> None:
        subscriptions.add(session, who, browser, keys, now)
        reminders.switch_on(session, who.account, keys, now, push=True)

    current().database.write(add)
    flash(_("This device is reminded from now on."))


def _renew(before: str, browser: Browser) -> None:
    who, keys, now = sessions.signed_in(), current().keys, current().now
    renewed = current().database.write(
        lambda session: subscriptions.renew(session, who, before, browser, keys, now)
    )
    found(renewed or None)


@blueprint.post("/reminders/devices/<device_id>/remove")
@policy(Policy.PATIENT)
def remove_device(device_id: str) -> AnyResponse:
    """Push to one browser no more."""
    who, now = current_account(), current().now
    removed = current().database.write(
        lambda session: subscriptions.remove(session, who, device_id, now)
    )
    found(removed or None)
    flash(_("That device is not reminded any more."))
    return _back()


@blueprint.post("/reminders/mail")
@policy(Policy.PATIENT)
def ask_address() -> AnyResponse:
    """Keep an address, and mail it the question whether its reader wants this."""
    found(reminder_pages.can_mail() or None)
    form = AddressForm(request.form)
    if not form.validate():
        return make_response(reminder_pages.page(address=form), 422)
    who, keys, now, typed = current_account(), current().keys, current().now, form.data["address"]
    try:
        address, token = current().database.write(
            lambda session: mail_addresses.ask(session, who, typed, keys, now)
        )
    except (AddressRefused, AskedTooOften) as refusal:
        form.refuse(refusal, "address")
        return make_response(reminder_pages.page(address=form), 422)
    link = f"{guard.own_origin()}{CONFIRM_PATH}{token}"
    asking = reminder_words.asking(current_language(), address, link)
    flash(reminder_pages.said_of_mail(Couriers.of(current().settings).mail(asking)))
    return _back()


@blueprint.post("/reminders/mail/remove")
@policy(Policy.PATIENT)
def remove_address() -> AnyResponse:
    """Forget the address."""
    who, now = current_account(), current().now
    current().database.write(lambda session: mail_addresses.remove(session, who, now))
    flash(_("The address is forgotten."))
    return _back()


@blueprint.get("/reminders/alarm.ics")
@policy(Policy.PATIENT)
def alarm() -> Response:
    """Give an alarm for the phone's own calendar."""
    who, now = current_account(), current().now
    with current().database.reading() as session:
        known = reminders.find(session, who)
    wanted = NEVER_SET if known is None else known.wish
    made = Alarm(
        id=who.id if known is None else known.id,
        first=diary_day(now, who.tzinfo, time()),
        clock=wanted.clock,
        zone=who.zone,
        title=reminder_words.message(current_language()).subject,
        link=f"{guard.own_origin()}/",
        made_at=now,
    )
    headers = {"Content-Disposition": 'attachment; filename="evenfall-reminder.ics"'}
    return Response(alarm_ics(made), mimetype="text/calendar", headers=headers)


def _back() -> AnyResponse:
    return redirect(HERE, 303)
