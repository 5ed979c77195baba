"""A crossover of 22 weeks, lived night by night over HTTP with a clock that is set by hand."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.applications import MakeApp
from tests.web import lint
from tests.web.client import Visitor, page_text, sign_in_anew
from tests.web.lived import begin, words

FIRST: Final = date(2026, 1, 5)
HIDDEN: Final = 14  # the day on which the hidden part begins, counted from the first
LEFT: Final = HIDDEN + 16 * 7  # the first day of the follow-up
DAYS: Final = 22 * 7
DRUG: Final = 12 * 7  # days that the drug lasts, in either order
PLAN: Final = {
    "started_on": f"{FIRST}",
    "medicine": "Naltrexone",
    "dose_mg": "4.5",
    "holder": "app",
}
HEADACHE: Final = {"effect": "headache", "severity": "mild", "action": "told_clinician"}
CAPSULES: Final = {"name": "Study capsules", "dose_mg": "4.5", "by": "study"}
LOWER: Final = {"dose_mg": "3", "by": "clinician", "note": "for the headache"}
ARMS: Final = re.compile(r"Naltrexone|\bTreatment\b|\bPlacebo\b")  # as phases are named


@dataclass(slots=True)
class Life:
    """Somebody who lives by the plan, their clinician, and the clock."""

    moth: Visitor
    ada: Visitor
    turn: Callable[[int], None]
    drug_first: bool
    plan: str = ""
    asked: list[tuple[int, str]] | None = None

    def is_on_drug(self, day: int) -> bool:
        """Say what nobody in it knows."""
        within = day - HIDDEN
        lasts = range(DRUG) if self.drug_first else range(4 * 7, 16 * 7)
        return within in lasts

    def answers(self, day: int, asked: Mapping[str, str]) -> dict[str, str]:
        """Answer what is asked of a night: 4 of 10 on the drug, 7 else, a little up and down."""
        level = 4 if day > 0 and self.is_on_drug(day - 1) else 7
        pain = level + (day % 3 == 0)
        usual = {"pain": pain, "fatigue": pain, "sleep": 10 - pain, "mood": 5}
        due = {"dose_taken": "yes", "tolerability": "90", "pgic": "2" if level == 4 else "4"}
        return {**{key: f"{value}" for key, value in usual.items()}} | {
            key: value for key, value in due.items() if key in asked
        }

    def evening(self, day: int) -> None:
        """Log one night, as its page asks for it."""
        self.turn(day)
        action = f"/diary/{FIRST + timedelta(days=day)}"
        page = page_text(self.moth.get("/"))
        asked = next(sent for to, sent in lint.forms(page) if to == action)
        for key in ("dose_taken", "tolerability", "pgic"):
            if f'name="{key}"' in page:
                asked[key] = ""
                assert self.asked is not None
                self.asked.append((day, key))
        assert self.moth.post(action, self.answers(day, asked)).status_code == 303


@pytest.fixture
def backend() -> str:
    """A life takes a while, and every deed of it is tested on both products elsewhere."""
    return "sqlite"


@pytest.fixture(params=[0, 1], ids=["drug first", "placebo first"])
def life(request: pytest.FixtureRequest, make_app: MakeApp, tmp_path: Path) -> Life:
    begun = begin(make_app, tmp_path, FIRST, request.param)
    return Life(begun.moth, begun.ada, begun.turn, drug_first=request.param == 0, asked=[])


def days_of(life: Life, key: str) -> list[int]:
    assert life.asked is not None
    return [day for day, item in life.asked if item == key]


def tells_both_arms(moth: Visitor) -> None:
    verdict = words(moth, "/response/")
    assert "Unblinded on 8 Jun 2026" in verdict
    assert "The 22 weeks are over" in verdict
    plain = verdict.replace("\N{NO-BREAK SPACE}", " ")
    for arm in ("Naltrexone 4.5 mg", "Placebo"):
        assert re.search(rf"{arm}, [\w ]+ Pain was [\d.]+ % (lower|higher)", plain), arm


def test_a_crossover_from_the_plan_to_the_report(life: Life) -> None:
    moth, person = life.moth, life.moth.account
    assert person is not None
    started = moth.post("/plans/new/crossover2013", PLAN)
    assert started.status_code == 303
    plan = started.location
    chart = f"/clinic/{person.id}"

    for day in range(DAYS):
        life.evening(day)
        if day == HIDDEN:
            first = f"{FIRST + timedelta(days=day)}"
            assert moth.post("/medicines/new", {**CAPSULES, "start": first}).status_code == 303
        if day == HIDDEN + 9:
            told = {**HEADACHE, "start": f"{FIRST + timedelta(days=day)}"}
            assert moth.post("/side-effects/", told).status_code == 303
        if day == HIDDEN + 16:
            (medicine,) = set(
                re.findall(r"/medicines/([\w-]{20,})/dose", page_text(moth.get("/medicines/")))
            )
            lower = {**LOWER, "start": f"{FIRST + timedelta(days=day)}"}
            assert moth.post(f"/medicines/{medicine}/dose", lower).status_code == 303
        if day == LEFT:
            last = {"last_day": f"{FIRST + timedelta(days=LEFT - 1)}"}
            assert moth.post(f"/medicines/{medicine}/stop", last).status_code == 303
        if HIDDEN < day < LEFT and day % 28 == 0:
            sign_in_anew(life.ada)
            for visitor, path in ((moth, "/response/"), (moth, "/trends/"), (life.ada, chart)):
                assert ARMS.search(words(visitor, path)) is None, (day, path)
            assert "not revealed yet" in words(moth, "/response/")
            assert "Study capsules" in words(life.ada, chart)

    # The calendar of the whole hidden part, whatever is taken when.
    assert days_of(life, "dose_taken") == [*range(HIDDEN + 1, LEFT + 1)]
    assert days_of(life, "tolerability")[:2] == [HIDDEN + 7, HIDDEN + 14]
    pgic = days_of(life, "pgic")
    assert len(pgic) >= 4
    assert set(pgic) & set(range(LEFT - 3, LEFT)), "asked at the end of the hidden part"

    life.turn(DAYS)
    why = {"why": "planned_end", "reason": "The 22 weeks are over"}
    assert moth.post(f"{plan}/open", why).status_code == 303
    assert "This plan is over." in words(moth, plan)
    assert f"{plan}/stop" not in page_text(moth.get(plan))
    tells_both_arms(moth)
    told = moth.get("/response.json?rule=pain30&preset=week").get_json()
    found = {phase["phase"]: phase for phase in told["phases"]}
    assert found["treatment"]["verdict"] == "responder"
    assert found["placebo"]["verdict"] == "non_responder"
    assert [found["treatment"]["start"], found["placebo"]["start"]] == [
        f"{FIRST + timedelta(days=HIDDEN + (0 if life.drug_first else 28))}",
        f"{FIRST + timedelta(days=HIDDEN + (DRUG if life.drug_first else 0))}",
    ]
    assert told["days"] == {"expected": DAYS, "logged": DAYS, "late": 0, "missing": 0}
    sign_in_anew(life.ada)
    pages = words(life.ada, chart)
    assert "Headache" in pages
    assert "3 mg" in pages.replace("\N{NO-BREAK SPACE}", " ")
    assert "The 22 weeks are over" not in pages, "own words are a note"
    sign_in_anew(moth)  # a whole diary leaves only after the password, or soon after signing in
    assert moth.get("/exports/diary.pdf").data.startswith(b"%PDF")
