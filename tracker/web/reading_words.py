"""Readings by others in words: who, what of the diary, when and how often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from tracker.domain.readings import ReaderKind, Reading, Seen
from tracker.domain.words import N_
from tracker.web.dates import clock_time
from tracker.web.figures import dated_day
from tracker.web.words import _, ngettext

KINDS: Final = {
    ReaderKind.CLINICIAN: N_("clinician"),
    ReaderKind.HELPER: N_("helper"),
    ReaderKind.LINK: N_("by a shared link"),
    ReaderKind.COORDINATOR: N_("coordinator of a study"),
    ReaderKind.OPERATOR: N_("the operator"),
}
SEEN: Final = {
    Seen.OPENED: N_("Opened the link"),
    Seen.LIST: N_("Your line in the list of their people"),
    Seen.REPORT: N_("The report"),
    Seen.TRENDS: N_("The trends"),
    Seen.PDF: N_("The report, saved as a PDF"),
    Seen.FILE: N_("The report, saved as a file"),
    Seen.NIGHT_FORM: N_("The form of a night"),
    Seen.STUDY: N_("What your study sees of your nights"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a reader's readings of one thing within an hour."""

    who: str
    kind: str
    what: str
    when: str


def in_words(readings: Iterable[Reading], zone: tzinfo) -> Sequence[Line]:
    """Return the lines, with times as the clocks of `zone` showed them."""
    return [
        Line(one.reader.name, _(KINDS[one.reader.kind]), _(SEEN[one.what]), _when(one, zone))
        for one in readings
    ]


def _when(reading: Reading, zone: tzinfo) -> str:
    first, last = (at.astimezone(zone) for at in (reading.first_at, reading.last_at))
    since, until = clock_time(first), clock_time(last)
    day = dated_day(first.date())
    if since == until:
        told = _("%(day)s, %(time)s", day=day, time=since)
    else:
        told = _("%(day)s, %(first)s to %(last)s", day=day, first=since, last=until)
    if reading.times == 1:
        return told
    return f"{told} · {ngettext('%(count)d time', '%(count)d times', reading.times)}"
