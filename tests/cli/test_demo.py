"""`tracker demo`: what its people note beside their nights, and the order that is still hidden."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tracker.cli import main
from tracker.cli.opening import Opened, opened
from tracker.cli.user import found
from tracker.domain.blinding import revealed
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.responder import Rule
from tracker.domain.side_effects import Effect
from tracker.domain.started_plans import Holder, OpenedBy
from tracker.domain.windows import Preset
from tracker.services import plan_starts, plans, reports, side_effects
from tracker.services.reports import Reading

EVENING = datetime(2026, 11, 21, 22, tzinfo=UTC)


@pytest.fixture
def backend() -> str:
    """What is stored is stored by functions that are tested on both products elsewhere."""
    return "sqlite"


@pytest.fixture
def demo(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Return an installation with the demo, on a fixed evening."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url)
    monkeypatch.setenv("TRACKER_CLOCK", f"{EVENING:%Y-%m-%dT%H:%M:%SZ}")
    monkeypatch.setenv("TRACKER_ALLOW_TEST_CLOCK", "1")
    assert main(["demo"]) == 0
    with opened() as diary:
        yield diary


def read(demo: Opened, name: str) -> Reading:
    who = found(demo, name)
    with demo.database.reading() as session:
        return reports.read_report(session, who, Rule.YOUNGER2013, Preset.WEEK, EVENING)


def test_the_finished_crossover_has_been_opened_and_tells_what_the_plan_hid(demo: Opened) -> None:
    who = found(demo, "demo-crossover")
    with demo.database.reading() as session:
        (listed,) = plans.list_all(session, who)
        started, lived = plans.find(session, who, listed.id)
    assert started.unblinding is not None
    assert started.unblinding.by is OpenedBy.OWNER
    hidden = Phase(PhaseKind.BLINDED, lived[1].start, lived[2].end)
    order = plans.order_of(started, plan_starts.own_key(started, demo.keys))
    assert revealed(started.plan, order, [hidden]) == tuple(lived[1:3])
    assert started.unblinding.at.date() == lived[-1].end
    (opening,) = read(demo, "demo-crossover").openings
    assert opening.how.reason == "The 22 weeks are over."


def test_the_finished_crossover_has_doses_side_effects_and_visits(demo: Opened) -> None:
    reading = read(demo, "demo-crossover")
    report = reading.report
    (capsules,) = report.medicines
    assert [f"{dose.dose_mg.normalize():f}" for dose in capsules.doses] == ["4.5", "3", "4.5"]
    assert report.adherence.taken > 90
    assert report.adherence.missed > 0
    drug, placebo, follow_up = report.phases
    assert (drug.pgic, placebo.pgic, follow_up.pgic) == (2, 4, 4)
    assert 80 < (drug.tolerability.mean or 0) < 96
    assert placebo.tolerability.days == 3
    effects = [one.effect for one in reading.happenings.effects]
    assert effects == [Effect.VIVID_DREAMS, Effect.HEADACHE, Effect.OTHER]
    assert len(reading.happenings.measurements) == 12
    names = {one.name for one in reading.happenings.measurements}
    assert {"ESR", "Heat pain threshold"} < names


def test_the_running_diary_hides_its_order_until_a_day_to_come(demo: Opened) -> None:
    who, reading = found(demo, "demo-running"), read(demo, "demo-running")
    with demo.database.reading() as session:
        (started,) = plans.list_all(session, who)
        standing = side_effects.standing(session, who, EVENING.date())
    assert started.is_blinded
    assert started.holder is Holder.APP
    assert started.opens_on is not None
    assert started.opens_on > EVENING.date() + timedelta(60)
    assert [phase.kind for phase in reading.phases] == [PhaseKind.BASELINE, PhaseKind.BLINDED]
    assert [phase.kind for phase in reading.planned] == [PhaseKind.FOLLOW_UP]
    assert plans.order_of(started, plan_starts.own_key(started, demo.keys)) == 0
    assert not reading.openings
    assert [medicine.name for medicine in reading.report.medicines] == ["Study capsules"]
    assert reading.report.adherence.taken > 30
    assert standing.is_due, "asked two weeks ago"


def test_every_saving_of_a_night_answers_the_same_occasional_questions(demo: Opened) -> None:
    diary = read(demo, "demo-crossover").diary
    edited = [entry for entry in diary.entries.values() if entry.revision > 1]
    assert len(edited) == 1
    assert "dose_taken" in edited[0].answers
