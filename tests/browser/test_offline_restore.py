"""A server that came back from yesterday's backup gets again what the phone still has."""

from datetime import UTC, datetime
from pathlib import Path

from tests.browser.home import Home
from tests.browser.phones import Phones
from tests.web.client import Visitor, sign_up
from tests.web.stored import installation
from tracker.keys import Keys
from tracker.services import people
from tracker.services.hashing import Hasher
from tracker.services.people import Door
from tracker.services.people import Visitor as AtTheDoor
from tracker.storage import backups, restores

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
KEY = Keys.derived(b"a test" * 8).audit


def back_up(home: Home, folder: Path) -> Path:
    """Back up as `tracker backup` does."""
    return backups.write(installation(home.app).database, folder, NOW)


def restore(home: Home, file: Path) -> None:
    """Stop, restore as `tracker restore` does, and start again."""
    made = installation(home.app)
    home.stop()
    made.database.close()
    restores.restore(made.settings, KEY, file, NOW)
    home.start()


def session_of(home: Home, who: Visitor) -> Visitor:
    """Return the person with a new session: a restore has ended all."""
    assert who.account is not None
    made = installation(home.app)
    door = Door(made.database, Hasher(), AtTheDoor("127.0.0.1", "a test"), NOW, made.keys.totp)
    with made.database.writing() as session:
        opened = people.open_session(session, door, who.account)
    visitor = Visitor(home.app, who.account)
    with visitor.client.session_transaction() as cookie:
        cookie.update(_user_id=opened.token, person=who.account.id)
    return visitor


def test_a_chain_of_savings_comes_back_by_itself_in_order_and_once(
    home: Home, phones: Phones, tmp_path: Path
) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    file = back_up(home, tmp_path / "backups")
    for pain in ("6", "4", "5"):
        phone.open("/")
        if pain != "6":
            phone.page.locator("#change > summary").click()
        phone.tap("pain", pain)
        phone.page.locator("button", has_text="Save").first.click()
        phone.arrive()
    before = home.revisions(moth)
    assert len(before) == 3
    restore(home, file)
    assert home.revisions(moth) == []
    phone.sign_in(session_of(home, moth))
    phone.rest()
    phone.open("/trends/")
    phone.until(lambda: len(home.revisions(moth)) == 3)
    phone.emptied()
    after = home.revisions(moth)
    assert [one.client_id for one in after] == [one.client_id for one in before]
    assert {one.outcome.value for one in after} == {"stored"}
    assert home.scores(moth) == {"pain": 5}
    phone.rest()
    phone.open("/trends/")
    phone.page.wait_for_timeout(300)
    assert len(home.revisions(moth)) == 3


def test_what_was_written_elsewhere_after_the_restore_is_not_overwritten(
    home: Home, phones: Phones, tmp_path: Path
) -> None:
    moth = sign_up(home.app)
    phone, laptop = phones.new(moth), phones.new(moth)
    laptop.open()
    laptop.tap("pain", "8")
    laptop.send()
    file = back_up(home, tmp_path / "backups")
    # Revisions 2 and 3 are not in the backup.
    phone.install()
    for pain in ("6", "4"):
        phone.open("/diary/2026-11-21")
        phone.page.locator("#change > summary").click()
        phone.tap("pain", pain)
        phone.page.get_by_role("button", name="Save changes").click()
        phone.arrive()
    # Of the chain only its end is left: the other was lost with the 48 hours.
    phone.lose("sent", leave=1)
    restore(home, file)
    renewed = session_of(home, moth)
    for device in (phone, laptop):
        device.at("2026-11-21T20:30:00Z")
    home.at("2026-11-21T20:30:00Z")
    # The laptop's edit is revision 2 now: not the one that the phone's edit was made upon.
    laptop.sign_in(renewed)
    laptop.lose("sent")
    laptop.open("/diary/2026-11-21")
    laptop.page.locator("#change > summary").click()
    laptop.tap("pain", "1")
    laptop.page.get_by_role("button", name="Save changes").click()
    laptop.arrive()
    phone.sign_in(renewed)
    phone.rest()
    phone.open("/trends/")
    phone.until(lambda: len(home.revisions(moth)) == 3)
    assert home.scores(moth) == {"pain": 1}
    assert home.night(moth).conflict
