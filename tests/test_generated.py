"""The generated diaries are valid, repeatable, and meet everything that can be said."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest

from tests.generated import PRESETS, RULES, Case, diaries
from tests.oracle import analyze

COUNT = 1000
SEED = 2013


@pytest.fixture(scope="module")
def answered() -> list[tuple[Case, dict[str, Any]]]:
    """Give each case with what the second implementation says about it."""
    return [(case, answer_of(case)) for case in diaries(COUNT, SEED)]


def answer_of(case: Case) -> dict[str, Any]:
    return analyze(case.diary_csv, case.phases_csv, case.ruler, case.rule, case.preset)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def phases_in(
    answered: list[tuple[Case, dict[str, Any]]],
) -> Iterator[tuple[Case, dict[str, Any]]]:
    for case, answer in answered:
        for phase in answer["phases"]:
            yield case, phase


def test_one_seed_gives_one_set_of_diaries() -> None:
    assert list(diaries(30, 7)) == list(diaries(30, 7))
    assert list(diaries(30, 7)) != list(diaries(30, 8))


def test_no_date_stands_twice_and_no_phases_overlap() -> None:
    for case in diaries(200, SEED):
        dates = [row["date"] for row in rows_of(case.diary_csv)]
        assert len(dates) == len(set(dates))
        phases = rows_of(case.phases_csv or "phase,start,end\n")
        for earlier, later in pairwise(phases):
            assert earlier["start"] < earlier["end"] <= later["start"]


@pytest.mark.slow
def test_every_rule_meets_every_preset_and_every_verdict(
    answered: list[tuple[Case, dict[str, Any]]],
) -> None:
    seen = {(case.rule, case.preset, phase["verdict"]) for case, phase in phases_in(answered)}
    verdicts = ("responder", "non_responder", "not_assessable")
    assert seen == set(product(RULES, PRESETS, verdicts))


@pytest.mark.slow
def test_every_reason_flag_and_outcome_of_a_phase_appears(
    answered: list[tuple[Case, dict[str, Any]]],
) -> None:
    seen: Counter[tuple[str, object]] = Counter()
    for case, phase in phases_in(answered):
        seen["ruler", case.ruler] += 1
        seen["phase", phase["phase"]] += 1
        seen["reason", phase["reason"]] += 1
        seen["early", phase["early"]] += 1
        seen["flags", tuple(phase["flags"])] += 1
        seen["sustained", phase["sustained_from"] is not None] += 1
        seen["window", phase["window"] is not None] += 1
        seen["open", phase["end"] is None] += 1
    reasons = ("scale_changed", "no_baseline", "phase_boundary", "too_few_days", "baseline_zero")
    kinds = ("placebo", "treatment", "washout", "follow_up", "blinded")
    assert set(seen) == {
        *product(["ruler"], ("nrs", "vas")),
        *product(["phase"], kinds),
        *product(["reason"], (None, *reasons, "baseline_too_low", "no_pgic", "blinded")),
        *product(["flags"], [(), ("low_baseline",)]),
        *product(["early", "sustained", "window", "open"], [True, False]),
    }
    assert min(seen.values()) >= 5


@pytest.mark.slow
def test_every_reason_band_and_exact_edge_of_an_item_appears(
    answered: list[tuple[Case, dict[str, Any]]],
) -> None:
    seen: Counter[tuple[str, object]] = Counter()
    for case, phase in phases_in(answered):
        for key, item in phase["items"].items():
            seen["reason", item["reason"]] += 1
            seen["band", item["band"]] += 1
            seen["flags", tuple(item["flags"])] += 1
            seen["interval", (case.preset, item["ci95"] is not None)] += 1
            seen["own", key.startswith("own:")] += 1
            if item["percent"] in {-30, -10, 10, 30, 50}:
                seen["exactly", item["percent"]] += 1
    bands = (None, "much_worse", "worse", "little_change", "minimal", "moderate", "substantial")
    reasons = (None, "scale_changed", "no_baseline", "phase_boundary", "too_few_days")
    # Three evaluated days are fewer than an interval needs.
    intervals = set(product(PRESETS, [True, False])) - {("stanford", True)}
    assert set(seen) == {
        *product(["reason"], (*reasons, "baseline_zero", "baseline_too_low")),
        *product(["band"], bands),
        *product(["flags"], [(), ("low_baseline",)]),
        *product(["interval"], intervals),
        *product(["own"], [True, False]),
        *product(["exactly"], [-30, -10, 10, 30, 50]),
    }


@pytest.mark.slow
def test_every_odd_shape_of_a_file_appears(
    answered: list[tuple[Case, dict[str, Any]]],
) -> None:
    seen: set[str] = set()
    for case, answer in answered:
        rows = rows_of(case.diary_csv)
        seen |= case.traits
        seen |= {cell for row in rows for cell in row.values() if not cell.isdigit()}
        dates = [row["date"] for row in rows]
        seen.add("ordered" if dates == sorted(dates) else "unordered")
        seen.add("late" if answer["days"]["late"] else "none late")
        if answer["baseline"] is None and answer["phases"]:
            seen.add("no baseline at all")
        seen |= gaps_in(case)
    traits = {"no_phases", "no_rows", "exported", "other_ruler", "mixed_rulers"}
    states = {"declined", "n/a", "no_recall", "yes", "no", "not_prescribed", ""}
    shapes = {"ordered", "unordered", "late", "none late", "no baseline at all"}
    assert seen >= traits | states | shapes | {"gap", "touching", "one day", "early rows"}


def gaps_in(case: Case) -> set[str]:
    """Name how the phases of a case lie to each other and to its rows."""
    phases = rows_of(case.phases_csv or "phase,start,end\n")
    found = {
        "touching" if earlier["end"] == later["start"] else "gap"
        for earlier, later in pairwise(phases)
    }
    for phase in phases:
        if phase["end"]:
            length = date.fromisoformat(phase["end"]) - date.fromisoformat(phase["start"])
            found.add("one day" if length.days == 1 else "longer")
    dates = [row["date"] for row in rows_of(case.diary_csv)]
    if phases and dates and min(dates) < phases[0]["start"]:
        found.add("early rows")
    return found
