"""Whom a grant lets in, and that its end counts from the next request."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.access import CLINICIAN, HELP, HELPER, OWNER, READ, settle
from tests.storage.nights import NOW
from tracker.domain.grants import Grant, GrantEnd, GrantKind, Terms
from tracker.domain.people import Account, Role
from tracker.domain.readings import ReaderKind, Seen
from tracker.domain.scopes import Scope
from tracker.services import accounts, grants, readings
from tracker.storage import accounts as stored_accounts
from tracker.storage import audit, erasures
from tracker.storage.database import Database, Session


def comes_in(session: Session, reader: Account, kind: GrantKind) -> bool:
    return grants.find_entrance(session, OWNER.id, reader, kind, NOW) is not None


def verbs(session: Session, owner: Account) -> list[tuple[str, str]]:
    return [(event.verb, event.actor) for event in audit.events_of(session, owner.id, 50)]


def test_a_grant_lets_in_whom_it_names_for_what_it_names(database: Database) -> None:
    with database.writing() as session:
        settle(session)
        given = grants.give(session, OWNER, CLINICIAN, READ, NOW)
        found = grants.find_entrance(session, OWNER.id, CLINICIAN, GrantKind.READ, NOW)
        assert found == grants.Entrance(OWNER, given)
        assert not comes_in(session, CLINICIAN, GrantKind.HELP)
        assert not comes_in(session, HELPER, GrantKind.READ)
        assert grants.list_held(session, CLINICIAN, GrantKind.READ, NOW) == [(given, "Moth")]
        assert verbs(session, OWNER) == [("grant.given", OWNER.id)]
        assert verbs(session, CLINICIAN) == [("grant.received", OWNER.id)]
        told = json.loads(audit.events_of(session, OWNER.id, 1)[0].ids)
        assert told == {"grant": given.id, "kind": "read", "other": CLINICIAN.id}


@pytest.mark.parametrize(
    "change",
    [
        lambda session: stored_accounts.disable(session, OWNER.id, NOW),
        lambda session: stored_accounts.set_erasure(session, OWNER.id, NOW + timedelta(days=7)),
    ],
)
def test_an_owner_who_is_gone_is_hidden_at_once(
    database: Database, change: Callable[[Session], None]
) -> None:
    with database.writing() as session:
        settle(session)
        grants.give(session, OWNER, CLINICIAN, READ, NOW)
        change(session)
        assert not comes_in(session, CLINICIAN, GrantKind.READ)
        assert grants.list_held(session, CLINICIAN, GrantKind.READ, NOW) == []


def test_who_is_no_clinician_reads_nothing_whatever_stands_in_the_table(
    database: Database,
) -> None:
    with database.writing() as session:
        settle(session)
        grants.give(session, OWNER, HELPER, READ, NOW)
        assert not comes_in(session, HELPER, GrantKind.READ)
        changed = replace(HELPER, role=Role.COORDINATOR)
        assert not comes_in(session, changed, GrantKind.READ)


def test_a_new_grant_of_a_kind_takes_the_old_ones_place(database: Database) -> None:
    cut = Terms(GrantKind.READ, Scope(items=frozenset({"pain"})), NOW + timedelta(days=9))
    with database.writing() as session:
        settle(session)
        old = grants.give(session, OWNER, CLINICIAN, READ, NOW)
        grants.give(session, OWNER, CLINICIAN, HELP, NOW)
        new = grants.give(session, OWNER, CLINICIAN, cut, NOW)
        found = grants.find_entrance(session, OWNER.id, CLINICIAN, GrantKind.READ, NOW)
        assert found is not None
        assert found.grant == new
        assert (new.scope, new.expires_at) == (cut.scope, cut.expires_at)
        assert comes_in(session, CLINICIAN, GrantKind.HELP), "another kind stays"
        ended = [one for one in grants.list_given(session, OWNER) if one.ended_at is not None]
        assert [(one.id, one.ended_by) for one in ended] == [(old.id, GrantEnd.OWNER)]
        assert ("grant.ended", OWNER.id) in verbs(session, CLINICIAN)


def given(session: Session) -> Grant:
    settle(session)
    return grants.give(session, OWNER, CLINICIAN, READ, NOW)


def test_either_side_ends_it_and_nobody_else(database: Database) -> None:
    with database.writing() as session:
        grant = given(session)
        for stranger in (HELPER, CLINICIAN):
            assert not grants.end(session, stranger, grant.id, NOW)
        for stranger in (HELPER, OWNER):
            assert not grants.leave(session, stranger, grant.id, NOW)
        assert comes_in(session, CLINICIAN, GrantKind.READ)
        assert grants.end(session, OWNER, grant.id, NOW)
        assert not comes_in(session, CLINICIAN, GrantKind.READ)
        assert not grants.end(session, OWNER, grant.id, NOW)
        assert not grants.leave(session, CLINICIAN, grant.id, NOW)
        again = grants.give(session, OWNER, CLINICIAN, READ, NOW)
        assert grants.leave(session, CLINICIAN, again.id, NOW)
        assert not comes_in(session, CLINICIAN, GrantKind.READ)
        for side in (OWNER, CLINICIAN):
            ends = [actor for verb, actor in verbs(session, side) if verb == "grant.ended"]
            assert ends == [CLINICIAN.id, OWNER.id]


@pytest.mark.parametrize(
    "close",
    [
        lambda session: accounts.disable(session, CLINICIAN, NOW),
        lambda session: erasures.erase(session, CLINICIAN.id, NOW),
    ],
)
def test_a_closed_or_erased_readers_grants_end_and_the_name_stays(
    database: Database, close: Callable[[Session], None]
) -> None:
    with database.writing() as session:
        given(session)
        close(session)
        assert not comes_in(session, CLINICIAN, GrantKind.READ)
        (ended,) = grants.list_given(session, OWNER)
        assert (ended.reader_name, ended.ended_by) == ("Owl", GrantEnd.OPERATOR)


def test_an_erased_owner_takes_grants_along(database: Database) -> None:
    with database.writing() as session:
        given(session)
        erasures.erase(session, OWNER.id, NOW)
        assert grants.list_given(session, OWNER) == []
        assert grants.list_held(session, CLINICIAN, GrantKind.READ, NOW) == []


@pytest.mark.parametrize(
    ("terms", "kind"), [(READ, ReaderKind.CLINICIAN), (HELP, ReaderKind.HELPER)]
)
def test_coming_in_is_noted_under_the_name_of_the_grant(
    database: Database, terms: Terms, kind: ReaderKind
) -> None:
    with database.writing() as session:
        settle(session)
        grant = grants.give(session, OWNER, CLINICIAN, terms, NOW)
        grants.note_entrance(session, grants.Entrance(OWNER, grant), Seen.REPORT, NOW)
        (noted,) = readings.page(session, OWNER, 1).readings
        assert (noted.reader.id, noted.reader.name, noted.reader.kind) == (
            CLINICIAN.id,
            "Owl",
            kind,
        )
