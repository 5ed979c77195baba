"""Reminders in a real browser: a push is shown, leads to tonight, or ends reminders."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Worker, expect

from tests.applications import MakeApp
from tests.browser.test_axe import watched
from tests.delivery.browsers import Browser as Phone
from tests.web.client import Visitor, page_text
from tests.web.reminding import with_reminder
from tests.web.signing import installed

SHOWN = "self.registration.getNotifications().then((all) => all.map((n) => [n.title, n.body]))"
# A browser without a way to its maker can't subscribe: what it would be given stands in for that.
SUBSCRIBED = """(told) => {
  const made = {
    endpoint: told.endpoint,
    options: {applicationServerKey: null},
    toJSON: () => ({endpoint: told.endpoint, keys: {p256dh: told.p256dh, auth: told.auth}}),
    unsubscribe: async () => true,
  };
  PushManager.prototype.subscribe = async (options) => { window.asked = options; return made; };
}"""
# Only a finger may open a window, and a test has none: where it would lead is noted instead.
OPENED = "Clients.prototype.openWindow = async (path) => { self.opened = path; }"
# What is pushed before that is lost.
ACTIVE = """navigator.serviceWorker.ready.then(({active}) => new Promise((done) => {
  const look = () => active.state === "activated" && done();
  active.addEventListener("statechange", look);
  look();
}))"""
# Who asks what is shown while it is about to be makes Chromium forget it: so the worker first notes
# that it has shown something, and only then, and a while later, is it asked.
NOTING = """() => {
  const show = self.registration.showNotification.bind(self.registration);
  self.noted = 0;
  self.registration.showNotification = async (title, options) => {
    await show(title, options);
    self.noted += 1;
  };
}"""
SETTLED = 400  # ms
# Presses a notification, or its button, as a finger would.
PRESS = """async (action) => {
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent("notificationclick", {notification, action});
  self.dispatchEvent(event);
}"""


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    """Return an application that knows a push service, where nobody listens."""
    return make_app(PUSH_HOSTS="localhost:9")


def sign_in(context: BrowserContext, owner: Visitor) -> None:
    """Let a browser carry the owner's session."""
    cookie = owner.client.get_cookie("__Host-evenfall")
    context.add_cookies(
        [
            {
                "name": cookie.key,
                "value": cookie.value,
                "domain": "localhost",
                "path": "/",
                "secure": True,
                "httpOnly": True,
            }
        ]
    )


@pytest.fixture
def context(browser: Browser, address: str, owner: Visitor) -> Iterator[BrowserContext]:
    """Return a phone on which the owner is signed in and allows notifications."""
    made = browser.new_context(viewport={"width": 360, "height": 640})
    made.grant_permissions(["notifications"], origin=address)
    sign_in(made, owner)
    yield made
    made.close()


class Pushing:
    """A phone whose service worker can be pushed to."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.said = watched(self.page)
        self.session: CDPSession = context.new_cdp_session(self.page)
        self.registrations: list[str] = []
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.session.send("ServiceWorker.enable")
        self.page.goto(f"{address}/reminders/")
        self.page.evaluate(ACTIVE)
        self.worker: Worker = context.service_workers[0]
        self.worker.evaluate(NOTING)
        self.noted = 0

    def _note(self, event: dict[str, list[dict[str, str]]]) -> None:
        own = [one for one in event["registrations"] if one["scopeURL"] == f"{self.address}/"]
        self.registrations += [one["registrationId"] for one in own]

    def deliver(self, data: str) -> None:
        """Push a message."""
        self.session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.address, "registrationId": self.registrations[-1], "data": data},
        )

    def shown(self) -> list[list[str]]:
        """Return title and words of what is shown."""
        found: list[list[str]] = self.worker.evaluate(SHOWN)
        return found

    def press(self, action: str = "") -> None:
        """Press what is shown."""
        self.worker.evaluate(PRESS, action)


def told(**more: str) -> str:
    words = {"title": "Evenfall", "body": "Tonight's form is ready.", "day": "2026-11-21"}
    return json.dumps({**words, "tag": "evenfall-tonight", **more})


def test_a_push_is_shown_and_a_later_one_takes_its_place(
    context: BrowserContext, address: str
) -> None:
    phone = Pushing(context, address)
    phone.deliver(told())
    expect_shown(phone, "Tonight's form is ready.")
    phone.deliver(told(body="Again"))
    expect_shown(phone, "Again")
    phone.deliver("no JSON")
    expect_shown(phone, "Tonight's form is ready.")
    assert not [words for words in phone.said if "Permissions-Policy" not in words]


def expect_shown(phone: Pushing, wanted: str) -> None:
    """Wait for one more notification, after which it is the only one and says this."""
    phone.noted += 1
    for _ in range(200):
        if phone.worker.evaluate("self.noted") == phone.noted:
            break
        phone.page.wait_for_timeout(50)
    phone.page.wait_for_timeout(SETTLED)
    assert phone.shown() == [["Evenfall", wanted]]


def test_pressing_it_opens_tonights_form(context: BrowserContext, address: str) -> None:
    phone = Pushing(context, address)
    phone.deliver(told())
    expect_shown(phone, "Tonight's form is ready.")
    phone.worker.evaluate(OPENED)
    phone.press()
    phone.page.wait_for_timeout(SETTLED)
    assert phone.shown() == []
    path: str = phone.worker.evaluate("self.opened")
    assert path == "/"
    phone.page.goto(f"{address}{path}")
    expect(phone.page.get_by_role("button", name="Save tonight")).to_be_visible()


def test_its_button_ends_reminders(
    app: Flask, context: BrowserContext, address: str, owner: Visitor
) -> None:
    known = installed(app)
    with known.database.writing() as session:
        links = with_reminder(session, known, owner, known.settings.clock())
    phone = Pushing(context, address)
    path = f"/reminders/off/{links['off_token']}"
    phone.deliver(told(off="No more reminders", is_off="Reminders are off.", off_path=path))
    expect_shown(phone, "Tonight's form is ready.")
    phone.press("off")
    expect_shown(phone, "Reminders are off.")
    assert "Reminders are off." in page_text(owner.get("/reminders/"))


def test_the_button_tells_the_server_where_to_push(
    context: BrowserContext, address: str, owner: Visitor
) -> None:
    page = context.new_page()
    page.add_init_script(f"({SUBSCRIBED})({json.dumps(Phone('https://localhost:9/x').told())})")
    page.goto(f"{address}/reminders/")
    key = page.locator("push-button").get_attribute("data-key")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("button", name="Remind me on this device").click()
    expect(page.get_by_text("This device is reminded from now on.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove Chrome")).to_be_visible()
    assert key is not None
    assert len(key) == 87
    assert "Reminders are on." in page_text(owner.get("/reminders/"))


def test_a_service_that_is_not_known_is_told_beside_the_button(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script(f"({SUBSCRIBED})({json.dumps(Phone('https://example.org/x').told())})")
    page.goto(f"{address}/reminders/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("button", name="Remind me on this device").click()
    expect(page.get_by_text("push service is not known here")).to_be_visible()


def test_who_does_not_allow_it_is_told_how(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.add_init_script("Notification.requestPermission = async () => 'denied'")
    page.goto(f"{address}/reminders/")
    page.get_by_role("button", name="Remind me on this device").click()
    expect(page.get_by_text("Allow them in its settings")).to_be_visible()


def test_a_phone_that_needs_the_home_screen_first_is_told(
    browser: Browser, address: str, owner: Visitor
) -> None:
    made = browser.new_context(
        user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"
    )
    sign_in(made, owner)
    page = made.new_page()
    page.add_init_script("delete window.PushManager")
    page.goto(f"{address}/reminders/")
    expect(page.locator("push-button [role=status]")).to_contain_text("on the home screen")
    expect(page.get_by_role("button", name="Remind me on this device")).to_be_hidden()
    made.close()
