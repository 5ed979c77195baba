"""A file's nights appear at once or not at all, and go again at once."""

from datetime import timedelta

import pytest

from tests.storage.nights import DAY, HASH, MOTH, NOW, OWL, later, night, scores, welcome
from tracker.domain.diary import Status
from tracker.domain.revisions import Deed, Origin, Outcome
from tracker.storage import diaries, flips, imports
from tracker.storage.database import Database, Session
from tracker.storage.flips import Flipped
from tracker.storage.imports import Import
from tracker.storage.revisions import append_revision
from tracker.storage.tables.files import Format, ImportState

LATER = NOW + timedelta(hours=1)


def batch(import_id: str = "batch") -> Import:
    return Import(import_id, Format.CSV, "diary.csv", HASH, MOTH, NOW)


def staged(session: Session, import_id: str = "batch", *, days: int = 2) -> None:
    """Open a batch of some nights."""
    imports.open_import(session, MOTH, batch(import_id))
    nights = [night(later(number), 3, status=Status.IMPORTED) for number in range(days)]
    assert imports.stage(session, MOTH, import_id, nights) == days


def test_staged_nights_are_seen_by_nobody_until_the_flip(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        staged(session)
        assert imports.stage(session, MOTH, "batch", [night(later(2), answers={})]) == 1
        assert imports.stage(session, MOTH, "batch", []) == 0
        assert diaries.load_diary(session, MOTH).entries == {}
        flipped = flips.apply_import(session, MOTH, "batch", LATER)
        entries = diaries.load_diary(session, MOTH).entries
    assert flipped == Flipped((DAY, later(1), later(2)), ())
    assert list(entries) == [DAY, later(1), later(2)]
    assert (entries[DAY].revision, entries[DAY].imported) == (3, True)
    assert (entries[DAY].status, entries[DAY].answers) == (Status.IMPORTED, scores(pain=4))


def test_a_night_that_stands_is_kept_as_the_person_has_it(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night(answers=scores(pain=9)))
        staged(session)
        assert flips.apply_import(session, MOTH, "batch", LATER) == Flipped((later(1),), (DAY,))
        entries = diaries.load_diary(session, MOTH).entries
    assert entries[DAY].answers == scores(pain=9)


def test_a_file_of_nights_that_all_stand_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night())
        staged(session, days=1)
        assert flips.apply_import(session, MOTH, "batch", LATER) == Flipped((), (DAY,))


def test_a_history_is_taken_in_as_it_was(database: Database) -> None:
    history = [
        night(answers={}, note="Soon", status=Status.BEFORE_TIME),
        night(number=2),
        night(number=3, status=Status.LATE, answers=scores(pain=5)),
        night(number=4, outcome=Outcome.CONFLICT, answers=scores(pain=8)),
        night(later(1)),
        night(later(1), 2, deed=Deed.DELETE, answers={}),
    ]
    with database.writing() as session:
        welcome(session)
        welcome(session, OWL)
        for one in history:
            append_revision(session, OWL, one)
        imports.open_import(session, MOTH, batch())
        imports.stage(session, MOTH, "batch", history)
        flips.apply_import(session, MOTH, "batch", LATER)
        for head in (*diaries.list_heads(session, OWL), *diaries.list_deleted(session, OWL)):
            taken = diaries.find_head(session, MOTH, head.day)
            assert taken is not None
            assert taken.origin is Origin.IMPORT
            for name in ("number", "revisions", "status", "answers", "conflict", "deleted_at"):
                assert getattr(taken, name) == getattr(head, name), name
        assert len(diaries.list_imported(session, MOTH, "batch")) == len(history)


def test_an_undone_import_leaves_what_was_edited_since(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        staged(session)
        flips.apply_import(session, MOTH, "batch", LATER)
        append_revision(session, MOTH, night(number=4, answers=scores(pain=0)))
        undone = flips.undo_import(session, MOTH, "batch", MOTH, LATER)
        assert undone == Flipped((later(1),), (DAY,))
        assert list(diaries.load_diary(session, MOTH).entries) == [DAY]
        assert [one.deed for one in diaries.list_revisions(session, MOTH, later(1))] == [
            Deed.SAVE,
            Deed.DELETE,
        ]


def test_a_file_can_be_taken_in_again_after_its_undoing(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        staged(session)
        flips.apply_import(session, MOTH, "batch", LATER)
        flips.undo_import(session, MOTH, "batch", MOTH, LATER)
        staged(session, "again")
        assert flips.apply_import(session, MOTH, "again", LATER).kept == ()
        head = diaries.find_head(session, MOTH, DAY)
        revisions = diaries.list_revisions(session, MOTH, DAY)
    assert head is not None
    assert (head.number, head.answers, head.deleted_at) == (7, scores(pain=4), None)
    assert [one.number for one in revisions] == [3, 4, 7]


def test_undoing_what_was_wholly_edited_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        staged(session, days=1)
        flips.apply_import(session, MOTH, "batch", LATER)
        append_revision(session, MOTH, night(number=4))
        assert flips.undo_import(session, MOTH, "batch", MOTH, LATER) == Flipped((), (DAY,))


def test_a_batch_moves_once_and_only_forward(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        welcome(session, OWL)
        staged(session)
        with pytest.raises(imports.ImportMissing):
            flips.undo_import(session, MOTH, "batch", MOTH, LATER)
        with pytest.raises(imports.ImportMissing):
            flips.apply_import(session, OWL, "batch", LATER)
        flips.apply_import(session, MOTH, "batch", LATER)
        with pytest.raises(imports.ImportMissing):
            flips.apply_import(session, MOTH, "batch", LATER)
        with pytest.raises(imports.ImportMissing, match="waiting"):
            imports.drop_import(session, MOTH, "batch")


def test_a_dropped_batch_leaves_nothing_but_its_mention(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        staged(session)
        staged(session, "other")
        imports.drop_import(session, MOTH, "batch")
        dropped = imports.find_import(session, MOTH, "batch")
        assert dropped is not None
        assert dropped.state is ImportState.DROPPED
        assert [one.id for one in imports.list_imports(session, MOTH)] == ["batch", "other"]
        assert imports.find_import(session, MOTH, "none") is None
        assert imports.find_import(session, OWL, "other") is None
        assert imports.find_import(session, MOTH, "other") == batch("other")
        assert diaries.load_diary(session, MOTH).entries == {}


def test_staged_revisions_can_be_given_versions_of_the_person_s(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        imports.open_import(session, MOTH, batch())
        imports.stage(session, MOTH, "batch", [night(questionnaire=8), night(later(1))])
        imports.renumber(session, MOTH, "batch", {1: 1})
        imports.renumber(session, MOTH, "batch", {8: 1, 1: 1})
        flips.apply_import(session, MOTH, "batch", LATER)
        assert [head.questionnaire for head in diaries.list_heads(session, MOTH)] == [1, 1]


def test_only_what_waits_is_thrown_away_with_what_it_holds(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        staged(session)
        flips.apply_import(session, MOTH, "batch", LATER)
        imports.open_import(session, MOTH, batch("waiting"), b"date,pain\n")
        assert imports.content_of(session, MOTH, "waiting") == b"date,pain\n"
        assert imports.content_of(session, OWL, "waiting") is None
        imports.drop_staged(session, MOTH)
        states = {one.id: one.state for one in imports.list_imports(session, MOTH)}
        assert imports.content_of(session, MOTH, "waiting") is None
    assert states == {"batch": ImportState.APPLIED, "waiting": ImportState.DROPPED}


def test_undoing_takes_back_what_was_only_added_to_a_night(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night(answers=scores(pain=9), note="mine"))
        append_revision(session, MOTH, night(later(1), answers=scores(pain=9)))
        append_revision(session, MOTH, night(later(2)))
        append_revision(session, MOTH, night(later(2), 2, deed=Deed.DELETE, answers={}))
        imports.open_import(session, MOTH, batch())
        flips.apply_import(session, MOTH, "batch", LATER)
        for day in (DAY, later(1)):
            added = night(day, 2, origin=Origin.IMPORT, import_id="batch")
            append_revision(session, MOTH, added)
        append_revision(session, MOTH, night(later(1), 3, answers=scores(pain=2)))
        assert imports.count_nights(session, MOTH) == {"batch": 2}

        undone = flips.undo_import(session, MOTH, "batch", MOTH, LATER)

        assert undone.changed == (DAY,)
        entries = diaries.load_diary(session, MOTH).entries
        revisions = diaries.list_revisions(session, MOTH, DAY)
    assert (entries[DAY].answers, entries[DAY].note) == (scores(pain=9), "mine")
    assert entries[later(1)].answers == scores(pain=2)
    assert later(2) not in entries
    assert [one.deed for one in revisions] == [Deed.SAVE, Deed.SAVE, Deed.RESTORE]


def test_a_night_that_a_file_brought_as_deleted_stays_deleted(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        imports.open_import(session, MOTH, batch())
        nights = [night(), night(number=2, deed=Deed.DELETE, answers={})]
        imports.stage(session, MOTH, "batch", nights)
        flips.apply_import(session, MOTH, "batch", LATER)
        assert flips.undo_import(session, MOTH, "batch", MOTH, LATER) == Flipped((), ())
        assert diaries.load_diary(session, MOTH).entries == {}


def test_how_a_file_is_read_is_kept_until_it_is_thrown_away(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        for import_id in ("batch", "other"):
            imports.open_import(session, MOTH, batch(import_id), b"day")
            imports.keep_reading(session, MOTH, import_id, "so")
        imports.keep_reading(session, MOTH, "batch", "otherwise")
        assert imports.readings_of(session, MOTH) == {"batch": "otherwise", "other": "so"}
        assert imports.readings_of(session, OWL) == {}
        imports.drop_import(session, MOTH, "batch")
        assert imports.readings_of(session, MOTH) == {"other": "so"}
