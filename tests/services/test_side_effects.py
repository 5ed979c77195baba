"""Test telling of side effects, ending them, and saying that there is nothing new."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.side_effects import Effect, Severity, SideEffect, SideEffectRefused
from tracker.services import people, phases, side_effects
from tracker.services.people import NewPerson
from tracker.storage import audit
from tracker.storage.database import Database, Session

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
DREAMS = SideEffect(Effect.VIVID_DREAMS, date(2026, 11, 10), Severity.MILD, TODAY)


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


def verbs(session: Session, who: Account) -> list[str]:
    events = audit.events_of(session, who.id, 100)
    return [event.verb for event in events if event.verb.startswith("effect.")]


def test_a_side_effect_is_told_ended_and_taken_away(session: Session, who: Account) -> None:
    made = side_effects.tell(session, who, DREAMS, TODAY, NOW)
    assert side_effects.end(session, who, made, date(2026, 11, 20), TODAY, NOW)
    (stored,) = side_effects.standing(session, who, TODAY).effects
    ended = replace(DREAMS, end=TODAY)
    assert (stored.id, stored.effect) == (made, ended)
    assert side_effects.remove(session, who, made, NOW) == ended
    assert not side_effects.standing(session, who, TODAY).effects
    side_effects.tell(session, who, ended, TODAY, NOW)
    assert verbs(session, who)[::-1] == [
        "effect.added",
        "effect.changed",
        "effect.removed",
        "effect.added",
    ]


def test_a_change_keeps_the_day_on_which_it_was_told(session: Session, who: Account) -> None:
    made = side_effects.tell(session, who, DREAMS, TODAY, NOW)
    later = TODAY + timedelta(days=9)
    worse = replace(DREAMS, severity=Severity.SEVERE, reported=later)
    assert side_effects.change(session, who, made, worse, later, NOW)
    assert side_effects.change(session, who, made, worse, later, NOW)  # the same again is no deed
    stored = side_effects.find(session, who, made)
    assert stored is not None
    assert stored.effect == replace(worse, reported=TODAY)
    assert len(verbs(session, who)) == 2


def test_what_is_not_there_cant_be_changed(session: Session, who: Account) -> None:
    assert not side_effects.change(session, who, "x", DREAMS, TODAY, NOW)
    assert not side_effects.end(session, who, "x", TODAY, TODAY, NOW)
    assert side_effects.remove(session, who, "x", NOW) is None
    with pytest.raises(SideEffectRefused):
        side_effects.tell(session, who, replace(DREAMS, effect=Effect.OTHER), TODAY, NOW)


def test_nothing_new_is_said_once_a_day_and_taken_back(session: Session, who: Account) -> None:
    assert not side_effects.take_back(session, who, TODAY, NOW)
    for _ in range(2):
        side_effects.nothing_new(session, who, TODAY, NOW)
    found = side_effects.standing(session, who, TODAY)
    assert (found.since, found.is_answered) == (TODAY, True)
    assert side_effects.take_back(session, who, TODAY, NOW)
    assert side_effects.standing(session, who, TODAY).since is None
    assert verbs(session, who) == ["effect.unasked", "effect.asked"]


def test_two_weeks_into_a_phase_it_is_time_to_ask(session: Session, who: Account) -> None:
    phases.add(session, who, Phase(PhaseKind.BLINDED, date(2026, 11, 7)), NOW)
    assert side_effects.standing(session, who, TODAY).is_due
    side_effects.nothing_new(session, who, TODAY, NOW)
    assert not side_effects.standing(session, who, TODAY + timedelta(days=13)).is_due
    assert side_effects.standing(session, who, TODAY + timedelta(days=14)).is_due
