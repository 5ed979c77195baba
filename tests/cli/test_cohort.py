"""`tracker cohort` prints what trials have published, from nights; and says what is wrong."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import trials
from tests.trials import Trial
from tracker.cli import main, progress

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


def test_small_numbers_are_withheld_where_a_release_is_asked_for_and_never_else(
    cohort: Cohort,
) -> None:
    found, text = cohort.of((trials.CROSSOVER,), "--release")
    assert found["release"] == {"least_cell": 5, "n": None}
    assert found["arms"]["treatment"]["responders"]["younger2013"]["count"] == 9
    assert found["arms"]["placebo"]["responders"]["younger2013"]["count"] is None
    (row,) = [line for line in text.splitlines() if "Responders by the rule" in line]
    assert "9 / 28, 32.1 % (17.9 to 50.7)" in row
    assert "< 5 / 28" in row
    whole, _text = cohort.of((trials.CROSSOVER,))
    assert whole["arms"]["placebo"]["responders"]["younger2013"]["count"] == 3


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


def rows(*people: str, days: int = 30) -> str:
    """Give a diary file in which these people have pain 6, then 3 from the 15th on."""
    return HEAD + "".join(
        f"{person},2026-01-{day:02},{6 if day < 15 else 3},6,4\n"
        for person in people
        for day in range(1, days + 1)
    )


def phases(*people: str) -> str:
    """Give a phases file with a baseline to the 14th and a treatment after, which runs on."""
    return PHASES + "".join(
        f"{person},baseline,2026-01-01,2026-01-15\n{person},treatment,2026-01-15,\n"
        for person in people
    )


def test_who_has_phases_and_no_nights_counts(cohort: Cohort, capsys: Capture) -> None:
    cohort.write(rows("anna"), phases("anna", "bo"))
    assert cohort.run("--rule", "pain30", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    arm = found["arms"]["treatment"]
    assert (found["n"], arm["n"], arm["silent"], arm["assessable"]) == (2, 2, 1, 1)
    assert arm["responders"]["pain30"]["count"] == 1
    assert arm["reasons"] == {"no_baseline": 1}
    assert cohort.run("--rule", "pain30") == 0
    text = capsys.readouterr().out
    assert "Wrote no night of it: 1 / 2" in text
    assert "    1: no nights were written before the first dose (no_baseline)" in text
    assert "Judged early: 1 / 2" in text


def test_the_object_has_every_key(cohort: Cohort, capsys: Capture) -> None:
    cohort.write(rows("anna"), phases("anna").replace("treatment", "placebo"))
    assert cohort.run("--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["n", "ruler", "rule", "preset", "arms", "paired"]
    assert list(found["arms"]["placebo"]) == [
        *("n", "silent", "assessable", "reasons", "early", "low_baseline", "mean_percent"),
        *("responders", "less_pain", "cumulative", "pgic", "tolerability", "completion"),
        *("nights", "side_effects"),
    ]
    assert found["arms"]["placebo"]["completion"] == 1.0
    assert found["arms"]["placebo"]["pgic"]["improved"] == {"count": 0, "n": 0, "wilson95": None}


def test_no_arm_is_no_trouble(cohort: Cohort, capsys: Capture) -> None:
    cohort.write(rows("anna"), PHASES + "anna,blinded,2026-01-15,\n")
    assert cohort.run() == 0
    assert "Nobody has a placebo or a treatment phase" in capsys.readouterr().out
    cohort.write(HEAD, PHASES)
    assert cohort.run("--json") == 0
    assert json.loads(capsys.readouterr().out)["n"] == 0


def test_a_folder_may_hold_the_phases_too(cohort: Cohort, capsys: Capture) -> None:
    folder = cohort.phases.parent
    cohort.write("", phases("anna", "bo"))
    cohort.diary.unlink()
    for person in ("anna", "bo"):
        text = rows(person).replace(f"{person},", "").replace("person,", "")
        (folder / f"{person}.csv").write_text(text, encoding="utf-8")
    (folder / ".draft.csv").write_text("nothing", encoding="utf-8")
    assert cohort.run("--json", diary=folder) == 0
    assert json.loads(capsys.readouterr().out)["arms"]["treatment"]["silent"] == 0
    (folder / "cy.csv").write_text(rows("cy"), encoding="utf-8")
    said = cohort.refused(diary=folder)
    assert "cy.csv: Line 1, column “person”" in said
    (folder / "cy.csv").write_text(HEAD.replace("person,", ""), encoding="utf-8")
    assert "cy.csv: Line 1: “cy” has nights here and no phases" in cohort.refused(diary=folder)


def test_an_empty_folder_says_what_should_be_in_it(cohort: Cohort, tmp_path: Path) -> None:
    cohort.write("", phases("anna"))
    folder = tmp_path / "diaries"
    folder.mkdir()
    assert "diaries: This folder holds no diaries." in cohort.refused(diary=folder)


@pytest.mark.parametrize(
    ("diary", "said"),
    [
        (rows("anna", "bo", "anna"), "Line 62: “anna” has rows further up"),
        (rows("anna", "bo", "cy"), "Line 62: “cy” has nights here and no phases"),
        (rows("anna").replace("-04,6,", "-04,61,"), "Line 5, column “pain”: 61 is above 10."),
        (rows("anna") + "bo,2026-01-01,6,6\n", "Line 32 has 4 cells, and the first line has 5"),
        (rows("anna") + "bo,2026-02-30,6,6,4\n", "Line 32, column “date”: “2026-02-30” is not"),
        (rows("anna") + ",2026-01-01,6,6,4\n", "Line 32, column “person”: Say here whose row"),
        (rows("anna") + "a\x07,2026-01-01,6,6,4\n", "Line 32, column “person”: "),
        (rows("anna", "bo") + "bo,2026-01-04,6,6,4\n", "2026-01-04 stands on line 35 and again"),
        (rows("anna") + 'bo,2026-01-04,"6,6,4\n', "Line 32 can't be read as CSV"),
        (rows("anna").replace("person", "who"), "must name one column “person”"),
        (rows("anna").replace("sleep", "pain"), "The column “pain” stands there twice."),
        (rows("anna").replace("sleep", "ache"), "Line 1, column “ache”: This column is not known"),
        (rows("anna").replace("date", "day"), "one of them must be “date”"),
        ("", "The file is empty."),
    ],
)
def test_what_is_wrong_with_the_diaries_is_one_line(
    cohort: Cohort, capsys: Capture, diary: str, said: str
) -> None:
    cohort.write(diary, phases("anna", "bo"))
    line = cohort.refused()
    assert line.startswith(f"tracker: {cohort.diary}: ")
    assert said in line
    assert cohort.run() == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (phases("anna").replace("person,", ""), "It has 0."),
        (phases("anna").replace("2026-01-15,", "soon,"), "Line 3, column “start”: “soon”"),
        (phases("anna").replace("start", "begin"), "The column “start” is missing."),
        (phases("anna").replace("end", "stop"), "The column “end” is missing."),
        (phases("anna", ""), "Line 4, column “person”: Say here whose row this is. (1 more"),
        (phases("anna", "anna"), "Line 4: The phases that start on 2026-01-01 and on 2026-01-01"),
        (phases("anna").replace("end", "end,label"), "Line 2 has 4 cells"),
    ],
)
def test_what_is_wrong_with_the_phases_is_one_line(cohort: Cohort, text: str, said: str) -> None:
    cohort.write(rows("anna"), text)
    line = cohort.refused()
    assert line.startswith(f"tracker: {cohort.phases}: ")
    assert said in line


@pytest.mark.parametrize("place", ["diary", "phases"])
@pytest.mark.parametrize("line", [1, 3])
def test_a_line_that_is_not_utf8_is_named(cohort: Cohort, place: str, line: int) -> None:
    cohort.write(rows("anna"), phases("anna"))
    path: Path = getattr(cohort, place)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(b"\n", b"\xe9\n")
    path.write_bytes(b"".join(lines))
    assert f"{path}: Line {line} is not UTF-8 text." in cohort.refused()


def test_rows_without_text_are_passed_over(cohort: Cohort, capsys: Capture) -> None:
    cohort.write(rows("anna").replace("\n", "\n\n,,,,\n"), phases("anna") + ",,,\n")
    assert cohort.run("--json") == 0
    assert json.loads(capsys.readouterr().out)["arms"]["treatment"]["assessable"] == 1


def test_columns_can_be_mapped_the_person_too(cohort: Cohort, capsys: Capture) -> None:
    diary = rows("anna").replace("person", "who").replace("pain", "ache")
    cohort.write(diary.replace("\nanna,", "\n anna ,", 3), phases("anna"))
    maps = ["--map", "who=person", "--map", "ache=pain"]
    assert cohort.run(*maps, "--json", "--rule", "pain30") == 0
    assert json.loads(capsys.readouterr().out)["arms"]["treatment"]["responders"]["pain30"] == {
        "count": 1,
        "n": 1,
        "wilson95": [pytest.approx(20.654931), 100.0],
    }


def test_only_one_column_says_whose_row_it_is(cohort: Cohort) -> None:
    cohort.write(rows("anna"), phases("anna"))
    assert "one column “person”, which says whose row each is. It has 2." in cohort.refused(
        "--map", "sleep=person"
    )


def test_a_bar_is_drawn_on_a_terminal_and_its_line_ended_before_an_error(
    cohort: Cohort, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort.write(rows("anna", "bo"), phases("anna", "bo"))
    assert cohort.run("--json") == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert cohort.run("--json") == 0
    assert capsys.readouterr().err.endswith(f"] 1/2\r[{'#' * progress.WIDTH}] 2/2\n")
    cohort.write(HEAD, phases(*(f"p{number}" for number in range(202))))
    assert cohort.run("--json") == 0
    assert capsys.readouterr().err.count("\r") == 101  # two people a step
    cohort.write(rows("anna", "cy"), phases("anna", "bo"))
    assert cohort.run("--json") == 1
    assert "] 1/2\ntracker: " in capsys.readouterr().err
    cohort.write(rows("cy"), phases("anna", "bo"))
    assert cohort.run("--json") == 1
    assert capsys.readouterr().err.startswith("tracker: ")


@pytest.mark.parametrize("usage", [[], ["--phases", "p.csv", "--rule", "most"]])
def test_wrong_usage_exits_with_two(cohort: Cohort, usage: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["cohort", str(cohort.diary), *usage])
    assert left.value.code == 2


def test_a_missing_file_is_named(cohort: Cohort) -> None:
    cohort.write("", phases("anna"))
    cohort.diary.unlink()
    assert "d.csv: No such file" in cohort.refused()
