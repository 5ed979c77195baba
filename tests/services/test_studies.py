"""Studies: what those who run one can do, and what nobody can."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services import studied
from tests.services.studied import DRAFT, NOW, PASSPHRASE, house
from tracker.boxes import BoxRefused, lock_up, new_key
from tracker.domain.randomisation import MOST_SLOTS
from tracker.domain.studies import StudyRefused, StudyState
from tracker.services import accounts, studies
from tracker.storage import audit, erasures, participants
from tracker.storage.database import Database


def test_a_study_is_prepared_opened_closed_and_opened_again(database: Database) -> None:
    made = house(database, ready=False)
    assert made.run().study.state is StudyState.PREPARING
    with pytest.raises(StudyRefused, match="not ready"), database.writing() as session:
        studies.new_code(session, made.run(), 1, NOW)
    with database.writing() as session:
        assert studies.write_consent(session, made.run(), "Words", NOW) == 1
    with database.writing() as session:
        assert studies.write_consent(session, made.run(), "Other words", NOW) == 2
        studies.set_key(session, made.run(made.pharmacist), lock_up(new_key(), PASSPHRASE), NOW)
    assert made.run().study.state is StudyState.OPEN
    with database.writing() as session:
        assert [one.text for one in studies.consents(session, made.study)] == [
            "Other words",
            "Words",
        ]
        studies.close(session, made.run(), NOW)
    assert made.run().study.state is StudyState.CLOSED
    with database.writing() as session:
        run = made.run()
        studies.close(session, run, NOW)
        studies.reopen(session, run, NOW)
    assert made.run().study.state is StudyState.OPEN
    with database.writing() as session:
        studies.reopen(session, made.run(), NOW)
        verbs = [event.verb for event in audit.events_of(session, made.study_id, 20)]
    assert verbs[:2] == ["study.reopened", "study.closed"]
    assert verbs[-1] == "study.made"


def test_the_id_of_a_study_is_no_option_on_a_command_line(sqlite_database_url: str) -> None:
    with Database(sqlite_database_url, audit_key=b"k" * 32) as database:
        ada = studied.coordinator(database, "Ada")
        with database.writing() as session:
            ids = {studies.make(session, ada, DRAFT, NOW).id for _again in range(300)}
    assert len(ids) == 300
    assert all(made[0].isalpha() for made in ids)


def test_the_sealed_slots_are_balanced_and_only_the_passphrase_tells(database: Database) -> None:
    made = house(database)
    holder = made.run(made.pharmacist)
    with database.writing() as session:
        with pytest.raises(BoxRefused):
            studies.packing_list(session, holder, f"{PASSPHRASE}!", NOW)
        found = studies.packing_list(session, holder, PASSPHRASE, NOW)
        boxes = [box for _slot, _code, box in participants.list_boxes(session, made.study_id)]
        newest = audit.events_of(session, made.study_id, 1)[0]
    assert newest.verb == "study.list_printed"
    assert len(found) >= studies.FIRST_SLOTS
    assert [one.slot for one in found] == [*range(1, len(found) + 1)]
    assert len(set(Counter(one.order for one in found).values())) == 1
    assert len({len(box) for box in boxes}) == 1
    assert len(set(boxes)) == len(boxes)


def test_more_slots_follow_the_first(database: Database) -> None:
    made = house(database)
    with database.writing() as session:
        before, taken = participants.count_slots(session, made.study_id)
        added = studies.add_slots(session, made.run(made.pharmacist), 10, NOW)
        assert participants.count_slots(session, made.study_id) == (before + added, taken)
        assert len(studies.packing_list(session, made.run(), PASSPHRASE, NOW)) == before + added
        with pytest.raises(StudyRefused, match="at most"):
            studies.add_slots(session, made.run(), MOST_SLOTS, NOW)


def test_a_key_is_set_once_and_by_its_holder(database: Database) -> None:
    made = house(database, ready=False)
    lock = lock_up(new_key(), PASSPHRASE)
    with database.writing() as session:
        with pytest.raises(StudyRefused, match="no key yet"):
            studies.packing_list(session, made.run(), PASSPHRASE, NOW)
        with pytest.raises(StudyRefused, match="at most"):
            studies.add_slots(session, made.run(), 10, NOW)
        with pytest.raises(StudyRefused, match="Somebody else"):
            studies.set_key(session, made.run(), lock, NOW)
        studies.set_key(session, made.run(made.pharmacist), lock, NOW)
        with pytest.raises(StudyRefused, match="has its key"):
            studies.set_key(session, made.run(made.pharmacist), lock, NOW)


def test_a_coordinator_alone_becomes_the_holder(database: Database) -> None:
    ada = studied.coordinator(database, "Ada")
    with database.writing() as session:
        study = studies.make(session, ada, DRAFT, NOW)
        run = studies.find_run(session, study.id, ada)
        assert run is not None
        studies.set_key(session, run, lock_up(new_key(), PASSPHRASE), NOW)
        (member,) = studies.members(session, study)
        assert (member.coordinates, member.holds_key) == (True, True)


def test_who_is_named_is_a_coordinator_once(database: Database) -> None:
    made = house(database)
    studied.person(database, "Moth")
    gone = studied.coordinator(database, "Gone")
    studied.coordinator(database, "Cem")
    with database.writing() as session:
        accounts.disable(session, gone, NOW)
        for name in ("nobody", "Moth", "Gone"):
            with pytest.raises(StudyRefused, match="no coordinator's account"):
                studies.name_member(session, made.run(), name, holds_key=False, now=NOW)
        with pytest.raises(StudyRefused, match="named already"):
            studies.name_member(session, made.run(), "ADA", holds_key=False, now=NOW)
        with pytest.raises(StudyRefused, match="has a holder"):
            studies.name_member(session, made.run(), "Cem", holds_key=True, now=NOW)


def test_only_those_who_run_a_study_find_it(database: Database) -> None:
    made = house(database)
    stranger = studied.coordinator(database, "Cem")
    moth = studied.person(database, "Moth")
    with database.reading() as session:
        assert studies.find_run(session, made.study_id, stranger) is None
        assert studies.find_run(session, made.study_id, moth) is None
        assert [run.study.id for run in studies.list_run(session, made.ben)] == [made.study_id]
        assert studies.list_run(session, stranger) == []


def test_an_erased_coordinator_is_forgotten(database: Database) -> None:
    made = house(database)
    with database.writing() as session:
        erasures.erase(session, made.ben.id, NOW)
        names = [one.name for one in studies.members(session, made.study)]
    assert names == ["Ada", "Pharmacy"]


def test_a_code_counts_its_uses_and_can_be_taken_back(database: Database) -> None:
    made = house(database)
    made.code(uses=3)
    with database.writing() as session:
        (code,) = studies.codes(session, made.study, NOW)
        assert code.uses_left == 3
        assert studies.codes(session, made.study, NOW + timedelta(days=91)) == []
        assert studies.revoke_code(session, made.run(), code.id, NOW)
        assert not studies.revoke_code(session, made.run(), code.id, NOW)
        assert studies.codes(session, made.study, NOW) == []
        with pytest.raises(StudyRefused, match="1 to"):
            studies.new_code(session, made.run(), 0, NOW)


def test_a_study_without_a_drawn_order_takes_no_key(database: Database) -> None:
    protocol = replace(DRAFT.protocol, plan="open_label")
    made = house(database, replace(DRAFT, protocol=protocol))
    assert made.run().study.state is StudyState.OPEN
    with pytest.raises(StudyRefused, match="needs none"), database.writing() as session:
        studies.set_key(session, made.run(), lock_up(new_key(), PASSPHRASE), NOW)
