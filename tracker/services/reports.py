"""One person's report, read from the database as it stands tonight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.domain.diary import Diary, closed_until, diary_day
from tracker.domain.dossiers import on_the_clock
from tracker.domain.happenings import NOTHING, Happenings, readable
from tracker.domain.openings import Opening
from tracker.domain.people import Account
from tracker.domain.phases import Phase, as_of
from tracker.domain.report import Report, build_report
from tracker.domain.responder import Rule
from tracker.domain.scopes import WHOLE, Scope, excerpt_of
from tracker.domain.spans import Span
from tracker.domain.started_plans import Unblinding
from tracker.domain.windows import ARMS, Preset
from tracker.services.hidden import possible_medicines
from tracker.storage import diaries
from tracker.storage.beside import Beside, load_beside
from tracker.storage.database import Session


@dataclass(frozen=True, slots=True)
class Reading:
    """A diary as it stands, and what is said of it.

    `happenings` are what may be read of side effects and measurements.
    `closed_until` is the day after the last closed diary day. `phases` are those of the report, in
    order, baselines too; `planned` those that have not begun, which no report knows of. `scope`
    says what of the diary may be read here. `openings` are those of hidden orders.
    `nights` runs from the first entry to the last closed day, empty where there is no entry.
    """

    diary: Diary
    report: Report
    closed_until: date
    phases: Sequence[Phase]
    planned: Sequence[Phase]
    scope: Scope = WHOLE
    happenings: Happenings = NOTHING
    openings: Sequence[Opening] = ()

    @property
    def nights(self) -> Span:
        """The days that the diary reaches over, or none."""
        return Span(min(self.diary.entries, default=self.closed_until), self.closed_until)


def read_report(
    session: Session, owner: Account, rule: Rule, preset: Preset, now: datetime
) -> Reading:
    """Return the report of `owner` at `now`; three statements, however long the diary."""
    diary = diaries.load_diary(session, owner.id)
    kept = load_beside(session, owner.id)
    known = kept.phases
    until = closed_until(diary, diary_day(now, owner.tzinfo, owner.rollover))
    begun = as_of(known, until)
    return Reading(
        diary=diary,
        report=build_report(
            diary,
            begun,
            rule,
            preset,
            until,
            is_randomised=_were_drawn(begun, kept),
            medicines=kept.taken,
            possible=possible_medicines(session, owner, begun, until),
        ),
        closed_until=until,
        phases=begun,
        planned=[phase for phase in known if phase.start > until],
        happenings=kept.happenings,
        openings=_openings(kept.openings, WHOLE, owner),
    )


def read_shared(
    session: Session,
    owner: Account,
    scope: Scope,
    rule: Rule,
    preset: Preset,
    now: datetime,
) -> Reading:
    """Return the report of `owner` at `now` as a reader by `scope` may see it; four statements."""
    diary, kept = diaries.load_diary(session, owner.id), load_beside(session, owner.id)
    cut = excerpt_of(
        diary,
        kept.phases,
        scope,
        diary_day(now, owner.tzinfo, owner.rollover),
        diaries.list_changed(session, owner.id),
        kept.taken,
    )
    return Reading(
        diary=cut.diary,
        report=build_report(
            cut.diary,
            cut.phases,
            rule,
            preset,
            cut.closed_until,
            withheld=cut.withheld,
            is_randomised=_were_drawn(cut.phases, kept),
            medicines=cut.medicines,
            possible=possible_medicines(session, owner, cut.phases, cut.closed_until)
            if scope.treatment
            else (),
        ),
        closed_until=cut.closed_until,
        phases=cut.phases,
        planned=(),
        scope=scope,
        happenings=readable(kept.happenings, scope.span, treatment=scope.treatment),
        openings=_openings(kept.openings, scope, owner),
    )


def _were_drawn(phases: Sequence[Phase], kept: Beside) -> bool:
    """Say whether lots decided the order of all placebo and treatment phases, as plans tell."""
    return all(phase.start in kept.openings for phase in phases if phase.kind in ARMS)


def _openings(opened: Mapping[date, Unblinding], scope: Scope, owner: Account) -> Sequence[Opening]:
    """Return the openings of plans that a scope reaches; own words only where notes are shared."""
    reached: dict[Unblinding, list[date]] = {}
    for day, one in opened.items():
        if day in scope.span:
            reached.setdefault(one, []).append(day)
    return [Opening(_told(one, scope, owner), sorted(days)) for one, days in reached.items()]


def _told(one: Unblinding, scope: Scope, owner: Account) -> Unblinding:
    at = on_the_clock(one.at, owner.zone)
    return replace(one, at=at, reason=one.reason if scope.notes else "")
