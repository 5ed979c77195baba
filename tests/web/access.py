"""People who let each other in, signed in, with grants as they come of invitations."""

from datetime import datetime
from typing import Final

from tests.web import stored
from tests.web.client import Visitor
from tracker.domain.grants import Grant, GrantKind, Terms
from tracker.domain.scopes import Scope
from tracker.services import grants

ALL: Final = Scope()


def give(
    owner: Visitor,
    reader: Visitor,
    kind: GrantKind,
    scope: Scope = ALL,
    expires_at: datetime | None = None,
) -> Grant:
    """Let `reader` in to the diary of `owner`."""
    assert owner.account is not None
    assert reader.account is not None
    made = stored.installation(owner.app)
    terms = Terms(kind, scope, expires_at)
    with made.database.writing() as session:
        return grants.give(session, owner.account, reader.account, terms, made.settings.clock())


def end(owner: Visitor, grant: Grant) -> None:
    """End a grant as its owner."""
    assert owner.account is not None
    made = stored.installation(owner.app)
    with made.database.writing() as session:
        assert grants.end(session, owner.account, grant.id, made.settings.clock())
