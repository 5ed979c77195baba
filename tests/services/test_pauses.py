"""Test pausing the diary."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from tracker.domain.people import Account
from tracker.services import pauses, people
from tracker.services.pauses import NoSuchPause, PauseRefused
from tracker.services.people import NewPerson
from tracker.storage.database import Database, Session

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 10), date(2026, 11, 14)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    with (
        Database(database_url, audit_key=b"a key for tests " * 2) as database,
        database.writing() as writing_session,
    ):
        yield writing_session


@pytest.fixture
def who(session: Session) -> Account:
    account = people.new_account(NewPerson("Moth", "", "Europe/Helsinki"), NOW)
    people.add(session, account, None, account.id, NOW)
    return account


def test_the_last_day_belongs_to_the_pause(session: Session, who: Account) -> None:
    pauses.begin(session, who, FIRST, LAST, "In hospital", NOW)
    (only,) = pauses.list_all(session, who)
    assert (only.start, only.end, only.reason) == (FIRST, date(2026, 11, 15), "In hospital")


def test_a_pause_runs_until_it_is_ended(session: Session, who: Account) -> None:
    pauses.begin(session, who, FIRST, None, "", NOW)
    (running,) = pauses.list_all(session, who)
    pauses.end(session, who, running.id, LAST, NOW)
    assert pauses.list_all(session, who)[0].end == date(2026, 11, 15)
    with pytest.raises(NoSuchPause):
        pauses.end(session, who, running.id, LAST, NOW)


def test_a_pause_that_would_have_no_day_goes(session: Session, who: Account) -> None:
    pauses.begin(session, who, FIRST, None, "", NOW)
    pauses.end(session, who, pauses.list_all(session, who)[0].id, date(2026, 11, 9), NOW)
    assert not pauses.list_all(session, who)


def test_a_pause_can_be_taken_away_once(session: Session, who: Account) -> None:
    pauses.begin(session, who, FIRST, LAST, "", NOW)
    (only,) = pauses.list_all(session, who)
    pauses.remove(session, who, only.id, NOW)
    assert not pauses.list_all(session, who)
    with pytest.raises(NoSuchPause):
        pauses.remove(session, who, only.id, NOW)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (LAST, FIRST),
        (FIRST, LAST),
        (date(2026, 11, 1), None),
        (LAST, date(2026, 11, 20)),
        (LAST, None),
    ],
)
def test_a_pause_needs_days_of_its_own(
    session: Session, who: Account, first: date, last: date | None
) -> None:
    pauses.begin(session, who, FIRST, LAST, "", NOW)
    with pytest.raises(PauseRefused):
        pauses.begin(session, who, first, last, "", NOW)


def test_pauses_stand_newest_first(session: Session, who: Account) -> None:
    pauses.begin(session, who, date(2026, 11, 1), date(2026, 11, 9), "", NOW)
    pauses.begin(session, who, date(2026, 11, 15), None, "", NOW)
    pauses.begin(session, who, FIRST, LAST, "", NOW)
    assert [one.start.day for one in pauses.list_all(session, who)] == [15, 10, 1]
