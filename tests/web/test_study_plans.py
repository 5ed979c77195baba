"""The page of a participant's plan: what comes next, who holds the key, what the study is told."""

from io import BytesIO

import pytest
from flask import Flask

from tests.web.client import sign_up
from tests.web.studying import FIELDS, PASSPHRASE, House, house, join
from tests.web.test_plans import kinds, known, plan_of, read


@pytest.fixture
def backend() -> str:
    """Pages don't know which product holds the rows; deeds and rows are tested on both."""
    return "sqlite"


def randomised(made: House) -> None:
    assert made.ada.post(f"{made.path}people/P-001/randomise").status_code == 303


def test_a_participant_finds_what_comes_next_and_who_knows_the_order(app: Flask) -> None:
    made = house(app)
    moth = made.join("Moth")
    path = plan_of(moth)
    assert f'href="{path}"' in moth.get("/study/").text
    page = read(moth, path)
    assert "Next: Blinded phase, from 5 Dec 2026." in page
    assert "You are not randomised yet" in page
    assert "A pause leaves the plan as it is." in page
    assert "The study is told, and follows: by eight weeks at most." in page
    assert "Open the order" not in page
    randomised(made)
    assert "The study opens it, for everybody, once it is over." in read(moth, path)
    assert moth.post(f"{path}/open", {"why": "other"}).status_code == 404
    assert moth.post(f"{path}/link").status_code == 404


def test_moving_and_stopping_stand_in_the_studys_log(app: Flask) -> None:
    made = house(app)
    moth = made.join("Moth")
    path = plan_of(moth)
    assert moth.post(f"{path}/shift", {"days": "7"}).status_code == 303
    assert moth.post(f"{path}/shift", {"days": "60"}).status_code == 422
    assert moth.post(f"{path}/stop").status_code == 303
    assert moth.post("/plans/undo").status_code == 303
    log = read(made.ada, f"{made.path}log")
    for told in (
        "What had not begun of somebody&#39;s plan moved: P-001",
        "Somebody stopped their plan; their nights go on: P-001",
        "Somebody&#39;s plan goes on after all: P-001",
    ):
        assert told in log
    moth.post(f"/study/{made.study_id}/leave", {"data": "keep"})
    assert "The study is told" not in read(moth, path)
    assert "Your plan stays too" in read(moth, f"/study/{made.study_id}/leave")
    assert moth.post(f"{path}/shift", {"days": "60"}).status_code == 303


def test_how_the_order_was_opened_stands_on_the_plans_page(app: Flask) -> None:
    made = house(app)
    moth, wren = made.join("Moth"), made.join("Wren")
    for code in ("P-001", "P-002"):
        assert made.ada.post(f"{made.path}people/{code}/randomise").status_code == 303
    fields = {"passphrase": PASSPHRASE, "reason": "an operation tonight"}
    made.ada.post(f"{made.path}people/P-001/unblind", fields)
    page = read(moth, plan_of(moth))
    assert "In an emergency, on 21 Nov 2026" in page
    assert "operation" not in page
    assert "In an emergency" not in read(wren, plan_of(wren))
    assert kinds(moth) == "baseline blinded follow_up"
    assert wren.post(f"/study/{made.study_id}/leave", {"data": "withdraw"}).status_code == 303
    made.ada.post(f"{made.path}close")
    opened = made.holder.post(f"{made.path}unblinding", {"passphrase": PASSPHRASE})
    assert opened.status_code == 303
    said = "Unblinded on 21 Nov 2026, by the study. Why: "
    assert f"{said}An emergency." in read(moth, plan_of(moth))
    assert f"{said}The plan has come to its end." in read(wren, plan_of(wren))
    for visitor in (moth, wren):
        assert {phase.kind.value for phase in known(visitor)} > {"placebo", "treatment"}
    assert "In an emergency, on" not in read(moth, plan_of(moth))


@pytest.mark.parametrize("is_opened", [False, True])
def test_a_plan_carried_to_another_diary_says_who_can_open_it(
    app: Flask, *, is_opened: bool
) -> None:
    made = house(app)
    moth, wren = made.join("Moth"), sign_up(app, "Wren")
    randomised(made)
    if is_opened:
        made.ada.post(f"{made.path}close")
        made.holder.post(f"{made.path}unblinding", {"passphrase": PASSPHRASE})
    archive = moth.get("/exports/diary.json").data
    sent = wren.post("/imports/", {"file": (BytesIO(archive), "diary.json")})
    wren.post(sent.headers["Location"])
    assert wren.get("/exports/diary.json").data == archive
    page = read(wren, plan_of(wren))
    assert ("Only that study can open its order." in page) != is_opened
    assert ("by the study. Why: The plan has come to its end." in page) == is_opened


def test_a_study_that_hides_nothing_leads_to_all_plans(app: Flask) -> None:
    made = house(app)
    path = made.ada.post("/studies/new", {**FIELDS, "plan": "open_label"}).location
    made.ada.post(f"{path}consent", {"words": "I take part."})
    moth = sign_up(app)
    assert join(moth, House(app, made.ada, made.ada, made.ada, path).code()) == 303
    assert 'href="/plans/"' in moth.get("/study/").text
