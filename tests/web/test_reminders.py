"""The reminders page and the links in reminders: set, test, confirm, end, undo."""

from datetime import datetime

import icalendar
import pytest
from flask import Flask

from tests.applications import EVENING, MakeApp
from tests.delivery.authority import Authority
from tests.delivery.browsers import Browser as Phone
from tests.delivery.mailing import MailHost
from tests.delivery.pushing import PushService
from tests.web import reminding as belongings
from tests.web.client import SAME_ORIGIN, Visitor, page_text, sign_up
from tests.web.signing import installed
from tracker.cli.remind import made
from tracker.services import reminding

NOW = datetime.fromisoformat(EVENING)
HERE = "/reminders/"


@pytest.fixture
def app(
    make_app: MakeApp,
    mails: MailHost,
    pushes: PushService,
    own_authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
) -> Flask:
    """Return an application that mails and pushes, to this machine alone."""
    monkeypatch.setenv("SSL_CERT_FILE", str(own_authority.root))
    return make_app(
        SMTP_URL=mails.url,
        PUSH_HOSTS=pushes.host,
        BASE_URL="http://localhost",
        CONTACT="keeper@example.org",
    )


def shown(visitor: Visitor) -> str:
    return page_text(visitor.get(HERE))


def remind(app: Flask) -> None:
    """Send what is due half an hour later, at ten in Helsinki."""
    known = installed(app)
    sender = made(known.settings, known.keys, known.database)
    reminding.remind(sender, lambda: NOW.replace(hour=20, minute=0))


def add_phone(visitor: Visitor, phone: Phone, **more: str) -> int:
    answer = visitor.post("/reminders/devices", {**phone.told(), **more}, Accept="application/json")
    return answer.status_code


def link_in(mails: MailHost, part: str) -> str:
    words: list[str] = mails.mails[-1].get_content().split()
    return next(word for word in words if part in word).removeprefix("http://localhost")


def post_bare(app: Flask, path: str, **fields: str) -> str:
    """Send what a mail host sends: no cookie, no origin, no token but the path's."""
    answer = app.test_client().post(path, data=fields)
    assert answer.status_code == 200
    return answer.text


def test_a_time_is_chosen_and_off_is_one_tap(owner: Visitor) -> None:
    page = shown(owner)
    assert "Reminders are off." in page
    assert 'value="21:00"' in page
    answer = owner.post(HERE, {"clock": "22:00", "push": "y", "mail": "y"})
    assert answer.headers["Location"] == HERE
    page = shown(owner)
    assert "Next: Saturday 21 November, 22:00" in page
    assert "Nothing can reach you yet" in page
    owner.post("/reminders/off")
    page = shown(owner)
    assert "Reminders are off." in page
    assert 'value="22:00"' in page
    owner.post("/reminders/on")
    assert "Next: Saturday 21 November, 22:00" in shown(owner)


@pytest.mark.parametrize(("clock", "said"), [("", "Choose a time"), ("25:00", "Enter a time")])
def test_a_time_that_is_none_is_told_beside_it(owner: Visitor, clock: str, said: str) -> None:
    answer = owner.post(HERE, {"clock": clock})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_phone_is_pushed_to_and_can_be_removed(
    app: Flask, owner: Visitor, pushes: PushService
) -> None:
    phone = Phone(pushes.url("/phone"))
    assert add_phone(owner, phone) == 201
    page = shown(owner)
    assert "This device is reminded from now on." in page
    assert "Reminders are on." in page
    owner.post(HERE, {"clock": "22:00", "push": "y"})
    remind(app)
    told = phone.read_json(pushes.pushed[0].body)
    assert told["body"] == "Tonight's form is ready."
    assert "Last delivered: Saturday 21 November, 22:00, by push." in shown(owner)
    renewed = Phone(pushes.url("/renewed"))
    assert add_phone(owner, renewed, replaces=phone.url) == 201
    assert add_phone(owner, Phone(pushes.url("/x")), replaces=phone.url) == 404
    action = shown(owner).partition('action="/reminders/devices/')[2].partition('"')[0]
    owner.post(f"/reminders/devices/{action}")
    assert "That device is not reminded any more." in shown(owner)


def test_only_known_push_services_are_taken(owner: Visitor) -> None:
    phone = Phone("https://push.example.org/x")
    answer = owner.post("/reminders/devices", phone.told(), Accept="application/json")
    assert answer.status_code == 422
    assert "push service is not known here" in answer.text


def test_a_test_says_whom_it_reached(owner: Visitor, pushes: PushService, mails: MailHost) -> None:
    owner.post("/reminders/test")
    assert "no device and no confirmed address yet" in shown(owner)
    add_phone(owner, Phone(pushes.url("/phone")))
    owner.post("/reminders/mail", {"address": "moth@example.org"})
    owner.post("/reminders/test")
    page = shown(owner)
    assert "1 of 1 device was reached." in page
    assert "A mail was sent." not in page
    owner.post(link_in(mails, "/confirm/"))
    owner.post("/reminders/test")
    assert "A test was sent a moment ago." in shown(owner)


def test_a_test_goes_by_mail_too(owner: Visitor, mails: MailHost) -> None:
    owner.post("/reminders/mail", {"address": "moth@example.org"})
    owner.post(link_in(mails, "/confirm/"))
    owner.post("/reminders/test")
    assert "A mail was sent." in shown(owner)
    assert len(mails.mails) == 2


def test_a_test_that_reaches_nobody_says_so(owner: Visitor, pushes: PushService) -> None:
    add_phone(owner, Phone(pushes.url("/phone")))
    pushes.answers["/phone"] = 503
    owner.post("/reminders/test")
    page = shown(owner)
    assert "0 of 1 device was reached." in page
    assert "Nothing could be sent." in page


def test_an_address_is_confirmed_by_its_mail_then_a_reminder_ends_itself(
    app: Flask, owner: Visitor, mails: MailHost
) -> None:
    owner.post(HERE, {"clock": "22:00", "push": "y", "mail": "y"})
    owner.post("/reminders/mail", {"address": "moth@example.org"})
    page = shown(owner)
    assert "Not confirmed yet" in page
    assert "A mail is on its way." in page
    confirm = link_in(mails, "/confirm/")
    stranger = Visitor(app)
    assert "press the button" in page_text(stranger.get(confirm))
    remind(app)
    assert len(mails.mails) == 1  # looking is not pressing
    assert "is confirmed" in post_bare(app, confirm)
    assert stranger.get(confirm).status_code == 404
    assert "A mail goes here where no push arrives." in shown(owner)

    owner.post(HERE, {"clock": "21:50", "mail": "y"})
    known = installed(app)
    sender = made(known.settings, known.keys, known.database)
    reminding.remind(sender, lambda: NOW.replace(day=22, hour=19, minute=50))
    mail = mails.mails[-1]
    off = link_in(mails, "/off/")
    assert mail["List-Unsubscribe"] == f"<http://localhost{off}>"
    assert "End these reminders?" in page_text(stranger.get(off))
    page = post_bare(app, off, **{"List-Unsubscribe": "One-Click"})
    assert "Reminders are off" in page
    assert "They are off already." in page_text(stranger.get(off))
    assert "Reminders are off." in shown(owner)
    undo = page.partition('name="undo" value="')[2].partition('"')[0]
    assert "They come as before." in post_bare(app, off, undo=undo)
    assert app.test_client().post(off, data={"undo": undo}).status_code == 404
    assert "Reminders are on." in shown(owner)
    owner.post("/reminders/mail/remove")
    assert "moth@example.org" not in shown(owner)


@pytest.mark.parametrize("path", ["off", "confirm"])
@pytest.mark.parametrize("token", ["x", "y" * 43])
def test_a_link_that_is_none_is_not_there(app: Flask, path: str, token: str) -> None:
    stranger = Visitor(app)
    assert stranger.get(f"/reminders/{path}/{token}").status_code == 404
    assert app.test_client().post(f"/reminders/{path}/{token}").status_code == 404


def test_a_link_can_do_one_thing_alone(app: Flask, owner: Visitor, other: Visitor) -> None:
    known = installed(app)
    with known.database.writing() as session:
        links = belongings.with_reminder(session, known, owner, NOW)
    other.post(HERE, {"clock": "22:00"})
    post_bare(app, f"/reminders/off/{links['off_token']}", clock="03:00", address="x@example.org")
    page = shown(owner)
    assert "Reminders are off." in page
    assert 'value="21:00"' in page
    assert "Reminders are on." in shown(other)


def test_the_other_forms_ask_for_origin_and_token_still(app: Flask, owner: Visitor) -> None:
    assert app.test_client().post("/reminders/off").status_code == 403
    forged = owner.client.post("/reminders/off", headers=SAME_ORIGIN)
    assert forged.status_code == 403


@pytest.mark.parametrize("address", ["", "moth", "moth@@example.org"])
def test_an_address_that_is_none_is_told_beside_it(owner: Visitor, address: str) -> None:
    answer = owner.post("/reminders/mail", {"address": address})
    assert answer.status_code == 422
    assert "such as moth@example.org" in answer.text


def test_a_mail_host_that_is_away_is_told(owner: Visitor, mails: MailHost) -> None:
    mails.refuses[""] = "451 not now"
    owner.post("/reminders/mail", {"address": "moth@example.org"})
    assert "could not be sent" in shown(owner)
    answer = owner.post("/reminders/mail", {"address": "moth@example.org"})
    assert answer.status_code == 422
    assert "a short while ago" in answer.text


def test_where_no_mail_host_is_set_none_is_offered(make_app: MakeApp) -> None:
    owner = sign_up(make_app())
    page = shown(owner)
    assert "This server sends no mail." in page
    assert "Send the first mail" not in page
    assert owner.post("/reminders/mail", {"address": "moth@example.org"}).status_code == 404


def test_the_alarm_file_rings_every_evening_in_the_persons_zone(owner: Visitor) -> None:
    owner.post(HERE, {"clock": "22:00"})
    answer = owner.get("/reminders/alarm.ics")
    assert answer.mimetype == "text/calendar"
    calendar = icalendar.Calendar.from_ical(answer.data)
    (event,) = calendar.walk("VEVENT")
    start = event.decoded("dtstart")
    assert start.isoformat() == "2026-11-21T22:00:00+02:00"
    assert event["rrule"] == {"FREQ": ["DAILY"]}
    assert str(event["summary"]) == "Evenfall: tonight's form is ready"
    assert str(event["url"]) == "http://localhost/"
    (alarm,) = event.walk("VALARM")
    assert (str(alarm["action"]), alarm.decoded("trigger").total_seconds()) == ("DISPLAY", 0)


def test_before_a_time_is_chosen_the_alarm_file_has_nine(owner: Visitor) -> None:
    assert "T210000" in owner.get("/reminders/alarm.ics").text
