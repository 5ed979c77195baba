"""The places at the bottom of every page, and where each role begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain.people import Role, SignedIn
from tracker.domain.words import N_

SET_UP: Final = "/account/factors/new"  # all that is open until a second factor is set


@dataclass(frozen=True, slots=True)
class Place:
    """One place: the word by which a page says that it stands there, its name and its path."""

    key: str
    name: str
    path: str


MORE: Final = Place("more", N_("More"), "/more/")
OF_ROLE: Final[Mapping[Role, Sequence[Place]]] = {
    Role.PATIENT: (
        Place("tonight", N_("Tonight"), "/"),
        Place("trends", N_("Trends"), "/trends/"),
        Place("answer", N_("Answer"), "/response/"),
        Place("share", N_("Share"), "/shares/"),
    ),
    Role.CLINICIAN: (Place("clinic", N_("People"), "/clinic/"), MORE),
    Role.COORDINATOR: (Place("studies", N_("Studies"), "/studies/"), MORE),
}


def of(who: SignedIn | None) -> Sequence[Place]:
    """Return the places that are open; none to strangers and while a second factor is missing."""
    return () if who is None or who.lacks_factor else OF_ROLE[who.account.role]


def home(role: Role) -> str:
    """Return the path where a role begins."""
    return OF_ROLE[role][0].path
