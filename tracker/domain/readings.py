"""Readings: who else looked at a diary, at what of it, and how often in which hour."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReaderKind(StrEnum):
    """As what somebody reads another's diary."""

    CLINICIAN = "clinician"
    HELPER = "helper"
    LINK = "link"  # whoever holds a share; its id stands for them
    COORDINATOR = "coordinator"  # of a study
    OPERATOR = "operator"


class Seen(StrEnum):
    """What of a diary was read."""

    OPENED = "opened"  # a shared link was opened
    LIST = "list"  # a line of a clinician's list
    REPORT = "report"  # the answer so far and what it rests on
    TRENDS = "trends"
    PDF = "pdf"
    FILE = "file"
    NIGHT_FORM = "night_form"
    STUDY = "study"  # a study's list, report or data set


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads another's diary; `id` is an account's or a share's."""

    id: str
    name: str
    kind: ReaderKind


@dataclass(frozen=True, slots=True)
class Reading:
    """How often a reader looked at one thing within one hour that UTC counts.

    `reader` has the name that it had at the first of these readings.
    """

    reader: Reader
    what: Seen
    hour: datetime
    times: int
    first_at: datetime
    last_at: datetime


def hour_of(instant: datetime) -> datetime:
    """Return the beginning of an instant's hour.

    >>> from datetime import UTC
    >>> hour_of(datetime(2026, 11, 21, 22, 17, 5, tzinfo=UTC)).isoformat()
    '2026-11-21T22:00:00+00:00'
    """
    return instant.replace(minute=0, second=0, microsecond=0)
