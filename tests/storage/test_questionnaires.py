"""What is asked is a numbered version, and its words stay."""

import pytest

from tests.storage.nights import MOTH, NOW, OWL, night, scores, welcome
from tracker.domain.questionnaire import CORE, FIRST, PAIN, STRESS, Direction, Item, Ruler
from tracker.storage import questionnaires
from tracker.storage.database import Database
from tracker.storage.revisions import append_revision

ITCH = Item("own_abcdefgh", "Itch", "How bad was it?", "None", "Worst", Direction.LOWER)


def test_the_first_version_is_the_core(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        assert questionnaires.current(session, MOTH) == FIRST


def test_each_change_is_a_version_and_earlier_ones_stay(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        questionnaires.add_own_item(session, MOTH, ITCH, NOW)
        second = questionnaires.save_next(session, MOTH, Ruler.NRS, (*CORE, ITCH), NOW)
        third = questionnaires.save_next(session, MOTH, Ruler.VAS, (ITCH, STRESS, PAIN), NOW)
    with database.reading() as session:
        assert questionnaires.history(session, MOTH) == [FIRST, second, third]
        assert questionnaires.by_number(session, MOTH, 2) == second
        assert questionnaires.by_number(session, MOTH, 4) is None
        assert [one.number for one in (second, third)] == [2, 3]
        assert third.items == (ITCH, STRESS, PAIN)


def test_no_change_is_no_version(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        assert questionnaires.save_next(session, MOTH, Ruler.NRS, CORE, NOW) == FIRST
        assert questionnaires.current(session, MOTH).number == 1


def test_a_version_may_ask_nothing(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        questionnaires.save_next(session, MOTH, Ruler.NRS, (), NOW)
        assert questionnaires.current(session, MOTH).items == ()


def test_an_own_symptom_may_be_reworded_until_it_is_answered(database: Database) -> None:
    cold = Item(ITCH.key, "Cold", "How cold?", "", "", Direction.NEUTRAL)
    with database.writing() as session:
        welcome(session)
        questionnaires.add_own_item(session, MOTH, ITCH, NOW)
        assert questionnaires.reword_own_item(session, MOTH, cold)
        append_revision(session, MOTH, night(answers=scores(own_abcdefgh=3)))
        assert not questionnaires.reword_own_item(session, MOTH, ITCH)
        assert questionnaires.own_items_of(session, MOTH) == [cold]
        assert questionnaires.answered_items(session, MOTH) == {ITCH.key}


def test_own_symptoms_are_each_person_s_own(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        welcome(session, OWL)
        questionnaires.add_own_item(session, MOTH, ITCH, NOW)
        assert questionnaires.own_items_of(session, OWL) == []


def test_who_has_no_version_yet_can_not_be_asked(database: Database) -> None:
    with database.writing() as session:
        welcome(session, asked=False)
        with pytest.raises(IndexError):
            questionnaires.current(session, MOTH)
