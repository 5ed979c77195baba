"""What a person can do with pauses: days on which no night is expected."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from tracker.domain.people import Account
from tracker.domain.spans import ONE_DAY
from tracker.domain.words import N_, Refused
from tracker.services import glances
from tracker.storage import audit, pauses
from tracker.storage.database import Session
from tracker.storage.pauses import Pause


class PauseRefused(Refused):
    """The pause can't be."""


class NoSuchPause(Refused):
    """There is none of that id, or it is over already."""


def list_all(session: Session, who: Account) -> Sequence[Pause]:
    """Return the pauses, newest first."""
    return list(reversed(pauses.list_pauses(session, who.id)))


def begin(
    session: Session, who: Account, first: date, last: date | None, reason: str, now: datetime
) -> None:
    """Pause from `first` to `last`, both included; None: until it is ended.

    Raises:
        PauseRefused: it ends before it starts, or overlaps another.
    """
    if last is not None and last < first:
        raise PauseRefused(N_("The last day of a pause can't lie before its first."))
    end = None if last is None else last + ONE_DAY
    made = pauses.new_pause(first, end, reason)
    if any(_overlap(made, other) for other in pauses.list_pauses(session, who.id)):
        raise PauseRefused(N_("Another pause covers some of these days already."))
    pauses.add_pause(session, who.id, made, now)
    audit.record(session, who.id, "pause.added", who.id, now, pause=made.id)
    glances.refresh(session, who, now)


def end(session: Session, who: Account, pause_id: str, last: date, now: datetime) -> None:
    """End a running pause with `last`; one that would have no day goes.

    Raises:
        NoSuchPause: there is none that runs.
    """
    found = [one for one in pauses.list_pauses(session, who.id) if one.id == pause_id]
    if not found or found[0].end is not None:
        raise NoSuchPause(N_("This pause is over already, or there is no such pause."))
    if last < found[0].start:
        remove(session, who, pause_id, now)
        return
    pauses.change_pause(session, who.id, replace(found[0], end=last + ONE_DAY))
    audit.record(session, who.id, "pause.ended", who.id, now, pause=pause_id)
    glances.refresh(session, who, now)


def remove(session: Session, who: Account, pause_id: str, now: datetime) -> None:
    """Take a pause away: its days are expected again.

    Raises:
        NoSuchPause: there is none.
    """
    if not pauses.remove_pause(session, who.id, pause_id):
        raise NoSuchPause(N_("This pause is over already, or there is no such pause."))
    audit.record(session, who.id, "pause.removed", who.id, now, pause=pause_id)
    glances.refresh(session, who, now)


def _overlap(one: Pause, other: Pause) -> bool:
    ends_after = one.end is None or one.end > other.start
    return ends_after and (other.end is None or other.end > one.start)
