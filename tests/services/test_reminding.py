"""The round that reminds: who is, by which way, once, and what becomes of it."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.services import doors
from tests.services.lives import CORE_ANSWERS, KEYS
from tests.services.reminded import (
    AFTERNOON,
    BASE,
    LATER,
    MAILED,
    MOTH_MAIL,
    NINE,
    NOBODY,
    PUSHED,
    TONIGHT,
    UNREACHED,
    Evening,
)
from tracker.domain.reminders import RETRIES, Channel, Wish
from tracker.keys import Keys
from tracker.services import (
    accounts,
    claims,
    diaries,
    pauses,
    people,
    reminders,
    reminding,
    revisions,
)
from tracker.services.claims import PASSED_OVER
from tracker.services.diaries import Night
from tracker.services.people import NewPerson
from tracker.services.reminding import NothingToTry, TriedTooOften
from tracker.storage import reminders as rows

DAY = timedelta(days=1)
# Words that tell what the diary is about.
HEALTH = ("pain", "symptom", "health", "sleep", "mood", "fatigue", "medic", "diary", "dose", "moth")


def test_a_reminder_goes_to_all_devices_once_and_says_nothing_of_health(evening: Evening) -> None:
    who = evening.person()
    phones = [evening.phone(who, f"/{name}") for name in ("phone", "tablet")]
    evening.address(who.account)
    assert evening.at(NINE - timedelta(seconds=1)) == NOBODY
    assert evening.at(NINE) == PUSHED
    assert evening.at(NINE) == evening.at(NINE + timedelta(hours=1)) == NOBODY
    assert sorted(pushed.path for pushed in evening.pushes.pushed) == ["/phone", "/tablet"]
    assert not evening.mails.mails
    pushed = next(one for one in evening.pushes.pushed if one.path == "/phone")
    told = phones[0].read_json(pushed.body)
    # Until four in the morning.
    assert pushed.headers["TTL"] == str(7 * 3600)
    assert (told["tag"], told["day"]) == ("evenfall-tonight", "2026-03-01")
    assert told["body"] == "Tonight's form is ready."
    assert told["off_path"].startswith("/reminders/off/")
    said = " ".join(str(value) for name, value in told.items() if name != "off_path").lower()
    assert not [word for word in HEALTH if word in said]
    reminder = evening.look(who.account)
    assert reminder.delivered_at == NINE
    assert reminder.delivered_by is Channel.PUSH
    assert reminder.due_at == NINE + DAY
    assert evening.at(NINE + DAY) == PUSHED


def test_a_mail_comes_where_no_push_arrives_and_ends_by_its_link(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    evening.address(who.account)
    evening.pushes.answers["/phone"] = 410
    assert evening.remind() == MAILED
    (mail,) = evening.mails.mails
    assert mail["To"] == MOTH_MAIL
    text = mail.get_content()
    assert f"{BASE}/\r\n" in text or f"{BASE}/\n" in text
    said = f"{mail['Subject']} {text}".lower().replace(BASE, "")
    assert not [word for word in HEALTH if word in said.replace("off/", "")]
    link = mail["List-Unsubscribe"].strip("<>")
    assert link in text
    token = link.rpartition("/")[2]
    with evening.database.writing() as session:
        reminders.follow_link(session, token, KEYS, evening.now)
    assert evening.at(NINE + DAY) == NOBODY
    # The phone that answered 410 is forgotten.
    with evening.database.reading() as session:
        assert not claims.targets(session, who.account, KEYS)


def test_a_night_that_is_written_or_paused_has_none(evening: Evening) -> None:
    writer, paused, late = (evening.person(name) for name in ("Moth", "Wren", "Owl"))
    for number, who in enumerate((writer, paused, late)):
        evening.phone(who, f"/{number}")
    night = Night(TONIGHT, CORE_ANSWERS, "a" * 36, "0" * 64)
    with evening.database.writing() as session:
        diaries.record_night(session, writer.account, night, AFTERNOON)
        pauses.begin(session, paused.account, TONIGHT, None, "", AFTERNOON)
        noted = replace(night, tokens={}, note="only words", client_id="b" * 36)
        diaries.record_night(session, late.account, noted, AFTERNOON)
    assert evening.remind() == PUSHED
    assert [pushed.path for pushed in evening.pushes.pushed] == ["/2"]
    with evening.database.writing() as session:
        revisions.delete_night(session, writer.account, TONIGHT, evening.now)
    assert evening.at(NINE + timedelta(minutes=5)) == NOBODY
    assert evening.at(NINE + DAY) == {"pushed": 2}


def test_a_pause_that_is_over_keeps_nobody_back(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    with evening.database.writing() as session:
        pauses.begin(session, who.account, TONIGHT - DAY, TONIGHT - DAY, "", AFTERNOON)
    assert evening.remind() == PUSHED


def test_a_busy_service_is_tried_again_then_the_mail_host(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    evening.address(who.account)
    evening.pushes.answers["/phone"] = 503
    now = NINE
    for wait in RETRIES:
        assert evening.at(now) == LATER
        assert evening.at(now + wait - timedelta(seconds=1)) == NOBODY
        now += wait
    assert evening.at(now) == MAILED
    assert evening.look(who.account).due_at == NINE + DAY
    assert len(evening.pushes.pushed) == len(RETRIES) + 1
    evening.pushes.answers.clear()
    assert evening.at(NINE + DAY) == PUSHED


def test_once_the_night_is_written_nothing_is_tried_again(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    evening.pushes.answers["/phone"] = 429
    assert evening.remind() == LATER
    with evening.database.writing() as session:
        night = Night(TONIGHT, CORE_ANSWERS, "a" * 36, "0" * 64)
        diaries.record_night(session, who.account, night, NINE)
    assert evening.at(NINE + RETRIES[0]) == NOBODY
    assert evening.look(who.account).due_at == NINE + DAY


def test_one_device_that_is_reached_is_enough_and_the_dead_are_forgotten(evening: Evening) -> None:
    who = evening.person()
    for path in ("/dead", "/busy", "/alive"):
        evening.phone(who, path)
    evening.pushes.answers |= {"/dead": 404, "/busy": 500}
    assert evening.remind() == PUSHED
    assert evening.at(NINE + RETRIES[0]) == NOBODY
    with evening.database.reading() as session:
        assert len(claims.targets(session, who.account, KEYS)) == 2


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(time(21), by_push=False), MAILED),
        (Wish(time(21), by_mail=False), PUSHED),
        (Wish(time(21), by_push=False, by_mail=False), UNREACHED),
    ],
)
def test_only_the_ways_that_are_wished_are_taken(
    evening: Evening, wish: Wish, expected: dict[str, int]
) -> None:
    who = evening.person()
    with evening.database.writing() as session:
        reminders.wish(session, who.account, wish, KEYS, AFTERNOON)
    evening.phone(who)
    evening.address(who.account)
    assert evening.remind() == expected
    assert evening.look(who.account).due_at == NINE + DAY


def test_an_address_that_nobody_confirmed_gets_nothing(evening: Evening) -> None:
    who = evening.person()
    evening.ask(who.account)
    assert evening.remind() == UNREACHED
    assert not evening.mails.mails


def test_without_an_address_of_our_own_no_mail_goes(evening: Evening) -> None:
    who = evening.person()
    evening.address(who.account)
    evening.sender = replace(evening.sender, base_url=None)
    assert evening.remind() == UNREACHED


def test_a_mail_host_that_is_away_is_tried_again_and_never_mails_twice(evening: Evening) -> None:
    who = evening.person()
    evening.address(who.account)
    evening.mails.refuses[""] = "451 not now"
    assert evening.remind() == LATER
    assert evening.look(who.account).delivered_at is None
    evening.mails.refuses.clear()
    assert evening.at(NINE + RETRIES[0]) == MAILED
    assert evening.at(NINE + timedelta(hours=1)) == NOBODY
    assert len(evening.mails.mails) == 1


def test_a_mail_host_that_stays_away_ends_with_the_evening(evening: Evening) -> None:
    who = evening.person()
    evening.address(who.account)
    evening.mails.refuses[""] = "451 not now"
    now = NINE
    for wait in RETRIES:
        assert evening.at(now) == LATER
        now += wait
    assert evening.at(now) == UNREACHED
    assert evening.look(who.account).due_at == NINE + DAY


def test_an_address_that_is_refused_for_good_is_forgotten(evening: Evening) -> None:
    who = evening.person()
    evening.address(who.account)
    evening.mails.refuses[MOTH_MAIL] = "550 unknown"
    assert evening.remind() == UNREACHED
    assert evening.look(who.account).address is None
    assert evening.look(who.account).due_at == NINE + DAY


def test_who_is_off_disabled_or_leaving_gets_nothing(evening: Evening) -> None:
    off, closed, leaving = (evening.person(name) for name in ("Moth", "Wren", "Owl"))
    for number, who in enumerate((off, closed, leaving)):
        evening.phone(who, f"/{number}")
        evening.address(who.account, f"{number}@example.org")
    with evening.database.writing() as session:
        reminders.switch_off(session, off.account, AFTERNOON)
        accounts.disable(session, closed.account, AFTERNOON)
        accounts.ask_erasure(session, leaving, AFTERNOON)
    assert evening.remind() == NOBODY
    assert not evening.pushes.pushed
    assert not evening.mails.mails


def test_a_server_that_was_down_reminds_late_but_wakes_nobody(evening: Evening) -> None:
    one, other = evening.person("Moth"), evening.person("Wren", time(20))
    evening.phone(one, "/one")
    evening.phone(other, "/other")
    assert evening.at(NINE + timedelta(hours=1, minutes=30)) == PUSHED
    assert [pushed.path for pushed in evening.pushes.pushed] == ["/one"]
    assert evening.look(other.account).due_at == NINE + timedelta(hours=23)


def test_a_reminder_after_midnight_belongs_to_the_night_before(evening: Evening) -> None:
    who = evening.person(clock=time(0, 30))
    evening.phone(who)
    with evening.database.writing() as session:
        night = Night(TONIGHT, CORE_ANSWERS, "a" * 36, "0" * 64)
        diaries.record_night(session, who.account, night, NINE)
    half_past = NINE + timedelta(hours=3, minutes=30)
    assert evening.at(half_past) == NOBODY
    assert evening.at(half_past + DAY) == PUSHED
    assert evening.look(who.account).reminded_day == TONIGHT + DAY


def test_another_time_or_zone_brings_no_second_one_that_day(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    assert evening.remind() == PUSHED
    moved = replace(who.account, zone="America/New_York")
    with evening.database.writing() as session:
        accounts.save_preferences(session, moved, evening.now)
    # Nine in the evening in New York is on the first of March still.
    assert evening.look(moved).due_at == datetime(2026, 3, 3, 2, tzinfo=UTC)
    with evening.database.writing() as session:
        reminders.wish(session, moved, reminders.NEVER_SET, KEYS, evening.now)
    assert evening.at(datetime(2026, 3, 2, 2, tzinfo=UTC)) == NOBODY


def test_a_time_chosen_while_it_is_sent_stays(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    with evening.database.writing() as session:
        claimed = claims.claim(session, KEYS, NINE)
        assert claimed is not None
        reminders.switch_off(session, who.account, NINE)
        claims.delivered(session, claimed, Channel.PUSH, NINE)
    reminder = evening.look(who.account)
    assert not reminder.is_on
    assert reminder.reminded_day == TONIGHT
    with evening.database.writing() as session:
        claims.not_mailed(session, claimed, for_good=False)
    assert not evening.look(who.account).is_on


def test_who_is_erased_while_it_is_sent_leaves_nothing(evening: Evening) -> None:
    evening.person()
    with evening.database.writing() as session:
        claimed = claims.claim(session, KEYS, NINE)
    assert claimed is not None
    gone = replace(claimed, who=replace(claimed.who, id="nobody"))
    with evening.database.writing() as session:
        claims.delivered(session, gone, Channel.PUSH, NINE)
        claims.unreached(session, gone, NINE)
        claims.not_mailed(session, gone, for_good=True)
        assert rows.find(session, "nobody") is None


def test_of_a_process_that_dies_after_its_claim_the_try_is_made_again(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    with evening.database.writing() as session:
        assert claims.claim(session, KEYS, NINE) is not None
    assert evening.at(NINE + timedelta(minutes=4)) == NOBODY
    assert evening.at(NINE + RETRIES[0]) == PUSHED
    assert len(evening.pushes.pushed) == 1


def test_threads_share_the_due_and_send_each_once(evening: Evening) -> None:
    for number in range(12):
        evening.phone(evening.person(f"Moth {number}"), f"/{number}")
    threads = [threading.Thread(target=evening.remind) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    paths = sorted(pushed.path for pushed in evening.pushes.pushed)
    assert paths == sorted(f"/{number}" for number in range(12))


def test_many_that_need_none_are_passed_over_in_turns(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    evening.crowd(who.account, PASSED_OVER + 3)
    assert evening.remind() == PUSHED
    assert evening.remind() == NOBODY


def test_what_other_keys_sealed_reaches_nobody_and_the_link_is_mended(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    evening.address(who.account)
    other = Keys.derived(b"another" * 8)
    evening.sender = replace(evening.sender, keys=other)
    assert evening.remind() == UNREACHED
    token = reminders.off_token(other, evening.look(who.account).id)
    with evening.database.reading() as session:
        assert reminders.read_link(session, token).owner == who.account.id


def test_a_test_goes_to_devices_and_address_and_counts_for_no_night(evening: Evening) -> None:
    who = evening.person()
    for path in ("/phone", "/dead"):
        evening.phone(who, path)
    evening.address(who.account)
    evening.pushes.answers["/dead"] = 410
    told = reminding.try_out(evening.sender, who.account, AFTERNOON)
    assert (told.reached, told.devices, told.mailed) == (1, 2, True)
    with pytest.raises(TriedTooOften):
        reminding.try_out(evening.sender, who.account, AFTERNOON)
    evening.sender = replace(evening.sender, base_url=None)
    again = reminding.try_out(evening.sender, who.account, AFTERNOON + timedelta(minutes=1))
    assert (again.reached, again.devices, again.mailed) == (1, 1, False)
    assert evening.remind() == PUSHED


def test_where_nothing_can_be_reached_there_is_nothing_to_test(evening: Evening) -> None:
    nobody = evening.opened("Owl").signed_in
    silent = evening.person("Wren")
    for who in (nobody, silent):
        with pytest.raises(NothingToTry):
            reminding.try_out(evening.sender, who.account, AFTERNOON)


def test_signing_out_ends_the_pushes_there(evening: Evening) -> None:
    who = evening.person()
    evening.phone(who)
    with evening.database.writing() as session:
        accounts.sign_out(session, who, AFTERNOON)
    assert evening.remind() == UNREACHED
    assert not evening.pushes.pushed


def test_a_browser_belongs_to_who_signed_in_there_last(evening: Evening) -> None:
    first = evening.opened("Moth")
    evening.phone(first.signed_in, "/shared")
    door = doors.known(doors.door(evening.database, now=AFTERNOON), first)
    with evening.database.writing() as session:
        again = people.open_session(session, door, first.signed_in.account)
        accounts.sign_out(session, first.signed_in, AFTERNOON)
        assert len(claims.targets(session, first.signed_in.account, KEYS)) == 1
        other = people.new_account(NewPerson("Wren", "", "UTC"), AFTERNOON)
        people.add(session, other, None, other.id, AFTERNOON)
        people.open_session(session, door, other)
        assert not claims.targets(session, first.signed_in.account, KEYS)
        assert not claims.targets(session, other, KEYS)
        accounts.sign_out(session, again.signed_in, AFTERNOON)
