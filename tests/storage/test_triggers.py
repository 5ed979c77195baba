"""What was written stays: the databases themselves refuse to change it."""

import pytest
from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.storage.nights import HASH, MOTH, NOW, night, scores, welcome
from tracker.domain.questionnaire import Direction, Item
from tracker.storage import erasures, questionnaires
from tracker.storage.database import Database
from tracker.storage.models import (
    answers,
    audit_checkpoints,
    audit_events,
    audit_heads,
    metadata,
    own_items,
    revisions,
)
from tracker.storage.models import erasures as erased
from tracker.storage.revisions import append_revision
from tracker.storage.triggers import APPEND_ONLY

ITCH = Item("own_abcdefgh", "Itch", "How bad was the itch?", "", "", Direction.LOWER)
EVENT = {
    "owner": MOTH,
    "number": 1,
    "at": NOW,
    "actor": MOTH,
    "verb": "night.saved",
    "ids": "{}",
    "previous": "00" * 32,
    "hash": HASH,
}


@pytest.fixture
def furnished(database: Database) -> Database:
    """Return a database in which every append-only table holds a row."""
    with database.writing() as session:
        welcome(session)
        questionnaires.add_own_item(session, MOTH, ITCH, NOW)
        append_revision(
            session,
            MOTH,
            night(note="A bad day", reason="typo", answers=scores(pain=4, own_abcdefgh=2)),
        )
        session.execute(insert(audit_heads).values(owner=MOTH, number=0, hash="00" * 32))
        session.execute(insert(audit_events).values(EVENT))
        session.execute(
            insert(audit_checkpoints).values(
                owner=MOTH, number=1, hash=HASH, at=NOW, signature=HASH
            )
        )
    return database


@pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: table.name)
def test_a_row_once_written_is_never_changed(furnished: Database, table: Table) -> None:
    with pytest.raises(IntegrityError, match="stay as they are"), furnished.writing() as session:
        session.execute(update(table).values(owner="somebody"))


@pytest.mark.parametrize("table", [*APPEND_ONLY, own_items], ids=lambda table: table.name)
def test_a_row_once_written_is_never_deleted(furnished: Database, table: Table) -> None:
    with pytest.raises(IntegrityError, match="stay as they are"), furnished.writing() as session:
        session.execute(delete(table))


@pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: table.name)
def test_a_row_once_written_is_never_replaced(furnished: Database, table: Table) -> None:
    with furnished.writing() as session:
        row = session.execute(select(table)).first()
        assert row is not None
        if session.get_bind().dialect.name == "sqlite":
            with pytest.raises(IntegrityError, match="stay as they are"):
                session.execute(insert(table).prefix_with("OR REPLACE").values(**row._asdict()))
        else:
            with pytest.raises(DBAPIError, match="stay as they are"):
                session.execute(text(f"TRUNCATE {table.name} CASCADE"))
        session.rollback()


def test_note_and_reason_can_be_emptied_for_good(furnished: Database) -> None:
    with furnished.writing() as session:
        session.execute(update(revisions).values(note="", purged_at=NOW))
        session.execute(update(revisions).values(reason="", purged_at=NOW))
    with furnished.reading() as session:
        row = session.execute(select(revisions.c.note, revisions.c.reason)).one()
    assert tuple(row) == ("", "")


@pytest.mark.parametrize(
    "change",
    [
        {"note": ""},
        {"note": "Another", "purged_at": NOW},
        {"note": "", "reason": "Another", "purged_at": NOW},
        {"note": "", "zone": "Asia/Tokyo", "purged_at": NOW},
    ],
    ids=str,
)
def test_nothing_else_goes_along_with_the_emptying(
    furnished: Database, change: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), furnished.writing() as session:
        session.execute(update(revisions).values(change))


def test_all_rows_of_an_erased_person_may_go_and_only_theirs(furnished: Database) -> None:
    with furnished.writing() as session:
        welcome(session, "owl")
        append_revision(session, "owl", night(author="owl"))
        erasures.erase(session, MOTH, NOW)
    with furnished.reading() as session:
        owners = {
            owner
            for table in metadata.sorted_tables
            if "owner" in table.columns and table is not erased
            for owner in session.scalars(select(table.c.owner))
        }
        assert owners == {"owl"}
        assert session.scalars(select(answers.c.owner)).all() == ["owl"]


def test_who_was_erased_stays_erased(furnished: Database) -> None:
    with furnished.writing() as session:
        erasures.erase(session, MOTH, NOW)
    with pytest.raises(IntegrityError), furnished.writing() as session:
        session.execute(delete(erased))


def test_an_own_symptom_keeps_its_words_once_answered(furnished: Database) -> None:
    fresh = Item("own_zyxwvuts", "Cold", "How cold were your hands?", "", "", Direction.LOWER)
    with furnished.writing() as session:
        questionnaires.add_own_item(session, MOTH, fresh, NOW)
        session.execute(
            update(own_items).where(own_items.c.item == fresh.key).values(name="Cold hands")
        )
    with pytest.raises(IntegrityError), furnished.writing() as session:
        session.execute(update(own_items).where(own_items.c.item == ITCH.key).values(name="Rash"))


def test_the_newest_event_is_the_head_of_its_chain(furnished: Database) -> None:
    with furnished.reading() as session:
        head = session.execute(select(audit_heads.c.number, audit_heads.c.hash)).one()
    assert tuple(head) == (1, HASH)
