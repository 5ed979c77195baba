"""Nights are stored as revisions and read back whole, in few statements."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.expression import Executable

from tests.storage.nights import (
    DAY,
    MOTH,
    NOW,
    OWL,
    counted,
    later,
    night,
    scores,
    welcome,
)
from tracker.domain.answers import DECLINED, NO_RECALL, NOT_APPLICABLE, Answer, answered
from tracker.domain.diary import Entry, Status
from tracker.domain.nights import Content
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, FIRST, STRESS, Ruler
from tracker.domain.revisions import Deed, Outcome
from tracker.domain.spans import Span
from tracker.storage import diaries, pauses, phases, questionnaires, selects
from tracker.storage.database import Database, Session
from tracker.storage.revisions import append_revision
from tracker.storage.trouble import TakenBack

EVERY_STATE: Mapping[str, Answer] = {
    "pain": answered(0),
    "fatigue": DECLINED,
    "sleep": answered(10),
    "dream_vividness": NO_RECALL,
    "dream_distress": NOT_APPLICABLE,
}


def test_a_diary_comes_back_as_it_was_stored(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night(answers=EVERY_STATE, note="Rain"))
        append_revision(
            session,
            MOTH,
            night(later(1), status=Status.LATE, sent_later=True, saved_at=None, zone=""),
        )
        pauses.add_pause(session, MOTH, pauses.new_pause(later(9), later(12)), NOW)
        pauses.add_pause(session, MOTH, pauses.new_pause(later(5), later(6)), NOW)
        pauses.add_pause(session, MOTH, pauses.new_pause(later(20), None), NOW)
    with database.reading() as session:
        diary = diaries.load_diary(session, MOTH)
    assert dict(diary.entries) == {
        DAY: Entry(
            DAY, EVERY_STATE, Ruler.NRS, Status.ON_TIME, "Rain", submitted_at=NOW, zone="UTC"
        ),
        later(1): Entry(later(1), scores(pain=4), Ruler.NRS, Status.LATE, sent_later=True),
    }
    assert list(diary.items.values()) == list(CORE)
    assert diary.ruler is Ruler.NRS
    assert diary.pauses == (
        Span(later(5), later(6)),
        Span(later(9), later(12)),
        Span(later(20), date.max),
    )


def test_a_person_without_anything_has_an_empty_diary(database: Database) -> None:
    with database.writing() as session:
        welcome(session, asked=False)
    with database.reading() as session:
        for owner in (MOTH, "nobody"):
            diary = diaries.load_diary(session, owner)
            assert (dict(diary.entries), dict(diary.items), diary.pauses) == ({}, {}, ())
            assert diary.ruler is FIRST.ruler


def test_items_are_those_ever_asked_today_s_first_and_the_ruler_is_today_s(
    database: Database,
) -> None:
    with database.writing() as session:
        welcome(session)
        questionnaires.save_next(session, MOTH, Ruler.VAS, (STRESS, CORE[0]), NOW)
    with database.reading() as session:
        diary = diaries.load_diary(session, MOTH)
    assert list(diary.items) == ["stress", *(item.key for item in CORE)]
    assert diary.ruler is Ruler.VAS


def test_nobody_sees_another_person_s_nights(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        welcome(session, OWL)
        append_revision(session, MOTH, night(note="Mine"))
        append_revision(session, OWL, night(answers=scores(pain=9), author=OWL))
    with database.reading() as session:
        assert diaries.load_diary(session, OWL).entries[DAY].answers == scores(pain=9)
        assert diaries.load_standing(session, OWL, DAY).head == diaries.find_head(session, OWL, DAY)
        assert [one.author for one in diaries.list_revisions(session, OWL)] == [OWL]
        assert diaries.load_diary(session, MOTH).entries[DAY].note == "Mine"


def test_some_days_are_read_with_the_first_day_of_all(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        empty, begun = diaries.load_days(session, MOTH, Span(DAY, later(9)))
        assert (empty.entries, begun) == ({}, None)
        for number in range(5):
            append_revision(session, MOTH, night(later(number)))
    with database.reading() as session:
        some, begun = diaries.load_days(session, MOTH, Span(later(1), later(3)))
        whole = diaries.load_diary(session, MOTH)
    assert begun == DAY
    assert list(some.entries) == [later(1), later(2)]
    assert (some.items, some.ruler) == (whole.items, whole.ruler)


def test_how_long_a_diary_is_does_not_change_how_many_statements_it_takes(
    database: Database,
) -> None:
    with database.writing() as session:
        welcome(session)
    counts = []
    for days in (range(1), range(1, 60)):
        with database.writing() as session:
            for number in days:
                append_revision(session, MOTH, night(later(number)))
        with database.reading() as session, counted() as sent:
            diaries.load_diary(session, MOTH)
            diaries.load_standing(session, MOTH, DAY)
            phases.load_phases(session, MOTH)
        counts.append(len(sent))
    assert counts == [4, 4]


def test_a_saving_takes_three_statements(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
    with database.writing() as session, counted() as sent:
        append_revision(session, MOTH, night(answers=EVERY_STATE))
    assert len(sent) == 3


def test_an_edit_keeps_what_was_and_when_it_was_first_said(database: Database) -> None:
    hours = NOW + timedelta(hours=20)
    edit = night(
        number=2,
        status=Status.LATE,
        saved_at=hours,
        received_at=hours,
        zone="Asia/Tokyo",
        answers=scores(pain=7),
        reason="typo",
        sent_later=True,
        skew_ms=-90_000_000_000,
        measured_at=hours,
        base_revision=1,
        replaces="x",
        entered_by=OWL,
    )
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night())
        append_revision(session, MOTH, edit)
    with database.reading() as session:
        head = diaries.find_head(session, MOTH, DAY)
        assert head is not None
        assert (head.number, head.revisions, head.answers) == (2, 2, scores(pain=7))
        assert (head.status, head.first_submitted_at) == (Status.ON_TIME, NOW)
        assert (head.zone, head.sent_later) == ("UTC", False)
        assert diaries.list_revisions(session, MOTH, DAY) == [night(), edit]
        assert diaries.list_revisions(session, MOTH, later(1)) == []


def test_a_note_alone_fixes_no_status(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night(answers={}, note="Soon", status=Status.BEFORE_TIME))
        before = diaries.find_head(session, MOTH, DAY)
        append_revision(session, MOTH, night(number=2, note="Soon"))
        after = diaries.find_head(session, MOTH, DAY)
    assert before is not None
    assert after is not None
    assert (before.scored, before.entry.is_logged, before.status) == (
        False,
        False,
        Status.BEFORE_TIME,
    )
    assert (after.scored, after.entry.is_logged, after.status) == (True, True, Status.ON_TIME)


def test_a_client_id_is_stored_once(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        assert append_revision(session, MOTH, night())
        assert not append_revision(session, MOTH, night())
        assert not append_revision(session, MOTH, night(number=2, client_id=f"{DAY}#1"))
        assert diaries.find_by_client_id(session, MOTH, f"{DAY}#1") == night()
        assert diaries.find_by_client_id(session, MOTH, "unknown") is None
        assert len(diaries.list_revisions(session, MOTH)) == 1


def test_who_comes_second_to_a_number_is_asked_to_run_again(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night())
        with pytest.raises(TakenBack):
            append_revision(session, MOTH, night(client_id="another phone"))


def test_a_conflict_is_kept_beside_the_night_until_it_is_settled(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night())
        clash = night(number=2, outcome=Outcome.CONFLICT, answers=scores(pain=9))
        append_revision(session, MOTH, clash)
        waiting = diaries.find_head(session, MOTH, DAY)
        append_revision(session, MOTH, night(number=3, note="Not about that"))
        still = diaries.find_head(session, MOTH, DAY)
        append_revision(session, MOTH, night(number=4, answers=scores(pain=9)), settles=True)
        settled = diaries.find_head(session, MOTH, DAY)
    assert waiting is not None
    assert still is not None
    assert settled is not None
    assert (waiting.number, waiting.revisions, waiting.answers) == (1, 2, scores(pain=4))
    assert [head.conflict for head in (waiting, still, settled)] == [True, True, False]


def test_a_deleted_night_is_out_of_sight_and_comes_back(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night())
        append_revision(session, MOTH, night(number=2, deed=Deed.DELETE, answers={}))
        assert diaries.load_diary(session, MOTH).entries == {}
        assert diaries.list_heads(session, MOTH) == []
        deleted = diaries.list_deleted(session, MOTH)
        append_revision(session, MOTH, night(number=3, deed=Deed.RESTORE))
        restored = diaries.list_heads(session, MOTH)
        assert diaries.list_deleted(session, MOTH) == []
    assert [(head.day, head.deleted_at) for head in deleted] == [(DAY, NOW)]
    assert [(head.answers, head.deleted_at) for head in restored] == [(scores(pain=4), None)]


def test_what_stands_tells_a_saving_all_it_needs(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night(note="First"))
        append_revision(session, MOTH, night(number=2, answers=scores(pain=5, sleep=2)))
        treatment = Phase(PhaseKind.TREATMENT, later(3), label="Arm", medicine="x")
        baseline = Phase(PhaseKind.BASELINE, DAY, later(3))
        for phase in (baseline, treatment):
            phases.add_phase(session, MOTH, phase, NOW)
    with database.reading() as session, counted() as sent:
        standing = diaries.load_standing(session, MOTH, DAY, base=1)
        empty = diaries.load_standing(session, MOTH, later(1))
        unknown = diaries.load_standing(session, MOTH, DAY, base=7)
    assert len(sent) == 3
    assert standing.questionnaire == FIRST
    assert standing.head is not None
    assert (standing.head.number, standing.head.answers) == (2, scores(pain=5, sleep=2))
    assert standing.base == Content(scores(pain=4), "First")
    assert standing.phases == (baseline, Phase(PhaseKind.TREATMENT, later(3)))
    assert (empty.questionnaire, empty.head, empty.base) == (FIRST, None, None)
    assert (unknown.head, unknown.base) == (standing.head, None)


def test_what_stands_tells_which_nights_around_it_answer_what_is_not_asked_nightly(
    database: Database,
) -> None:
    with database.writing() as session:
        for owner in (MOTH, OWL):
            welcome(session, owner)
        append_revision(session, OWL, night(later(8), answers=scores(pgic=1), author=OWL))
        append_revision(session, MOTH, night(later(3), answers=scores(pgic=2)))
        append_revision(session, MOTH, night(later(4), answers=scores(pgic=2, tolerability=90)))
        both = {"pgic": DECLINED, **scores(pain=3)}
        append_revision(session, MOTH, night(later(16), answers=both))
        append_revision(session, MOTH, night(later(17), answers=scores(pgic=7)))
        append_revision(session, MOTH, night(later(9), answers=scores(tolerability=1)))
        append_revision(session, MOTH, night(later(9), 2, answers=scores(pain=1)))
        append_revision(session, MOTH, night(later(10), answers=scores(pgic=1)))
        append_revision(session, MOTH, night(later(10), 2, deed=Deed.DELETE, answers={}))
    with database.reading() as session:
        found = diaries.load_standing(session, MOTH, later(10)).lately
        nothing = diaries.load_standing(session, MOTH, later(40)).lately
    assert found == {"pgic": {later(4), later(16)}, "tolerability": {later(4)}}
    assert nothing == {}


def test_a_diary_has_what_was_answered_though_no_version_asks_it(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night(answers=scores(pain=4, pgic=2)))
    with database.reading() as session:
        items = diaries.load_diary(session, MOTH).items
    assert list(items) == [*(item.key for item in FIRST.items), "pgic"]


def test_an_instant_is_kept_to_the_microsecond(database: Database) -> None:
    instant = datetime(2026, 3, 1, 3, 59, 59, 999_999, tzinfo=UTC)
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night(saved_at=instant))
    with database.reading() as session:
        assert diaries.load_diary(session, MOTH).entries[DAY].submitted_at == instant


def test_no_reading_looks_through_the_rows_of_others(sqlite_database_url: str) -> None:
    statements = {name: value for name, value in vars(selects).items() if isinstance(value, Select)}
    night_values = {"day": DAY, "base": 1, "client_id": "x", "batch": "x"}
    glance_values = {"since": DAY, "besides": [DAY]}
    near = {"lately": DAY, "soon": DAY, "before": DAY}
    values = {"owner": MOTH, "first": DAY, "after": DAY, **night_values, **glance_values, **near}
    with Database(sqlite_database_url) as database, database.reading() as session:
        for name, statement in statements.items():
            plan = session.execute(Explained(statement), values).all()
            looked_through = [row[3] for row in plan if row[3].startswith("SCAN")]
            assert looked_through == [], name
    assert {"ENTRIES", "FRAME", "STANDING"} <= set(statements)


class Explained(Executable, ClauseElement):
    """What SQLite would do to run a statement."""

    inherit_cache = False

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self.statement = statement


@compiles(Explained)
def compile_explained(
    element: Explained,
    compiler: SQLCompiler,
    **options: Any,  # noqa: ANN401 - the compiler's own
) -> str:
    return f"EXPLAIN QUERY PLAN {compiler.process(element.statement, **options)}"


def test_two_savings_of_one_night_at_once_are_both_kept(postgres_database_url: str) -> None:
    with Database(postgres_database_url) as database:
        with database.writing() as session:
            welcome(session)

        def save(client_id: str, *, race: bool) -> None:
            def deed(session: Session) -> None:
                head = diaries.load_standing(session, MOTH, DAY).head
                if race and head is None:
                    save("other", race=False)
                number = 1 if head is None else head.revisions + 1
                assert append_revision(session, MOTH, night(number=number, client_id=client_id))

            database.write(deed)

        save("mine", race=True)
        with database.reading() as session:
            kept = diaries.list_revisions(session, MOTH)
    assert [one.client_id for one in kept] == ["other", "mine"]
