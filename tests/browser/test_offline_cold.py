"""Nights without a connection: from a cold start on, and whatever answers in the server's place."""

import pytest
from playwright.sync_api import expect

from tests.browser.home import Home
from tests.browser.line import Mode
from tests.browser.phones import Phones, answers
from tests.web.client import sign_up
from tracker.domain.diary import Status

STRANGERS = (Mode.PORTAL, Mode.JSON, Mode.NOTHING, Mode.ELSEWHERE, Mode.GATEWAY, Mode.CUT)


def test_a_night_is_kept_from_a_cold_start_and_sent_once(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.reopen()
    expect(phone.page.locator("h1")).to_have_text("Tonight")
    phone.answer(pain="6", mood="0", dream_vividness="no_recall")
    phone.reopen()
    expect(phone.waits).to_contain_text("Waiting on this phone: 1.")
    assert answers(phone.outbox()[0]) == {"pain": "6", "mood": "0", "dream_vividness": "no_recall"}
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    expect(phone.waits).to_be_hidden()
    assert len(home.revisions(moth)) == 1
    assert home.scores(moth) == {
        "pain": 6,
        "mood": 0,
        "dream_vividness": None,
        "dream_distress": None,
    }
    assert home.night(moth).status is Status.ON_TIME


@pytest.mark.parametrize("mode", STRANGERS)
def test_nothing_leaves_the_queue_where_somebody_else_answers(
    home: Home, phones: Phones, mode: Mode
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(mode)
    phone.answer(pain="6")
    phone.go()
    phone.page.wait_for_timeout(150)
    assert len(phone.outbox()) == 1
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert len(home.revisions(moth)) == 1
