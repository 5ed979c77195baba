"""A participant's plan: theirs to move and stop, told to the study, opened by it for all."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from tests.services import studied
from tests.services.studied import DRAFT, NOW, PASSPHRASE, START, House, after, house
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.plans import PlanRefused
from tracker.domain.started_plans import Holder, OpenedBy, StartedPlan, Unblinding, Why
from tracker.domain.studies import MOST_DELAY, Participant, Protocol, StudyRefused
from tracker.services import allocations, participants, phases, plans, studies, study_plans
from tracker.services.allocations import TooLate
from tracker.storage import accounts, audit, models
from tracker.storage import participants as rows
from tracker.storage.database import Database

END = START + timedelta(days=DRAFT.protocol.steps().days)


@pytest.fixture
def made(database: Database) -> House:
    return house(database)


@pytest.fixture
def moth(database: Database) -> Account:
    return studied.person(database, "Moth")


def plan_of(made: House, who: Account) -> StartedPlan:
    with made.database.reading() as session:
        (started,) = plans.list_all(session, who)
    return started


def lived(made: House, who: Account) -> list[Phase]:
    with made.database.reading() as session:
        return [stored.phase for stored in phases.list_all(session, who)]


def part_of(made: House, who: Account) -> Participant:
    with made.database.reading() as session:
        (part,) = rows.list_of_owner(session, who.id)
    return part


def draw(made: House, code: str, days: int = 0) -> None:
    with made.database.writing() as session:
        allocations.randomise(session, made.run(), code, "they travel", after(days))


def shift(made: House, who: Account, days: int, on: int = 0) -> None:
    plan_id = plan_of(made, who).id
    with made.database.writing() as session:
        plans.shift(session, who, plan_id, days, after(on))


def stop(made: House, who: Account, on: int) -> plans.Stopped:
    plan_id = plan_of(made, who).id
    with made.database.writing() as session:
        return plans.stop(session, who, plan_id, after(on))


def opened(made: House) -> None:
    with made.database.writing() as session:
        studies.close(session, made.run(), NOW)
    with made.database.writing() as session:
        allocations.unblind(session, made.run(made.pharmacist), PASSPHRASE, after(200))


def verbs(made: House) -> list[str]:
    with made.database.reading() as session:
        return [event.verb for event in audit.events_of(session, made.study_id, 3)]


def test_who_joins_lives_by_a_plan_that_waits_until_they_are_randomised(
    made: House, moth: Account
) -> None:
    code = made.join(moth)
    started = plan_of(made, moth)
    assert (started.holder, started.study, started.started_on) == (
        Holder.STUDY,
        made.study_id,
        START,
    )
    assert started.plan == DRAFT.protocol.steps()
    assert started.waits
    with made.database.reading() as session:
        _started, laid = plans.find(session, moth, started.id)
    assert [phase.kind for phase in laid] == [
        *(PhaseKind.BASELINE, PhaseKind.BLINDED, PhaseKind.FOLLOW_UP)
    ]
    draw(made, code)
    sealed = plan_of(made, moth).sealing
    assert sealed is not None
    assert (sealed.public, sealed.hidden, sealed.box) == (made.study.public, None, None)
    assert lived(made, moth) == list(laid)


def test_a_study_that_hides_nothing_gives_an_open_plan(database: Database, moth: Account) -> None:
    protocol = replace(DRAFT.protocol, plan="open_label")
    made = house(database, replace(DRAFT, protocol=protocol))
    made.join(moth)
    started = plan_of(made, moth)
    assert (started.holder, started.study) == (Holder.NONE, None)
    with database.reading() as session:
        assert study_plans.present(session, moth, started) is None
        assert study_plans.emergency(session, moth, started) is None


@pytest.mark.parametrize("pairs", [False, True])
def test_who_is_randomised_late_begins_the_hidden_part_then(
    database: Database, moth: Account, *, pairs: bool
) -> None:
    own = Protocol("own", "naltrexone", None, 2, 7, 3, 14)
    made = house(database, replace(DRAFT, protocol=own) if pairs else DRAFT)
    code = made.join(moth)
    before = lived(made, moth)
    draw(made, code, 30)
    late = timedelta(days=30 - 14)
    moved = [replace(one, start=one.start + late, end=(one.end or START) + late) for one in before]
    assert lived(made, moth) == [replace(before[0], end=START + timedelta(days=30)), *moved[1:]]
    assert verbs(made)[:2] == ["study.randomised", "study.plan_moved"]
    assert part_of(made, moth).until == moved[-1].end
    assert not plan_of(made, moth).waits


def test_who_waited_too_long_is_not_randomised_any_more(made: House, moth: Account) -> None:
    code = made.join(moth)
    with pytest.raises(TooLate, match="too late"):
        draw(made, code, 14 + MOST_DELAY.days + 1)
    draw(made, code, 14 + MOST_DELAY.days)
    assert part_of(made, moth).until == END + MOST_DELAY


def test_who_is_randomised_in_time_or_keeps_no_hidden_part_is_not_moved(
    made: House, moth: Account
) -> None:
    code = made.join(moth)
    with made.database.writing() as session:
        hidden = next(
            one for one in phases.list_all(session, moth) if one.phase.kind is PhaseKind.BLINDED
        )
        phases.remove(session, moth, hidden.id, NOW)
    before = lived(made, moth)
    draw(made, code, 30)
    assert lived(made, moth) == before


def test_a_participant_moves_what_has_not_begun_and_the_study_follows(
    made: House, moth: Account
) -> None:
    draw(made, made.join(moth))
    shift(made, moth, 7, on=5)
    assert [phase.start - START for phase in lived(made, moth)][1] == timedelta(days=21)
    assert part_of(made, moth).span(DRAFT.protocol.steps()).end == END + timedelta(days=7)
    assert part_of(made, moth).start == START
    assert verbs(made)[0] == "study.plan_moved"
    with pytest.raises(PlanRefused, match="study can wait"):
        shift(made, moth, MOST_DELAY.days - 6, on=5)
    shift(made, moth, MOST_DELAY.days - 7, on=5)
    assert part_of(made, moth).span(DRAFT.protocol.steps()).end == END + MOST_DELAY


def test_a_plan_that_has_not_begun_takes_the_studys_first_day_along(
    made: House, moth: Account
) -> None:
    made.join(moth, START + timedelta(days=10))
    shift(made, moth, -3)
    assert part_of(made, moth).start == START + timedelta(days=7)
    with pytest.raises(PlanRefused, match="into the past"):
        shift(made, moth, -8)


def test_stopping_early_ends_the_phases_not_the_part(made: House, moth: Account) -> None:
    draw(made, made.join(moth))
    stopped = stop(made, moth, 40)
    assert verbs(made)[0] == "study.plan_stopped"
    assert [phase.kind for phase in lived(made, moth)] == [PhaseKind.BASELINE, PhaseKind.BLINDED]
    assert part_of(made, moth).span(DRAFT.protocol.steps()).end == END
    started = plan_of(made, moth)
    with made.database.writing() as session:
        plans.resume(session, moth, started.id, stopped, after(40))
    assert verbs(made)[0] == "study.plan_resumed"
    stop(made, moth, 40)
    opened(made)
    assert (
        sum((phase.end or START) > START + timedelta(days=40) for phase in lived(made, moth)) == 1
    )
    assert PhaseKind.BLINDED not in {phase.kind for phase in lived(made, moth)}


def test_who_stopped_before_is_not_randomised(made: House, moth: Account) -> None:
    code = made.join(moth)
    stop(made, moth, 5)
    with pytest.raises(StudyRefused, match="stopped their plan"):
        draw(made, code, 6)
    with made.database.reading() as session:
        assert rows.count_slots(session, made.study_id)[1] == 0


def test_who_left_keeps_the_plan_as_their_own(made: House, moth: Account) -> None:
    draw(made, made.join(moth))
    with made.database.writing() as session:
        participants.leave(session, moth, made.study_id, after(3), withdrawn=False)
    told = verbs(made)
    shift(made, moth, 2 * MOST_DELAY.days, on=5)
    stop(made, moth, 6)
    assert verbs(made) == told


def test_how_an_order_was_opened_stays_with_the_plan(made: House, moth: Account) -> None:
    wren, owl = (studied.person(made.database, name) for name in ("Wren", "Owl"))
    codes = [made.join(who) for who in (moth, wren, owl)]
    for code in codes:
        draw(made, code)
    with made.database.writing() as session:
        run = made.run()
        allocations.unblind_one(session, run, codes[1], PASSPHRASE, "an operation", after(50))
        accounts.set_erasure(session, owl.id, after(207))
        told = study_plans.emergency(session, wren, plan_of(made, wren))
        assert study_plans.emergency(session, moth, plan_of(made, moth)) is None
    assert told is not None
    assert told.at == after(50)
    assert plan_of(made, wren).is_blinded, "the diary tells nobody else"
    opened(made)
    with_all = Unblinding(after(200), OpenedBy.STUDY, Why.PLANNED_END)
    alone = Unblinding(after(50), OpenedBy.STUDY, Why.EMERGENCY)
    assert [plan_of(made, who).unblinding for who in (moth, wren, owl)] == [
        *(with_all, alone, with_all)
    ]
    with made.database.reading() as session:
        assert plans.possible_medicines(session, moth) == frozenset()


@pytest.mark.parametrize("is_drawn", [False, True])
def test_who_joined_before_studies_laid_out_plans_gets_theirs(
    made: House, moth: Account, *, is_drawn: bool
) -> None:
    code = made.join(moth)
    before = lived(made, moth)
    if is_drawn:
        draw(made, code)
    of_moth = models.phases.c.owner == moth.id
    with made.database.writing() as session:
        own = Phase(PhaseKind.TREATMENT, START - timedelta(days=30), START - timedelta(days=9))
        phases.add(session, moth, own, NOW)
        session.execute(update(models.phases).where(of_moth).values(plan=None))
        session.execute(delete(models.plans).where(models.plans.c.owner == moth.id))
    if not is_drawn:
        draw(made, code)
        assert not plan_of(made, moth).waits
    opened(made)
    started = plan_of(made, moth)
    assert started.unblinding == Unblinding(after(200), OpenedBy.STUDY, Why.PLANNED_END)
    with made.database.reading() as session:
        _started, laid = plans.find(session, moth, started.id)
    assert (laid[0], laid[-1]) == (before[0], before[-1])
    assert len(laid) == 4
    assert lived(made, moth) == [own, *laid]
