"""Setting a reminder, switching it off by its link, and the address that has to be confirmed."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from tests.delivery.browsers import Browser as Phone
from tests.services import doors
from tests.services.lives import KEYS
from tests.services.reminded import (
    AFTERNOON,
    MOTH_MAIL,
    NINE,
    NOBODY,
    PUSHED,
    TONIGHT,
    UNREACHED,
    Evening,
)
from tracker.config import Settings
from tracker.domain.addresses import AddressRefused
from tracker.domain.archives import KeptReminder
from tracker.domain.reminders import CONFIRM_LIFE, DEVICES, UNDO_OFF, Wish
from tracker.services import accounts, mail_addresses, people, reminders, subscriptions
from tracker.services.mail_addresses import AskedTooOften
from tracker.services.reminders import NoSuchLink
from tracker.services.subscriptions import Browser, TooManyDevices
from tracker.storage import audit, backups, installation, restores
from tracker.storage.database import Database

LONG = timedelta(days=30)


def verbs(evening: Evening, owner: str) -> list[str]:
    with evening.database.reading() as session:
        return [event.verb for event in reversed(audit.events_of(session, owner, 50))]


def test_off_and_on_keep_the_time(evening: Evening) -> None:
    who = evening.person(clock=time(22)).account
    with evening.database.writing() as session:
        reminders.switch_off(session, who, AFTERNOON)
        reminders.switch_off(session, who, AFTERNOON)
    off = evening.look(who)
    assert (off.is_on, off.off_at, off.wish.clock) == (False, AFTERNOON, time(22))
    with evening.database.writing() as session:
        reminders.reschedule(session, who, AFTERNOON)
        reminders.switch_on(session, who, KEYS, AFTERNOON)
    assert evening.look(who).due_at == NINE + timedelta(hours=1)
    assert verbs(evening, who.id)[-3:] == ["reminder.set", "reminder.off", "reminder.set"]


def test_who_never_chose_is_reminded_at_nine(evening: Evening) -> None:
    who = evening.opened().signed_in.account
    with evening.database.writing() as session:
        reminders.switch_off(session, who, AFTERNOON)
        assert reminders.find(session, who) is None
        reminders.switch_on(session, who, KEYS, AFTERNOON, push=True)
    assert evening.look(who).due_at == NINE


def test_a_link_switches_off_and_its_page_takes_that_back(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    token = reminders.off_token(KEYS, evening.look(who.account).id)
    with evening.database.writing() as session:
        undo = reminders.follow_link(session, token, KEYS, AFTERNOON)
        assert reminders.follow_link(session, token, KEYS, NINE) == undo
    assert evening.remind() == NOBODY
    with evening.database.writing() as session:
        for wrong in ("", "x", token):
            with pytest.raises(NoSuchLink):
                reminders.undo_link(session, token, wrong, KEYS, AFTERNOON)
        late = AFTERNOON + UNDO_OFF + timedelta(seconds=1)
        with pytest.raises(NoSuchLink):
            reminders.undo_link(session, token, undo, KEYS, late)
        reminders.undo_link(session, token, undo, KEYS, AFTERNOON + UNDO_OFF)
        with pytest.raises(NoSuchLink):
            reminders.undo_link(session, token, undo, KEYS, AFTERNOON)
    assert evening.remind() == PUSHED
    assert "reminder.off_by_link" in verbs(evening, who.account.id)


@pytest.mark.parametrize("token", ["", "x", "y" * 43])
def test_a_link_that_is_none_opens_nothing(evening: Evening, token: str) -> None:
    evening.person()
    with evening.database.writing() as session:
        for read in (
            lambda: reminders.read_link(session, token),
            lambda: reminders.follow_link(session, token, KEYS, NINE),
            lambda: mail_addresses.read_link(session, token, NINE),
            lambda: mail_addresses.confirm(session, token, NINE),
        ):
            with pytest.raises(NoSuchLink):
                read()


def test_an_address_counts_once_its_mail_was_answered(evening: Evening) -> None:
    who = evening.opened().signed_in.account
    with evening.database.writing() as session:
        clean, token = mail_addresses.ask(session, who, f" {MOTH_MAIL} ", KEYS, AFTERNOON)
    asked = evening.look(who)
    assert (clean, asked.is_confirmed, asked.is_on) == (MOTH_MAIL, False, False)
    assert asked.address is not None
    assert b"moth" not in asked.address
    assert reminders.address_of(asked, KEYS) == MOTH_MAIL
    with evening.database.writing() as session:
        with pytest.raises(NoSuchLink):
            mail_addresses.confirm(session, token, AFTERNOON + CONFIRM_LIFE + LONG)
        mail_addresses.confirm(session, token, AFTERNOON + CONFIRM_LIFE)
        with pytest.raises(NoSuchLink):
            mail_addresses.confirm(session, token, AFTERNOON)
    assert evening.look(who).is_confirmed
    with evening.database.writing() as session:
        mail_addresses.remove(session, who, NINE)
        mail_addresses.remove(session, who, NINE)
    assert reminders.address_of(evening.look(who), KEYS) is None
    told = ["mail.asked", "mail.confirmed", "mail.removed"]
    assert verbs(evening, who.id)[-3:] == told


def test_another_address_has_to_be_confirmed_anew(evening: Evening) -> None:
    who = evening.person()
    evening.address(who.account)
    evening.ask(who.account, "wren@example.org")
    evening.remind()
    assert not evening.mails.mails


def test_strangers_are_not_pestered(evening: Evening) -> None:
    who = evening.person().account
    with evening.database.writing() as session:
        mail_addresses.ask(session, who, "a@example.org", KEYS, AFTERNOON)
        mail_addresses.remove(session, who, AFTERNOON)
        with pytest.raises(AskedTooOften):
            mail_addresses.ask(session, who, "b@example.org", KEYS, AFTERNOON)
        five, more = AFTERNOON + timedelta(minutes=5), timedelta(minutes=9)
        mail_addresses.ask(session, who, "b@example.org", KEYS, five)
        with pytest.raises(AskedTooOften):
            mail_addresses.ask(session, who, "c@example.org", KEYS, five + more)
        with pytest.raises(AddressRefused):
            mail_addresses.ask(session, who, "c", KEYS, five)


def test_a_browser_stands_there_once_and_there_is_an_end_to_them(evening: Evening) -> None:
    who = evening.person()
    phones = [evening.phone(who, f"/{number}") for number in range(DEVICES)]
    with evening.database.writing() as session:
        for phone in phones[:2]:
            again = Browser(phone.endpoint, "the same")
            subscriptions.add(session, who, again, KEYS, NINE)
        more = Browser(Phone(evening.pushes.url("/more")).endpoint, "")
        with pytest.raises(TooManyDevices):
            subscriptions.add(session, who, more, KEYS, NINE)
        known = subscriptions.list_all(session, who.account)
        assert len(known) == DEVICES
        assert all(b"localhost" not in one.endpoint for one in known)
        assert subscriptions.remove(session, who.account, known[0].id, NINE)
        assert not subscriptions.remove(session, who.account, known[0].id, NINE)


def test_a_renewed_endpoint_takes_the_place_of_the_persons_own_alone(evening: Evening) -> None:
    owner, other = evening.person(), evening.person("Wren")
    phone = evening.phone(owner)
    after = Browser(Phone(evening.pushes.url("/after")).endpoint, "a phone")
    with evening.database.writing() as session:
        assert not subscriptions.renew(session, other, phone.url, after, KEYS, NINE)
        assert subscriptions.renew(session, owner, phone.url, after, KEYS, NINE)
        (only,) = subscriptions.list_all(session, owner.account)
        opened = subscriptions.opened(only, KEYS)
    assert opened == after.endpoint


def test_a_browser_of_two_people_is_the_laters(evening: Evening) -> None:
    owner, other = evening.person(), evening.person("Wren")
    evening.phone(owner)
    evening.phone(other)
    assert evening.remind() == {"pushed": 1, "nobody": 1}


def test_an_archive_brings_the_wish_but_not_over_one_that_stands(evening: Evening) -> None:
    who = evening.opened().signed_in.account
    kept = KeptReminder(Wish(time(22), by_mail=False), is_on=False)
    with evening.database.writing() as session:
        reminders.take_in(session, who, kept, AFTERNOON)
        reminders.take_in(session, who, replace(kept, is_on=True), AFTERNOON)
    assert not evening.look(who).is_on
    assert evening.look(who).wish == kept.wish


def test_a_new_zone_moves_the_next_one(evening: Evening) -> None:
    who = evening.person().account
    moved = replace(who, zone="Europe/Helsinki")
    with evening.database.writing() as session:
        accounts.save_preferences(session, moved, AFTERNOON)
    assert evening.look(who).due_at == NINE + timedelta(hours=3, minutes=45)
    assert evening.look(who).reminded_day is None
    assert TONIGHT.day == 1


@pytest.mark.parametrize("same_keys", [True, False])
def test_after_a_restore_browsers_sleep_until_their_owner_is_back(
    evening: Evening, tmp_path: Path, *, same_keys: bool
) -> None:
    first = evening.opened()
    evening.phone(first.signed_in)
    with evening.database.writing() as session:
        reminders.switch_on(session, first.signed_in.account, KEYS, AFTERNOON)
    settings = Settings.from_environment(
        {
            "TRACKER_INSTANCE": str(tmp_path / "instance"),
            "TRACKER_DATABASE_URL": evening.database.url,
        }
    )
    settings.prepare()
    with evening.database.writing() as session:
        installation.settle(session, AFTERNOON, test_clock=False)
    file = backups.write(evening.database, settings.backup_dir, AFTERNOON)
    evening.database.close()
    key = evening.database.audit_key if same_keys else b"o" * 32
    restores.restore(settings, key, file, AFTERNOON, without_keys=not same_keys)
    with Database(settings.database_url, audit_key=key) as restored:
        evening.sender = replace(evening.sender, database=restored)
        assert evening.remind() == UNREACHED
        door = doors.known(doors.door(restored, now=NINE), first)
        with restored.writing() as session:
            people.open_session(session, door, first.signed_in.account)
        assert evening.at(NINE + timedelta(days=1)) == (PUSHED if same_keys else UNREACHED)
