"""Files taken in: equal bytes come out again, nothing that stands is lost."""

from datetime import timedelta

import pytest

from tests.services import lives
from tracker.domain.answers import answered
from tracker.domain.diary import FutureDay
from tracker.domain.medicines import Medicine
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import FIRST, Ruler
from tracker.imports.archive import read_archive
from tracker.imports.diaries import read_diary
from tracker.services import import_plans, imports, medicines, pauses, phases
from tracker.services.imports import Format, ImportMissing, Standing, Taking, Upload
from tracker.services.intakes import Intake, of_archive, of_diary
from tracker.storage import accounts, audit, diaries, questionnaires
from tracker.storage.database import Database
from tracker.storage.phases import load_phases as phases_of


def from_table(database: Database, who: Account, data: bytes, ruler: Ruler = Ruler.NRS) -> Intake:
    file = read_diary(data, ruler, {})
    assert not file.problems
    with database.reading() as session:
        mine = questionnaires.own_items_of(session, who.id)
    return of_diary(file.diary, mine, lives.EVENING + timedelta(days=20))


def test_an_archive_taken_into_a_new_diary_comes_out_as_the_same_bytes(
    database: Database,
) -> None:
    first = lives.rich(database)
    data = lives.archived(database, first)
    second = lives.person(database, "Wren")

    lives.take(database, second, of_archive(read_archive(data)))

    with database.reading() as session:
        second_now = accounts.find(session, second.id)
    assert second_now is not None
    assert lives.archived(database, second_now) == data
    assert lives.table(database, second) == lives.table(database, first)


def test_a_table_taken_into_a_new_diary_comes_out_as_the_same_bytes(database: Database) -> None:
    first = lives.rich(database)
    data = lives.table(database, first)
    second = lives.person(database, "Wren")

    lives.take(database, second, from_table(database, second, data))

    assert lives.table(database, second) == data


def test_a_table_added_to_a_diary_keeps_its_questions_and_what_the_file_leaves_open(
    database: Database,
) -> None:
    who = lives.rich(database)
    with database.reading() as session:
        before = questionnaires.current(session, who.id)
    data = (
        b"date,pain,pgic,own:Stiff:higher,ruler,note\n"
        b"2026-03-01,9,,,nrs,\n2026-03-05,8,,,nrs,\n2026-03-06,3,,,nrs,\n"
        b"2026-03-07,2,,,nrs,\n2026-02-01,5,2,7,nrs,\n"
    )

    left = lives.take(database, who, from_table(database, who, data))
    kept = lives.table(database, who).decode()
    added = lives.take(database, who, from_table(database, who, data), standing=Standing.ADD)

    assert (left.new, left.added, left.left) == (1, 0, 4)
    assert "2026-03-05" not in kept
    assert "2026-02-01,5," in kept
    assert (added.new, added.added, added.left) == (1, 3, 1)
    with database.reading() as session:
        now = questionnaires.current(session, who.id)
        diary = diaries.load_diary(session, who.id)
    assert (now.ruler, now.items) == (before.ruler, before.items)
    first = diary.entries[lives.FIRST].answers
    assert (first["pain"], first["sleep"]) == (answered(9), answered(7))
    assert diary.entries[lives.FIRST].note == "=1+1"
    assert diary.entries[lives.FIRST + timedelta(days=4)].answers["pain"] == answered(8)
    other_ruler = diary.entries[lives.FIRST + timedelta(days=6)]
    assert (dict(other_ruler.answers), other_ruler.ruler) == ({"pain": answered(2)}, Ruler.NRS)


def test_an_archive_added_to_a_diary_brings_what_does_not_overlap(database: Database) -> None:
    who = lives.rich(database)
    data = lives.archived(database, who)
    other = lives.person(database, "Wren")
    lives.save(database, other, 0, {"pain": "1"})
    with database.writing() as session:
        phases.add(session, other, Phase(PhaseKind.TREATMENT, lives.FIRST), lives.EVENING)
        pauses.begin(session, other, lives.FIRST, None, "", lives.EVENING)
        medicines.add(session, other, Medicine("Aspirin", lives.FIRST), lives.EVENING)

    lives.take(database, other, of_archive(read_archive(data)))
    again = lives.take(database, who, of_archive(read_archive(data)))

    assert (again.new, again.added) == (0, 0)
    with database.reading() as session:
        assert len(phases_of(session, other.id)) == 1
        assert len(pauses.list_all(session, other)) == 1
        found = [one.medicine for one in medicines.list_all(session, other)]
        assert len(medicines.list_all(session, who)) == 2
        asked = questionnaires.current(session, other.id)
        account = accounts.find(session, other.id)
    assert [one.name for one in found] == ["Aspirin", "naltrexone"]
    assert (found[0].end, len(found[1].doses)) == (None, 2)
    assert (asked.ruler, asked.items) == (FIRST.ruler, FIRST.items)
    assert account == other


def test_a_file_of_notes_alone_changes_no_question(database: Database) -> None:
    who = lives.person(database)
    taken = lives.take(database, who, from_table(database, who, b"date,note\n2026-03-01,rain\n"))
    assert taken.new == 1
    with database.reading() as session:
        asked = questionnaires.current(session, who.id)
    assert asked.items == FIRST.items
    assert b"2026-03-01," in lives.table(database, who)


def test_a_night_on_two_rulers_and_items_not_asked_nightly_keep_their_versions(
    database: Database,
) -> None:
    who = lives.person(database)
    data = b"date,pain,pgic,ruler\n2026-03-01,70,,vas\n2026-03-02,7,2,nrs\n"
    lives.take(database, who, from_table(database, who, data))
    with database.reading() as session:
        asked = questionnaires.current(session, who.id)
    assert [item.key for item in asked.items] == ["pain"]
    assert asked.ruler is Ruler.NRS
    assert b"2026-03-01,70,,,vas,imported,1,," in lives.table(database, who)


def test_progress_is_told_in_batches(database: Database) -> None:
    who = lives.person(database)
    first = lives.FIRST - timedelta(days=500)
    rows = "".join(f"{first + timedelta(days=n)},{n % 11}\n" for n in range(450))
    intake = from_table(database, who, b"date,pain\n" + rows.encode())
    upload = Upload(Format.CSV, "diary.csv", b"")
    batch = database.write(
        lambda session: imports.keep_upload(session, who, upload, who.id, lives.EVENING)
    )
    told: list[tuple[int, int]] = []
    taking = Taking(who, batch, intake, who.id, lives.EVENING)
    imports.take(database, taking, lambda done, whole: told.append((done, whole)))
    assert told == [(400, 450), (450, 450)]
    with pytest.raises(ImportMissing):
        imports.take(database, taking)


def test_no_file_brings_nights_to_come(database: Database) -> None:
    who = lives.person(database)
    intake = from_table(database, who, b"date,pain\n2026-04-01,5\n")
    with pytest.raises(FutureDay), database.reading() as session:
        import_plans.plan(session, who, intake, lives.EVENING)


def test_a_file_can_be_taken_back_for_thirty_days(database: Database) -> None:
    who = lives.rich(database)
    before = lives.table(database, who)
    data = b"date,pain,ruler\n2026-03-01,9,nrs\n2026-02-01,5,nrs\n"
    lives.take(database, who, from_table(database, who, data), standing=Standing.ADD)
    assert lives.table(database, who) != before
    with database.reading() as session:
        (past,) = imports.history(session, who, lives.EVENING)
    assert (past.nights, past.can_undo, past.reading) == (2, True, None)
    late = lives.EVENING + timedelta(days=60)
    with database.reading() as session:
        assert not imports.history(session, who, late)[0].can_undo
    with database.writing() as session, pytest.raises(ImportMissing):
        imports.undo(session, who, past.file.id, late)

    undone = database.write(lambda session: imports.undo(session, who, past.file.id, lives.EVENING))

    assert (undone.back, undone.kept) == (2, 0)
    answers = [line.split(b",nrs,")[0] for line in before.splitlines()[1:]]
    assert [line.split(b",nrs,")[0] for line in lives.table(database, who).splitlines()[1:]] == (
        answers
    )
    with database.reading() as session:
        assert not imports.history(session, who, lives.EVENING)[0].can_undo
        assert "diary.import_undone" in [one.verb for one in audit.events_of(session, who.id, 9)]
    with database.writing() as session, pytest.raises(ImportMissing):
        imports.undo(session, who, "none", lives.EVENING)


def test_how_a_file_is_read_is_said_while_it_waits(database: Database) -> None:
    who = lives.person(database)
    upload = Upload(Format.CSV, "table.csv", b"day,ache")
    with database.writing() as session:
        batch = imports.keep_upload(session, who, upload, who.id, lives.EVENING)
        assert imports.said(session, who, batch) is None
        assert imports.history(session, who, lives.EVENING) == []
        imports.say(session, who, batch, "so")
        assert imports.said(session, who, batch) == "so"
        (past,) = imports.history(session, who, lives.EVENING)
        assert (past.reading, past.can_undo) == ("so", False)
        imports.drop(session, who, batch)
        assert imports.history(session, who, lives.EVENING) == []
        with pytest.raises(ImportMissing):
            imports.say(session, who, batch, "so")
