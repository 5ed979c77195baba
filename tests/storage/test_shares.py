"""Shares as rows: found by their link while they hold, read by the browsers that opened them."""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.storage.nights import DAY, MOTH, NOW, OWL, later, welcome
from tracker.domain.scopes import WHOLE, Scope
from tracker.domain.shares import Opening, Share
from tracker.storage import erasures, shares
from tracker.storage.database import Database, Session
from tracker.storage.shares import Locked

LINK = b"l" * 32
BROWSER = b"b" * 32
CUT = Scope(DAY, later(9), frozenset({"sleep", "pain"}), notes=True)
SHARE = Share(
    "one",
    MOTH,
    "Dr K.",
    CUT,
    created_at=NOW,
    expires_at=NOW + timedelta(days=30),
    has_passphrase=False,
)
SOON = NOW + timedelta(minutes=10)


def stored(session: Session, share: Share = SHARE, link: bytes = LINK) -> None:
    welcome(session, share.owner)
    shares.add_share(session, Locked(share, None), link)


def is_open(session: Session, at: datetime, share: str = "one") -> bool:
    return shares.find_opened(session, BROWSER, share, at) is not None


def test_a_share_comes_back_as_it_was_made(database: Database) -> None:
    other = replace(SHARE, id="two", scope=WHOLE, has_passphrase=True, created_at=SOON)
    with database.writing() as session:
        stored(session)
        shares.add_share(session, Locked(other, "a hash"), b"m" * 32)
        assert shares.list_shares(session, MOTH) == [other, SHARE]
        assert shares.list_shares(session, OWL) == []
        assert shares.find_by_token(session, LINK) == Locked(SHARE, None)
        assert shares.find_by_token(session, b"m" * 32) == Locked(other, "a hash")
        assert shares.find_by_token(session, b"n" * 32) is None


def test_openings_are_kept_newest_first(database: Database) -> None:
    with database.writing() as session:
        stored(session)
        for number, at in enumerate((NOW, SOON)):
            shares.add_opening(session, SHARE, f"{number}", "Firefox", at)
        assert shares.list_openings(session, MOTH) == [
            Opening("one", SOON, "Firefox"),
            Opening("one", NOW, "Firefox"),
        ]
        assert shares.list_openings(session, OWL) == []


def test_a_browser_reads_while_it_is_used_and_the_share_holds(database: Database) -> None:
    short = replace(SHARE, expires_at=NOW + timedelta(hours=1))
    with database.writing() as session:
        stored(session, short)
        assert not shares.has_opened(session, BROWSER)
        shares.let_in(session, short, BROWSER, NOW)
        assert shares.has_opened(session, BROWSER)
        assert is_open(session, NOW + timedelta(minutes=29))
        assert not is_open(session, NOW + timedelta(minutes=30))
        for minutes in (25, 50):
            shares.touch(session, BROWSER, "one", NOW + timedelta(minutes=minutes))
        assert is_open(session, NOW + timedelta(minutes=59))
        assert not is_open(session, NOW + timedelta(minutes=60))
        assert not is_open(session, SOON, "two")


def test_a_clock_that_runs_behind_closes_nothing(database: Database) -> None:
    with database.writing() as session:
        stored(session)
        shares.let_in(session, SHARE, BROWSER, NOW)
        shares.touch(session, BROWSER, "one", NOW - timedelta(minutes=5))
        assert is_open(session, NOW + timedelta(minutes=29))


def test_opened_again_the_time_begins_anew(database: Database) -> None:
    with database.writing() as session:
        stored(session)
        for hours in (0, 11):
            shares.let_in(session, SHARE, BROWSER, NOW + timedelta(hours=hours))
        shares.touch(session, BROWSER, "one", NOW + timedelta(hours=12))
        assert is_open(session, NOW + timedelta(hours=12, minutes=1))


def test_a_revoked_share_lets_nobody_in_and_stays_in_the_list(database: Database) -> None:
    with database.writing() as session:
        stored(session)
        welcome(session, OWL)
        shares.let_in(session, SHARE, BROWSER, NOW)
        assert not shares.revoke(session, OWL, "one", SOON)
        assert is_open(session, SOON)
        assert shares.revoke(session, MOTH, "one", SOON)
        assert not shares.revoke(session, MOTH, "one", SOON)
        assert not is_open(session, SOON)
        (ended,) = shares.list_shares(session, MOTH)
        assert ended == replace(SHARE, revoked_at=SOON)
        assert SHARE.holds(SOON)
        assert not ended.holds(SOON)


def test_all_links_end_where_it_is_not_known_which_were_ended(database: Database) -> None:
    with database.writing() as session:
        stored(session)
        shares.let_in(session, SHARE, BROWSER, NOW)
        shares.revoke_all(session, SOON)
        assert not is_open(session, SOON)
        assert [one.revoked_at for one in shares.list_shares(session, MOTH)] == [SOON]


def test_browsers_that_may_read_no_more_are_forgotten(database: Database) -> None:
    with database.writing() as session:
        stored(session)
        shares.let_in(session, SHARE, BROWSER, NOW)
        assert shares.forget_readers(session, SOON) == 0
        assert shares.forget_readers(session, NOW + timedelta(minutes=30)) == 1
        shares.let_in(session, SHARE, BROWSER, NOW)
        shares.touch(session, BROWSER, "one", NOW + timedelta(hours=12))
        assert shares.forget_readers(session, NOW + timedelta(hours=12)) == 1


def test_with_their_owner_shares_go(database: Database) -> None:
    with database.writing() as session:
        stored(session)
        shares.add_opening(session, SHARE, "1", "", NOW)
        shares.let_in(session, SHARE, BROWSER, NOW)
        erasures.erase(session, MOTH, NOW)
        assert shares.find_by_token(session, LINK) is None
        assert shares.list_openings(session, MOTH) == []
        assert not shares.has_opened(session, BROWSER)
