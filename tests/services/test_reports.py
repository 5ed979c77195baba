"""The report as it stands tonight: which days are closed, which phases have begun."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.charts import courses
from tests.charts.courses import BASELINE, FIRST, TREATMENT
from tests.services import doors
from tests.web import stored
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.responder import Rule, Verdict
from tracker.domain.scopes import Scope
from tracker.domain.spans import Span
from tracker.domain.windows import Preset
from tracker.services.people import Door
from tracker.services.reports import Reading, read_report, read_shared
from tracker.storage import phases
from tracker.storage.database import Database

NOW = datetime(2026, 11, 21, 14, tzinfo=UTC)  # an evening in Kathmandu
TODAY = date(2026, 11, 21)


@pytest.fixture
def owner(door: Door) -> Account:
    return doors.registered(door).signed_in.account


def reading(database: Database, owner: Account, now: datetime = NOW) -> Reading:
    with database.reading() as session:
        return read_report(session, owner, Rule.YOUNGER2013, Preset.WEEK, now)


def test_an_empty_diary_has_a_report(database: Database, owner: Account) -> None:
    found = reading(database, owner)
    assert found.report.phases == ()
    assert found.nights == Span(TODAY, TODAY)


def test_today_is_closed_once_its_entry_exists(database: Database, owner: Account) -> None:
    assert reading(database, owner).closed_until == TODAY
    with database.writing() as session:
        stored.write(session, owner.id, courses.diary(courses.course(82)))
    found = reading(database, owner)
    assert found.closed_until == TODAY + timedelta(1)
    assert found.nights == Span(FIRST, TODAY + timedelta(1))


def test_today_is_closed_when_its_rollover_has_passed(database: Database, owner: Account) -> None:
    after_four = datetime(2026, 11, 21, 22, 15, tzinfo=UTC)
    before_four = after_four - timedelta(minutes=1)
    assert reading(database, owner, before_four).closed_until == TODAY
    assert reading(database, owner, after_four).closed_until == TODAY + timedelta(1)


def test_the_verdict_rests_on_the_days_before_today(database: Database, owner: Account) -> None:
    with database.writing() as session:
        stored.write(session, owner.id, courses.diary(courses.course(81)))
        for phase in (BASELINE, TREATMENT):
            phases.add_phase(session, owner.id, phase, NOW)
    result = reading(database, owner).report.phases[0]
    assert result.window == Span(date(2026, 11, 14), TODAY)
    assert result.items["pain"].evaluation.days == 7


def test_a_phase_that_has_not_begun_is_planned(database: Database, owner: Account) -> None:
    planned = Phase(PhaseKind.TREATMENT, TODAY + timedelta(5))
    baseline = Phase(PhaseKind.BASELINE, FIRST, TODAY + timedelta(5))
    with database.writing() as session:
        for phase in (baseline, planned):
            phases.add_phase(session, owner.id, phase, NOW)
    found = reading(database, owner)
    assert found.planned == [planned]
    assert found.report.baseline == Span(FIRST, TODAY)


def test_a_reader_gets_the_report_of_what_is_shared(database: Database, owner: Account) -> None:
    scope = Scope(FIRST, items=frozenset({"pain"}))
    with database.writing() as session:
        stored.write(session, owner.id, courses.diary(courses.course(81)))
        for phase in (BASELINE, TREATMENT):
            phases.add_phase(session, owner.id, phase, NOW)
    with database.reading() as session:
        found = read_shared(session, owner, scope, Rule.PAIN30, Preset.WEEK, NOW)
    own = reading(database, owner)
    assert found.scope == scope
    assert list(found.report.trends) == ["pain"]
    assert found.report.phases[0].items["pain"] == own.report.phases[0].items["pain"]
    assert found.report.phases[0].verdict is Verdict.RESPONDER
