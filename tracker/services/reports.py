"""One person's report, read from the database as it stands tonight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.diary import Diary, diary_day
from tracker.domain.people import Account
from tracker.domain.phases import Phase, as_of
from tracker.domain.report import Report, build_report
from tracker.domain.responder import Rule
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.windows import Preset
from tracker.storage import diaries, phases
from tracker.storage.database import Session


@dataclass(frozen=True, slots=True)
class Reading:
    """A diary as it stands, and what is said of it.

    `closed_until` is the day after the last closed diary day. `planned` are phases that have not
    begun, which no report knows of. `nights` runs from the first entry to the last closed day,
    empty where there is no entry.
    """

    diary: Diary
    report: Report
    closed_until: date
    planned: Sequence[Phase]

    @property
    def nights(self) -> Span:
        """The days that the diary reaches over, or none."""
        return Span(min(self.diary.entries, default=self.closed_until), self.closed_until)


def read_report(
    session: Session, owner: Account, rule: Rule, preset: Preset, now: datetime
) -> Reading:
    """Return the report of `owner` at `now`; three statements, however long the diary."""
    diary = diaries.load_diary(session, owner.id)
    known = phases.load_phases(session, owner.id)
    until = closed_until(diary, diary_day(now, owner.tzinfo, owner.rollover))
    return Reading(
        diary=diary,
        report=build_report(diary, as_of(known, until), rule, preset, until),
        closed_until=until,
        planned=[phase for phase in known if phase.start > until],
    )


def closed_until(diary: Diary, today: date) -> date:
    """Return the day after the last closed one: today is closed once its entry exists."""
    entry = diary.entries.get(today)
    return today + ONE_DAY if entry is not None and entry.is_logged else today
