"""Plans as deeds: laid out, sealed, moved, stopped, brought back and opened."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

import pytest

from tests.services import doors
from tests.services.lives import KEYS
from tracker.boxes import BoxRefused, close, lock_up, new_key
from tracker.domain.blinding import encode_order
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind, PhasesRefused
from tracker.domain.plans import READY_MADE, Plan, PlanRefused, pairs_of, prescribed
from tracker.domain.started_plans import (
    Holder,
    OpenedBy,
    Sealing,
    StartedPlan,
    Unblinding,
    Why,
    about,
)
from tracker.keys import Keys
from tracker.services import phases, plan_starts, plans
from tracker.services.people import Door
from tracker.services.plan_starts import Begun, Wish
from tracker.services.plans import Keeping, KeyMissing, PlanMissing
from tracker.storage import audit
from tracker.storage import plans as stored
from tracker.storage.database import Database

TODAY: Final = date(2026, 11, 22)  # in Kathmandu
NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CROSSOVER: Final = prescribed(READY_MADE["crossover2013"], "Naltrexone", Decimal("4.5"))
PAIRS: Final = pairs_of("Naltrexone", Decimal("4.5"), days=14, pairs=2, washout_days=7)
OPENED: Final = Unblinding(NOW, OpenedBy.OWNER, Why.SIDE_EFFECT, "dreams")


@pytest.fixture
def owner(door: Door) -> Account:
    return doors.registered(door).signed_in.account


def begin(database: Database, owner: Account, wish: Wish, order: int = 0) -> Begun:
    def write_draw(most: int) -> int:
        assert order < most
        return order

    with database.writing() as session:
        return plan_starts.begin(session, owner, wish, KEYS, write_draw, NOW)


def known(database: Database, owner: Account) -> Sequence[Phase]:
    with database.reading() as session:
        return [each.phase for each in phases.list_all(session, owner)]


def kinds(database: Database, owner: Account) -> str:
    return " ".join(phase.label or phase.kind.value for phase in known(database, owner))


def one(database: Database, owner: Account, plan_id: str) -> StartedPlan:
    with database.reading() as session:
        found = stored.find(session, owner.id, plan_id)
    assert found is not None
    return found


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


def test_an_open_plan_shows_the_order_that_was_drawn(database: Database, owner: Account) -> None:
    begun = begin(database, owner, Wish(CROSSOVER, TODAY), order=1)
    assert kinds(database, owner) == "baseline placebo treatment follow_up"
    assert known(database, owner)[2].dose_mg == Decimal("4.5")
    started = one(database, owner, begun.id)
    assert (started.is_blinded, started.sealing, begun.token) == (False, None, "")
    assert len(started.plan.orders) == 1
    with database.reading() as session:
        assert [event.verb for event in audit.events_of(session, owner.id, 1)] == ["plan.started"]
        assert plans.list_all(session, owner) == [started]
        assert plans.possible_medicines(session, owner) == frozenset()


@pytest.mark.parametrize("order", [0, 1])
def test_the_apps_key_opens_what_it_sealed(database: Database, owner: Account, order: int) -> None:
    begun = begin(database, owner, Wish(CROSSOVER, TODAY, Holder.APP), order)
    assert kinds(database, owner) == "baseline blinded follow_up"
    started = one(database, owner, begun.id)
    assert started.is_blinded
    assert not started.waits
    assert started.opens_on == TODAY + timedelta(weeks=22)
    with database.writing() as session:
        assert plans.possible_medicines(session, owner) == {"Naltrexone"}
        key = plan_starts.own_key(started, KEYS)
        plans.reveal(session, owner, begun.id, key, OPENED, actor=owner.id)
        assert plans.possible_medicines(session, owner) == frozenset()
    arms = ["treatment placebo", "placebo treatment"][order]
    assert kinds(database, owner) == f"baseline {arms} follow_up"
    assert one(database, owner, begun.id).unblinding == OPENED
    with pytest.raises(PlanRefused, match="open already"), database.writing() as session:
        plans.reveal(session, owner, begun.id, key, OPENED, actor=owner.id)


def test_pairs_keep_their_letters_and_days(database: Database, owner: Account) -> None:
    begun = begin(database, owner, Wish(PAIRS, TODAY, Holder.APP), order=2)
    before = known(database, owner)
    started = one(database, owner, begun.id)
    with database.writing() as session:
        key = plan_starts.own_key(started, KEYS)
        plans.reveal(session, owner, begun.id, key, OPENED, actor=owner.id)
    after = known(database, owner)
    assert [(phase.start, phase.end, phase.label) for phase in after] == [
        (phase.start, phase.end, phase.label) for phase in before
    ]
    told = [phase.kind.value for phase in after if phase.label]
    assert told == ["placebo", "treatment", "treatment", "placebo"]


def test_other_keys_open_nothing_and_leave_the_plan_blind(
    database: Database, owner: Account
) -> None:
    begun = begin(database, owner, Wish(CROSSOVER, TODAY, Holder.APP))
    started = one(database, owner, begun.id)
    with pytest.raises(KeyMissing):
        plan_starts.own_key(started, Keys.derived(b"another" * 8))
    with pytest.raises(BoxRefused), database.writing() as session:
        plans.reveal(session, owner, begun.id, new_key(), OPENED, actor=owner.id)
    assert one(database, owner, begun.id).is_blinded
    assert kinds(database, owner) == "baseline blinded follow_up"


def test_a_second_persons_plan_waits_for_them(database: Database, owner: Account) -> None:
    begun = begin(database, owner, Wish(PAIRS, TODAY, Holder.PERSON))
    started = one(database, owner, begun.id)
    assert started.waits
    assert begun.token
    with pytest.raises(KeyMissing):
        plan_starts.own_key(started, KEYS)
    with pytest.raises(KeyMissing), database.writing() as session:
        plans.reveal(session, owner, begun.id, new_key(), OPENED, actor="holder")


def test_what_a_file_brings_opens_a_plan_whose_box_is_not_here(
    database: Database, owner: Account
) -> None:
    key = new_key()
    made = StartedPlan("p", PAIRS, TODAY, NOW, Holder.PERSON, sealing=Sealing(key.public))
    with database.writing() as session:
        stored.add(session, owner.id, made)
        box = close(key.public, encode_order(3), made.about)
        strange = close(key.public, encode_order(4), made.about)
        with pytest.raises(BoxRefused):
            plans.order_of(made, key, strange)
        plans.reveal(session, owner, "p", key, OPENED, actor=owner.id, box=box)


def test_a_studys_order_is_given_to_a_plan(database: Database, owner: Account) -> None:
    key, plan_id = new_key(), plans.new_id()
    lock_up(key, "a lamp on the night table")
    sealing = Sealing(key.public, None, close(key.public, encode_order(1), about(plan_id)))
    with database.writing() as session:
        keeping = Keeping(Holder.STUDY, sealing, study="s")
        made = plans.start(session, owner, CROSSOVER, TODAY, keeping, NOW, plan_id=plan_id)
        assert made == plan_id
        plans.reveal(session, owner, made, key, OPENED, actor="coordinator")
    assert kinds(database, owner) == "baseline placebo treatment follow_up"


@pytest.mark.parametrize(
    ("plan", "holder", "start", "why"),
    [
        (CROSSOVER, Holder.NONE, TODAY - timedelta(days=367), "within a year"),
        (CROSSOVER, Holder.NONE, TODAY + timedelta(days=367), "within a year"),
        (CROSSOVER, Holder.APP, TODAY - timedelta(days=15), "can't begin before today"),
        (CROSSOVER, Holder.PERSON, TODAY - timedelta(days=15), "can't begin before today"),
        (READY_MADE["pilot2009"], Holder.APP, TODAY, "one order only"),
    ],
)
def test_what_can_not_be_started_is_refused(
    database: Database, owner: Account, plan: Plan, holder: Holder, start: date, why: str
) -> None:
    with pytest.raises(PlanRefused, match=why):
        begin(database, owner, Wish(plan, start, holder))
    assert known(database, owner) == []


def test_a_plan_whose_order_is_hidden_needs_a_holder(database: Database, owner: Account) -> None:
    with pytest.raises(PlanRefused, match="who holds the key"), database.writing() as session:
        plans.start(session, owner, CROSSOVER, TODAY, Keeping(), NOW)


def test_a_plan_lies_over_no_other_phase(database: Database, owner: Account) -> None:
    with database.writing() as session:
        phases.add(session, owner, Phase(PhaseKind.TREATMENT, TODAY - timedelta(days=9)), NOW)
    with pytest.raises(PhasesRefused, match="needs an end"):
        begin(database, owner, Wish(CROSSOVER, TODAY))
    begin(database, owner, Wish(CROSSOVER, TODAY, ends_running=True))
    first, *_ = known(database, owner)
    assert first.end == TODAY


def test_what_is_left_moves_and_what_takes_nothing_goes_on(
    database: Database, owner: Account
) -> None:
    begun = begin(database, owner, Wish(PAIRS, TODAY, Holder.APP))
    before = known(database, owner)
    with database.writing() as session:
        plans.shift(session, owner, begun.id, 3, later(10))
    baseline, *others = known(database, owner)
    assert baseline.start == TODAY
    assert baseline.end == TODAY + timedelta(days=17)
    assert [one.start for one in others] == [one.start + timedelta(days=3) for one in before[1:]]
    with database.writing() as session:
        plans.shift(session, owner, begun.id, -3, later(10))
    assert known(database, owner) == before
    with database.writing() as session:  # in the first period, the washout after it waits
        plans.shift(session, owner, begun.id, 2, later(20))
    period, washout = known(database, owner)[1:3]
    assert period.end == TODAY + timedelta(days=28)
    assert washout.start == TODAY + timedelta(days=30)


def test_a_hidden_part_never_moves_before_today(database: Database, owner: Account) -> None:
    begun = begin(database, owner, Wish(CROSSOVER, TODAY, Holder.APP))
    with pytest.raises(PlanRefused, match="can't begin before today"), database.writing() as s:
        plans.shift(s, owner, begun.id, -5, later(10))


def test_what_nobody_sealed_has_not_begun_whatever_its_day(
    database: Database, owner: Account
) -> None:
    begun = begin(database, owner, Wish(CROSSOVER, TODAY, Holder.PERSON))
    with database.writing() as session:
        plans.shift(session, owner, begun.id, 7, later(20))
    assert known(database, owner)[1].start == TODAY + timedelta(days=21)


def test_a_plan_that_is_over_does_not_move(database: Database, owner: Account) -> None:
    begun = begin(database, owner, Wish(READY_MADE["cytokine2015"], TODAY))
    with database.writing() as session:
        with pytest.raises(PlanRefused, match="left to move"):
            plans.shift(session, owner, begun.id, 1, later(200))
        with pytest.raises(PlanRefused, match="left to stop"):
            plans.stop(session, owner, begun.id, later(200))
        with pytest.raises(PlanMissing):
            plans.stop(session, owner, "nowhere", NOW)


def test_stopping_ends_today_and_can_be_taken_back(database: Database, owner: Account) -> None:
    begun = begin(database, owner, Wish(PAIRS, TODAY, Holder.APP))
    before = known(database, owner)
    with database.writing() as session:
        stopped = plans.stop(session, owner, begun.id, later(20))
    baseline, first = known(database, owner)
    assert baseline == before[0]
    assert first.end == TODAY + timedelta(days=21)
    assert one(database, owner, begun.id).ended_at == later(20)
    with pytest.raises(PlanRefused), database.writing() as session:
        plans.stop(session, owner, begun.id, later(20))
    with database.writing() as session:
        plans.resume(session, owner, begun.id, stopped, later(20))
    assert known(database, owner) == before
    assert one(database, owner, begun.id).ended_at is None
    with pytest.raises(PlanRefused, match="brought back"), database.writing() as session:
        plans.resume(session, owner, begun.id, stopped, later(20))


def test_what_was_opened_is_not_brought_back_blind(database: Database, owner: Account) -> None:
    begun = begin(database, owner, Wish(PAIRS, TODAY, Holder.APP))
    key = plan_starts.own_key(one(database, owner, begun.id), KEYS)
    with database.writing() as session:
        stopped = plans.stop(session, owner, begun.id, later(20))
        plans.reveal(session, owner, begun.id, key, OPENED, actor=owner.id)
    with pytest.raises(PlanRefused, match="brought back"), database.writing() as session:
        plans.resume(session, owner, begun.id, stopped, later(20))


def test_a_hidden_phase_keeps_its_letter_however_it_is_changed(
    database: Database, owner: Account
) -> None:
    begin(database, owner, Wish(PAIRS, TODAY, Holder.APP))
    with database.writing() as session:
        first = phases.list_all(session, owner)[1]
        other = Phase(PhaseKind.TREATMENT, first.phase.start, first.phase.end, "drug", "naltrexone")
        phases.change(session, owner, first.id, other, NOW)
        assert phases.find(session, owner, first.id) == first
        removed = phases.remove(session, owner, first.id, NOW)
        assert removed == first
        phases.add(session, owner, removed.phase, NOW, plan=removed.plan)
        assert [one.plan for one in phases.list_all(session, owner)][1] == first.plan
