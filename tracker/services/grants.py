"""Grants: who comes in to whose diary, and how either side ends it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.grants import Grant, GrantKind, Terms
from tracker.domain.people import Account, Role
from tracker.domain.readings import Reader, ReaderKind, Seen
from tracker.services import glances
from tracker.services.readings import note_reading
from tracker.storage import accounts, audit, grants
from tracker.storage.database import Session


@dataclass(frozen=True, slots=True)
class Entrance:
    """A way into someone's diary that holds now."""

    owner: Account
    grant: Grant


def find_entrance(
    session: Session, owner_id: str, reader: Account, kind: GrantKind, now: datetime
) -> Entrance | None:
    """Return how `reader` comes in to the diary of `owner_id`; None where they don't.

    An owner who asked to be erased, or whose account is closed, is hidden at once.
    """
    if not may_hold(reader, kind):
        return None
    grant = grants.find_grant(session, owner_id, reader.id, kind, now)
    owner = None if grant is None else accounts.find(session, owner_id)
    if grant is None or owner is None or not owner.is_open:
        return None
    return Entrance(owner, grant)


def may_hold(reader: Account, kind: GrantKind) -> bool:
    """True where an account of this role may hold such a grant; one account has one role."""
    return kind is GrantKind.HELP or reader.role is Role.CLINICIAN


def note_entrance(session: Session, entrance: Entrance, what: Seen, now: datetime) -> None:
    """Write down that the holder of a grant looks at something of the owner's diary."""
    grant = entrance.grant
    kind = ReaderKind.HELPER if grant.kind is GrantKind.HELP else ReaderKind.CLINICIAN
    reader = Reader(grant.reader, grant.reader_name, kind)
    note_reading(session, grant.owner, reader, what, now)


def list_given(session: Session, owner: Account) -> Sequence[Grant]:
    """Return all grants that a person ever gave, newest first."""
    return grants.list_grants(session, owner.id)


def list_held(
    session: Session, reader: Account, kind: GrantKind, now: datetime
) -> Sequence[tuple[Grant, str]]:
    """Return what a person may come in by now, each with its owner's name, by name."""
    return grants.list_held(session, reader.id, kind, now)


def give(session: Session, owner: Account, reader: Account, terms: Terms, now: datetime) -> Grant:
    """Let `reader` in from now on; what they held of this kind ends with it.

    The caller has looked at who they are.
    """
    before = grants.end_between(session, owner.id, reader.id, terms.kind, now)
    if before is not None:
        _record_end(session, owner.id, reader.id, before, owner.id, now)
    grant = Grant(
        id=secrets.token_urlsafe(16),
        owner=owner.id,
        reader=reader.id,
        reader_name=reader.name,
        kind=terms.kind,
        scope=terms.scope,
        created_at=now,
        expires_at=terms.expires_at,
    )
    grants.add_grant(session, grant)
    for whose, verb, other in ((owner, "grant.given", reader), (reader, "grant.received", owner)):
        told = {"grant": grant.id, "kind": grant.kind, "other": other.id}
        audit.record(session, whose.id, verb, owner.id, now, **told)
    glances.refresh(session, owner, now)
    return grant


def end(session: Session, owner: Account, grant_id: str, now: datetime) -> bool:
    """End a grant as its owner, at once; return False where there is none to end."""
    reader = grants.end_grant(session, owner.id, grant_id, now)
    if reader is None:
        return False
    _record_end(session, owner.id, reader, grant_id, owner.id, now)
    glances.refresh(session, owner, now)
    return True


def leave(session: Session, reader: Account, grant_id: str, now: datetime) -> bool:
    """End a grant as the one who holds it; return False where there is none to end."""
    owner = grants.end_held(session, reader.id, grant_id, now)
    if owner is None:
        return False
    _record_end(session, owner, reader.id, grant_id, reader.id, now)
    glances.refresh_by_id(session, owner, now)
    return True


def _record_end(
    session: Session, owner: str, reader: str, grant_id: str, actor: str, now: datetime
) -> None:
    """Write the end of a grant into both chains."""
    for whose in (owner, reader):
        audit.record(session, whose, "grant.ended", actor, now, grant=grant_id)
