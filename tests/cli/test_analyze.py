"""`tracker analyze` says the verdict of a file, or in one line each what is wrong with it."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tracker.cli import main

PHASES = "phase,start,end,label,medicine,dose_mg\nbaseline,2026-01-01,2026-01-15,,,\n"
TREATMENT = "treatment,2026-01-15,,low dose,naltrexone,4.5\n"
Capture = pytest.CaptureFixture[str]


def diary_csv(*scores: tuple[int | str, int | str], head: str = "date,pain,sleep") -> str:
    """Give a diary from the first of January on."""
    rows = [
        f"{date(2026, 1, 1) + timedelta(days=n)},{pain},{sleep}"
        for n, (pain, sleep) in enumerate(scores)
    ]
    return "\n".join([head, *rows, ""])


RESPONSE = [(60, 40), (62, 42)] * 7 + [(99, 99)] + [(36, 62), (40, 66)] * 20


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Write a diary on the long ruler, and its phases."""
    diary, phases = tmp_path / "diary.csv", tmp_path / "phases.csv"
    diary.write_text(diary_csv(*RESPONSE), encoding="utf-8")
    phases.write_text(PHASES + TREATMENT, encoding="utf-8")
    return diary, phases


def run(*arguments: object) -> int:
    return main(["analyze", *(str(each) for each in arguments)])


def judged(capsys: Capture, *arguments: object) -> dict[str, Any]:
    assert run(*arguments, "--json") == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_json_object_has_every_key_and_exact_floats(
    files: tuple[Path, Path], capsys: Capture
) -> None:
    diary, phases = files
    found = judged(capsys, diary, "--phases", phases, "--ruler", "vas")
    (phase,) = found.pop("phases")
    assert found == {
        "ruler": "vas",
        "rule": "younger2013",
        "preset": "week",
        "baseline": {"start": "2026-01-01", "end": "2026-01-15", "days": 14},
        "days": {"expected": 55, "logged": 55, "late": 0, "missing": 0},
    }
    items = phase.pop("items")
    assert phase == {
        "phase": "treatment",
        "label": "low dose",
        "start": "2026-01-15",
        "end": None,
        "window": {"start": "2026-02-18", "end": "2026-02-25", "days": 7},
        "verdict": "responder",
        "reason": None,
        "early": False,
        "flags": [],
        "sustained_from": "2026-01-22",
    }
    assert list(items) == ["pain", "fatigue", "sleep"]
    pain = items["pain"]
    assert list(pain) == [
        "baseline_sum",
        "baseline_days",
        "evaluation_sum",
        "evaluation_days",
        "percent",
        "shown",
        "points",
        "responder",
        "reason",
        "ci95",
        "band",
        "nap",
        "flags",
    ]
    assert pain["percent"] == 100 * (1 - 268 / 427)
    assert items["fatigue"]["reason"] == "too_few_days"


def test_the_plain_text_says_the_verdict_first_and_the_placebo_rate_always(
    files: tuple[Path, Path], capsys: Capture
) -> None:
    diary, phases = files
    assert run(diary, "--phases", phases, "--ruler", "vas") == 0
    out = capsys.readouterr().out
    assert out.startswith("Treatment “low dose”: By this rule, the diary shows a response.")
    assert "28 % of people on placebo (14 of 50)" in out
    assert "Rule younger2013: at least 30 % less pain, and" in out
    assert "2026-02-18 to 2026-02-24 (7 days)" in out


def test_a_terminal_that_knows_ascii_only_gets_question_marks(files: tuple[Path, Path]) -> None:
    diary, phases = files
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "analyze", diary, "--phases", phases, "--ruler", "vas"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"Treatment ?low dose?: By this rule")
    assert done.stderr == b""


def test_without_phases_there_is_nothing_to_judge(
    files: tuple[Path, Path], capsys: Capture
) -> None:
    found = judged(capsys, files[0], "--ruler", "vas")
    assert (found["baseline"], found["phases"]) == (None, [])
    assert found["days"]["expected"] == 55
    assert run(files[0], "--ruler", "vas") == 0
    assert "give a file of phases with --phases" in capsys.readouterr().out


def test_a_diary_without_rows_has_no_days(tmp_path: Path, capsys: Capture) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("date,pain\n", encoding="utf-8")
    assert judged(capsys, empty)["days"]["expected"] == 0


def test_the_wrong_ruler_names_the_right_one_in_one_line(
    files: tuple[Path, Path], capsys: Capture
) -> None:
    assert run(files[0]) == 1
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert len(out.splitlines()) == 110
    assert len(lines) == 1
    assert "--ruler vas" in lines[0]
    assert lines[0].endswith("(109 more problems)")


def test_every_error_of_both_files_is_listed_unless_json_was_asked(
    tmp_path: Path, capsys: Capture
) -> None:
    diary, phases = tmp_path / "diary.csv", tmp_path / "phases.csv"
    diary.write_text(diary_csv((11, "x"), (3, 4)), encoding="utf-8")
    phases.write_text(PHASES + "treatment,soon,,,,\n", encoding="utf-8")
    assert run(diary, "--phases", phases) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "Line 2, column “pain”",
        "Line 2, column “sleep”",
        "Line 3, column “start”",
    ]
    assert run(diary, "--phases", phases, "--json") == 1
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)


def test_a_file_that_is_none_is_one_line(
    files: tuple[Path, Path], tmp_path: Path, capsys: Capture
) -> None:
    diary, phases = files
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\xff")
    assert run(broken) == 1
    assert "Line 1 is not UTF-8" in capsys.readouterr().err
    assert run(diary, "--phases", broken, "--ruler", "vas") == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run(tmp_path / "absent.csv", "--phases", phases) == 1
    assert "absent.csv" in capsys.readouterr().err


def test_a_column_can_be_mapped(tmp_path: Path, capsys: Capture) -> None:
    diary = tmp_path / "diary.csv"
    diary.write_text(diary_csv((3, 4), head="date,ache=x,sleep"), encoding="utf-8")
    assert run(diary) == 1
    assert "--map ache=x=ITEM" in capsys.readouterr().err
    assert judged(capsys, diary, "--map", "ache=x=pain")["days"]["logged"] == 1


@pytest.mark.parametrize("usage", [["--map", "ache"], ["--ruler", "cm"], ["--rule", "p"], []])
def test_wrong_usage_exits_with_two(usage: list[str], files: tuple[Path, Path]) -> None:
    arguments = ["analyze", str(files[0]), *usage] if usage else ["analyze"]
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
