"""Registering and signing in: what opens, what is refused, and who still gets in under attack."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.services import doors
from tests.services.doors import PASSWORD, STRANGER, is_open, known, later, registered
from tracker.domain.attempts import TooManyAttempts
from tracker.domain.passwords import PasswordRefused
from tracker.domain.people import CONSENT_VERSION, NameRefused, PreferenceRefused, Role
from tracker.services import accounts, people
from tracker.services.hashing import Hasher
from tracker.services.people import Door, ErasurePending, NameTaken, NewPerson, SignInRefused
from tracker.storage import accounts as rows
from tracker.storage import questionnaires, sessions
from tracker.storage.database import Database
from tracker.storage.models import audit_events


def verbs(database: Database, owner: str) -> Sequence[str]:
    """Return what the person's audit chain says was done."""
    with database.reading() as session:
        query = select(audit_events.c.verb).where(audit_events.c.owner == owner)
        return list(session.scalars(query.order_by(audit_events.c.number)))


def test_a_new_person_keeps_a_diary_in_their_zone_and_is_signed_in(door: Door) -> None:
    opened = registered(door)
    account = opened.signed_in.account
    assert (account.name, account.role, account.zone) == ("Moth", Role.PATIENT, "Asia/Kathmandu")
    assert account.consent_version == CONSENT_VERSION
    with door.database.reading() as session:
        found = sessions.find(session, people.hash_of(opened.token), door.now)
    assert found == opened.signed_in
    assert verbs(door.database, account.id) == ["account.made", "session.opened"]


def test_a_taken_name_is_refused_however_it_is_typed(door: Door) -> None:
    registered(door)
    with pytest.raises(NameTaken, match="MOTH"):
        registered(door, " MOTH ")


@pytest.mark.parametrize(
    ("person", "refused"),
    [
        (NewPerson("", PASSWORD, "UTC"), NameRefused),
        (NewPerson("Moth", PASSWORD, "Mars/Base"), PreferenceRefused),
        (NewPerson("Moth", "password", "UTC"), PasswordRefused),
    ],
)
def test_a_bad_registration_is_refused(
    door: Door, person: NewPerson, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        people.register(door, person)


def test_accounts_from_one_network_have_to_wait_after_twenty(door: Door) -> None:
    for number in range(20):
        registered(later(door, timedelta(hours=1)), f"Moth {number}")
    with pytest.raises(TooManyAttempts):
        registered(later(door, timedelta(hours=1)), "Fern")
    assert registered(later(door, timedelta(hours=1, seconds=1)), "Fern").token


def test_signing_in_opens_a_session_of_its_own(door: Door) -> None:
    first = registered(door)
    second = people.sign_in(door, "moth", PASSWORD)
    assert second.token != first.token
    assert second.device_token != first.device_token
    assert is_open(door, first)
    assert is_open(door, second)


def test_a_browser_keeps_its_lasting_token(door: Door) -> None:
    first = registered(door)
    again = people.sign_in(known(door, first), "Moth", PASSWORD)
    assert again.device_token == first.device_token


def test_a_made_up_lasting_token_is_replaced(door: Door) -> None:
    at = replace(door, visitor=replace(door.visitor, device_token="x" * 5000))
    assert len(registered(at).device_token) == 43


@pytest.mark.parametrize(
    ("name", "password"), [("Moth", "wrong"), ("Nobody", PASSWORD), ("Moth", "\ud800" * 20)]
)
def test_wrong_name_and_wrong_password_are_told_in_the_same_words(
    door: Door, name: str, password: str
) -> None:
    registered(door)
    with pytest.raises(SignInRefused) as caught:
        people.sign_in(door, name, password)
    assert str(caught.value) == str(SignInRefused())


class CountingHasher(Hasher):
    """A hasher that says how often it verified."""

    def __init__(self) -> None:
        super().__init__()
        self.verified: list[bool] = []

    def fits(self, hashed: str | None, password: str, *, known: bool) -> bool:
        """Verify, and count it."""
        self.verified.append(hashed is None)
        return super().fits(hashed, password, known=known)


def test_an_unknown_name_costs_one_hash_as_a_known_one_does(door: Door) -> None:
    registered(door)
    counting = CountingHasher()
    for name in ("Moth", "Nobody"):
        with pytest.raises(SignInRefused):
            people.sign_in(replace(door, hasher=counting), name, "wrong")
    assert counting.verified == [False, True]


def test_a_disabled_account_is_refused_like_a_wrong_password(door: Door) -> None:
    opened = registered(door)
    with door.database.writing() as session:
        accounts.disable(session, opened.signed_in.account, door.now)
    assert not is_open(door, opened)
    with pytest.raises(SignInRefused):
        people.sign_in(door, "Moth", PASSWORD)


def test_an_account_without_a_password_is_refused(door: Door) -> None:
    made = people.new_account(NewPerson("Fern", "", "UTC"), door.now)
    with door.database.writing() as session:
        people.add(session, made, None, "operator", door.now)
    with pytest.raises(SignInRefused):
        people.sign_in(door, "Fern", "")


def test_an_old_hash_is_made_anew_at_sign_in(door: Door) -> None:
    owner = registered(door).signed_in.account.id
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with door.database.writing() as session:
        rows.set_password_hash(session, owner, weak)
    people.sign_in(door, "Moth", PASSWORD)
    with door.database.reading() as session:
        hashed = rows.password_hash(session, owner)
    assert hashed is not None
    assert not door.hasher.is_outdated(hashed)
    assert people.sign_in(door, "Moth", PASSWORD).token


def test_a_password_changed_while_it_was_checked_opens_nothing(door: Door) -> None:
    owner = registered(door).signed_in.account.id
    other = door.hasher.hash(doors.OTHER_PASSWORD)

    class Slow(Hasher):
        def fits(self, hashed: str | None, password: str, *, known: bool) -> bool:
            with door.database.writing() as session:
                rows.set_password_hash(session, owner, other)
            return super().fits(hashed, password, known=known)

    with pytest.raises(SignInRefused):
        people.sign_in(replace(door, hasher=Slow()), "Moth", PASSWORD)


def test_after_five_wrong_passwords_a_stranger_waits_longer_and_longer(door: Door) -> None:
    registered(door)
    at = doors.door(door.database, STRANGER)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            people.sign_in(at, "Moth", "wrong")
    waits = []
    for _ in range(4):
        with pytest.raises(TooManyAttempts) as caught:
            people.sign_in(at, "Moth", "wrong")
        waits.append(caught.value.retry_after)
        at = later(at, timedelta(seconds=caught.value.retry_after))
        with pytest.raises(SignInRefused):
            people.sign_in(at, "Moth", "wrong")
    assert waits == [1, 2, 4, 8]


def test_getting_in_forgets_the_failures(door: Door) -> None:
    registered(door)
    at = doors.door(door.database, STRANGER)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SignInRefused):
                people.sign_in(at, "Moth", "wrong")
        assert people.sign_in(at, "Moth", PASSWORD).token


def test_after_a_thousand_wrong_passwords_the_known_device_still_gets_in(door: Door) -> None:
    opened = registered(door)
    counting = CountingHasher()
    attack = replace(doors.door(door.database, STRANGER), hasher=counting)
    for number in range(1000):
        at = later(attack, timedelta(seconds=number))
        with pytest.raises((SignInRefused, TooManyAttempts)):
            people.sign_in(at, "Moth", "wrong")
    assert len(counting.verified) < 20
    end = later(door, timedelta(seconds=1000))
    assert people.sign_in(known(end, opened), "Moth", PASSWORD).token
    with pytest.raises(TooManyAttempts):
        people.sign_in(end, "Moth", PASSWORD)


def test_a_known_device_has_to_wait_in_its_own_bucket(door: Door) -> None:
    at = known(door, registered(door))
    for _ in range(5):
        with pytest.raises(SignInRefused):
            people.sign_in(at, "Moth", "wrong")
    with pytest.raises(TooManyAttempts):
        people.sign_in(at, "Moth", PASSWORD)
    assert people.sign_in(later(at, timedelta(seconds=1)), "Moth", PASSWORD).token


def test_a_device_is_known_only_for_those_who_signed_in_there(door: Door) -> None:
    registered(door)
    fern = registered(door, "Fern")
    attack = known(doors.door(door.database, STRANGER), fern)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            people.sign_in(attack, "Moth", "wrong")
    with pytest.raises(TooManyAttempts):
        people.sign_in(door, "Moth", PASSWORD)


def test_failures_are_forgotten_after_a_day(door: Door) -> None:
    registered(door)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            people.sign_in(door, "Moth", "wrong")
    tomorrow = later(door, timedelta(hours=24))
    for _ in range(4):
        with pytest.raises(SignInRefused):
            people.sign_in(tomorrow, "Moth", "wrong")
    assert people.sign_in(tomorrow, "Moth", PASSWORD).token


def test_a_session_ends_thirty_days_after_its_last_use(door: Door) -> None:
    opened = registered(door)
    assert is_open(later(door, timedelta(days=29, hours=23)), opened)
    assert not is_open(later(door, timedelta(days=30)), opened)


def test_a_session_in_daily_use_ends_after_a_year(door: Door) -> None:
    opened = registered(door)
    for days in range(20, 365, 20):
        with door.database.writing() as session:
            at = later(door, timedelta(days=days))
            sessions.touch(session, people.hash_of(opened.token), at.now)
    assert is_open(later(door, timedelta(days=364, hours=23)), opened)
    assert not is_open(later(door, timedelta(days=365)), opened)


def test_last_use_is_not_written_again_within_five_minutes(door: Door) -> None:
    opened = registered(door)
    soon = later(door, timedelta(minutes=4))
    with door.database.writing() as session:
        sessions.touch(session, people.hash_of(opened.token), soon.now)
    with door.database.reading() as session:
        (place,) = accounts.places(session, opened.signed_in, soon.now)
    assert place.seen_at == door.now


def test_signing_out_ends_this_session_alone(door: Door) -> None:
    first = registered(door)
    second = people.sign_in(door, "Moth", PASSWORD)
    with door.database.writing() as session:
        accounts.sign_out(session, first.signed_in, door.now)
    assert not is_open(door, first)
    assert is_open(door, second)


def test_signing_out_elsewhere_leaves_this_session(door: Door) -> None:
    first = registered(door)
    second = people.sign_in(door, "Moth", PASSWORD)
    with door.database.writing() as session:
        accounts.end_everywhere(session, second.signed_in, door.now, here=False)
    assert (is_open(door, first), is_open(door, second)) == (False, True)


def test_signing_out_everywhere_ends_every_session(door: Door) -> None:
    first = registered(door)
    second = people.sign_in(door, "Moth", PASSWORD)
    with door.database.writing() as session:
        accounts.end_everywhere(session, first.signed_in, door.now, here=True)
    assert (is_open(door, first), is_open(door, second)) == (False, False)


def test_a_place_is_ended_by_its_handle_and_only_by_its_owner(door: Door) -> None:
    moth = registered(door)
    fern = registered(door, "Fern")
    with door.database.writing() as session:
        (place,) = accounts.places(session, moth.signed_in, door.now)
        assert place.label == "Firefox on Android"
        assert not accounts.end_place(session, fern.signed_in, place.handle, door.now)
        assert accounts.end_place(session, moth.signed_in, place.handle, door.now)
        assert not accounts.end_place(session, moth.signed_in, place.handle, door.now)
    assert (is_open(door, moth), is_open(door, fern)) == (False, True)


def test_preferences_are_kept_and_a_change_is_told_once(door: Door) -> None:
    account = registered(door).signed_in.account
    wanted = replace(account, zone="Pacific/Apia", rollover=time(5, 30), calm=True)
    for _ in range(2):
        with door.database.writing() as session:
            accounts.save_preferences(session, wanted, door.now)
    with door.database.reading() as session:
        assert rows.find(session, account.id) == wanted
    assert verbs(door.database, account.id).count("account.changed") == 1


def test_a_preference_that_cant_be_is_refused(door: Door) -> None:
    account = registered(door).signed_in.account
    for wrong in (replace(account, zone="Mars/Base"), replace(account, rollover=time(13))):
        with pytest.raises(PreferenceRefused), door.database.writing() as session:
            accounts.save_preferences(session, wrong, door.now)


def test_a_wish_to_be_erased_signs_out_and_can_be_taken_back_for_seven_days(door: Door) -> None:
    opened = registered(door)
    with door.database.writing() as session:
        at = accounts.ask_erasure(session, opened.signed_in, door.now)
    assert at - door.now == timedelta(days=7)
    assert not is_open(door, opened)
    with pytest.raises(ErasurePending) as caught:
        people.sign_in(door, "Moth", PASSWORD)
    assert caught.value.at == at
    kept = people.sign_in(door, "Moth", PASSWORD, keep=True)
    assert is_open(door, kept)
    assert people.sign_in(door, "Moth", PASSWORD).token


def test_after_seven_days_nothing_can_be_taken_back(door: Door) -> None:
    opened = registered(door)
    with door.database.writing() as session:
        accounts.ask_erasure(session, opened.signed_in, door.now)
    with pytest.raises(SignInRefused):
        people.sign_in(later(door, timedelta(days=7)), "Moth", PASSWORD, keep=True)


def test_everyone_is_listed_by_name_and_made_up_people_are_found(door: Door) -> None:
    for name in ("moth", "Fern"):
        registered(door, name)
    with door.database.writing() as session:
        assert [account.name for account in rows.everyone(session)] == ["Fern", "moth"]
        assert not rows.any_demo(session)
        made = people.new_account(NewPerson("Demo", "", "UTC"), door.now)
        rows.add(session, made, None, demo=True)
        assert rows.any_demo(session)
        assert rows.find(session, "nobody") is None


def test_who_keeps_no_diary_is_asked_nothing(door: Door) -> None:
    made = replace(people.added_account("Ada", door.now, agreed=True), role=Role.CLINICIAN)
    with door.database.writing() as session:
        people.add(session, made, None, "operator", door.now)
        assert not questionnaires.history(session, made.id)
