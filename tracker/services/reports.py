"""One person's report, read from the database as it stands tonight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.domain.diary import Diary, closed_until, diary_day
from tracker.domain.people import Account
from tracker.domain.phases import Phase, as_of
from tracker.domain.report import Report, build_report
from tracker.domain.responder import Rule
from tracker.domain.scopes import WHOLE, Scope, excerpt_of
from tracker.domain.spans import Span
from tracker.domain.started_plans import Unblinding
from tracker.domain.windows import Preset
from tracker.storage import diaries, phases
from tracker.storage.database import Session


@dataclass(frozen=True, slots=True)
class Reading:
    """A diary as it stands, and what is said of it.

    `closed_until` is the day after the last closed diary day. `phases` are those of the report, in
    order, baselines too; `planned` those that have not begun, which no report knows of. `scope`
    says what of the diary may be read here. `openings` are those of hidden orders, by the owner's
    clocks. `nights` runs from the first entry to the last closed
    day, empty where there is no entry.
    """

    diary: Diary
    report: Report
    closed_until: date
    phases: Sequence[Phase]
    planned: Sequence[Phase]
    scope: Scope = WHOLE
    openings: Sequence[Unblinding] = ()

    @property
    def nights(self) -> Span:
        """The days that the diary reaches over, or none."""
        return Span(min(self.diary.entries, default=self.closed_until), self.closed_until)


def read_report(
    session: Session, owner: Account, rule: Rule, preset: Preset, now: datetime
) -> Reading:
    """Return the report of `owner` at `now`; three statements, however long the diary."""
    diary = diaries.load_diary(session, owner.id)
    known, opened = phases.load_with_openings(session, owner.id)
    until = closed_until(diary, diary_day(now, owner.tzinfo, owner.rollover))
    begun = as_of(known, until)
    return Reading(
        diary=diary,
        report=build_report(diary, begun, rule, preset, until),
        closed_until=until,
        phases=begun,
        planned=[phase for phase in known if phase.start > until],
        openings=_openings(opened, WHOLE, owner),
    )


def read_shared(
    session: Session, owner: Account, scope: Scope, rule: Rule, preset: Preset, now: datetime
) -> Reading:
    """Return the report of `owner` at `now` as a reader by `scope` may see it; four statements."""
    known, opened = phases.load_with_openings(session, owner.id)
    cut = excerpt_of(
        diaries.load_diary(session, owner.id),
        known,
        scope,
        diary_day(now, owner.tzinfo, owner.rollover),
        diaries.list_changed(session, owner.id),
    )
    return Reading(
        diary=cut.diary,
        report=build_report(
            cut.diary, cut.phases, rule, preset, cut.closed_until, withheld=cut.withheld
        ),
        closed_until=cut.closed_until,
        phases=cut.phases,
        planned=(),
        scope=scope,
        openings=_openings(opened, scope, owner),
    )


def _openings(
    opened: Mapping[date, Unblinding], scope: Scope, owner: Account
) -> Sequence[Unblinding]:
    """Return the openings of plans that a scope reaches; own words only where notes are shared."""
    reached = dict.fromkeys(one for day, one in opened.items() if day in scope.span)
    return [
        replace(one, at=one.at.astimezone(owner.tzinfo), reason=one.reason if scope.notes else "")
        for one in reached
    ]
