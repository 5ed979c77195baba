"""What a study sees of side effects: those of its days, without words, in one statement."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, event

from tests.services import studied
from tests.services.studied import NOW, START, House, house
from tracker.domain.people import Account
from tracker.domain.side_effects import Effect, Severity, SideEffect
from tracker.services import participants, study_effects
from tracker.storage import side_effects
from tracker.storage.database import Database

DREAMS = SideEffect(Effect.VIVID_DREAMS, START, Severity.MILD, START)


def told(made: House, who: Account, *effects: SideEffect) -> None:
    with made.database.writing() as session:
        for one in effects:
            side_effects.add_effect(session, who.id, one, NOW)


def seen(made: House) -> dict[str, Sequence[SideEffect]]:
    with made.database.reading() as session:
        parts = [one.part for one in participants.standings(session, made.study, NOW)]
        return {**study_effects.told_by_code(session, made.study, parts)}


def day(number: int) -> SideEffect:
    told_on = START + timedelta(days=number)
    return replace(DREAMS, start=min(START, told_on), reported=told_on)


def test_only_what_was_told_in_the_days_of_the_study_is_seen_and_no_words(
    database: Database,
) -> None:
    made = house(database)
    moth, wren, hen = (studied.person(database, name) for name in ("Moth", "Wren", "Hen"))
    for who in (moth, wren, hen):
        made.join(who)
    words = replace(DREAMS, effect=Effect.OTHER, severity=Severity.SEVERE, name="a secret")
    told(made, moth, day(-1), day(4), words, day(22 * 7 - 1), day(22 * 7))
    told(made, wren, day(2), day(3), day(9))
    told(made, hen, day(2))
    with database.writing() as session:
        after = NOW + timedelta(days=3)
        participants.leave(session, wren, made.study_id, after, withdrawn=False)
        participants.leave(session, hen, made.study_id, after, withdrawn=True)
    assert seen(made) == {
        "P-001": [replace(words, name=""), day(4), day(22 * 7 - 1)],
        "P-002": [day(2)],
    }


def test_many_people_cost_the_same_statements_as_one(database: Database) -> None:
    made = house(database)
    said: list[str] = []

    def listen(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        said.append(sql)

    counts = []
    for number in range(5):
        who = studied.person(database, f"Moth {number}")
        made.join(who)
        told(made, who, DREAMS)
        said.clear()
        event.listen(Engine, "before_cursor_execute", listen)
        assert len(seen(made)) == number + 1
        event.remove(Engine, "before_cursor_execute", listen)
        counts.append(len(said))
    assert len(set(counts)) == 1, counts
