"""What a blinded phase may hold, whatever its key says."""

from collections.abc import Iterable
from datetime import date

from tracker.domain.opioids import AFTER
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.services import plans
from tracker.storage import participants
from tracker.storage.database import Session


def possible_medicines(
    session: Session, owner: Account, phases: Iterable[Phase], today: date
) -> frozenset[str]:
    """Return what blinded phases may hold that last, or ended less than 14 days ago.

    The names are the same for every key. Where no phase is blinded nothing is asked for.
    """
    if not any(_reaches(phase, today) for phase in phases if phase.kind is PhaseKind.BLINDED):
        return frozenset()
    in_studies = participants.medicines_of(session, owner.id)
    return plans.possible_medicines(session, owner) | in_studies


def _reaches(phase: Phase, today: date) -> bool:
    return phase.start <= today and (phase.end is None or today < phase.end + AFTER)
