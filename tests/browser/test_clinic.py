"""The clinician's list in a browser: sound in every theme, a table where there is room, by keys."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_axe import THEMES, faults, opened, problems
from tests.web.client import Visitor, sign_up
from tests.web.readers import reader
from tests.web.test_clinic import kept, let_read
from tracker.domain.people import Role
from tracker.domain.questionnaire import PAIN
from tracker.domain.scopes import WHOLE, Scope

LONG = "W" * 40


def furnish(app: Flask) -> tuple[Visitor, list[str]]:
    """Return a clinician, and the reports of three people: all, cut, nothing written."""
    clinician = reader(app, Role.CLINICIAN)
    paths: list[str] = []
    for name, scope in (
        ("Moth", WHOLE),
        (LONG, Scope(items=frozenset({PAIN.key}))),
        ("Wren", WHOLE),
    ):
        owner = sign_up(app, name)
        if name != "Wren":
            kept(owner, missing=len(paths))
        let_read(owner, clinician, scope)
        assert owner.account is not None
        paths.append(f"/clinic/{owner.account.id}")
    return clinician, paths


@pytest.mark.parametrize("theme", THEMES)
def test_the_list_and_each_report_are_sound(
    browser: Browser, app: Flask, address: str, theme: str
) -> None:
    clinician, paths = furnish(app)
    page = opened(browser, address, theme, clinician)
    lists = [
        "/clinic/",
        "/clinic/?sort=name",
        "/clinic/?q=w",
        "/clinic/?q=nobody",
        "/clinic/?after=9~z",
    ]
    found = [fault for path in (*lists, *paths) for fault in faults(page, address, path)]
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address}/clinic/")
    found += problems(page)
    assert not found, "\n".join(found)
    page.context.close()


def test_a_phone_shows_cards_with_heads_and_a_screen_a_table(
    browser: Browser, app: Flask, address: str
) -> None:
    page = opened(browser, address, "dim", furnish(app)[0])
    page.goto(f"{address}/clinic/")
    row = page.get_by_role("row").filter(has_text="Moth")
    assert len({each["x"] for each in boxes(page)}) == 1
    expect(row.get_by_role("cell")).to_have_count(6)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert len({each["x"] for each in boxes(page)}) == 6
    expect(row.get_by_role("cell")).to_have_count(6)
    page.context.close()


def boxes(page: Page) -> list[dict[str, float]]:
    """Return where the cells of the first person stand."""
    found: list[dict[str, float]] = page.eval_on_selector_all(
        ".people tbody tr:first-child td",
        "(all) => all.map((each) => ({x: each.getBoundingClientRect().x}))",
    )
    return found


def test_keys_alone_find_a_person_and_open_the_report(
    browser: Browser, app: Flask, address: str
) -> None:
    page = opened(browser, address, "dim", furnish(app)[0])
    page.goto(f"{address}/clinic/")
    page.get_by_label("Part of a name").focus()
    page.keyboard.type("mot")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Moth", exact=True)
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The diary of Moth")
    page.context.close()
