"""A study of twelve people, from the first code to the report: everyone sees what is theirs to see.

Nights are put into the database in one go; all else is done and looked at over HTTP.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final

import pytest

from tests.applications import MakeApp
from tests.web import stored, studying
from tests.web.client import Visitor, page_text, sign_in_anew, sign_up
from tests.web.studying import PASSPHRASE, House, house
from tests.web.test_plans import known, plan_of
from tracker.cli import main
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.phases import PhaseKind
from tracker.domain.questionnaire import ITEMS, Ruler

FIRST: Final = date(2026, 1, 5)
DRAWN, WENT, CLOSED = 14, 25, 42  # days after the first: randomised, two go, the end
FIELDS: Final = {
    "plan": "own",
    "pairs": "1",
    "period_days": "14",
    "baseline_days": "14",
    "least_nights": "8",
}
NAMES: Final = (
    *("Avocet", "Bittern", "Curlew", "Dunlin", "Egret", "Fulmar"),
    *("Gannet", "Hoopoe", "Ibis", "Jacana", "Kestrel", "Lapwing"),
)
CODES: Final = tuple(f"P-{number:03}" for number in range(1, len(NAMES) + 1))
EARLY, LEFT, WITHDREW, ILL = CODES[8], CODES[9], CODES[10], CODES[11]
NAME: Final = re.compile("|".join(NAMES), re.IGNORECASE)
TELLING: Final = re.compile(rf"placebo|treatment|naltrexone|{NAME.pattern}", re.IGNORECASE)
FILES: Final = ("long.csv", "diaries.csv", "phases.csv", "qs.csv")
ITEM_KEYS: Final = ("pain", "fatigue", "sleep", "mood", "dream_vividness")


@dataclass(slots=True)
class Life:
    """Who runs the study, who takes part by their code, and the clock."""

    made: House
    turn: Callable[[int], None]
    people: dict[str, Visitor] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The study's path."""
        return self.made.path

    def evening(self, day: int) -> None:
        """Let a day come, and everybody sign in anew."""
        self.turn(day)
        made = self.made
        for visitor in (made.ada, made.ben, made.holder, *self.people.values()):
            sign_in_anew(visitor)

    def write(self, code: str, days: range) -> None:
        """Write somebody's nights of these days."""
        account = self.people[code].account
        assert account is not None
        entries = {}
        for number in days:
            day = FIRST + timedelta(days=number)
            rng = Random(f"{code} {number}")
            values = {key: answered(rng.randrange(4, 9)) for key in ITEM_KEYS}
            entries[day] = Entry(day, values, Ruler.NRS, Status.ON_TIME, "a secret note")
        diary = Diary(Ruler.NRS, {key: ITEMS[key] for key in ITEM_KEYS}, entries)
        with stored.installation(self.made.app).database.writing() as session:
            stored.write(session, account.id, diary)


@pytest.fixture
def backend() -> str:
    """A life takes a while, and every deed of it is tested on both products elsewhere."""
    return "sqlite"


@pytest.fixture
def life(make_app: MakeApp, tmp_path: Path) -> Life:
    clock = tmp_path / "clock"

    def turn(day: int) -> None:
        at = datetime.combine(FIRST + timedelta(days=day), time(19, 30), UTC)
        clock.write_text(f"{at:%Y-%m-%dT%H:%M:%SZ}")

    turn(0)
    made = house(make_app(CLOCK=f"@{clock}"), **FIELDS)
    return Life(made, turn)


def told(visitor: Visitor, path: str, status: int = 200) -> str:
    """Return what a page says in its main part."""
    answer = visitor.get(path)
    assert answer.status_code == status, path
    main_part = page_text(answer).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main_part).split())


def file_of(life: Life, name: str) -> str:
    answer = life.made.ada.get(f"{life.path}data/{name}")
    assert answer.status_code == 200
    return answer.text


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def everyone_joins(life: Life) -> None:
    code = life.made.code(uses=len(NAMES))
    for study_code, name in zip(CODES, NAMES, strict=True):
        visitor = sign_up(life.made.app, name)
        assert studying.join(visitor, code, start=f"{FIRST}") == 303
        life.people[study_code] = visitor
    late = sign_up(life.made.app, "Merlin")
    assert late.post("/studies/join", {"token": code}).status_code == 422
    assert "12 of 12 enrolled" in told(life.made.ada, life.path)


def everyone_is_randomised(life: Life) -> None:
    for code in CODES:
        address = f"{life.path}people/{code}/randomise"
        answer = life.made.ada.post(address, {})
        assert answer.status_code == (422 if code == EARLY else 303)
        if code == EARLY:
            assert "5 nights, 8 are needed" in page_text(answer)
            assert life.made.ada.post(address, {"why": "Paper diary"}).status_code == 303


def nobody_knows(life: Life) -> None:
    """Ask all who may look, and see that nobody learns a name or an arm."""
    made = life.made
    for visitor in (made.ada, made.ben):
        for path in ("", "log", f"people/{EARLY}", f"people/{ILL}"):
            assert TELLING.search(told(visitor, f"{life.path}{path}")) is None, path
        for path in ("report", "report.json"):
            assert visitor.get(f"{life.path}{path}").status_code == 422
    for name in FILES:
        text = file_of(life, name)
        assert TELLING.search(text) is None, name
        assert "a secret note" not in text
    assert "P-001" not in told(made.holder, life.path)
    assert made.holder.get(f"{life.path}people/P-001").status_code == 404
    for visitor in life.people.values():
        assert not {phase.kind for phase in known(visitor)} & {
            *(PhaseKind.PLACEBO, PhaseKind.TREATMENT)
        }
        assert visitor.get(life.path).status_code == 403


def side_effects_are_told(life: Life, day: int) -> None:
    start = f"{FIRST + timedelta(days=day)}"
    headache = {"effect": "headache", "severity": "mild", "start": start}
    for code in CODES[:3]:
        assert life.people[code].post("/side-effects/", headache).status_code == 303
    for code in CODES[3:6]:
        assert life.people[code].post("/side-effects/none").status_code == 303


def some_go(life: Life) -> None:
    address = f"/study/{life.made.study_id}/leave"
    assert life.people[LEFT].post(address, {"data": "keep"}).status_code == 303
    assert life.people[WITHDREW].post(address, {"data": "withdraw"}).status_code == 303
    page = told(life.made.ada, life.path)
    assert "1 withdrew" in page
    assert WITHDREW not in page
    assert life.made.ada.get(f"{life.path}people/{WITHDREW}").status_code == 404


def one_is_ill(life: Life) -> None:
    asked = {"passphrase": PASSPHRASE, "reason": "an operation tonight"}
    answer = life.made.ben.post(f"{life.path}people/{ILL}/unblind", asked)
    assert re.search(r"(Treatment|Placebo) 14 days, (Treatment|Placebo) 14 days", answer.text)
    assert "an operation tonight" in told(life.made.ada, life.path)
    ill = life.people[ILL]
    assert "In an emergency, on 4 Feb 2026" in told(ill, plan_of(ill))


def packing_list(life: Life) -> dict[str, tuple[str, ...]]:
    """Return what was packed for whom; orders come equally often in all slots."""
    printed = page_text(life.made.holder.post(f"{life.path}packing", {"passphrase": PASSPHRASE}))
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", printed)
    order = re.compile(r"(Placebo|Treatment) 14 days, (Placebo|Treatment) 14 days")
    packed = [(code, one) for code, cell in pairwise(cells) if (one := order.fullmatch(cell))]
    firsts = Counter(one[1] for _code, one in packed)
    assert set(firsts) == {"Placebo", "Treatment"}
    assert len(set(firsts.values())) == 1
    assert firsts.total() >= 400
    taken = Counter(one[1] for code, one in packed if code)
    assert (taken.total(), min(taken.values()) >= 4) == (len(CODES), True), "blocks of 4 or 8"
    return {code: one.groups() for code, one in packed if code}


def all_are_unblinded(life: Life) -> None:
    made, asked = life.made, {"passphrase": PASSPHRASE}
    assert made.holder.post(f"{life.path}unblinding", asked).status_code == 422
    assert made.ada.post(f"{life.path}close").status_code == 303
    assert made.ben.post(f"{life.path}unblinding", asked).status_code == 422
    assert made.holder.post(f"{life.path}unblinding", asked).status_code == 303


def each_diary_says_what_was_taken(life: Life, packed: Mapping[str, Sequence[str]]) -> None:
    for code, visitor in life.people.items():
        _baseline, *arms = known(visitor)
        assert [phase.kind.value.title() for phase in arms] == [*packed[code]]
        why = "An emergency" if code == ILL else "The plan has come to its end"
        assert f"by the study. Why: {why}." in told(visitor, plan_of(visitor))


def the_report_is_cohorts(life: Life, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Compare the report with `tracker cohort` over the study's own files."""
    answer = life.made.ada.get(f"{life.path}report.json?rule=pain30&preset=week")
    found = json.loads(answer.text)
    (tmp_path / "d.csv").write_text(file_of(life, "diaries.csv"))
    (tmp_path / "p.csv").write_text(file_of(life, "phases.csv"))
    files = [str(tmp_path / "d.csv"), "--phases", str(tmp_path / "p.csv")]
    asked = ["--ruler", "nrs", "--rule", "pain30", "--preset", "week", "--json"]
    capsys.readouterr()
    assert main(["cohort", *files, *asked]) == 0
    other = json.loads(capsys.readouterr().out)
    headache = [one["side_effects"]["headache"] for one in found["arms"].values()]
    assert [sum(one[key] for one in headache) for key in ("count", "n")] == [3, 6]
    for arm in (*found["arms"].values(), *other["arms"].values()):
        del arm["side_effects"]  # which no diary file holds
    assert found == other
    assert (found["n"], sorted(found["arms"])) == (len(CODES) - 1, ["placebo", "treatment"])
    assert found["paired"]["n"] > 0


def the_report_names_what_went_otherwise(life: Life) -> None:
    page = told(life.made.ben, f"{life.path}report")
    for said in ("an operation tonight", "Paper diary", "1 people withdrew", EARLY, ILL):
        assert said in page, said
    assert WITHDREW not in page
    lines = [line for name in FILES for line in file_of(life, name).splitlines()]
    assert not any(WITHDREW in line for line in lines)
    assert not any(NAME.search(line) for line in lines)
    nights = [row["date"] for row in rows(file_of(life, "diaries.csv")) if row["person"] == LEFT]
    assert max(nights) == f"{FIRST + timedelta(days=WENT - 1)}"


def test_a_study_from_the_first_code_to_the_report(
    life: Life, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everyone_joins(life)
    for code in CODES:
        life.write(code, range(5 if code == EARLY else DRAWN))
    life.evening(DRAWN)
    everyone_is_randomised(life)
    nobody_knows(life)
    life.evening(20)
    side_effects_are_told(life, 20)
    life.evening(WENT)
    for code in CODES:
        life.write(code, range(DRAWN, WENT))
    some_go(life)
    life.evening(30)
    one_is_ill(life)
    nobody_knows(life)
    life.evening(CLOSED)
    for code in CODES:
        life.write(code, range(WENT, CLOSED))
    packed = packing_list(life)
    all_are_unblinded(life)
    each_diary_says_what_was_taken(life, packed)
    the_report_is_cohorts(life, tmp_path, capsys)
    the_report_names_what_went_otherwise(life)
