"""What becomes of a night whose answer is lost, late, or overtaken by an edit."""

from collections.abc import Sequence

from playwright.sync_api import expect

from tests.browser.home import Home
from tests.browser.line import Mode
from tests.browser.phones import HURRIED, Phones
from tests.web.client import sign_up
from tracker.domain.revisions import Outcome, Revision


def outcomes(revisions: Sequence[Revision]) -> list[str]:
    """Return how each revision joined what stood."""
    return [one.outcome.value for one in revisions]


def test_a_night_whose_answer_was_lost_is_there_once(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.LOSING_POSTS)
    phone.answer(pain="6")
    assert home.line.lost > 0
    assert len(home.revisions(moth)) == 1
    assert len(phone.outbox()) == 1
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert len(home.revisions(moth)) == 1
    assert phone.stored("sent")[0]["revision"] == 1


def test_a_stalled_server_keeps_nobody_waiting(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth, script=HURRIED)
    phone.install()
    home.line.become(Mode.STALLED)
    phone.answer(pain="6")
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert len(home.revisions(moth)) == 1
    expect(phone.state).to_have_text("Saved.")


def test_an_edit_while_the_first_is_in_flight_contradicts_nobody(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.LOSING_POSTS)
    phone.tap("pain", "6")
    phone.tap("mood", "3")
    phone.save()
    phone.until(lambda: home.line.lost > 0)  # the server has it, the phone doesn't know
    phone.tap("pain", "4")
    phone.save()
    expect(phone.state).to_contain_text("Saved on this phone")
    assert len(phone.outbox()) == 2
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert outcomes(home.revisions(moth)) == ["stored", "stored"]
    assert home.scores(moth) == {"pain": 4, "mood": 3}


def test_an_answer_given_while_save_is_under_way_is_saved_by_the_next(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.page.evaluate(
        """() => {
          const tap = (item, value) =>
            document.querySelector(`#${item} input[value="${value}"]`).click();
          const save = document.querySelector(".savebar button");
          tap("pain", "6"); save.click(); save.click();
          tap("mood", "3"); save.click(); save.click();
        }"""
    )
    expect(phone.state).to_contain_text("Saved on this phone")
    assert [one["shown"] for one in phone.outbox()] == [
        [["On average, how much pain did you have today?", "6"]],
        [["Overall, how was your mood today?", "3"]],
    ]
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert outcomes(home.revisions(moth)) == ["stored", "stored"]
    assert home.scores(moth) == {"pain": 6, "mood": 3}


def test_save_tapped_twice_saves_once(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.tap("pain", "6")
    phone.page.evaluate(
        "() => { for (const _ of 'ab') document.querySelector('.savebar button').click(); }"
    )
    expect(phone.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert len(home.revisions(moth)) == 1


def test_three_savings_of_one_night_arrive_in_order(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.answer(pain="6", mood="3")
    phone.answer(pain="4")
    phone.keep(pain="5", sleep="2")
    first, second, third = phone.outbox()
    assert second["fields"]["replaces"] == first["client_id"]
    assert third["fields"]["replaces"] == second["client_id"]
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    revisions = home.revisions(moth)
    assert [one.client_id for one in revisions] == [
        one["client_id"] for one in (first, second, third)
    ]
    assert all(one.outcome is Outcome.STORED for one in revisions)
    assert home.scores(moth) == {"pain": 5, "mood": 3, "sleep": 2}


def test_an_answer_saved_without_a_connection_can_be_cleared_again(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.keep(pain="6", mood="3")
    phone.tap("pain", "7")
    phone.tap("pain", "7")
    phone.save()
    expect(phone.state).to_contain_text("Saved on this phone")
    assert len(phone.outbox()) == 2
    home.line.become(Mode.OPEN)
    phone.go()
    phone.emptied()
    assert home.scores(moth) == {"mood": 3}


def test_a_night_that_the_server_can_not_take_yet_holds_up_no_other(
    home: Home, phones: Phones
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    home.line.become(Mode.CUT)
    phone.keep("/yesterday", pain="1")
    phone.keep(pain="2")
    with home.troubled("/diary/2026-11-20"):
        home.line.become(Mode.OPEN)
        phone.go()
        left = phone.stored_when("outbox", 1)
    assert left[0]["day"] == "2026-11-20"
    phone.go()
    phone.emptied()
    assert [one.day.day for one in home.revisions(moth)] == [20, 21]
