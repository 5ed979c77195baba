"""People who let each other in, for the tests of grants and what hangs on them."""

from dataclasses import replace
from typing import Final

from tests.storage.nights import MOTH, OWL, person
from tracker.domain.grants import GrantKind, Terms
from tracker.domain.people import Account, Role
from tracker.domain.scopes import Scope
from tracker.storage import accounts
from tracker.storage.database import Session

OWNER: Final = person(MOTH)
CLINICIAN: Final = replace(person(OWL), role=Role.CLINICIAN)
HELPER: Final = person("wren")
READ: Final = Terms(GrantKind.READ, Scope())
HELP: Final = Terms(GrantKind.HELP, Scope())


def settle(session: Session, *people: Account) -> None:
    """Store people; without any, an owner, a clinician and a helper."""
    for one in people or (OWNER, CLINICIAN, HELPER):
        assert accounts.add(session, one, None)
