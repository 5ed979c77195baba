"""Links made by their owners and opened by others, at the door."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services import doors
from tracker.domain.people import Account
from tracker.domain.scopes import Scope
from tracker.domain.shares import ShareRefused
from tracker.services import shares
from tracker.services.people import Door, hash_of
from tracker.services.shares import LinkClosed, Made, Wish
from tracker.storage import audit
from tracker.storage import shares as rows

WEEK = timedelta(days=7)


@pytest.fixture
def moth(door: Door) -> Account:
    return doors.registered(door).signed_in.account


def make(door: Door, moth: Account, **changes: str) -> Made:
    return shares.make(door, moth, replace(Wish("Dr K.", Scope(), WEEK), **changes))  # type: ignore[arg-type] # its texts


def test_a_passphrase_too_short_makes_no_link(door: Door, moth: Account) -> None:
    with pytest.raises(ShareRefused):
        make(door, moth, passphrase="short")
    with door.database.reading() as session:
        assert shares.list_all(session, moth) == []


def test_a_share_without_a_name_goes_by_its_day(door: Door, moth: Account) -> None:
    assert make(door, moth, label="").share.name == "2026-03-01"


def test_one_browser_holds_one_token_for_all_that_it_opens(door: Door, moth: Account) -> None:
    first = shares.enter(door, make(door, moth).token, None, None)
    second = shares.enter(door, make(door, moth).token, None, first.token)
    assert first.token == second.token
    with door.database.reading() as session:
        for share in (first.share, second.share):
            opened = shares.find_opened(session, first.token, share.id, door.now)
            assert opened is not None
            assert opened.owner.id == moth.id


def test_a_link_ended_while_its_passphrase_is_looked_at_opens_nothing(
    door: Door, moth: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(door, moth, passphrase="plum stones")
    fits = door.hasher.fits

    def ended_meanwhile(hashed: str | None, typed: str, *, known: bool) -> bool:
        with door.database.writing() as session:
            shares.revoke(session, moth, made.share.id, door.now)
        return fits(hashed, typed, known=known)

    monkeypatch.setattr(door.hasher, "fits", ended_meanwhile)
    with pytest.raises(LinkClosed):
        shares.enter(door, made.token, "plum stones", None)
    with door.database.reading() as session:
        assert rows.list_openings(session, moth.id) == []


def test_only_the_hash_of_a_link_is_kept(door: Door, moth: Account) -> None:
    made = make(door, moth)
    with door.database.reading() as session:
        locked = rows.find_by_token(session, hash_of(made.token))
        assert locked is not None
        assert locked.share == made.share
        verbs = [event.verb for event in audit.events_of(session, moth.id, 9)]
    assert "share.made" in verbs
    assert made.token not in repr(made)
