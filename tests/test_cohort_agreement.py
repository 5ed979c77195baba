"""Two implementations of the group report, written apart from each other, say the same."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.generated_cohorts import Cohort, cohorts
from tests.oracle import cohort
from tests.test_agreement import differences
from tracker.cli import main

SEED = 2009
Capture = pytest.CaptureFixture[str]


class Command:
    """Runs `tracker cohort` over generated files."""

    def __init__(self, folder: Path, capsys: Capture) -> None:
        self.folder, self.capsys = folder, capsys

    def __call__(self, case: Cohort, diary: Path) -> dict[str, Any]:
        """Give the object that the command prints of `diary`, a file or a folder."""
        phases = self.folder / "phases.csv"
        phases.write_text(case.phases_csv, encoding="utf-8", newline="")
        options = ["--ruler", case.ruler, "--rule", case.rule, "--preset", case.preset, "--json"]
        assert main(["cohort", str(diary), "--phases", str(phases), *options]) == 0
        out, err = self.capsys.readouterr()
        assert err == ""
        return dict(json.loads(out))

    def of_file(self, case: Cohort) -> dict[str, Any]:
        """Give the object of all diaries in one file."""
        diary = self.folder / "diaries.csv"
        diary.write_text(case.diary_csv, encoding="utf-8", newline="")
        return self(case, diary)

    def of_folder(self, case: Cohort, name: str) -> dict[str, Any]:
        """Give the object of a folder of diaries."""
        folder = self.folder / name
        folder.mkdir()
        for person, text in case.apart.items():
            (folder / f"{person}.csv").write_text(text, encoding="utf-8", newline="")
        return self(case, folder)


@pytest.fixture
def command(tmp_path: Path, capsys: Capture) -> Command:
    """Give the command, ready to run."""
    return Command(tmp_path, capsys)


def expected(case: Cohort) -> dict[str, Any]:
    return cohort(case.diary_csv, case.phases_csv, case.ruler, case.rule, case.preset)


def disagreements(command: Command, answered: Iterable[tuple[Cohort, dict[str, Any]]]) -> list[str]:
    """List every difference over generated cohorts."""
    return [
        line
        for number, (case, answer) in enumerate(answered)
        for line in differences(f"cohort {number}", command.of_file(case), answer)
    ]


@pytest.fixture(scope="module")
def fifty() -> list[tuple[Cohort, dict[str, Any]]]:
    """Give fifty cohorts, each with what the second implementation says about it."""
    return [(case, expected(case)) for case in cohorts(50, SEED)]


def test_both_agree_on_fifty_cohorts(
    command: Command, fifty: list[tuple[Cohort, dict[str, Any]]]
) -> None:
    assert disagreements(command, fifty) == []


def test_a_folder_of_diaries_says_what_one_file_says(
    command: Command, fifty: list[tuple[Cohort, dict[str, Any]]]
) -> None:
    for number, (case, answer) in enumerate(fifty[:6]):
        assert differences("", command.of_folder(case, str(number)), answer) == []


def test_the_generated_cohorts_meet_what_a_report_can_say(
    fifty: list[tuple[Cohort, dict[str, Any]]],
) -> None:
    found = [answer for _, answer in fifty]
    arms = [arm for each in found for arm in each["arms"].values()]
    assert {len(each["arms"]) for each in found} >= {0, 1, 2, 3}
    assert any(each["paired"] and each["paired"]["compared"] > 1 for each in found)
    assert any(each["paired"] and each["paired"]["first_only"] for each in found)
    for key in ("silent", "early", "low_baseline"):
        assert any(arm[key] for arm in arms)
    reasons = {reason for arm in arms for reason in arm["reasons"]}
    assert reasons >= {"phase_boundary", "too_few_days", "baseline_zero", "no_pgic"}
    assert any(arm["pgic"]["improved"]["count"] for arm in arms)
    assert any(arm["tolerability"]["n"] > 1 for arm in arms)
    assert any(arm["nights"]["late"] for arm in arms)
