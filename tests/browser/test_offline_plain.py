"""Where nothing may be kept, on plain http or without script, the form itself is sent."""

from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, expect

from tests.applications import MakeApp
from tests.browser.home import Home
from tests.browser.phones import Phones
from tests.browser.profile import Profile
from tests.browser.test_accounts import register
from tests.web.client import Visitor, sign_up
from tests.web.stored import installation
from tracker.storage import accounts

NAME = "box.lan"


def test_on_plain_http_the_form_itself_is_sent(
    real_app: MakeApp, tmp_path: Path, browser: Browser, program: Path
) -> None:
    def make() -> Flask:
        return real_app(ALLOW_HTTP_LAN="1", TRUSTED_HOSTS=NAME)

    with (
        Home(make, tmp_path / "unused") as home,
        Profile(browser, program, tmp_path / "profile", home) as profile,
    ):
        rule = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
        page = profile.start(None, rule, clock=None).page
        address = f"http://{NAME}:{home.line.port}"
        register(page, address)
        page.goto(address)
        assert page.evaluate("isSecureContext") is False
        page.locator('#pain label:has(input[value="6"])').click()
        page.get_by_role("button", name="Save tonight").click()
        expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
        assert page.evaluate("indexedDB.databases()") == []
        moth = Visitor(home.app)
        with installation(home.app).database.reading() as session:
            moth.account = accounts.find_by_name(session, "Moth")
        assert len(home.revisions(moth)) == 1


def test_without_script_the_form_itself_is_sent(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth, clock=None, java_script_enabled=False)
    phone.open()
    phone.tap("pain", "6")
    phone.save()
    expect(phone.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert home.scores(moth) == {"pain": 6}
