"""The simulation of the interval finds what it promises where days are independent."""

import sys

import pytest

from tools.coverage import PLANS, main, measure


def test_independent_days_are_covered_and_strongly_dependent_ones_less() -> None:
    held, width = measure(PLANS[2], 0.0, 300, 1)
    assert held >= 92
    assert 20 < width < 60
    assert measure(PLANS[0], 0.8, 300, 1)[0] < held


def test_it_prints_a_line_for_each_plan(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["coverage", "--diaries", "3"])
    main()
    assert len(capsys.readouterr().out.splitlines()) == len(PLANS) + 2
