"""Passwords changed, recovered by a code from the sheet, and set by the operator's link."""

from datetime import timedelta

import pytest

from tests.services import doors
from tests.services.doors import OTHER_PASSWORD, PASSWORD, STRANGER, is_open, later, registered
from tracker.domain.attempts import TooManyAttempts
from tracker.domain.diary import ROLLOVER
from tracker.domain.passwords import PasswordRefused
from tracker.domain.people import Account, PreferenceRefused, Role, Theme
from tracker.domain.recovery import LINK_LIFE
from tracker.services import accounts, people, recovery
from tracker.services.people import Door, Opened, SignInRefused
from tracker.services.recovery import CodeRefused, ConsentNeeded, LinkRefused, WrongPassword
from tracker.storage import sessions


def confirmed_at(door: Door, opened: Opened) -> object:
    """Return when the session's owner last gave the password."""
    with door.database.reading() as session:
        found = sessions.find(session, people.hash_of(opened.token), door.now)
    return found and found.confirmed_at


def test_the_password_asked_again_opens_sensitive_deeds(door: Door) -> None:
    opened = registered(door)
    at = later(door, timedelta(hours=1))
    recovery.confirm(at, opened.signed_in, PASSWORD)
    assert confirmed_at(at, opened) == at.now


def test_a_wrong_password_asked_again_opens_nothing_and_has_to_wait(door: Door) -> None:
    opened = registered(door)
    at = later(door, timedelta(hours=1))
    for _ in range(5):
        with pytest.raises(WrongPassword):
            recovery.confirm(at, opened.signed_in, "wrong")
    with pytest.raises(TooManyAttempts):
        recovery.confirm(at, opened.signed_in, PASSWORD)
    assert confirmed_at(at, opened) == door.now


def test_a_changed_password_ends_the_other_sessions_and_the_old_one_opens_nothing(
    door: Door,
) -> None:
    first = registered(door)
    second = people.sign_in(door, "Moth", PASSWORD)
    recovery.change_password(door, second.signed_in, PASSWORD, OTHER_PASSWORD)
    assert (is_open(door, first), is_open(door, second)) == (False, True)
    with pytest.raises(SignInRefused):
        people.sign_in(door, "Moth", PASSWORD)
    assert people.sign_in(door, "Moth", OTHER_PASSWORD).token


def test_a_weak_new_password_or_a_wrong_old_one_changes_nothing(door: Door) -> None:
    opened = registered(door)
    with pytest.raises(PasswordRefused):
        recovery.change_password(door, opened.signed_in, PASSWORD, "weak")
    with pytest.raises(WrongPassword):
        recovery.change_password(door, opened.signed_in, "wrong", OTHER_PASSWORD)
    assert people.sign_in(door, "Moth", PASSWORD).token


def sheet(door: Door, opened: Opened) -> tuple[str, ...]:
    """Return a new sheet of recovery codes."""
    with door.database.writing() as session:
        return recovery.make_sheet(session, opened.signed_in, door.now)


def left(door: Door, opened: Opened) -> int | None:
    """Return how many codes are still good."""
    with door.database.reading() as session:
        return recovery.codes_left(session, opened.signed_in)


def test_a_code_sets_a_new_password_once_and_ends_all_sessions(door: Door) -> None:
    opened = registered(door)
    assert left(door, opened) is None
    codes = sheet(door, opened)
    assert len(set(codes)) == 10
    typed = codes[3].lower().replace("-", " ")
    new = recovery.recover(door, "moth", typed, OTHER_PASSWORD).opened
    assert new is not None
    assert (is_open(door, opened), is_open(door, new)) == (False, True)
    assert left(door, opened) == 9
    assert people.sign_in(door, "Moth", OTHER_PASSWORD).token
    with pytest.raises(CodeRefused):
        recovery.recover(door, "Moth", codes[3], PASSWORD)


def test_a_new_sheet_takes_the_place_of_the_old_one(door: Door) -> None:
    opened = registered(door)
    old = sheet(door, opened)
    new = sheet(door, opened)
    with pytest.raises(CodeRefused):
        recovery.recover(door, "Moth", old[0], OTHER_PASSWORD)
    assert recovery.recover(door, "Moth", new[0], OTHER_PASSWORD).opened


def test_codes_of_others_and_of_nobody_are_refused_alike(door: Door) -> None:
    codes = sheet(door, registered(door))
    registered(door, "Fern")
    for name in ("Fern", "Nobody"):
        with pytest.raises(CodeRefused) as caught:
            recovery.recover(door, name, codes[0], OTHER_PASSWORD)
        assert str(caught.value) == str(CodeRefused())


def test_a_code_opens_no_closed_account(door: Door) -> None:
    opened = registered(door)
    codes = sheet(door, opened)
    with door.database.writing() as session:
        accounts.ask_erasure(session, opened.signed_in, door.now)
    with pytest.raises(CodeRefused):
        recovery.recover(door, "Moth", codes[0], OTHER_PASSWORD)


def test_a_code_is_the_way_in_while_others_try_passwords(door: Door) -> None:
    codes = sheet(door, registered(door))
    attack = doors.door(door.database, STRANGER)
    for number in range(50):
        with pytest.raises((SignInRefused, TooManyAttempts)):
            people.sign_in(later(attack, timedelta(seconds=number)), "Moth", "wrong")
    assert recovery.recover(door, "Moth", codes[0], OTHER_PASSWORD).opened


def test_codes_tried_from_one_network_have_to_wait(door: Door) -> None:
    registered(door)
    for _ in range(10):
        with pytest.raises(CodeRefused):
            recovery.recover(door, "Moth", "0000-0000-0000-0000", OTHER_PASSWORD)
    with pytest.raises(TooManyAttempts):
        recovery.recover(door, "Moth", "0000-0000-0000-0000", OTHER_PASSWORD)


def link(door: Door, account: Account) -> str:
    """Return the token of a new link."""
    with door.database.writing() as session:
        return recovery.make_link(session, account, door.now)


def follow(door: Door, token: str, *, consent: bool = False, zone: str = "UTC") -> Opened:
    """Set the other password by this link."""
    new = recovery.follow_link(door, token, OTHER_PASSWORD, consent=consent, zone=zone).opened
    assert new is not None
    return new


def test_the_operators_link_sets_a_password_once_and_ends_all_sessions(door: Door) -> None:
    opened = registered(door)
    token = link(door, opened.signed_in.account)
    assert recovery.read_link(door, token).name == "Moth"
    new = follow(door, token)
    assert new.signed_in.account.zone == "Asia/Kathmandu"
    assert (is_open(door, opened), is_open(door, new)) == (False, True)
    assert people.sign_in(door, "Moth", OTHER_PASSWORD).token
    with pytest.raises(LinkRefused):
        follow(door, token)


def test_a_newer_link_a_made_up_one_and_an_old_one(door: Door) -> None:
    account = registered(door).signed_in.account
    first, second = link(door, account), link(door, account)
    for token in (first, "made up"):
        with pytest.raises(LinkRefused):
            recovery.read_link(door, token)
    assert recovery.read_link(door, second).id
    with pytest.raises(LinkRefused):
        recovery.read_link(later(door, LINK_LIFE), second)


def test_two_who_follow_one_link_at_once_dont_both_get_in(door: Door) -> None:
    token = link(door, registered(door).signed_in.account)

    class Slow(type(door.hasher)):  # type: ignore[misc] # the class is known only now
        """A hasher during whose work the other one is done."""

        def hash(self, password: str) -> str:
            follow(door, token)
            return super().hash(password)  # type: ignore[no-any-return] # for the same reason

    with pytest.raises(LinkRefused):
        follow(Door(door.database, Slow(), door.visitor, door.now, door.totp_key), token)


def test_a_link_of_a_disabled_account_opens_nothing(door: Door) -> None:
    account = registered(door).signed_in.account
    token = link(door, account)
    with door.database.writing() as session:
        accounts.disable(session, account, door.now)
    with pytest.raises(LinkRefused):
        follow(door, token)


def invited(door: Door) -> str:
    """Return the link of somebody whose account the operator made."""
    account = Account("b" * 22, "Fern", Role.PATIENT, "UTC", ROLLOVER, Theme.AUTO, "", door.now)
    with door.database.writing() as session:
        people.add(session, account, None, "operator", door.now)
        return recovery.make_link(session, account, door.now)


def test_who_was_added_by_the_operator_agrees_first_and_brings_the_zone(door: Door) -> None:
    token = invited(door)
    with pytest.raises(ConsentNeeded):
        follow(door, token)
    with pytest.raises(PreferenceRefused):
        follow(door, token, consent=True, zone="")
    opened = follow(door, token, consent=True, zone="Pacific/Auckland")
    assert opened.signed_in.account.zone == "Pacific/Auckland"
    with door.database.reading() as session:
        found = sessions.find(session, people.hash_of(opened.token), door.now)
    assert found == opened.signed_in


def test_links_tried_from_one_network_have_to_wait(door: Door) -> None:
    for _ in range(10):
        with pytest.raises(LinkRefused):
            recovery.read_link(door, "made up")
    with pytest.raises(TooManyAttempts):
        recovery.read_link(door, "made up")
