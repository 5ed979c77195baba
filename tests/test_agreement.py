"""Two implementations of the verdict, written apart from each other, say the same."""

from datetime import date
from typing import Any

import pytest

from tests.differing import differences
from tests.generated import Case, diaries
from tests.oracle import analyze
from tracker.domain.questionnaire import Ruler
from tracker.domain.report import build_report
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.exports.verdict import verdict
from tracker.imports.diaries import read_diary
from tracker.imports.phases import read_phases

SEED = 2013


def judged(case: Case) -> dict[str, Any]:
    """Give the verdict object of the product."""
    file = read_diary(case.diary_csv.encode(), Ruler(case.ruler), {})
    assert not file.problems, [problem.in_words(str) for problem in file.problems]
    phases = read_phases((case.phases_csv or "phase,start,end").encode())
    assert not phases.problems
    report = build_report(
        file.diary,
        phases.phases,
        Rule(case.rule),
        Preset(case.preset),
        date.min if file.rows is None else file.rows.end,
        asked=file.rows,
    )
    return dict(verdict(report))


def disagreements(count: int, seed: int) -> list[str]:
    """List every difference over so many generated diaries."""
    return [
        line
        for number, case in enumerate(diaries(count, seed))
        for line in differences(
            f"case {number}",
            judged(case),
            analyze(case.diary_csv, case.phases_csv, case.ruler, case.rule, case.preset),
        )
    ]


def test_both_agree_on_a_hundred_diaries() -> None:
    assert disagreements(100, SEED) == []


@pytest.mark.slow
def test_both_agree_on_a_thousand_diaries() -> None:
    assert disagreements(1000, SEED + 1) == []
