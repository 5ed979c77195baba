"""`tracker cohort` prints what trials have published, from nights; and says what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import trials
from tests.trials import Trial
from tracker.cli import main

Capture = pytest.CaptureFixture[str]
HEAD = "person,date,pain,fatigue,sleep\n"
PHASES = "person,phase,start,end\n"


class Cohort:
    """Runs the command over files in a folder."""

    def __init__(self, folder: Path, capsys: Capture) -> None:
        self.diary, self.phases, self.capsys = folder / "d.csv", folder / "p.csv", capsys

    def write(self, diary: str, phases: str) -> None:
        """Write both files."""
        self.diary.write_text(diary, encoding="utf-8")
        self.phases.write_text(phases, encoding="utf-8")

    def run(self, *options: str, diary: Path | None = None) -> int:
        """Return the exit code."""
        path = self.diary if diary is None else diary
        return main(["cohort", str(path), "--phases", str(self.phases), *options])

    def of(self, trial: tuple[Trial, ...], *options: str) -> tuple[dict[str, Any], str]:
        """Give the object and the text that are printed of a trial."""
        self.write(*trials.files(*trial))
        ruler = ("--ruler", "nrs" if trial[0].maximum == 10 else "vas")
        assert self.run(*ruler, *options, "--json") == 0
        found = json.loads(self.capsys.readouterr().out)
        assert self.run(*ruler, *options) == 0
        return found, self.capsys.readouterr().out

    def refused(self, *options: str, diary: Path | None = None) -> str:
        """Give the one line that says what is wrong."""
        assert self.run(*options, "--json", diary=diary) == 1
        out, err = self.capsys.readouterr()
        assert out == ""
        (line,) = err.splitlines()
        return line


@pytest.fixture
def cohort(tmp_path: Path, capsys: Capture) -> Cohort:
    """Give the command, ready to run."""
    return Cohort(tmp_path, capsys)


def section(text: str, arm: str) -> str:
    """Give what the text says of one arm."""
    return text.split(f"Arm “{arm}”")[1].split("\n\n", maxsplit=1)[0]


def test_the_trial_of_2013_comes_out_as_published(cohort: Cohort) -> None:
    found, text = cohort.of((trials.CROSSOVER,))
    drug, placebo = section(text, "treatment"), section(text, "placebo")
    assert "Mean improvement of pain: 28.8 % (n = 28)" in drug
    assert "Mean improvement of pain: 18.0 % (n = 28)" in placebo
    assert "Responders by younger2013: 9 / 28, 32.1 % (17.9 to 50.7)" in drug
    assert "Responders by younger2013: 3 / 28, 10.7 % (3.7 to 27.2)" in placebo
    assert "30 %  16 / 28, 57.1 % (39.1 to 73.5)" in drug
    assert "much or very much improved: 14 / 28, 50.0 %" in drug
    assert "Tolerability: mean 89.2 of 100 (n = 28)" in drug
    assert "Tolerability: mean 89.4 of 100 (n = 28)" in placebo
    arms, paired = found["arms"], found["paired"]
    assert round(arms["treatment"]["mean_percent"], 1) == 28.8
    assert round(arms["placebo"]["mean_percent"], 1) == 18.0
    assert arms["treatment"]["cumulative"][30] == [30, [16, 28], [16, 28]]
    assert paired["n"] == paired["compared"] == 28
    assert paired["both"] + paired["first_only"] == 9
    assert round(paired["mean_difference"], 1) == 10.8


def test_the_pilot_comes_out_as_published(cohort: Cohort) -> None:
    _, text = cohort.of((trials.PILOT,))
    assert "Mean improvement of pain: 32.5 % (n = 10)" in section(text, "treatment")
    assert "Mean improvement of pain: 2.3 % (n = 10)" in section(text, "placebo")


def test_the_cytokine_study_comes_out_as_published(cohort: Cohort) -> None:
    found, text = cohort.of((trials.CYTOKINE,))
    assert (
        "Less pain at all: 5 / 8, 62.5 % (30.6 to 86.3)\n    among these from 12.2 % to 52.3 %"
        in (section(text, "treatment"))
    )
    assert found["paired"] is None
    assert "McNemar" not in text


def test_final_comes_out_as_published(cohort: Cohort) -> None:
    found, text = cohort.of(trials.FINAL, "--rule", "pain30")
    assert "Responders by pain30: 22 / 49, 44.8 % (31.9 to 58.7)" in section(text, "treatment")
    assert "Responders by pain30: 14 / 50, 28.0 % (17.5 to 41.7)" in section(text, "placebo")
    assert "In both arms, “treatment” and “placebo”: 0 people\n\n" in text
    assert (found["n"], found["paired"]["n"], found["paired"]["mcnemar_p"]) == (99, 0, 1.0)
    assert found["paired"]["mean_difference"] is None
