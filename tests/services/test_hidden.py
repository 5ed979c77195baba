"""What a hidden order may hold reaches the opioid notice, and what was drawn reaches the pairs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

import pytest

from tests.services import doors
from tests.services.lives import KEYS
from tests.web.studying import with_study
from tracker.domain.medicines import Medicine
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.plans import READY_MADE, Plan, pairs_of, prescribed
from tracker.domain.responder import Rule
from tracker.domain.scopes import Scope
from tracker.domain.started_plans import Holder, OpenedBy, Unblinding, Why
from tracker.domain.windows import Preset
from tracker.services import medicines, phases, plan_starts, plans, reports
from tracker.services.people import Door
from tracker.services.plan_starts import Begun, Wish
from tracker.services.reports import Reading
from tracker.storage.database import Database

TODAY: Final = date(2026, 11, 22)  # in Kathmandu
NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CROSSOVER: Final = prescribed(READY_MADE["crossover2013"], "Naltrexone", Decimal("4.5"))
PAIRS: Final = pairs_of("Naltrexone", Decimal("4.5"), days=14, pairs=2)
SPAN: Final = 16 * 7  # days of the crossover's hidden part, after 14 of baseline
READABLE: Final = Scope(treatment=True)


@pytest.fixture
def owner(door: Door) -> Account:
    return doors.registered(door).signed_in.account


def begin(database: Database, owner: Account, plan: Plan, order: int) -> Begun:
    with database.writing() as session:
        return plan_starts.begin(
            session, owner, Wish(plan, TODAY, Holder.APP), KEYS, lambda _most: order, NOW
        )


def read(database: Database, owner: Account, days: int, scope: Scope | None = None) -> Reading:
    """Read the report so many days after the plan's first."""
    at = NOW + timedelta(days=days)
    with database.reading() as session:
        if scope is None:
            return reports.read_report(session, owner, Rule.PAIN30, Preset.WEEK, at)
        return reports.read_shared(session, owner, scope, Rule.PAIN30, Preset.WEEK, at)


def tramadol(database: Database, owner: Account) -> None:
    with database.writing() as session:
        medicines.add(session, owner, Medicine("Tramal", TODAY), NOW)


@pytest.mark.parametrize("order", [0, 1])
def test_the_notice_stands_through_the_hidden_part_and_14_days_after_whatever_the_key(
    database: Database, owner: Account, order: int
) -> None:
    begin(database, owner, CROSSOVER, order)
    tramadol(database, owner)
    told = {
        days: read(database, owner, days).report.notice is not None
        for days in (13, 15, 14 + SPAN - 1, 14 + SPAN + 13, 14 + SPAN + 15)
    }
    assert list(told.values()) == [False, True, True, True, False]
    shared = read(database, owner, 20, READABLE).report.notice
    assert shared is not None
    assert shared == read(database, owner, 20).report.notice
    assert read(database, owner, 20, Scope()).report.notice is None


def test_a_study_that_tries_naltrexone_is_told_of_too(database: Database, owner: Account) -> None:
    tramadol(database, owner)
    with database.writing() as session:
        with_study(session, owner, NOW)
        assert read(database, owner, 1).report.notice is None
        phases.add(session, owner, Phase(PhaseKind.BLINDED, TODAY), NOW)
    assert read(database, owner, 2).report.notice is not None


def test_pairs_count_as_drawn_once_their_plan_is_open(database: Database, owner: Account) -> None:
    begun = begin(database, owner, PAIRS, 2)
    days = PAIRS.days + 1
    assert read(database, owner, days).report.cycles is None
    opened = Unblinding(NOW + timedelta(days=days), OpenedBy.OWNER, Why.PLANNED_END, "")
    with database.writing() as session:
        (started,) = plans.list_all(session, owner)
        key = plan_starts.own_key(started, KEYS)
        plans.reveal(session, owner, begun.id, key, opened, actor=owner.id)
    for scope in (None, READABLE):
        cycles = read(database, owner, days, scope).report.cycles
        assert cycles is not None
        assert cycles.is_randomised


def test_pairs_that_nobody_drew_are_not_taken_for_drawn(database: Database, owner: Account) -> None:
    start = TODAY
    with database.writing() as session:
        for kind in (PhaseKind.PLACEBO, PhaseKind.TREATMENT) * 2:
            end = start + timedelta(days=14)
            phases.add(session, owner, Phase(kind, start, end), NOW)
            start = end
    cycles = read(database, owner, 60).report.cycles
    assert cycles is not None
    assert not cycles.is_randomised
