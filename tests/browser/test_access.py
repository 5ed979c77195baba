"""Access in a browser: filled pages in every theme, and a helper's night kept on no phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_axe import THEMES, faults, opened
from tests.web import stored
from tests.web.access import end, give
from tests.web.client import Visitor, sign_up
from tests.web.readers import reader
from tracker.domain.grants import GrantKind, Terms
from tracker.domain.people import Role
from tracker.domain.readings import Reader, ReaderKind, Seen
from tracker.domain.scopes import Scope
from tracker.services import invitations, readings

LONG = "Dr Wilhelmina Featherstonehaugh-Cholmond"
SAVED = """async () => {
  const names = (await indexedDB.databases()).map((one) => one.name);
  const rows = [];
  for (const name of names) {
    const db = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store).getAll();
      rows.push(...(await new Promise((done) => { all.onsuccess = () => done(all.result); })));
    }
    db.close();
  }
  return JSON.stringify(rows);
}"""


def furnish(app: Flask) -> tuple[Visitor, Visitor, Visitor]:
    """Return an owner, a clinician and a helper with something on every page about access."""
    owner, helper = sign_up(app), sign_up(app, "Wren")
    ada = reader(app, Role.CLINICIAN, LONG)
    cut = Scope(items=frozenset({"pain", "sleep", "mood", "fatigue"}), notes=True)
    made = stored.installation(app)
    now = made.settings.clock()
    end(owner, give(owner, ada, GrantKind.READ))
    give(owner, ada, GrantKind.READ, cut, now + timedelta(days=90))
    give(owner, helper, GrantKind.HELP)
    assert owner.account is not None
    with made.database.writing() as session:
        invitations.offer(session, owner.account, Terms(GrantKind.READ, Scope()), now)
        assert ada.account is not None
        invitations.ask(session, ada.account, now)
        who = Reader(ada.account.id, LONG, ReaderKind.CLINICIAN)
        for what in Seen:
            readings.note_reading(session, owner.account.id, who, what, now)
            readings.note_reading(session, owner.account.id, who, what, now + timedelta(minutes=9))
    helper.post(f"/for/{owner.account.id}/diary/2026-11-21", {"pain": "7", "mood": "0"})
    return owner, ada, helper


def link(app: Flask, make: Callable[..., str], maker: Visitor, *rest: object) -> str:
    made = stored.installation(app)
    with made.database.writing() as session:
        return make(session, maker.account, *rest, made.settings.clock())


@pytest.mark.parametrize("theme", THEMES)
def test_pages_about_access_are_sound_where_they_are_full(
    browser: Browser, app: Flask, address: str, theme: str
) -> None:
    owner, ada, helper = furnish(app)
    assert owner.account is not None
    form = f"/for/{owner.account.id}/"
    pages = (
        (owner, ("/grants/", "/account/readings", "/diary/2026-11-21", "/trends/")),
        (ada, ("/clinic/invite",)),
        (
            helper,
            ("/for/", form, f"{form}diary/2026-11-20", f"{form}diary/2026-11-21?saved=stored"),
        ),
    )
    found = []
    for who, paths in pages:
        page = opened(browser, address, theme, who)
        found += [fault for path in paths for fault in faults(page, address, path)]
        page.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", THEMES)
def test_an_invitation_is_opened_by_its_link_and_answered(
    browser: Browser, app: Flask, address: str, theme: str
) -> None:
    owner, ada = sign_up(app), reader(app, Role.CLINICIAN, "Ada")
    token = link(app, invitations.ask, ada)
    page = opened(browser, address, theme, owner)
    page.goto(f"{address}/join#{token}")
    expect(page.get_by_text("Your link is here.")).to_be_visible()
    assert token not in page.url
    page.get_by_role("button", name="See what it says").click()
    path = page.url.removeprefix(address)
    assert not faults(page, address, path)
    expect(page.get_by_text("Ada, a clinician here, asks")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Pain")).to_be_hidden()
    page.get_by_label("Only those ticked here").check()
    page.get_by_role("checkbox", name="Pain").check()
    page.get_by_role("button", name="Let them read this").click()
    expect(page.get_by_text("Only these questions: Pain")).to_be_visible()
    page.get_by_role("button", name="End this now").click()
    expect(page.get_by_text("That access is ended.")).to_be_visible()
    page.context.close()


def test_an_owners_link_is_copied_from_the_page(browser: Browser, app: Flask, address: str) -> None:
    page = opened(browser, address, "dim", sign_up(app))
    page.goto(f"{address}/grants/new/help")
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_role("button", name="Copy the link")).to_be_visible()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


def test_a_helpers_night_is_kept_on_no_phone(browser: Browser, app: Flask, address: str) -> None:
    owner, helper = sign_up(app), sign_up(app, "Wren")
    give(owner, helper, GrantKind.HELP)
    assert owner.account is not None
    page = opened(browser, address, "dim", helper)
    page.goto(f"{address}/for/{owner.account.id}/")
    _tap(page, "pain", "7")
    page.get_by_role("button", name="Save for them").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert owner.account.id not in str(page.evaluate(SAVED))
    _tap(page, "pain", "8")
    page.reload()
    assert owner.account.id not in str(page.evaluate(SAVED)), "no draft either"
    page.context.close()


def _tap(page: Page, item: str, value: str) -> None:
    page.locator(f'[data-item="{item}"] input[value="{value}"]').check(force=True)
