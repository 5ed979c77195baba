"""What is not asked every night, in a real browser: sound to everybody, and right offline."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.home import TONIGHT, Home
from tests.browser.line import Mode
from tests.browser.phones import Phones
from tests.browser.test_axe import THEMES, faults, opened
from tests.charts import courses
from tests.web.client import Visitor, sign_up
from tests.web.stored import keep
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Ruler

FOUR_WEEKS = timedelta(days=28)


def four_weeks_treated(app: Flask) -> Visitor:
    """Return somebody who is asked about dose, tolerability and overall change tonight."""
    moth = sign_up(app)
    keep(moth, courses.diary({}, Ruler.NRS), [Phase(PhaseKind.TREATMENT, TONIGHT - FOUR_WEEKS)])
    return moth


@pytest.mark.parametrize("theme", THEMES)
def test_the_form_that_asks_everything_is_sound(
    browser: Browser, app: Flask, address: str, theme: str
) -> None:
    moth = four_weeks_treated(app)
    page = opened(browser, address, theme, moth)
    assert not faults(page, address, "/")
    assert page.locator("#pgic .cell-row").count() == 7
    moth.post(f"/diary/{TONIGHT}", {"pain": "4", "pgic": "2", "tolerability": "88"})
    assert not faults(page, address, "/trends/")
    page.context.close()


def test_without_a_connection_the_dose_is_asked_and_what_only_tonight_asks_is_not(
    home: Home, phones: Phones
) -> None:
    moth = four_weeks_treated(home.app)
    phone = phones.new(moth)
    phone.install()
    assert phone.page.locator("[data-item=pgic]").count() == 1
    home.line.become(Mode.CUT)
    phone.reopen()
    assert phone.page.locator("[data-item=pgic], [data-item=tolerability]").count() == 0
    phone.answer(dose_taken="yes", pain="3")
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert home.scores(moth) == {"dose_taken": 1, "pain": 3}
