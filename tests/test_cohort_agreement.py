"""Two implementations of the group report, written apart from each other, say the same."""

from pathlib import Path
from typing import Any

import pytest

from tests.differing import differences
from tests.generated_cohorts import Cohort, cohorts
from tools.prove.cohorts import expected, printed, prove

SEED = 2009
Answered = list[tuple[Cohort, dict[str, Any]]]


@pytest.fixture(scope="module")
def fifty() -> Answered:
    """Give fifty cohorts, each with what the second implementation says about it."""
    return [(case, expected(case)) for case in cohorts(50, SEED)]


def test_both_agree_on_fifty_cohorts(fifty: Answered, tmp_path: Path) -> None:
    for number, (case, answer) in enumerate(fifty):
        assert differences(f"cohort {number}", printed(tmp_path, case), answer) == []


def test_a_folder_of_diaries_says_what_one_file_says(fifty: Answered, tmp_path: Path) -> None:
    for number, (case, answer) in enumerate(fifty[:6]):
        folder = tmp_path / str(number)
        folder.mkdir()
        for person, text in case.apart.items():
            (folder / f"{person}.csv").write_text(text, encoding="utf-8", newline="")
        assert differences("", printed(tmp_path, case, folder), answer) == []


def test_a_difference_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prove(2)
    monkeypatch.setattr("tools.prove.cohorts.expected", lambda case: {"n": case.ruler})
    assert not prove(2)
    assert "2 where two implementations differ" in capsys.readouterr().out


def test_the_generated_cohorts_meet_what_a_report_can_say(
    fifty: Answered,
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
