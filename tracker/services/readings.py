"""Note who else reads a diary, so that its owner can see every reading."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.domain.people import Account
from tracker.domain.readings import Reader, ReaderKind, Reading, Seen
from tracker.storage import audit, readings
from tracker.storage.database import Session

LINES: Final = 50  # a page of the owner's list
LISTED_AT_ONCE: Final = 50  # people on one page of a clinician's list


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """Some readings, newest first; `older` says that there are more before them."""

    readings: tuple[Reading, ...]
    older: bool


def note_reading(session: Session, owner: str, reader: Reader, what: Seen, now: datetime) -> None:
    """Write down that `reader` looks at something of `owner`'s diary.

    The first time in an hour is an event in the owner's chain; later ones are counted up. Nothing
    may be shown before this is committed.
    """
    (counted,) = readings.count(session, [owner], reader, what, now)
    if counted.is_first:
        audit.record(session, owner, "diary.read", reader.id, now, reader=reader.id, what=what)


def note_list(session: Session, reader: Account, owners: Collection[str], now: datetime) -> None:
    """Write down that a page of a clinician's list shows `owners` (public ids).

    It is one event in the clinician's own chain, which names all of them, unless the same hour saw
    each of them there before; every owner finds it among the readings.

    Raises:
        ValueError: they are more than a page holds.
    """
    if len(owners) > LISTED_AT_ONCE:
        raise ValueError(f"at most {LISTED_AT_ONCE} people are one page of a list")
    if not owners:
        return
    who = Reader(reader.id, reader.name, ReaderKind.CLINICIAN)
    counted = readings.count(session, owners, who, Seen.LIST, now)
    if any(one.is_first for one in counted):
        shown = " ".join(sorted(owners))
        audit.record(session, reader.id, "diary.listed", reader.id, now, owners=shown)


def note_study(
    session: Session, study: str, reader: Reader, owners: Collection[str], now: datetime
) -> None:
    """Write down that who runs a study looks at what it sees of `owners`.

    Each of them finds it among the readings; the study's own chain says that it was looked at.
    """
    if not owners:
        return
    counted = readings.count(session, owners, reader, Seen.STUDY, now)
    if any(one.is_first for one in counted):
        audit.record(session, study, "study.read", reader.id, now, people=len(owners))


def page(session: Session, owner: Account, number: int) -> ReadingsPage:
    """Return a page of all readings of `owner`'s diary by others; pages count from 1."""
    found = readings.list_readings(session, owner.id, LINES + 1, (number - 1) * LINES)
    return ReadingsPage(tuple(found[:LINES]), len(found) > LINES)
