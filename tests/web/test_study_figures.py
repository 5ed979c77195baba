"""The side effects of the trial of 2013, told in a stored study, are printed as published."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from flask import Flask

from tests import trials
from tests.applications import MakeApp
from tests.web import lint, stored
from tests.web.client import page_text, sign_in_anew
from tests.web.studying import PASSPHRASE, House, house
from tracker.domain.people import Account, Role
from tracker.domain.side_effects import EFFECTS, Effect, Severity, SideEffect
from tracker.services import allocations, participants, people, phases, studies
from tracker.services.people import NewPerson
from tracker.storage import side_effects

FIRST: Final = date(2026, 1, 5)
DRAWN, OVER = 14, 22 * 7  # days after the first
SILENT: Final = 2  # people who were never asked: they are in the arms, not in the denominators


def at(day: int) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), time(19, 30), UTC)


@pytest.fixture
def backend() -> str:
    """Rows are read on both products elsewhere; here it is about the figures."""
    return "sqlite"


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    file = tmp_path / "clock"
    file.write_text(f"{at(0):%Y-%m-%dT%H:%M:%SZ}")
    return file


@pytest.fixture
def made(make_app: MakeApp, clock: Path) -> House:
    return house(make_app(CLOCK=f"@{clock}"))


def joined(made: House) -> Sequence[Account]:
    """Let people join and be randomised."""
    code, found = made.code(trials.ASKED + SILENT), []
    assert made.ada.account is not None
    with stored.installation(made.app).database.writing() as session:
        for number in range(trials.ASKED + SILENT):
            who = people.new_account(NewPerson(f"p{number}", "", "UTC"), at(0), Role.PATIENT)
            people.add(session, who, None, who.id, at(0))
            part = participants.join(session, who, code, 1, FIRST, at(0))
            run = studies.find_run(session, made.study_id, made.ada.account)
            assert run is not None
            allocations.randomise(session, run, part.code, "", at(DRAWN))
            found.append(who)
    return found


def unblinded(made: House, clock: Path) -> None:
    clock.write_text(f"{at(OVER):%Y-%m-%dT%H:%M:%SZ}")
    for visitor in (made.ada, made.holder):
        sign_in_anew(visitor)
    assert made.ada.post(f"{made.path}close").status_code == 303
    opened = made.holder.post(f"{made.path}unblinding", {"passphrase": PASSPHRASE})
    assert opened.status_code == 303


def tell(app: Flask, who: Account, had: Mapping[str, Sequence[str]]) -> None:
    """Store what somebody told in each arm, two weeks after it began: effects, or nothing new."""
    with stored.installation(app).database.writing() as session:
        for one in phases.list_all(session, who):
            if one.phase.kind.value not in had:
                continue
            day = one.phase.start + timedelta(days=14)
            for effect in had[one.phase.kind.value]:
                lasted = day + timedelta(days=3)
                told = SideEffect(Effect(effect), day, Severity.MILD, day, lasted)
                side_effects.add_effect(session, who.id, told, at(OVER))
            if not had[one.phase.kind.value]:
                side_effects.add_check(session, who.id, day, at(OVER))


def rows(page: str) -> Sequence[Sequence[str]]:
    """Return the cells of each row of a page's tables."""
    return [[lint.text_of(cell) for cell in row] for row in lint.parsed(page).iter("tr")]


def test_side_effects_are_printed_as_counts_of_those_asked(made: House, clock: Path) -> None:
    everyone = joined(made)
    unblinded(made, clock)
    for who, had in zip(everyone, trials.effects(), strict=False):
        tell(made.app, who, had)
    page = rows(page_text(made.ada.get(f"{made.path}report")))
    heads = next(row for row in page if "Treatment" in row)
    told = json.loads(made.ada.get(f"{made.path}report.json").text)["arms"]
    for arm, published in trials.SIDE_EFFECTS.items():
        assert told[arm]["n"] == trials.ASKED + SILENT
        for effect, (count, percent) in published.items():
            share = told[arm]["side_effects"][effect]
            assert (share["count"], share["n"]) == (count, trials.ASKED)
            assert round(Fraction(100 * count, trials.ASKED)) == percent
            row = next(row for row in page if row[0] == EFFECTS[Effect(effect)])
            assert row[heads.index(arm.capitalize())].startswith(f"{count} / {trials.ASKED} ")


def test_thirty_eight_is_the_only_number_below_sixty_that_gives_the_published_percents() -> None:
    percents = [percent for arm in trials.SIDE_EFFECTS.values() for _count, percent in arm.values()]
    fitting = [
        n
        for n in range(1, 60)
        if all(
            any(round(Fraction(100 * count, n)) == percent for count in range(n + 1))
            for percent in percents
        )
    ]
    assert fitting == [trials.ASKED]
