"""Two implementations of the verdict, written apart from each other, say the same."""

import math
import re
from datetime import date
from typing import Any

import pytest

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
CLOSE = re.compile(r"\.(ci95|wilson95)\[")  # what floats make; all else is exact


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


def differences(path: str, ours: object, theirs: object) -> list[str]:
    """List where two verdict objects differ; interval limits may by 1e-9 of themselves."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [
            line
            for key in sorted({*ours, *theirs})
            for line in differences(f"{path}.{key}", ours.get(key, ...), theirs.get(key, ...))
        ]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [line for n, (a, b) in pairs for line in differences(f"{path}[{n}]", a, b)]
    if CLOSE.search(path) and isinstance(ours, float) and isinstance(theirs, float):
        same = math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)
    else:
        same = type(ours) is type(theirs) and ours == theirs
    return [] if same else [f"{path}: {ours!r} here, {theirs!r} there"]


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
