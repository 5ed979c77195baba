"""A grant lets one reader in until its end, and is ended by its owner alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests.storage.nights import DAY, MOTH, NOW, OWL, later, welcome
from tracker.domain.grants import Grant, GrantEnd, GrantKind
from tracker.domain.scopes import WHOLE, Scope
from tracker.storage import grants
from tracker.storage.database import Database, Session

READ = Grant("read", MOTH, OWL, "Owl", GrantKind.READ, Scope(DAY, later(9)), NOW)
HELP = replace(READ, id="help", kind=GrantKind.HELP, scope=WHOLE)


def found(session: Session, grant: Grant, after: timedelta = timedelta()) -> Grant | None:
    return grants.find_grant(session, grant.owner, grant.reader, grant.kind, NOW + after)


def test_a_grant_comes_back_as_it_was_given(database: Database) -> None:
    cut = replace(READ, scope=Scope(items=frozenset({"sleep", "pain"}), notes=True))
    with database.writing() as session:
        welcome(session)
        for grant in (cut, HELP):
            grants.add_grant(session, grant)
        assert found(session, cut) == cut
        assert found(session, HELP) == HELP
        assert grants.list_grants(session, MOTH) == [HELP, cut]
        assert grants.list_grants(session, OWL) == []


def test_a_grant_holds_until_its_end(database: Database) -> None:
    grant = replace(READ, expires_at=NOW + timedelta(days=1))
    with database.writing() as session:
        welcome(session)
        grants.add_grant(session, grant)
        for hours, holds in ((23, True), (24, False)):
            after = timedelta(hours=hours)
            assert (found(session, grant, after) is not None) is holds
            assert grant.holds(NOW + after) is holds


def test_an_ended_grant_stays_in_the_list_and_lets_nobody_in(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        grants.add_grant(session, READ)
        assert grants.end_grant(session, OWL, READ.id, NOW) is None
        assert grants.end_grant(session, MOTH, READ.id, NOW) == OWL
        assert grants.end_grant(session, MOTH, READ.id, NOW) is None
        assert found(session, READ) is None
        (ended,) = grants.list_grants(session, MOTH)
        assert ended == replace(READ, ended_at=NOW, ended_by=GrantEnd.OWNER)
        assert not ended.holds(NOW)
        grants.add_grant(session, replace(READ, id="anew"))
        assert found(session, READ) is not None


def test_nobody_holds_two_grants_of_a_kind_at_once(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        grants.add_grant(session, READ)
        with pytest.raises(IntegrityError):
            grants.add_grant(session, replace(READ, id="second"))
        session.rollback()
