"""A study's people for its coordinators: by code, their side effects, and whom a list shows."""

from datetime import date
from typing import Final

import pytest
from flask import Flask

from tests.web import stored
from tests.web.client import Visitor
from tests.web.studying import House, house
from tests.web.test_studies import TELLING, text, told
from tracker.domain.side_effects import Action, Effect, Severity, SideEffect
from tracker.storage import side_effects

FIRST: Final = date(2026, 11, 21)
DREAMS: Final = SideEffect(Effect.VIVID_DREAMS, FIRST, Severity.MILD, FIRST)
OTHER: Final = SideEffect(
    Effect.OTHER,
    date(2026, 11, 22),
    Severity.SEVERE,
    date(2026, 11, 23),
    date(2026, 11, 24),
    bothersome=True,
    action=Action.STOPPED,
    name="probe-words",
)


@pytest.fixture
def made(app: Flask) -> House:
    """Return a study with Moth, who told of two side effects, and Wren, who told of none."""
    found = house(app)
    moth = found.join("Moth")
    found.join("Wren")
    tell(moth, DREAMS, OTHER)
    return found


def tell(visitor: Visitor, *effects: SideEffect) -> None:
    assert visitor.account is not None
    made = stored.installation(visitor.app)
    with made.database.writing() as session:
        for one in effects:
            side_effects.add_effect(session, visitor.account.id, one, made.settings.clock())


def test_the_list_says_how_many_how_strong_and_when(made: House) -> None:
    page = text(made.ada.get(made.path))
    assert "2, at worst severe, last told 23 Nov 2026" in page
    assert page.count("at worst") == 1


def test_the_list_shows_who_meets_all_that_is_asked(made: House) -> None:
    for query, codes in (
        ("?since=2026-11-23", {"P-001"}),
        ("?since=2026-11-24", set()),
        ("?severe=y", {"P-001"}),
        ("?severe=y&since=2026-11-24", set()),
        ("?missed=1&severe=y", set()),
        ("?missed=0", {"P-001", "P-002"}),
    ):
        page = text(made.ada.get(f"{made.path}{query}"))
        assert {code for code in ("P-001", "P-002") if code in page} == codes, query
        assert ("Nobody to show." in page) is (not codes)


def test_a_day_that_is_none_is_refused_beside_its_field(made: House) -> None:
    answer = made.ada.get(f"{made.path}?since=yesterday")
    assert answer.status_code == 422
    assert "year-month-day" in text(answer)


def test_a_persons_page_lists_their_side_effects_without_their_words(made: House) -> None:
    page = text(made.ben.get(f"{made.path}people/P-001"))
    for words in (
        "Vivid dreams",
        "since 21 Nov 2026",
        "Something else",
        "severe, bothersome, Stopped the medicine",
        "23 Nov 2026",
        "Nobody watches these entries in real time.",
    ):
        assert words in page, words
    assert "probe-words" not in page
    assert TELLING.search(told(made.ben.get(f"{made.path}people/P-001").text)) is None
    assert "None was told of" in text(made.ada.get(f"{made.path}people/P-002"))
