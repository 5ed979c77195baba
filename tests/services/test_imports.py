"""Files taken in: equal bytes come out again, nothing that stands is lost."""

from datetime import timedelta

from tests.services import lives
from tracker.domain.people import Account
from tracker.domain.questionnaire import Ruler
from tracker.imports.archive import read_archive
from tracker.imports.diaries import read_diary
from tracker.services.intakes import Intake, of_archive, of_diary
from tracker.storage import accounts, questionnaires
from tracker.storage.database import Database


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
