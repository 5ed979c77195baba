"""Nothing on a reader's page depends on what is hidden: not one byte of it."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storage import nights
from tests.web import sharing, stored
from tracker.domain.answers import Answer, answered
from tracker.domain.diary import Status
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, Direction, Item, Ruler
from tracker.domain.revisions import Outcome, Revision
from tracker.domain.scopes import Scope
from tracker.domain.voice import Voice
from tracker.storage import phases, questionnaires
from tracker.storage.revisions import append_revision
from tracker.web.appointments import Wish, appointment

TODAY: Final = date(2026, 11, 21)
FIRST: Final = TODAY - timedelta(19)
NUMBERS: Final = itertools.count()
SHOWN: Final = Item("own_a2a2a2a2a2a2", "Stiff hands", "?", "none", "all", Direction.LOWER)
HIDDEN: Final = "own_b3b3b3b3b3b3"
SECRETS: Final = ("Secretive", "Quite another")  # what the hidden symptom is called
ITEMS: Final = frozenset({"pain", "sleep", SHOWN.key})
SCOPES: Final = (
    Scope(items=ITEMS, notes=True),
    Scope(first=FIRST + timedelta(3), end=FIRST + timedelta(15), notes=True),
    Scope(),
    Scope(FIRST, items=frozenset({"sleep", SHOWN.key})),
    Scope(end=FIRST + timedelta(17), items=ITEMS),
)
PHASES: Final = (
    Phase(PhaseKind.BASELINE, FIRST, FIRST + timedelta(7), "before"),
    Phase(PhaseKind.TREATMENT, FIRST + timedelta(7), medicine="naltrexone"),
)


@dataclass(frozen=True, slots=True)
class Saving:
    """What one saving of a night holds; `clash` is kept beside the night."""

    answers: Mapping[str, int]
    note: str
    status: Status
    clash: bool = False


Night = Sequence[Saving]
SCORES: Final = st.integers(0, 10)
STATUSES: Final = st.sampled_from([Status.ON_TIME, Status.LATE, Status.BEFORE_TIME])
NOTES: Final = st.sampled_from(["", "rain", "a long walk"])


def savings(keys: Sequence[str], notes: st.SearchStrategy[str]) -> st.SearchStrategy[Saving]:
    """Return savings of some answers to `keys` and a note."""
    answers = st.dictionaries(st.sampled_from(keys), SCORES) if keys else st.just({})
    return st.builds(Saving, answers, notes, STATUSES)


def shown_nights(scope: Scope) -> st.SearchStrategy[Mapping[int, Night]]:
    """Return what may be read: days by their number, with one or two savings each."""
    keys = [key for key in (*(item.key for item in CORE[:4]), SHOWN.key) if scope.shows(key)]
    notes = NOTES if scope.notes else st.just("")
    days = [n for n in range(20) if FIRST + timedelta(n) in scope.span]
    night = st.lists(savings(keys, notes), min_size=1, max_size=2)
    return st.dictionaries(st.sampled_from(days), night, min_size=8)


def whole_diary(scope: Scope, shown: Mapping[int, Night]) -> st.SearchStrategy[Mapping[int, Night]]:
    """Return diaries of which `scope` lets `shown` through."""
    all_keys = (*(item.key for item in CORE[:4]), HIDDEN)
    keys = [key for key in all_keys if not scope.shows(key)]
    notes = st.just("") if scope.notes else NOTES
    hidden = savings(keys, notes)
    outside = savings(list(all_keys), NOTES)
    days = {}
    for n in range(20):
        if FIRST + timedelta(n) in scope.span:
            days[n] = st.builds(_woven, st.just(shown.get(n, ())), st.lists(hidden, max_size=3))
        else:
            days[n] = st.lists(outside, max_size=2)
    return st.fixed_dictionaries(days)


def _woven(shown: Night, hidden: Night) -> Night:
    """Return a night whose savings show `shown` in turn; the hidden ones come between and after.

    The first hidden one stands before anything that is shown, the last is a conflict.
    """
    made: list[Saving] = []
    secret = hidden[0] if hidden else Saving({}, "", Status.ON_TIME)
    if secret.answers or secret.note:
        made.append(secret)
    for one in shown:
        made.append(_both(one, secret))
        if len(hidden) > 1:
            made.append(_both(replace(one, status=Status.LATE), hidden[1]))
    if len(hidden) > 2 and made:
        last = shown[-1] if shown else Saving({}, "", Status.ON_TIME)
        made.append(replace(_both(last, hidden[2]), clash=True))
    return made


def _both(shown: Saving, secret: Saving) -> Saving:
    answers = {**shown.answers, **secret.answers}
    return replace(shown, answers=answers, note=shown.note or secret.note)


def revisions(owner: str, diary: Mapping[int, Night], asked: int) -> Iterator[Revision]:
    """Yield the savings as they are stored; a night's own time tells nothing of the others."""
    for n, night in diary.items():
        day = FIRST + timedelta(n)
        for number, one in enumerate(night, 1):
            at = datetime.combine(day, time(20), UTC) + timedelta(hours=number)
            values: Mapping[str, Answer] = {
                key: answered(value) for key, value in one.answers.items()
            }
            yield nights.night(
                day,
                number,
                client_id=f"{owner}#{n}#{number}",
                author=owner,
                answers=values,
                note=one.note,
                status=one.status,
                outcome=Outcome.CONFLICT if one.clash else Outcome.STORED,
                questionnaire=asked,
                saved_at=at,
                received_at=at,
            )


def kept(app: Flask, diary: Mapping[int, Night], secret: str) -> Account:
    """Keep `diary` as somebody's."""
    owner = f"moth{next(NUMBERS)}"
    own = Item(HIDDEN, secret, "?", "none", "all", Direction.LOWER)
    with stored.installation(app).database.writing() as session:
        nights.welcome(session, owner)
        for item in (SHOWN, own):
            questionnaires.add_own_item(session, owner, item, nights.NOW)
        items = (*CORE[:4], SHOWN, own)
        asked = questionnaires.save_next(session, owner, Ruler.NRS, items, nights.NOW)
        for one in revisions(owner, diary, asked.number):
            append_revision(session, owner, one)
        for phase in PHASES:
            phases.add_phase(session, owner, phase, nights.NOW)
    return nights.person(owner)


@pytest.fixture
def backend() -> str:
    """What is cut is cut by the domain, on either database alike."""
    return "sqlite"


def few(examples: int) -> settings:
    """Return how often to look: each example writes two diaries."""
    unharmful = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=examples, suppress_health_check=unharmful)


def pair(app: Flask, scope: Scope, data: st.DataObject) -> Sequence[Account]:
    """Return two people whose diaries differ in what `scope` hides, and in nothing else."""
    whole = whole_diary(scope, data.draw(shown_nights(scope)))
    names = SECRETS if not scope.shows(HIDDEN) else SECRETS[:1] * 2
    return [kept(app, data.draw(whole), name) for name in names]


@pytest.mark.parametrize("scope", SCOPES)
@few(6)
@given(data=st.data())
def test_two_diaries_that_differ_in_what_is_hidden_are_one_page(
    app: Flask, scope: Scope, data: st.DataObject
) -> None:
    (only,) = {sharing.page(app, owner, scope) for owner in pair(app, scope, data)}
    if not scope.shows(HIDDEN):
        assert not [secret for secret in SECRETS if secret in only]


@few(1)
@given(data=st.data())
def test_they_are_one_file_too(app: Flask, data: st.DataObject) -> None:
    scope = SCOPES[4]
    wish = Wish(table=True, notes=scope.notes)
    english = Voice(str, lambda one, many, count: one if count == 1 else many)
    readings = [sharing.reading(app, owner, scope) for owner in pair(app, scope, data)]
    assert len({appointment(each, "Moth", wish, TODAY, english) for each in readings}) == 1
