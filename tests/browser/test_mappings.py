"""Files of other apps are taken in by thumb, on a phone, in a few calm pages."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests import other_apps
from tests.browser.test_axe import THEMES, faults, opened
from tests.web.client import Visitor, sign_up
from tests.web.tables import with_table
from tracker.web.context import Installation


def choose(page: Page, address: str, name: str, data: bytes) -> None:
    page.goto(f"{address}/imports/")
    file = FilePayload(name=name, mimeType="text/csv", buffer=data)
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is in this file?")


def fits(page: Page) -> None:
    """Nothing of a page stands beside the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_files_of_two_other_apps_are_taken_in_by_thumb(
    browser: Browser, address: str, owner: Visitor
) -> None:
    page = opened(browser, address, "dim", owner)

    choose(page, address, "daylio_export.csv", other_apps.daylio(30, a_day=2))
    fits(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("“rad”")).to_have_value("10")
    page.get_by_role("radio", name="The last of the day").check()
    fits(page)
    page.get_by_role("button", name="Show what comes of it").click()
    expect(page.get_by_role("main")).to_contain_text("30, from 10 August 2026")
    fits(page)
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("status")).to_contain_text("30 nights were taken in.")

    choose(page, address, "bearable.csv", other_apps.bearable(30, a_day=3))
    page.get_by_label("“Symptom: Neck pain”").select_option("new")
    page.get_by_role("button", name="Go on").click()
    fits(page)
    page.get_by_role("radio", name="The highest").check()
    page.get_by_role("radio", name="Take the nearest answer").check()
    page.get_by_role("button", name="Show what comes of it").click()
    expect(page.get_by_role("main")).to_contain_text("Different from what is here")
    fits(page)
    page.get_by_role("radio", name="Add the file's answers").check()
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("status")).to_contain_text("30 nights were taken in.")

    page.goto(f"{address}/imports/")
    last = page.locator("section", has_text="bearable.csv")
    last.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_contain_text("30 nights were taken back.")
    page.context.close()


@pytest.mark.parametrize("theme", THEMES)
def test_the_pages_about_a_table_are_sound(
    browser: Browser, app: Flask, address: str, theme: str
) -> None:
    owner = sign_up(app)
    made: Installation = app.extensions["evenfall"]
    assert owner.account is not None
    with made.database.writing() as session:
        table = with_table(session, owner.account, made.settings.clock())["table_id"]
    page = opened(browser, address, theme, owner)
    paths = [f"/imports/{table}{path}" for path in ("/columns", "/answers", "")]
    found = [fault for path in (*paths, "/imports/") for fault in faults(page, address, path)]
    assert not found, "\n".join(found)
    page.context.close()
