"""Two pairs with washouts between them: the days of change over HTTP, all others in bulk."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.applications import MakeApp
from tests.web import lint, stored
from tests.web.client import Visitor, page_text, sign_in_anew
from tests.web.lived import begin, words
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.questionnaire import CORE, Ruler

FIRST: Final = date(2026, 9, 1)
PERIOD: Final = 14
WASHOUT: Final = 7
STARTS: Final = (14, 35, 56, 77)  # of the periods; a washout lies before each but the first
WASHED: Final = (28, 49, 70)  # the first days of the washouts
OVER: Final = 91
OCCASIONAL: Final = ("dose_taken", "tolerability", "pgic")
PLAN: Final = {
    "started_on": f"{FIRST}",
    "medicine": "Naltrexone",
    "dose_mg": "4.5",
    "holder": "app",
    "pairs": "2",
    "period_days": f"{PERIOD}",
    "washout_days": f"{WASHOUT}",
    "baseline_days": "14",
}
# What the nights around the first washout are asked, whichever order was drawn.
ASKED: Final = {
    26: {"dose_taken", "tolerability", "pgic"},
    27: {"dose_taken"},  # the last of the period: the other two were answered the night before
    28: {"dose_taken"},  # the washout's first: of the night before, the period's last dose
    29: set(),
    34: set(),
    35: set(),  # the second period's first: its first dose is still to come
    36: {"dose_taken"},
}
ARMS: Final = re.compile(r"Naltrexone|\bTreatment\b|\bPlacebo\b")  # as phases are named


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody who lives by the plan, their clinician, and the clock; `drugs` are drug periods."""

    moth: Visitor
    ada: Visitor
    turn: Callable[[int], None]
    drugs: tuple[int, ...]

    def level(self, day: int) -> int:
        """Give a day's pain: 3 with the drug in the night before, 7 else, a little up and down."""
        dosed = any(start < day <= start + PERIOD for start in self.drugs)
        return (3 if dosed else 7) + (day % 3 == 0)

    def write(self, days: Iterable[int]) -> None:
        """Write nights as if each had been logged in time."""
        entries = [
            Entry(
                FIRST + timedelta(day),
                {item.key: answered(self.level(day)) for item in CORE[:1]},
                Ruler.NRS,
                Status.ON_TIME,
            )
            for day in days
        ]
        items = {item.key: item for item in CORE}
        stored.keep(self.moth, Diary(Ruler.NRS, items, {one.day: one for one in entries}))

    def evening(self, day: int) -> set[str]:
        """Log one night as its page asks for it; return what it asks beside the usual."""
        self.turn(day)
        sign_in_anew(self.moth)
        page = page_text(self.moth.get("/"))
        asked = {key for key in OCCASIONAL if f'name="{key}"' in page}
        action = f"/diary/{FIRST + timedelta(day)}"
        form = next(sent for to, sent in lint.forms(page) if to == action)
        due = {"dose_taken": "yes", "tolerability": "90", "pgic": "3"}
        told = {"pain": f"{self.level(day)}"} | {key: due[key] for key in asked}
        assert self.moth.post(action, {**form, **told}).status_code == 303
        return asked


@pytest.fixture
def backend() -> str:
    """Every deed of it is tested on both products elsewhere."""
    return "sqlite"


@pytest.fixture(params=[1, 2], ids=["drug first, then last", "placebo first, then last"])
def life(request: pytest.FixtureRequest, make_app: MakeApp, tmp_path: Path) -> Life:
    begun = begin(make_app, tmp_path, FIRST, request.param)
    places = (0, 3) if request.param == 1 else (1, 2)
    return Life(begun.moth, begun.ada, begun.turn, tuple(STARTS[place] for place in places))


def test_a_washout_asks_for_no_dose_is_shown_by_its_name_and_tells_nothing(life: Life) -> None:
    moth, person = life.moth, life.moth.account
    assert person is not None
    chart = f"/clinic/{person.id}"
    plan = moth.post("/plans/new/pairs", PLAN).location
    life.write(range(26))
    for day, asked in ASKED.items():
        life.write(range(30, 34) if day == 34 else ())
        assert life.evening(day) == asked, day
        if day not in {27, 29, 36}:
            continue
        sign_in_anew(life.ada)
        told = [words(moth, path) for path in ("/response/", "/trends/", "/phases/", plan)]
        told.append(words(life.ada, chart))
        assert not [text for text in told if ARMS.search(text)], day
        assert all("Washout" in text for text in told[2:]), "its place is the same in every order"
        assert "pairs pain" not in told[0], "pairs told now would give the others away"

    life.write(range(37, OVER))
    life.turn(OVER)
    sign_in_anew(moth)
    assert moth.post(f"{plan}/open", {"why": "planned_end", "reason": ""}).status_code == 303
    phases = moth.get("/response.json?rule=pain30&preset=week").get_json()["phases"]
    assert [(one["phase"], one["start"]) for one in phases] == [
        (kind, f"{FIRST + timedelta(start)}") for start, kind in sorted(lived(life))
    ]
    assert {(one["phase"], one["verdict"], one["reason"]) for one in phases} == {
        ("treatment", "responder", None),
        ("placebo", "non_responder", None),
        ("washout", "not_assessable", "phase_boundary"),  # six days lie after its first
    }
    verdict = words(moth, "/response/")
    assert "In all 2 pairs pain was lower on Naltrexone 4.5 mg" in verdict.replace("\xa0", " ")
    assert "The order within each pair was drawn by lot" in verdict
    assert "With 2 pairs no result can be below 1 in 4" in verdict


def lived(life: Life) -> Iterable[tuple[int, str]]:
    """Give the first day of each phase after the baseline, and what it was."""
    yield from ((start, "washout") for start in WASHED)
    for start in STARTS:
        yield start, "treatment" if start in life.drugs else "placebo"
