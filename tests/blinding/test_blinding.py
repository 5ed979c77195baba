"""Blinding attacked: whatever anybody can see is the same, byte for byte, under every key."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.blinding.lives import CASES, Case, Leak, lived, no_leak
from tests.blinding.studies import DAY, OPENED, STUDY
from tracker.exports.studies import FILES
from tracker.storage.database import Session
from tracker.storage.models import accounts, phases, plans

Live = Callable[..., Mapping[str, bytes]]
FEW = ("GET /exports/diary.json", "GET /phases/", "GET /trends/")


@pytest.fixture
def live(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Live:
    """Return what lives a life in a place of its own."""

    def once(
        case: Case,
        order: int,
        name: str,
        leak: Leak = no_leak,
        routes: tuple[str, ...] | None = None,
    ) -> Mapping[str, bytes]:
        folder = tmp_path / name
        folder.mkdir()
        return lived(folder, sqlite_template, monkeypatch, case, order, leak=leak, routes=routes)

    return once


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return what differs between two lives, by who saw it where."""
    assert one.keys() == other.keys()
    return [what for what, told in one.items() if told != other[what]]


@pytest.mark.parametrize("name", CASES)
def test_nothing_that_anybody_can_see_tells_the_key(live: Live, name: str) -> None:
    case = CASES[name]
    first = live(case, 0, "0")
    assert any(b"%PDF" in told for told in first.values())
    for order in range(1, case.orders):
        assert differing(first, live(case, order, f"{order}")) == []


def test_nothing_that_anybody_sees_of_a_study_tells_a_key_until_it_is_opened(live: Live) -> None:
    first, second = (live(STUDY, order, f"{order}") for order in range(STUDY.orders))
    files = "|".join(map(re.escape, FILES))
    study = re.compile(rf"day {DAY}, (ada|ben): /studies/[^/]+/(data/({files})|people/P-001)?")
    looked = [told[:3] for what, told in first.items() if study.fullmatch(what)]
    assert looked == [b"200"] * 2 * (2 + len(FILES))
    told = differing(first, second)
    assert [what for what in told if not what.startswith(f"day {OPENED}")] == []
    for who in ("owner: /phases/", "clinician: /clinic/", "ada: /studies/"):
        assert any(what.startswith(f"day {OPENED}, {who}") for what in told), who


def test_two_lives_under_one_key_are_the_same(live: Live) -> None:
    case = CASES["unequal arms"]
    assert differing(live(case, 1, "once", routes=FEW), live(case, 1, "again", routes=FEW)) == []


def by_label(session: Session, owner: str, order: int) -> None:
    blinded = phases.c.owner == owner, phases.c.kind == "blinded"
    session.execute(update(phases).where(*blinded).values(label="xy"[order]))


def by_length(session: Session, owner: str, order: int) -> None:
    after = phases.c.owner == owner, phases.c.kind == "follow_up"
    end = session.scalar(select(phases.c.end_day).where(*after))
    assert end is not None
    session.execute(update(phases).where(*after).values(end_day=end.replace(day=1 + order)))


def by_id(session: Session, owner: str, order: int) -> None:
    blinded = phases.c.owner == owner, phases.c.kind == "blinded"
    session.execute(update(phases).where(*blinded).values(id=f"phase-{order}"))


def by_time(session: Session, owner: str, order: int) -> None:
    at = session.scalar(select(accounts.c.created_at).where(accounts.c.id == owner))
    assert at is not None
    made = at.replace(microsecond=order)
    session.execute(update(plans).where(plans.c.owner == owner).values(created_at=made))


def by_definition(session: Session, owner: str, order: int) -> None:
    told = session.scalar(select(plans.c.definition).where(plans.c.owner == owner))
    assert told is not None
    turned = told.replace("[[1,2],[2,1]]", ["[[1,2],[2,1]]", "[[2,1],[1,2]]"][order])
    session.execute(update(plans).where(plans.c.owner == owner).values(definition=turned))


def by_notice(session: Session, owner: str, order: int) -> None:
    reason = phases.c.owner == owner, phases.c.kind == "baseline"
    session.execute(update(phases).where(*reason).values(medicine=["", "Naltrexone"][order]))


@pytest.mark.parametrize("leak", [by_label, by_length, by_id, by_time, by_definition, by_notice])
def test_whatever_tells_is_caught(live: Live, leak: Leak) -> None:
    case = CASES["unequal arms"]
    first = live(case, 0, "first", leak, FEW)
    assert differing(first, live(case, 1, "second", leak, FEW)) != []
