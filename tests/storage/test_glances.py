"""A reader's list is paged by key in every order, can be searched, and tells of nobody else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from tests.storage.nights import DAY, NOW, OWL, counted, later, person
from tracker.domain.glances import Glance, Order
from tracker.domain.grants import Grant, GrantKind
from tracker.domain.people import name_key
from tracker.domain.questionnaire import Ruler
from tracker.domain.scopes import WHOLE
from tracker.storage import accounts, glances, grants
from tracker.storage.database import Database, Session
from tracker.storage.glances import PAGE, Page

DUE: Final = NOW + timedelta(hours=6)
GLANCE: Final = Glance(DAY, Ruler.NRS, 14, 9, 140_000, DAY, 3, None, None, (None, 0, 10))


def seen(session: Session, owner: str, glance: Glance = GLANCE, **given: Any) -> Grant:  # noqa: ANN401 - whatever fields it has
    """Store a person, a grant to the owl, and what the owl sees."""
    accounts.add(session, replace(person(owner), name=owner.title()), None)
    grant = Grant(f"of-{owner}", owner, OWL, "Owl", GrantKind.READ, WHOLE, NOW)
    grant = replace(grant, **given)
    grants.add_grant(session, grant)
    glances.save(session, name_key(owner), DUE, [(grant, glance)])
    return grant


def crowd(session: Session) -> Sequence[tuple[str, Glance]]:
    """Store sixty people of whom many are alike."""
    made = []
    for number in range(60):
        owner = f"moth {number * 37 % 60:02}"
        glance = replace(
            GLANCE,
            logged=None if number % 11 == 0 else number % 5,
            expected=None if number % 11 == 0 else 14,
            change=None if number % 7 == 0 else (number % 3) * 100_000,
            last_entry=None if number % 13 == 0 else later(number % 4),
        )
        seen(session, owner, glance)
        made.append((owner, glance))
    return made


def walked(session: Session, order: Order, search: str = "") -> list[str]:
    """Follow a list to its end."""
    found: list[str] = []
    after = None
    while True:
        page = glances.list_page(session, OWL, order, NOW, search=search, after=after)
        found += [line.owner for line in page.lines]
        after = page.after
        if after is None:
            return found
        assert len(page.lines) == PAGE


def listed(session: Session, reader: str = OWL) -> Page:
    return glances.list_page(session, reader, Order.NEED, NOW)


def test_a_list_shows_each_person_once_in_its_order(database: Database) -> None:
    with database.writing() as session:
        made = crowd(session)
    last = len(made) * PAGE

    def by_need(each: tuple[str, Glance]) -> tuple[float, float, float, str]:
        glance = each[1]
        return (
            last if glance.missing is None else -glance.missing,
            last * PAGE if glance.change is None else -glance.change,
            (glance.last_entry or later(last)).toordinal(),
            each[0],
        )

    def by_last(each: tuple[str, Glance]) -> tuple[float, str]:
        return (each[1].last_entry or later(last)).toordinal(), each[0]

    with database.reading() as session:
        assert walked(session, Order.NEED) == [each[0] for each in sorted(made, key=by_need)]
        assert walked(session, Order.NAME) == sorted(each[0] for each in made)
        assert walked(session, Order.LAST_ENTRY) == [each[0] for each in sorted(made, key=by_last)]


def test_a_glance_comes_back_as_it_was_counted(database: Database) -> None:
    nothing = Glance(DAY, Ruler.VAS, None, None, None, None, None, None, None, (None,))
    with database.writing() as session:
        seen(session, "moth")
        seen(session, "wren", nothing)
        assert {line.owner: line.glance for line in listed(session).lines} == {
            "moth": GLANCE,
            "wren": nothing,
        }
        assert [line.name for line in listed(session).lines] == ["Moth", "Wren"]
        assert listed(session).due_at == DUE


def test_a_search_finds_parts_of_names_as_they_are_typed(database: Database) -> None:
    with database.writing() as session:
        for owner in ("raven", "rail", "crane", "wren", "50%", "a/b_c"):
            seen(session, owner)
        for search, found in (
            ("ra", ["crane", "rail", "raven"]),
            ("raven", ["raven"]),
            ("0%", ["50%"]),
            ("/b_", ["a/b_c"]),
            ("r%n", []),
            ("owl", []),
        ):
            for order in Order:
                assert sorted(walked(session, order, search)) == found


def test_a_search_is_paged_too(database: Database) -> None:
    with database.writing() as session:
        crowd(session)
        assert walked(session, Order.NAME, "moth") == walked(session, Order.NAME)


def test_a_page_takes_two_statements(database: Database) -> None:
    with database.writing() as session:
        crowd(session)
    with database.reading() as session:
        for order in Order:
            first = glances.list_page(session, OWL, order, NOW)
            with counted() as sent:
                glances.list_page(session, OWL, order, NOW, search="moth", after=first.after)
            assert len(sent) == 2


def test_nobody_is_in_the_list_of_somebody_else(database: Database) -> None:
    with database.writing() as session:
        seen(session, "moth")
        assert listed(session, "rook") == Page([], None, None)


def test_who_ended_the_grant_is_not_in_the_list(database: Database) -> None:
    with database.writing() as session:
        ended = seen(session, "moth")
        seen(session, "wren", expires_at=NOW)
        grants.end_grant(session, "moth", ended.id, NOW)
        assert listed(session).lines == []


def test_who_is_to_be_erased_or_was_closed_is_not_in_the_list(database: Database) -> None:
    with database.writing() as session:
        seen(session, "moth")
        seen(session, "wren")
        accounts.set_erasure(session, "moth", NOW + timedelta(days=7))
        accounts.disable(session, "wren", NOW)
        assert listed(session).lines == []


def test_others_than_the_readers_are_forgotten(database: Database) -> None:
    with database.writing() as session:
        seen(session, "moth")
        seen(session, "wren")
        glances.keep_only(session, "moth", ["rook"])
        glances.keep_only(session, "wren", [OWL])
        assert [line.owner for line in listed(session).lines] == ["wren"]


def test_a_new_grant_takes_the_place_of_an_old_one(database: Database) -> None:
    with database.writing() as session:
        old = seen(session, "moth")
        grants.end_grant(session, "moth", old.id, NOW)
        new = replace(old, id="anew")
        grants.add_grant(session, new)
        glances.save(session, "moth", DUE, [(new, replace(GLANCE, logged=2))])
        assert [line.glance.logged for line in listed(session).lines] == [2]


def test_those_come_first_that_are_due_then_those_never_counted(database: Database) -> None:
    with database.writing() as session:
        seen(session, "moth")
        grant = seen(session, "wren")
        glances.keep_only(session, "wren", [])
        assert glances.list_late(session, DUE - timedelta(seconds=1), 9) == ["wren"]
        assert glances.list_late(session, DUE, 9) == ["moth"]
        grants.end_grant(session, "wren", grant.id, NOW)
        assert glances.list_late(session, NOW, 9) == []
