"""Second factors as rows: what both databases refuse, and what goes by itself."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from tests.storage.people import NOW, add_person
from tracker.domain.factors import SETUP_LIFE, Factor, FactorKind
from tracker.storage import erasures, factors, tidying
from tracker.storage.database import Database
from tracker.storage.models import factors as table

MOTH, WREN = "moth", "wren"
BEGUN = Factor("begun", FactorKind.TOTP, b"sealed", "", NOW)
PHONE = Factor("phone", FactorKind.TOTP, b"sealed", "phone", NOW, NOW, 7)


@pytest.fixture
def filled(database: Database) -> Database:
    """Return a database in which Moth has a factor and begins another."""
    with database.writing() as session:
        for owner in (MOTH, WREN):
            add_person(session, owner)
        factors.add(session, MOTH, PHONE)
        factors.add(session, MOTH, BEGUN)
    return database


def test_what_was_begun_counts_for_nothing(filled: Database) -> None:
    with filled.reading() as session:
        assert factors.confirmed(session, MOTH) == [PHONE]
        assert factors.begun(session, MOTH) == BEGUN
        assert factors.owners(session) == {MOTH}
        assert factors.begun(session, WREN) is None


def test_a_new_beginning_takes_the_place_of_the_old_one(filled: Database) -> None:
    again = replace(BEGUN, id="again")
    with filled.writing() as session:
        factors.add(session, MOTH, again)
        assert factors.begun(session, MOTH) == again
        factors.confirm(session, MOTH, replace(again, confirmed_at=NOW, last_step=9))
        assert [one.id for one in factors.confirmed(session, MOTH)] == ["again", "phone"]


@pytest.mark.parametrize(
    ("factor_id", "values"),
    [
        ("phone", {"last_step": None}),
        ("phone", {"confirmed_at": None, "last_step": None}),  # two that are begun
        ("begun", {"last_step": 1}),
        ("phone", {"label": "x" * 41}),
        ("phone", {"kind": "moon"}),
        ("phone", {"secret": b""}),
    ],
)
def test_both_databases_refuse_what_cant_be(
    filled: Database, factor_id: str, values: dict[str, object]
) -> None:
    change = update(table).where(table.c.id == factor_id).values(**values)
    with pytest.raises(IntegrityError), filled.writing() as session:
        session.execute(change)


def test_a_step_is_used_once_and_never_an_earlier_one(filled: Database) -> None:
    with filled.writing() as session:
        used = [factors.use_step(session, MOTH, "phone", step) for step in (7, 9, 9, 8, 10)]
        assert used == [False, True, False, False, True]
        assert not factors.use_step(session, MOTH, "begun", 11)
        assert not factors.use_step(session, WREN, "phone", 11)


def test_what_was_begun_goes_after_a_day(filled: Database, tmp_path: Path) -> None:
    for wait, left in ((SETUP_LIFE - timedelta(seconds=1), 2), (SETUP_LIFE, 1)):
        with filled.writing() as session:
            tidying.tidy(session, tmp_path / "erased.log", NOW + wait)
            assert len(session.scalars(select(table.c.id)).all()) == left


def test_they_go_with_their_owner(filled: Database) -> None:
    with filled.writing() as session:
        erasures.erase(session, MOTH, NOW)
        assert session.scalars(select(table.c.id)).all() == []
