"""Taking part in a study: join by a code, be drawn, be told, leave with one's diary."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services import studied
from tests.services.studied import DRAFT, NOW, PASSPHRASE, START, House, after, house
from tracker.boxes import BoxRefused
from tracker.domain.blinding import revealed
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind, PhasesRefused
from tracker.domain.questionnaire import Ruler
from tracker.domain.studies import StudyRefused, StudyState
from tracker.services import allocations, participants, phases, studies
from tracker.services.allocations import TooFewNights
from tracker.services.participants import CodeOpensNothing
from tracker.storage import accounts, audit, erasures, pauses, questionnaires
from tracker.storage import participants as rows
from tracker.storage.database import Database


@pytest.fixture
def made(database: Database) -> House:
    return house(database)


@pytest.fixture
def moth(database: Database) -> Account:
    return studied.person(database, "Moth")


def verbs(database: Database, owner: str) -> list[str]:
    with database.reading() as session:
        return [event.verb for event in audit.events_of(session, owner, 100)]


def lived(database: Database, who: Account) -> list[Phase]:
    with database.reading() as session:
        return [stored.phase for stored in phases.list_all(session, who)]


def drawn(made: House, code: str, reason: str = "they leave for a journey") -> int:
    with made.database.writing() as session:
        return allocations.randomise(session, made.run(), code, reason, NOW)


def close(made: House) -> None:
    with made.database.writing() as session:
        studies.close(session, made.run(), NOW)


def test_who_joins_gets_a_code_the_plan_and_the_studys_questions(
    made: House, moth: Account
) -> None:
    assert made.join(moth) == "P-001"
    days = [(phase.kind, phase.label) for phase in lived(made.database, moth)]
    assert days == [(PhaseKind.BASELINE, ""), (PhaseKind.BLINDED, ""), (PhaseKind.FOLLOW_UP, "")]
    with made.database.reading() as session:
        asked = questionnaires.current(session, moth.id)
        ((part, study, consent),) = participants.list_mine(session, moth)
    assert asked.ruler is Ruler.NRS
    assert asked.item("stress") is not None
    assert (part.code, study.id, consent.text) == (
        "P-001",
        made.study_id,
        "I take part of my own will.",
    )
    assert "study.joined" in verbs(made.database, moth.id)
    assert verbs(made.database, made.study_id)[0] == "study.joined"
    assert made.study.enrolled == 1


def test_a_code_opens_the_offer_as_long_as_it_has_uses(made: House, moth: Account) -> None:
    wren = studied.person(made.database, "Wren")
    code = made.code(uses=1)
    with made.database.writing() as session:
        assert participants.offer(session, moth, code.lower(), NOW).consent.version == 1
        participants.join(session, moth, code, 1, START, NOW)
        with pytest.raises(CodeOpensNothing):
            participants.offer(session, wren, code, NOW)
        with pytest.raises(CodeOpensNothing):
            participants.offer(session, wren, "nothing", NOW)
    close(made)
    with pytest.raises(StudyRefused, match="closed"), made.database.writing() as session:
        studies.new_code(session, made.run(), 1, NOW)


def test_who_cannot_join_is_told_why(made: House, moth: Account) -> None:
    code = made.code()
    with made.database.writing() as session:
        with pytest.raises(StudyRefused, match="keeps a diary"):
            participants.offer(session, made.ada, code, NOW)
        with pytest.raises(StudyRefused, match="changed meanwhile"):
            participants.join(session, moth, code, 2, START, NOW)
        for day in (START - timedelta(days=1), START + timedelta(days=61)):
            with pytest.raises(StudyRefused, match="first day"):
                participants.join(session, moth, code, 1, day, NOW)
        participants.join(session, moth, code, 1, START, NOW)
        with pytest.raises(StudyRefused, match="take part in a study already"):
            participants.offer(session, moth, code, NOW)
        assert participants.leave(session, moth, made.study_id, NOW, withdrawn=False)
        with pytest.raises(StudyRefused, match="before"):
            participants.offer(session, moth, code, NOW)


def test_phases_of_ones_own_in_the_way_are_named(made: House, moth: Account) -> None:
    with made.database.writing() as session:
        phases.add(session, moth, Phase(PhaseKind.TREATMENT, START), NOW)
    with pytest.raises(PhasesRefused):
        made.join(moth)
    assert made.study.enrolled == 0


def test_a_code_used_up_between_two_looks_lets_only_one_in(made: House, moth: Account) -> None:
    code = made.code(uses=1)
    with made.database.writing() as session:
        (known,) = studies.codes(session, made.study, NOW)
        assert studies.revoke_code(session, made.run(), known.id, NOW)
        with pytest.raises(CodeOpensNothing):
            participants.join(session, moth, code, 1, START, NOW)


def test_slots_are_taken_in_order_once_the_baseline_is_there(made: House, moth: Account) -> None:
    wren = studied.person(made.database, "Wren")
    first, second = made.join(moth), made.join(wren)
    studied.keep(made.database, moth, 8)
    assert drawn(made, first, "") == 1
    with pytest.raises(TooFewNights) as refused:
        drawn(made, second, " ")
    assert "0 nights, 8 are needed" in refused.value.in_words(str)
    assert drawn(made, second) == 2
    with made.database.reading() as session:
        assert rows.list_reasons(session, made.study_id) == [(second, "they leave for a journey")]
        listed = rows.list_of_study(session, made.study_id)
    assert [one.part.slot for one in listed] == [1, 2]
    with pytest.raises(StudyRefused, match="already"):
        drawn(made, first)
    with pytest.raises(StudyRefused, match="Nobody of this code"):
        drawn(made, "P-009")
    assert "study.randomised" in verbs(made.database, moth.id)
    assert not any("order" in verb for verb in verbs(made.database, made.study_id))


def test_no_slot_left_is_said(made: House, moth: Account) -> None:
    code = made.join(moth)
    with made.database.writing() as session:
        for slot, _code, _box in rows.list_boxes(session, made.study_id):
            assert rows.take_slot(session, made.study_id, f"X-{slot}", NOW) == slot
    with pytest.raises(StudyRefused, match="No slot is left"):
        drawn(made, code)


def test_nothing_is_drawn_where_everyone_knows(database: Database, moth: Account) -> None:
    open_label = replace(DRAFT, protocol=replace(DRAFT.protocol, plan="open_label"))
    made = house(database, open_label)
    code = made.join(moth)
    assert [phase.kind for phase in lived(database, moth)][1:] == [PhaseKind.TREATMENT] * 2
    with pytest.raises(StudyRefused, match="nothing to draw"):
        drawn(made, code)
    with pytest.raises(StudyRefused, match="Close"), database.writing() as session:
        allocations.ask_to_unblind(session, made.run(), NOW)


def test_all_are_unblinded_by_the_holder_once_the_study_is_closed(
    made: House, moth: Account
) -> None:
    wren, owl = (studied.person(made.database, name) for name in ("Wren", "Owl"))
    codes = [made.join(who) for who in (moth, wren, owl)]
    for code in codes[:2]:
        drawn(made, code)
    before = lived(made.database, moth)
    holder = made.run(made.pharmacist)
    with made.database.writing() as session:
        with pytest.raises(StudyRefused, match="Close the study"):
            allocations.unblind(session, holder, PASSPHRASE, NOW)
        participants.leave(session, wren, made.study_id, NOW, withdrawn=True)
        listed = {
            one.code: one.order for one in studies.packing_list(session, holder, PASSPHRASE, NOW)
        }
    close(made)
    holder = made.run(made.pharmacist)
    with pytest.raises(BoxRefused), made.database.writing() as session:
        allocations.unblind(session, holder, "another passphrase", NOW)
    with made.database.writing() as session:
        assert allocations.unblind(session, holder, PASSPHRASE, NOW) == 2
    plan = DRAFT.protocol.steps()
    told = revealed(plan, listed["P-001"], [before[1]])
    assert lived(made.database, moth) == [before[0], *told, before[2]]
    assert PhaseKind.BLINDED not in {phase.kind for phase in lived(made.database, wren)}, "theirs"
    assert PhaseKind.BLINDED in {phase.kind for phase in lived(made.database, owl)}, "never drawn"
    assert made.study.state is StudyState.UNBLINDED
    assert "study.unblinded" in verbs(made.database, moth.id)
    with made.database.writing() as session:
        with pytest.raises(StudyRefused, match="Close"):
            allocations.unblind(session, made.run(made.pharmacist), PASSPHRASE, NOW)
        with pytest.raises(StudyRefused, match="arms are known"):
            studies.reopen(session, made.run(), NOW)
        with pytest.raises(StudyRefused, match="arms are known"):
            allocations.randomise(session, made.run(), codes[2], "late", NOW)


def test_a_coordinator_unblinds_only_what_another_asked_for(made: House, moth: Account) -> None:
    drawn(made, made.join(moth))
    close(made)
    with made.database.writing() as session:
        with pytest.raises(StudyRefused, match="another coordinator"):
            allocations.unblind(session, made.run(), PASSPHRASE, NOW)
        allocations.ask_to_unblind(session, made.run(), NOW)
    with made.database.writing() as session:
        with pytest.raises(StudyRefused, match="another coordinator"):
            allocations.unblind(session, made.run(), PASSPHRASE, NOW)
        assert allocations.unblind(session, made.run(made.ben), PASSPHRASE, NOW) == 1


def test_one_person_is_unblinded_for_a_reason_that_stays(made: House, moth: Account) -> None:
    code = made.join(moth)
    drawn(made, code)
    run = made.run()
    with made.database.writing() as session:
        with pytest.raises(StudyRefused, match="Say why"):
            allocations.unblind_one(session, run, code, PASSPHRASE, " ", NOW)
        with pytest.raises(StudyRefused, match="Nobody of this code"):
            allocations.unblind_one(session, run, "P-002", PASSPHRASE, "an operation", NOW)
        told = allocations.unblind_one(session, run, code, PASSPHRASE, "an operation", NOW)
        with pytest.raises(StudyRefused, match="still blinded"):
            allocations.unblind_one(session, run, code, PASSPHRASE, "again", NOW)
        assert allocations.unblindings(session, made.study) == [told]
        listed = studies.packing_list(session, run, PASSPHRASE, NOW)
    assert (told.by_name, told.reason) == ("Ada", "an operation")
    assert told.order == next(one.order for one in listed if one.code == code)
    assert PhaseKind.BLINDED in {phase.kind for phase in lived(made.database, moth)}
    assert "study.unblinded_one" in verbs(made.database, moth.id)


def test_an_erased_person_can_still_be_told_apart_by_the_slot(made: House, moth: Account) -> None:
    code = made.join(moth)
    drawn(made, code)
    with made.database.writing() as session:
        erasures.erase(session, moth.id, NOW)
        told = allocations.unblind_one(session, made.run(), code, PASSPHRASE, "found ill", NOW)
    assert told.code == code
    close(made)
    with made.database.writing() as session:
        assert allocations.unblind(session, made.run(made.pharmacist), PASSPHRASE, NOW) == 1
        assert participants.standings(session, made.study, NOW) == []


def test_leaving_keeps_or_takes_back_and_never_touches_the_diary(
    made: House, moth: Account
) -> None:
    made.join(moth)
    studied.keep(made.database, moth, 3)
    kept = lived(made.database, moth)
    with made.database.writing() as session:
        assert not participants.leave(session, moth, "another", NOW, withdrawn=False)
        assert participants.leave(session, moth, made.study_id, after(2), withdrawn=False)
        assert not participants.leave(session, moth, made.study_id, after(2), withdrawn=False)
        (standing,) = participants.standings(session, made.study, after(9))
        assert (standing.expected, standing.logged) == (2, 2)
        assert participants.leave(session, moth, made.study_id, after(9), withdrawn=True)
        assert participants.standings(session, made.study, after(9)) == []
        assert not participants.leave(session, moth, made.study_id, after(9), withdrawn=True)
    assert lived(made.database, moth) == kept
    assert verbs(made.database, moth.id)[:2] == ["study.withdrawn", "study.left"]


def test_nights_are_counted_as_the_protocol_expects_them(made: House, moth: Account) -> None:
    made.join(moth)
    studied.keep(made.database, moth, 5)
    with made.database.reading() as session:
        (tonight,) = participants.standings(session, made.study, after(4))
        (later,) = participants.standings(session, made.study, after(30))
    assert (tonight.expected, tonight.logged, tonight.on_time, tonight.missed) == (5, 5, 5, ())
    assert tonight.last == START + timedelta(days=4)
    assert (later.expected, later.logged) == (30, 5)
    assert later.missed == tuple(START + timedelta(days=n) for n in range(16, 30))


def test_days_of_a_pause_are_neither_expected_nor_missed(made: House, moth: Account) -> None:
    made.join(moth)
    studied.keep(made.database, moth, 5)
    with made.database.writing() as session:
        for first, end in ((3, 20), (28, None)):
            after_it = None if end is None else START + timedelta(days=end)
            pause = pauses.new_pause(START + timedelta(days=first), after_it)
            pauses.add_pause(session, moth.id, pause, NOW)
        (later,) = participants.standings(session, made.study, after(30))
    assert (later.expected, later.logged, later.on_time) == (3 + 8, 3, 3)
    assert later.missed == tuple(START + timedelta(days=n) for n in range(20, 28))


def test_whoever_paused_before_the_first_night_misses_none(made: House, moth: Account) -> None:
    made.join(moth)
    with made.database.writing() as session:
        pauses.add_pause(session, moth.id, pauses.new_pause(START, None), NOW)
        (standing,) = participants.standings(session, made.study, after(9))
    assert (standing.expected, standing.logged, standing.missed) == (0, 0, ())


def test_who_asked_to_be_erased_is_hidden_at_once(made: House, moth: Account) -> None:
    made.join(moth)
    with made.database.writing() as session:
        accounts.set_erasure(session, moth.id, after(7))
        assert participants.standings(session, made.study, NOW) == []
        assert rows.find(session, made.study_id, "P-001") is None
