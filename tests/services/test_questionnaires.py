"""Test choosing what is asked: on and off, in order, own words, the ruler."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tracker.domain.people import Account
from tracker.domain.questionnaire import Direction, Questionnaire, Ruler
from tracker.domain.text import TextRefused
from tracker.services import diaries as writing
from tracker.services import people, questionnaires
from tracker.services.people import NewPerson
from tracker.services.questionnaires import MOST_OWN, OwnWords, QuestionsRefused
from tracker.storage import audit
from tracker.storage.database import Database, Session

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
STIFF = OwnWords("Stiff hands", "", "Loose", "Locked", Direction.LOWER)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    with (
        Database(database_url, audit_key=b"a key for tests " * 2) as database,
        database.writing() as writing_session,
    ):
        yield writing_session


@pytest.fixture
def who(session: Session) -> Account:
    account = people.new_account(NewPerson("Moth", "", "Europe/Helsinki"), NOW)
    people.add(session, account, None, account.id, NOW)
    return account


def asked(session: Session, who: Account) -> Questionnaire:
    return questionnaires.choices(session, who)[0]


def keys(session: Session, who: Account) -> list[str]:
    return [item.key for item in asked(session, who).items]


def test_questions_are_switched_and_ordered_as_a_new_version(
    session: Session, who: Account
) -> None:
    questionnaires.ask(session, who, ["sleep", "pain", "headache", "pain"], NOW)
    assert keys(session, who) == ["sleep", "pain", "headache"]
    assert asked(session, who).number == 2
    assert audit.events_of(session, who.id, 1)[0].verb == "questions.changed"


def test_the_same_questions_make_no_version(session: Session, who: Account) -> None:
    questionnaires.ask(session, who, keys(session, who), NOW)
    assert asked(session, who).number == 1


@pytest.mark.parametrize("wanted", [[], ["colour"]])
def test_no_question_and_unknown_ones_are_refused(
    session: Session, who: Account, wanted: list[str]
) -> None:
    with pytest.raises(QuestionsRefused):
        questionnaires.ask(session, who, wanted, NOW)


def test_a_hidden_question_is_offered_again(session: Session, who: Account) -> None:
    questionnaires.ask(session, who, ["pain"], NOW)
    _version, known = questionnaires.choices(session, who)
    assert {one.item.key: one.is_on for one in known}["mood"] is False


def test_another_ruler_is_another_version(session: Session, who: Account) -> None:
    questionnaires.choose_ruler(session, who, Ruler.VAS, NOW)
    assert (asked(session, who).ruler, asked(session, who).number) == (Ruler.VAS, 2)


def test_an_own_symptom_asks_by_its_name(session: Session, who: Account) -> None:
    made = questionnaires.add_own(session, who, STIFF, NOW)
    assert made.question == "Stiff hands"
    assert made.key.startswith("own_")
    assert "tiff" not in made.key
    assert keys(session, who)[-1] == made.key


@pytest.mark.parametrize(
    "words",
    [
        replace(STIFF, name=" "),
        replace(STIFF, low=""),
        replace(STIFF, high=""),
        replace(STIFF, name="STIFF hands"),
    ],
)
def test_an_own_symptom_needs_words_of_its_own(
    session: Session, who: Account, words: OwnWords
) -> None:
    questionnaires.add_own(session, who, STIFF, NOW)
    with pytest.raises(QuestionsRefused):
        questionnaires.add_own(session, who, words, NOW)


def test_an_own_symptoms_words_are_bounded(session: Session, who: Account) -> None:
    with pytest.raises(TextRefused):
        questionnaires.add_own(session, who, replace(STIFF, name="x" * 61), NOW)


def test_there_is_an_end_to_own_symptoms(session: Session, who: Account) -> None:
    for number in range(MOST_OWN):
        questionnaires.add_own(session, who, replace(STIFF, name=f"Symptom {number}"), NOW)
    with pytest.raises(QuestionsRefused, match="at most 20"):
        questionnaires.add_own(session, who, STIFF, NOW)


def test_words_change_until_they_were_answered(session: Session, who: Account) -> None:
    made = questionnaires.add_own(session, who, STIFF, NOW)
    other = replace(STIFF, low="Quite loose")
    assert questionnaires.reword_own(session, who, made.key, STIFF, NOW) == made
    assert questionnaires.reword_own(session, who, made.key, other, NOW).key == made.key
    day = NOW.date()
    night = writing.Night(day, {made.key: "3"}, "an-id", "0" * 64)
    writing.record_night(session, who, night, NOW)
    changed = questionnaires.reword_own(session, who, made.key, STIFF, NOW)
    assert changed.key != made.key
    assert keys(session, who)[-1] == changed.key


def test_only_own_symptoms_that_exist_are_reworded(session: Session, who: Account) -> None:
    with pytest.raises(QuestionsRefused, match="no such"):
        questionnaires.reword_own(session, who, "pain", STIFF, NOW)


def test_a_symptom_may_not_take_anothers_name(session: Session, who: Account) -> None:
    questionnaires.add_own(session, who, STIFF, NOW)
    other = questionnaires.add_own(session, who, replace(STIFF, name="Cold feet"), NOW)
    with pytest.raises(QuestionsRefused, match="that name"):
        questionnaires.reword_own(session, who, other.key, STIFF, NOW)
