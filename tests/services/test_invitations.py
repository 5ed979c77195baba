"""Invitations are good once, for fourteen days, for the other side alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.access import CLINICIAN, HELP, HELPER, OWNER, READ, settle
from tests.storage.nights import NOW
from tracker.domain.grants import INVITATION_LIFE, GrantKind, Terms
from tracker.domain.people import Account, Role
from tracker.domain.scopes import Scope, ScopeRefused
from tracker.services import invitations
from tracker.services.invitations import EndRefused, InvitationGone, NotForYou
from tracker.storage import accounts, audit, erasures, tidying
from tracker.storage.database import Database, Session

CUT = Terms(GrantKind.READ, Scope(items=frozenset({"pain"}), pdf=True), NOW + timedelta(days=30))


def opened(session: Session, who: Account, token: str) -> invitations.Opened:
    return invitations.open_by_token(session, who, token, NOW)


def is_gone(session: Session, token: str, who: Account = CLINICIAN) -> bool:
    try:
        opened(session, who, token)
    except InvitationGone:
        return True
    return False


def test_a_clinician_takes_what_an_owner_offers(database: Database) -> None:
    with database.writing() as session:
        settle(session)
        token = invitations.offer(session, OWNER, CUT, NOW)
        shown = opened(session, CLINICIAN, token)
        assert (shown.maker, shown.invitation.terms) == (OWNER, CUT)
        assert invitations.list_open(session, OWNER, NOW) == [shown.invitation]
        grant = invitations.accept(session, CLINICIAN, shown.invitation.id, None, NOW)
        assert (grant.owner, grant.reader) == (OWNER.id, CLINICIAN.id)
        assert (grant.scope, grant.expires_at) == (CUT.scope, CUT.expires_at)
        assert invitations.list_open(session, OWNER, NOW) == []
        verbs = [event.verb for event in audit.events_of(session, OWNER.id, 9)]
        assert verbs == ["grant.given", "grant.offered"]


def test_a_helper_is_any_other_account(database: Database) -> None:
    wide = replace(HELP, scope=Scope(notes=True))
    with database.writing() as session:
        settle(session)
        for helper in (HELPER, CLINICIAN):
            found = opened(session, helper, invitations.offer(session, OWNER, wide, NOW))
            grant = invitations.accept(session, helper, found.invitation.id, None, NOW)
            assert (grant.kind, grant.scope) == (GrantKind.HELP, Scope()), "helpers read nothing"


def test_an_owner_picks_scope_and_end_for_a_clinician_who_asks(database: Database) -> None:
    with database.writing() as session:
        settle(session)
        token = invitations.ask(session, CLINICIAN, NOW)
        shown = opened(session, OWNER, token)
        assert (shown.maker, shown.invitation.terms) == (CLINICIAN, None)
        (waiting,) = invitations.list_open(session, CLINICIAN, NOW)
        assert waiting == shown.invitation, "that it was opened is told to nobody"
        with pytest.raises(InvitationGone):
            invitations.accept(session, OWNER, waiting.id, None, NOW)
        grant = invitations.accept(session, OWNER, waiting.id, CUT, NOW)
        assert (grant.owner, grant.reader, grant.scope) == (OWNER.id, CLINICIAN.id, CUT.scope)
        assert invitations.list_open(session, CLINICIAN, NOW) == []


def test_it_works_once(database: Database) -> None:
    with database.writing() as session:
        settle(session)
        token = invitations.offer(session, OWNER, HELP, NOW)
        invitation = opened(session, HELPER, token).invitation
        invitations.accept(session, HELPER, invitation.id, None, NOW)
        assert is_gone(session, token)
        with pytest.raises(InvitationGone):
            invitations.accept(session, CLINICIAN, invitation.id, None, NOW)


def test_it_ends_after_fourteen_days_or_when_its_maker_takes_it_back(database: Database) -> None:
    with database.writing() as session:
        settle(session)
        token = invitations.offer(session, OWNER, READ, NOW)
        invitation = opened(session, CLINICIAN, token).invitation
        with pytest.raises(InvitationGone):
            invitations.open_by_token(session, CLINICIAN, token, NOW + INVITATION_LIFE)
        for stranger in (CLINICIAN, HELPER):
            assert not invitations.withdraw(session, stranger, invitation.id, NOW)
        assert invitations.withdraw(session, OWNER, invitation.id, NOW)
        assert not invitations.withdraw(session, OWNER, invitation.id, NOW)
        assert is_gone(session, token)
        assert is_gone(session, "nothing")


@pytest.mark.parametrize(
    "close",
    [
        lambda session: accounts.disable(session, OWNER.id, NOW),
        lambda session: accounts.set_erasure(session, OWNER.id, NOW),
        lambda session: erasures.erase(session, OWNER.id, NOW),
    ],
)
def test_it_is_gone_with_its_maker(database: Database, close: Callable[[Session], None]) -> None:
    with database.writing() as session:
        settle(session)
        token = invitations.offer(session, OWNER, READ, NOW)
        close(session)
        assert is_gone(session, token)


@pytest.mark.parametrize(
    ("make", "who"),
    [
        (lambda session: invitations.offer(session, OWNER, READ, NOW), OWNER),
        (lambda session: invitations.offer(session, OWNER, READ, NOW), HELPER),
        (
            lambda session: invitations.offer(session, OWNER, READ, NOW),
            replace(HELPER, role=Role.COORDINATOR),
        ),
        (lambda session: invitations.ask(session, CLINICIAN, NOW), CLINICIAN),
        (
            lambda session: invitations.ask(session, CLINICIAN, NOW),
            replace(HELPER, role=Role.CLINICIAN),
        ),
    ],
)
def test_it_is_for_the_other_side_alone(
    database: Database, make: Callable[[Session], str], who: Account
) -> None:
    with database.writing() as session:
        settle(session)
        token = make(session)
        with pytest.raises(NotForYou):
            opened(session, who, token)


def test_tidying_forgets_what_is_too_old(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        settle(session)
        invitations.offer(session, OWNER, READ, NOW)
        almost = NOW + INVITATION_LIFE - timedelta(seconds=1)
        for at, gone in ((almost, 0), (NOW + INVITATION_LIFE, 1)):
            assert tidying.tidy(session, tmp_path / "erased.log", at).counters == gone


def test_what_nobody_could_read_by_is_refused(database: Database) -> None:
    nothing = replace(READ, scope=Scope(items=frozenset()))
    past = replace(HELP, expires_at=NOW)
    with database.writing() as session:
        settle(session)
        with pytest.raises(ScopeRefused):
            invitations.offer(session, OWNER, nothing, NOW)
        with pytest.raises(EndRefused):
            invitations.offer(session, OWNER, past, NOW)
        token = invitations.ask(session, CLINICIAN, NOW)
        asked = opened(session, OWNER, token).invitation
        with pytest.raises(ScopeRefused):
            invitations.accept(session, OWNER, asked.id, nothing, NOW)
        session.rollback()
