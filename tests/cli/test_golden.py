"""`tracker analyze` gives every exact case that a diary file can express."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.domain.builders import Scores, day, placed, spread
from tests.domain.golden import GOLDEN, fraction
from tracker.cli import main

RULERS = {10: "nrs", 100: "vas"}
PRESETS = {3: "stanford", 7: "week", 10: "two_week", 14: "two_week"}
ITEMS = {"lower_better": "pain", "higher_better": "sleep"}
VERDICTS = {"R": "responder", "N": "non_responder", "?": "not_assessable"}
PERCENTS = [
    case
    for case in GOLDEN["percent_improvement"]
    if case["ruler_max"] in RULERS and case["evaluation_days"] in PRESETS
]
INTERVALS = [
    (case, days) for case in GOLDEN["interval"] for days in (7, 14) if f"last_{days}" in case
]


class Analyze:
    """Runs the command over scores."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(
        self,
        items: Mapping[str, tuple[Scores, Scores]],
        preset: str = "week",
        ruler: str = "vas",
        rule: str = "pain30",
    ) -> dict[str, Any]:
        """Give the one treatment of a diary with these scores before and after its start."""
        before = max(len(scores) for scores, _ in items.values())
        length = max(len(scores) for _, scores in items.values())
        nights: dict[date, dict[str, int]] = {}
        for key, (baseline, evaluation) in items.items():
            for when, score in (placed(baseline) | placed(evaluation, before + 1)).items():
                nights.setdefault(when, {})[key] = score
        lines = [",".join(["date", *items])]
        for when, scores in nights.items():
            lines.append(",".join([str(when), *(str(scores.get(key, "")) for key in items)]))
        diary, phases = self.folder / "diary.csv", self.folder / "phases.csv"
        diary.write_text("\n".join(lines), encoding="utf-8")
        phases.write_text(
            f"phase,start,end\nbaseline,{day(0)},{day(before)}\n"
            f"treatment,{day(before)},{day(before + 1 + length)}\n",
            encoding="utf-8",
        )
        options = ["--ruler", ruler, "--rule", rule, "--preset", preset, "--json"]
        assert main(["analyze", str(diary), "--phases", str(phases), *options]) == 0
        (found,) = json.loads(self.capsys.readouterr().out)["phases"]
        return dict(found)


@pytest.fixture
def analyze(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Analyze:
    """Give the command, ready to run."""
    return Analyze(tmp_path, capsys)


def test_most_percents_can_be_written_as_a_diary() -> None:
    assert len(PERCENTS) >= 20


@pytest.mark.parametrize("case", PERCENTS, ids=lambda case: case["name"])
@pytest.mark.parametrize("threshold", [30, 50])
def test_percents(case: dict[str, Any], threshold: int, analyze: Analyze) -> None:
    preset, key = PRESETS[case["evaluation_days"]], ITEMS[case["direction"]]
    window = 14 if preset == "two_week" else case["evaluation_days"]
    after: list[int | None] = [*spread(case["evaluation_sum"], case["evaluation_days"])]
    before = spread(case["baseline_sum"], case["baseline_days"])
    scores = (before, [None] * (window - len(after)) + after)
    items = {"pain": scores, key: scores}
    found = analyze(items, preset, RULERS[case["ruler_max"]], f"pain{threshold}")
    item = found["items"][key]
    exact = fraction(case["percent"])
    assert item["percent"] == (None if exact is None else float(exact))
    assert item["shown"] == case["shown"]
    assert item["reason"] == case["reason"]
    assert item["flags"] == case["flags"]
    assert item["band"] == case["band"]
    if key == "pain":
        assert item["responder"] is case[f"responder_{threshold}"]


@pytest.mark.parametrize(("letters", "verdict"), GOLDEN["composite_pain_fatigue_sleep"].items())
def test_the_truth_table(letters: str, verdict: str, analyze: Analyze) -> None:
    worse = {
        "R": {"pain": 20, "fatigue": 20, "sleep": 80},
        "N": {"pain": 60, "fatigue": 60, "sleep": 40},
    }
    items: dict[str, tuple[Scores, Scores]] = {}
    for key, letter in zip(("pain", "fatigue", "sleep"), letters, strict=True):
        before = 40 if key == "sleep" else 60
        after = [None] * 7 if letter == "?" else [worse[letter][key]] * 7
        items[key] = ([before] * 14, after)
    found = analyze(items, rule="younger2013")
    assert found["verdict"] == VERDICTS[verdict]
    assert found["reason"] == ("too_few_days" if verdict == "?" else None)


@pytest.mark.parametrize("case", GOLDEN["sustained"])
@pytest.mark.parametrize("preset", ["week", "pregabalin"])
def test_sustained(case: dict[str, Any], preset: str, analyze: Analyze) -> None:
    found = analyze({"pain": ([case["baseline_mean"]] * 14, case["treatment"])}, preset)
    onset = case["onset_day"]
    assert found["sustained_from"] == (None if onset is None else str(day(14 + onset)))


@pytest.mark.parametrize(("case", "days"), INTERVALS)
def test_intervals(case: dict[str, Any], days: int, analyze: Analyze) -> None:
    key = ITEMS[case["direction"]]
    preset = PRESETS[days]
    item = analyze({key: (case["baseline"], case["treatment"])}, preset)["items"][key]
    expected = case[f"last_{days}"]
    limits = None if expected is None else [expected["low"], expected["high"]]
    assert item["ci95"] == pytest.approx(limits, abs=case["tolerance"])


def test_what_is_missing_in_a_whole_column_says_what_the_truth_table_says(
    analyze: Analyze,
) -> None:
    pain, fatigue = ([60] * 14, [30] * 7), ([60] * 14, [60] * 7)
    found = analyze({"pain": pain, "fatigue": fatigue, "sleep": ((), ())}, rule="younger2013")
    assert (found["verdict"], found["reason"]) == ("not_assessable", "too_few_days")
    relieved = analyze({"pain": pain, "fatigue": pain, "sleep": ((), ())}, rule="younger2013")
    assert relieved["verdict"] == "responder"
