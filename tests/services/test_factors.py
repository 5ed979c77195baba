"""Second factors set up, used once, renamed and removed; and what opens without one."""

from datetime import timedelta

import pytest

from tests.services import doors
from tests.services.authenticators import (
    SHORT,
    STEP,
    begun,
    complete,
    current,
    kept,
    only,
    reader,
    shown,
    verbs,
)
from tests.services.doors import (
    NOW,
    OTHER_PASSWORD,
    PASSWORD,
    STRANGER,
    TOTP_KEY,
    is_open,
    known,
    later,
    registered,
)
from tracker.domain.attempts import TooManyAttempts
from tracker.domain.passwords import PasswordRefused
from tracker.domain.people import READER_IDLE, READER_LIFE, Role
from tracker.domain.text import TextRefused
from tracker.services import accounts, factors, people, recovery
from tracker.services.factors import (
    FactorCompulsory,
    FirstCodeRefused,
    PasswordTooShort,
)
from tracker.services.people import CodeNeeded, Door, ErasurePending, SignInRefused
from tracker.services.recovery import WrongCode, WrongPassword
from tracker.storage import sessions


def test_a_factor_counts_once_its_first_code_was_given(door: Door) -> None:
    opened = registered(door)
    new = begun(door, opened.signed_in)
    assert not current(door, opened).has_factor
    wrong = "000000" if shown(new.secret, door) != "000000" else "111111"
    with door.database.writing() as session, pytest.raises(FirstCodeRefused):
        factors.complete(session, opened.signed_in, new, wrong, "", door.now)
    assert not kept(door, opened.signed_in).factors
    secret, codes = complete(door, opened.signed_in)
    assert secret != new.secret, "begun anew, the first secret is void"
    assert len(set(codes)) == 10
    assert (only(door, opened.signed_in).label, current(door, opened).has_factor) == ("phone", True)
    assert [verb for verb, _ in verbs(door, opened.signed_in)][:2] == [
        "factor.codes_made",
        "factor.added",
    ]


def test_a_name_that_is_too_long_lets_nothing_count(door: Door) -> None:
    opened = registered(door)
    with pytest.raises(TextRefused):
        complete(door, opened.signed_in, "x" * 41)
    assert not kept(door, opened.signed_in).factors


def test_a_factor_begun_under_keys_that_are_lost_is_begun_anew(door: Door) -> None:
    who = registered(door).signed_in
    begun(door, who)
    with door.database.reading() as session:
        assert factors.begun(session, who.account, b"x" * 32) is None


def test_sessions_from_before_the_first_factor_end_but_for_this_one(door: Door) -> None:
    elsewhere, here = registered(door), people.sign_in(door, "Moth", PASSWORD)
    complete(door, here.signed_in)
    assert (is_open(door, elsewhere), is_open(door, here)) == (False, True)


def test_a_second_one_is_added_without_new_codes_and_leaves_sessions_alone(door: Door) -> None:
    first = registered(door)
    secret, _ = complete(door, first.signed_in)
    at = later(door, 2 * STEP)
    elsewhere = people.sign_in(at, "Moth", PASSWORD, shown(secret, at))
    _, codes = complete(at, current(at, first), "tablet")
    assert (codes, is_open(at, elsewhere)) == ((), True)
    assert [one.label for one in kept(at, first.signed_in).factors] == ["phone", "tablet"]


def test_the_password_alone_asks_for_a_code_and_opens_nothing(door: Door) -> None:
    complete(door, registered(door).signed_in)
    with pytest.raises(CodeNeeded):
        people.sign_in(door, "Moth", PASSWORD)
    with pytest.raises(SignInRefused):
        people.sign_in(door, "Moth", "wrong")


def test_each_code_opens_once_and_none_before_it(door: Door) -> None:
    opened = registered(door)
    secret, _ = complete(door, opened.signed_in)
    with pytest.raises(SignInRefused):  # it was the first code
        people.sign_in(door, "Moth", PASSWORD, shown(secret, door))
    at = later(door, STEP)
    code = shown(secret, at)
    assert people.sign_in(at, "Moth", PASSWORD, code).signed_in.has_factor
    for used in (code, shown(secret, door)):
        with pytest.raises(SignInRefused) as caught:
            people.sign_in(at, "Moth", PASSWORD, used)
        assert str(caught.value) == str(SignInRefused(with_code=True))


@pytest.mark.parametrize("kind", ["of the app", "for recovery"])
def test_two_who_use_one_code_at_once_dont_both_get_in(door: Door, kind: str) -> None:
    secret, codes = complete(door, registered(door).signed_in)
    at = later(door, STEP)
    code = shown(secret, at) if kind == "of the app" else codes[0]

    class Slow(type(door.hasher)):  # type: ignore[misc] # the class is known only now
        """A hasher during whose work the other one is done."""

        def fits(self, hashed: str | None, password: str, *, known: bool) -> bool:
            people.sign_in(at, "Moth", PASSWORD, code)
            return super().fits(hashed, password, known=known)  # type: ignore[no-any-return]

    slow = Door(door.database, Slow(), door.visitor, at.now, TOTP_KEY)
    with pytest.raises(SignInRefused):
        people.sign_in(slow, "Moth", PASSWORD, code)


def test_who_signs_in_while_a_first_factor_is_added_does_not_slip_by(door: Door) -> None:
    opened = registered(door)

    class Slow(type(door.hasher)):  # type: ignore[misc] # as above
        """A hasher during whose work a factor is added."""

        def fits(self, hashed: str | None, password: str, *, known: bool) -> bool:
            complete(door, opened.signed_in)
            return super().fits(hashed, password, known=known)  # type: ignore[no-any-return]

    slow = Door(door.database, Slow(), door.visitor, door.now, TOTP_KEY)
    with pytest.raises(SignInRefused):
        people.sign_in(slow, "Moth", PASSWORD)


def test_a_recovery_code_stands_in_for_the_app_once(door: Door) -> None:
    opened = registered(door)
    _, codes = complete(door, opened.signed_in)
    typed = codes[4].lower().replace("-", " ")
    assert people.sign_in(door, "Moth", PASSWORD, typed).signed_in.has_factor
    assert kept(door, opened.signed_in).codes_left == 9
    assert ("factor.code_used", opened.signed_in.account.id) in verbs(door, opened.signed_in)
    with pytest.raises(SignInRefused):
        people.sign_in(door, "Moth", PASSWORD, typed)


def test_new_recovery_codes_take_the_place_of_the_old_ones(door: Door) -> None:
    opened = registered(door)
    _, old = complete(door, opened.signed_in)
    with door.database.writing() as session:
        new = factors.make_codes(session, opened.signed_in.account, door.now)
    with pytest.raises(SignInRefused):
        people.sign_in(door, "Moth", PASSWORD, old[0])
    assert people.sign_in(door, "Moth", PASSWORD, new[0]).token


def test_a_code_for_the_factor_is_none_for_the_password_nor_the_other_way_round(
    door: Door,
) -> None:
    opened = registered(door)
    with door.database.writing() as session:
        sheet = recovery.make_sheet(session, opened.signed_in, door.now)
    _, codes = complete(door, opened.signed_in)
    with pytest.raises(recovery.CodeRefused):
        recovery.recover(door, "Moth", codes[0], OTHER_PASSWORD)
    with pytest.raises(SignInRefused):
        people.sign_in(door, "Moth", PASSWORD, sheet[0])


def test_codes_guessed_on_a_known_device_wait_longer_and_longer(door: Door) -> None:
    opened = registered(door)
    secret, _ = complete(door, opened.signed_in)
    at = known(door, opened)
    for guess in range(20):
        at = later(at, timedelta(minutes=15))
        wrong = str(guess).zfill(6)
        with pytest.raises(SignInRefused):
            people.sign_in(at, "Moth", PASSWORD, wrong)
    soon = later(at, timedelta(minutes=14))
    with pytest.raises(TooManyAttempts):
        people.sign_in(soon, "Moth", PASSWORD, shown(secret, soon))
    right = later(at, timedelta(minutes=15))
    assert people.sign_in(right, "Moth", PASSWORD, shown(secret, right)).token
    again = later(right, STEP)
    assert people.sign_in(again, "Moth", PASSWORD, shown(secret, again)).token


def test_asking_for_the_code_again_and_again_does_not_shorten_the_wait(door: Door) -> None:
    complete(door, registered(door).signed_in)
    attack = doors.door(door.database, STRANGER)
    for _ in range(5):
        with pytest.raises(CodeNeeded):
            people.sign_in(attack, "Moth", PASSWORD)
    with pytest.raises(TooManyAttempts):
        people.sign_in(attack, "Moth", PASSWORD, "000000")


def test_a_code_is_not_spent_where_erasing_is_asked_about_first(door: Door) -> None:
    opened = registered(door)
    secret, _ = complete(door, opened.signed_in)
    with door.database.writing() as session:
        accounts.ask_erasure(session, opened.signed_in, door.now)
    at = later(door, STEP)
    code = shown(secret, at)
    with pytest.raises(ErasurePending):
        people.sign_in(at, "Moth", PASSWORD, code)
    assert people.sign_in(at, "Moth", PASSWORD, code, keep=True).token


def test_a_factor_whose_key_is_lost_opens_nothing_but_recovery_codes_do(door: Door) -> None:
    secret, codes = complete(door, registered(door).signed_in)
    at = later(door, STEP)
    other = Door(at.database, at.hasher, at.visitor, at.now, b"x" * 32)
    with pytest.raises(SignInRefused):
        people.sign_in(other, "Moth", PASSWORD, shown(secret, at))
    assert people.sign_in(other, "Moth", PASSWORD, codes[0]).token


def test_a_code_opens_sensitive_deeds_as_the_password_does(door: Door) -> None:
    opened = registered(door)
    secret, _ = complete(door, opened.signed_in)
    at = later(door, timedelta(hours=1))
    code = shown(secret, at)
    recovery.confirm_by_code(at, current(at, opened), code)
    assert current(at, opened).is_confirmed(at.now)
    for _ in range(5):
        with pytest.raises(WrongCode):
            recovery.confirm_by_code(at, opened.signed_in, code)
    with pytest.raises(TooManyAttempts):
        recovery.confirm_by_code(at, opened.signed_in, code)


def test_a_factor_is_renamed(door: Door) -> None:
    opened = registered(door)
    complete(door, opened.signed_in)
    with door.database.writing() as session:
        factor = only(door, opened.signed_in)
        factors.rename(session, opened.signed_in.account, factor, " tablet ", door.now)
    assert only(door, opened.signed_in).label == "tablet"


def test_one_of_two_factors_is_removed_at_once(door: Door) -> None:
    opened = registered(door)
    complete(door, opened.signed_in)
    complete(door, current(door, opened), "tablet")
    phone, tablet = kept(door, opened.signed_in).factors
    with door.database.writing() as session:
        factors.remove(session, opened.signed_in.account, phone, door.now)
        with pytest.raises(FactorCompulsory):
            factors.remove(session, opened.signed_in.account, tablet, door.now)
    assert kept(door, opened.signed_in).factors == [tablet]


def test_the_last_factor_goes_only_with_a_password_that_can_stand_alone(door: Door) -> None:
    opened = registered(door)
    complete(door, opened.signed_in)
    who, factor = current(door, opened), only(door, opened.signed_in)
    recovery.change_password(door, who, PASSWORD, SHORT)
    with pytest.raises(PasswordTooShort):
        factors.remove_last(door, who, factor, SHORT)
    recovery.change_password(door, who, SHORT, OTHER_PASSWORD)
    with pytest.raises(WrongPassword):
        factors.remove_last(door, who, factor, PASSWORD)
    factors.remove_last(door, who, factor, OTHER_PASSWORD)
    assert kept(door, who) == factors.Kept([], None)
    assert people.sign_in(door, "Moth", OTHER_PASSWORD).token


def test_recovery_codes_stay_where_another_factor_was_added_meanwhile(door: Door) -> None:
    opened = registered(door)
    complete(door, opened.signed_in)
    factor = only(door, opened.signed_in)
    complete(door, current(door, opened), "tablet")
    factors.remove_last(door, current(door, opened), factor, PASSWORD)
    left = kept(door, opened.signed_in)
    assert ([one.label for one in left.factors], left.codes_left) == (["tablet"], 10)


def test_without_a_factor_the_password_has_to_be_long(door: Door) -> None:
    opened = registered(door)
    with pytest.raises(PasswordRefused):
        recovery.change_password(door, opened.signed_in, PASSWORD, SHORT)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.COORDINATOR])
def test_who_reads_what_others_wrote_keeps_one_factor(door: Door, role: Role) -> None:
    opened = reader(door, role)
    assert current(door, opened).lacks_factor
    complete(door, opened.signed_in)
    assert not current(door, opened).lacks_factor
    with pytest.raises(FactorCompulsory):
        factors.remove_last(door, current(door, opened), only(door, opened.signed_in), SHORT)


def test_their_sessions_end_after_half_an_hour_without_use_and_after_half_a_day(
    door: Door,
) -> None:
    opened = reader(door)
    assert is_open(later(door, READER_IDLE - STEP), opened)
    assert not is_open(later(door, READER_IDLE), opened)
    at = door
    while at.now < NOW + READER_LIFE - READER_IDLE:
        at = later(at, READER_IDLE - STEP)
        assert is_open(at, opened)
        with door.database.writing() as session:
            sessions.touch(session, people.hash_of(opened.token), at.now)
            assert accounts.places(session, opened.signed_in, at.now)
    assert not is_open(later(door, READER_LIFE), opened)


def test_the_operators_reset_takes_the_factor_the_password_and_the_sessions(door: Door) -> None:
    opened = reader(door)
    secret, codes = complete(door, opened.signed_in)
    account = opened.signed_in.account
    with door.database.writing() as session:
        assert recovery.take_factors(session, account, door.now)
        assert not recovery.take_factors(session, account, door.now)
        token = recovery.make_link(session, account, door.now)
    assert not is_open(door, opened)
    assert ("factor.removed", "operator") in verbs(door, opened.signed_in)
    at = later(door, STEP)
    for code in ("", shown(secret, at), codes[0]):
        with pytest.raises(SignInRefused):
            people.sign_in(at, "Ada", SHORT, code)
    new = recovery.follow_link(at, token, "heron counts", consent=False, zone="UTC").opened
    assert new is not None
    assert current(at, new).lacks_factor


def test_a_link_or_sheet_from_before_the_factor_sets_the_password_and_opens_nothing(
    door: Door,
) -> None:
    opened = registered(door)
    with door.database.writing() as session:
        sheet = recovery.make_sheet(session, opened.signed_in, door.now)
        token = recovery.make_link(session, opened.signed_in.account, door.now)
    secret, _ = complete(door, opened.signed_in)
    by_link = recovery.follow_link(door, token, OTHER_PASSWORD, consent=False, zone="UTC")
    by_sheet = recovery.recover(door, "Moth", sheet[0], OTHER_PASSWORD)
    assert (by_link.opened, by_sheet.opened, is_open(door, opened)) == (None, None, False)
    with pytest.raises(CodeNeeded):
        people.sign_in(door, "Moth", OTHER_PASSWORD)
    at = later(door, STEP)
    assert people.sign_in(at, "Moth", OTHER_PASSWORD, shown(secret, at)).token


def test_who_recovered_the_password_under_attack_signs_in_with_a_code(door: Door) -> None:
    opened = registered(door)
    with door.database.writing() as session:
        sheet = recovery.make_sheet(session, opened.signed_in, door.now)
    secret, _ = complete(door, opened.signed_in)
    for number in range(30):
        attack = later(doors.door(door.database, STRANGER), timedelta(seconds=number))
        with pytest.raises((SignInRefused, TooManyAttempts)):
            people.sign_in(attack, "Moth", "wrong", "000000")
    at = later(door, 2 * STEP)
    token = recovery.recover(at, "Moth", sheet[0], OTHER_PASSWORD).device_token
    new_phone = Door(
        at.database, at.hasher, people.Visitor("203.0.113.5", "", token), at.now, TOTP_KEY
    )
    assert people.sign_in(new_phone, "Moth", OTHER_PASSWORD, shown(secret, at)).token
