"""Invitations to grants: made by either side, accepted once by the other."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.domain.grants import (
    INVITATION_LIFE,
    Grant,
    GrantKind,
    Invitation,
    Side,
    Terms,
)
from tracker.domain.people import Account, Role
from tracker.domain.scopes import Scope, clean_scope
from tracker.domain.words import N_, Refused
from tracker.services import grants
from tracker.services.people import hash_of
from tracker.storage import accounts, audit, grant_invitations
from tracker.storage.database import Session


class InvitationGone(Refused):
    """The token was never one, or was used, taken back, or is too old: all the same."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This invitation opens nothing (any more). It works once, for 14 days, until it is "
                "taken back. Ask for a new one."
            )
        )


class NotForYou(Refused):
    """The invitation is good, but not for who opened it."""


class EndRefused(Refused):
    """Access can't end before it begins."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An invitation that can be accepted, and who made it."""

    invitation: Invitation
    maker: Account


def offer(session: Session, owner: Account, terms: Terms, now: datetime) -> str:
    """Return the token of an invitation by which an owner lets somebody in.

    Raises:
        ScopeRefused: nobody could read anything by it.
        EndRefused: the end lies behind.
    """
    return _make(session, owner, _sound(terms, now), now)


def ask(session: Session, clinician: Account, now: datetime) -> str:
    """Return the token of an invitation by which a clinician asks an owner to be let in."""
    return _make(session, clinician, None, now)


def list_open(session: Session, maker: Account, now: datetime) -> Sequence[Invitation]:
    """Return what somebody made and nobody accepted yet, newest first."""
    return grant_invitations.list_open(session, maker.id, now)


def withdraw(session: Session, maker: Account, invitation_id: str, now: datetime) -> bool:
    """Take an invitation back; return False where its maker has no such open one."""
    if not grant_invitations.revoke(session, maker.id, invitation_id, now):
        return False
    audit.record(session, maker.id, "grant.withdrawn", maker.id, now, invitation=invitation_id)
    return True


def open_by_token(session: Session, who: Account, token: str, now: datetime) -> Opened:
    """Return the invitation of a token as `who` sees it; nobody learns that it was opened.

    Raises:
        InvitationGone: it opens nothing (any more).
        NotForYou: it is meant for somebody else.
    """
    return _opened(session, who, grant_invitations.find_by_token(session, hash_of(token), now))


def open_by_id(session: Session, who: Account, invitation_id: str, now: datetime) -> Opened:
    """Return an invitation whose token `who` has shown before.

    Raises:
        InvitationGone: it opens nothing (any more).
        NotForYou: it is meant for somebody else.
    """
    return _opened(session, who, grant_invitations.find(session, invitation_id, now))


def accept(
    session: Session, who: Account, invitation_id: str, terms: Terms | None, now: datetime
) -> Grant:
    """Make a grant of an invitation, and use it up.

    Args:
        session: a writing one.
        who: the reader whom an owner lets in, or the owner who is asked by a clinician.
        invitation_id: whose token `who` has shown before.
        terms: of the owner who is asked; an offer has its own.
        now: when.

    Raises:
        InvitationGone: it opens nothing (any more).
        NotForYou: it is meant for somebody else.
        ScopeRefused: nobody could read anything by it.
        EndRefused: the end lies behind.
    """
    opened = open_by_id(session, who, invitation_id, now)
    chosen = opened.invitation.terms or terms
    if chosen is None or not grant_invitations.use(session, opened.invitation, now):
        raise InvitationGone
    sound = _sound(chosen, now)
    if opened.invitation.side is Side.ASK:
        return grants.give(session, who, opened.maker, sound, now)
    return grants.give(session, opened.maker, who, sound, now)


def _make(session: Session, maker: Account, terms: Terms | None, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    made = Invitation(secrets.token_urlsafe(16), maker.id, terms, now, now + INVITATION_LIFE)
    grant_invitations.add(session, made, hash_of(token))
    verb = "grant.asked" if terms is None else "grant.offered"
    audit.record(session, maker.id, verb, maker.id, now, invitation=made.id)
    return token


def _sound(terms: Terms, now: datetime) -> Terms:
    if terms.expires_at is not None and terms.expires_at <= now:
        raise EndRefused(N_("The last day can't lie in the past."))
    scope = clean_scope(terms.scope) if terms.kind is GrantKind.READ else Scope()
    return replace(terms, scope=scope)


def _opened(session: Session, who: Account, invitation: Invitation | None) -> Opened:
    maker = None if invitation is None else accounts.find(session, invitation.maker)
    if invitation is None or maker is None or not maker.is_open:
        raise InvitationGone
    if maker.id == who.id:
        raise NotForYou(N_("You made this invitation yourself. Give its link to the other person."))
    if invitation.side is Side.ASK and who.role is not Role.PATIENT:
        raise NotForYou(N_("This invitation is for somebody who keeps a diary."))
    if invitation.side is Side.OFFER and not grants.may_hold(who, invitation.kind):
        raise NotForYou(N_("This invitation is for a clinician: this account is none."))
    return Opened(invitation, maker)
