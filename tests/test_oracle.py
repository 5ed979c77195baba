"""The second implementation of the verdict gives every golden case before it judges the first."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from tests.oracle import analyze
from tests.oracle.figures import (
    Comparison,
    band,
    interval,
    nap,
    need,
    rho_of,
    rolling_means,
    shown,
    student_975,
    usual_range,
)
from tests.oracle.rules import decide, some

GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parent / "golden" / "golden.json").read_text(encoding="utf-8")
)
DIRECTIONS = {"lower_better": "lower", "higher_better": "higher"}
COLUMNS = {"lower_better": "pain", "higher_better": "sleep"}
RULERS = {10: "nrs", 100: "vas"}
PRESETS = {3: "stanford", 7: "week", 10: "two_week", 14: "two_week"}
LENGTHS = {"stanford": 3, "week": 7, "two_week": 14}
VERDICT_OF = {"R": "responder", "N": "non_responder", "?": "not_assessable"}
ANSWER_OF = {"R": True, "N": False, "?": None}
FIRST = date(2026, 1, 1)

Scores = Sequence[int | None]


def day(offset: int) -> str:
    return (FIRST + timedelta(days=offset)).isoformat()


def diary_of(columns: Mapping[str, Mapping[int, object]]) -> str:
    """Write a diary file from columns of cells by day offset."""
    days = sorted({offset for cells in columns.values() for offset in cells})
    lines = [",".join(["date", *columns, "note"])]
    for offset in days:
        cells = [str(column.get(offset, "")) for column in columns.values()]
        lines.append(",".join([day(offset), *cells, ""]))
    return "\n".join(lines) + "\n"


def phases_of(*phases: tuple[str, int, int | None]) -> str:
    """Write a phases file from kinds, starts and ends."""
    lines = ["phase,start,end,label,medicine,dose_mg"]
    for kind, start, end in phases:
        lines.append(f"{kind},{day(start)},{'' if end is None else day(end)},,,")
    return "\n".join(lines) + "\n"


def placed(scores: Scores, start: int) -> dict[int, int]:
    """Put scores on consecutive days from an offset, leaving out what is missing."""
    return {start + i: score for i, score in enumerate(scores) if score is not None}


def spread(total: int, count: int) -> list[int]:
    """Give whole scores with a sum and a count, as level as can be."""
    return [total // count + (1 if i < total % count else 0) for i in range(count)]


def two_phases(
    column: str, before: Scores, after: Scores, ruler: str, preset: str
) -> dict[str, Any]:
    """Analyze a baseline and a treatment of one column; `after` begins the day after start."""
    start = len(before)
    diary = diary_of({column: placed(before, 0) | placed(after, start + 1)})
    end = start + 1 + len(after)
    phases = phases_of(("baseline", 0, start), ("treatment", start, end))
    found = analyze(diary, phases, ruler, "pain30", preset)
    phase: dict[str, Any] = found["phases"][0]
    return phase


PERCENT_CASES = GOLDEN["percent_improvement"]
PERCENT_DIARIES = [
    case
    for case in PERCENT_CASES
    if case["ruler_max"] in RULERS and case["evaluation_days"] in PRESETS
]


@pytest.mark.parametrize("case", PERCENT_CASES, ids=lambda case: str(case["name"]))
def test_each_golden_percent_follows_from_its_sums(case: dict[str, Any]) -> None:
    comparison = Comparison(
        case["baseline_sum"],
        case["baseline_days"],
        case["evaluation_sum"],
        case["evaluation_days"],
        DIRECTIONS[case["direction"]],
        case["ruler_max"],
    )
    assert comparison.baseline_reason() == case["reason"]
    if case["reason"] is None:
        percent = comparison.percent()
        assert percent == Fraction(*case["percent"])
        assert shown(percent) == case["shown"]
        assert band(percent) == case["band"]
        assert comparison.responds(30) == case["responder_30"]
        assert comparison.responds(50) == case["responder_50"]
        assert comparison.low_baseline() == ("low_baseline" in case["flags"])


@pytest.mark.parametrize("case", PERCENT_DIARIES, ids=lambda case: str(case["name"]))
def test_each_golden_percent_that_a_diary_can_express_comes_out_of_it(
    case: dict[str, Any],
) -> None:
    column = COLUMNS[case["direction"]]
    preset = PRESETS[case["evaluation_days"]]
    before = spread(case["baseline_sum"], case["baseline_days"])
    silent = LENGTHS[preset] - case["evaluation_days"]
    after = [*[None] * silent, *spread(case["evaluation_sum"], case["evaluation_days"])]
    phase = two_phases(column, before, after, RULERS[case["ruler_max"]], preset)
    item = phase["items"][column]
    for key in ("baseline_sum", "baseline_days", "evaluation_sum", "evaluation_days"):
        assert item[key] == case[key]
    wanted = case["percent"]
    assert item["percent"] == (None if wanted is None else float(Fraction(*wanted)))
    assert item["shown"] == case["shown"]
    assert item["responder"] == case["responder_30"]
    assert item["reason"] == case["reason"]
    assert item["flags"] == case["flags"]
    assert item["band"] == case["band"]


def test_the_composite_rule_follows_its_truth_table_out_of_a_diary() -> None:
    table = GOLDEN["composite_pain_fatigue_sleep"]
    assert len(table) == 27
    lower = {"R": 30, "N": 60}
    higher = {"R": 70, "N": 40}
    for letters in product("RN?", repeat=3):
        columns: dict[str, dict[int, object]] = {"mood": dict.fromkeys(range(22), 50)}
        for column, letter in zip(("pain", "fatigue", "sleep"), letters, strict=True):
            values = higher if column == "sleep" else lower
            columns[column] = dict.fromkeys(range(14), values["N"])
            if letter != "?":
                columns[column] |= dict.fromkeys(range(15, 22), values[letter])
        phases = phases_of(("baseline", 0, 14), ("placebo", 14, 22))
        phase = analyze(diary_of(columns), phases, "vas", "younger2013", "week")["phases"][0]
        wanted = table["".join(letters)]
        assert phase["verdict"] == VERDICT_OF[wanted], letters
        assert phase["reason"] == ("too_few_days" if wanted == "?" else None)


def test_at_least_two_of_five_counts_what_is_unknown() -> None:
    five = ("sleep", "fatigue", "mood", "stress", "memory")
    for letters, wanted in GOLDEN["at_least_2_of_5"].items():
        parts = [ANSWER_OF[letter] for letter in letters]
        assert some(parts, 2) is ANSWER_OF[wanted]
        known = {"pain": True, "function": True} | dict(zip(five, parts, strict=True))
        assert decide("fm30_long", known) is ANSWER_OF[wanted]


def test_days_needed_are_four_of_seven() -> None:
    for days, wanted in GOLDEN["days_needed"].items():
        assert need(int(days)) == wanted


def test_rolling_means_keep_their_gaps() -> None:
    for case in GOLDEN["rolling_mean_7"]:
        wanted = [None if mean is None else Fraction(*mean) for mean in case["means"]]
        assert rolling_means(case["scores"]) == wanted


def test_the_usual_range_is_the_golden_one() -> None:
    case = GOLDEN["usual_range"]
    found = usual_range(case["scores"], 100)
    assert found is not None
    assert [float(figure) for figure in found] == pytest.approx(
        [case["mean"], case["low"], case["high"]]
    )
    assert usual_range(case["scores"][:5], 100) is None


INTERVAL_WINDOWS = [
    pytest.param(case, days, id=f"{case['name']}, last {days}")
    for case in GOLDEN["interval"]
    for days in (7, 14)
    if f"last_{days}" in case
]


@pytest.mark.parametrize(("case", "days"), INTERVAL_WINDOWS)
def test_the_interval_is_the_golden_one(case: dict[str, Any], days: int) -> None:
    wanted = case[f"last_{days}"]
    column = COLUMNS[case["direction"]]
    preset = PRESETS[days]
    phase = two_phases(column, case["baseline"], case["treatment"], "vas", preset)
    item = phase["items"][column]
    if wanted is None:
        assert item["ci95"] is None
        return
    assert item["percent"] == pytest.approx(wanted["percent"], abs=1e-9)
    assert item["ci95"] == pytest.approx([wanted["low"], wanted["high"]], abs=1e-6)
    bad = [100 - v if column == "sleep" else v for v in case["treatment"][-days:] if v is not None]
    base = [100 - v if column == "sleep" else v for v in case["baseline"] if v is not None]
    rho = rho_of(placed(case["baseline"], 0), placed(case["treatment"], 100))
    found = interval(base, bad, rho)
    assert found is not None
    assert found.rho == pytest.approx(case["rho"], abs=1e-12)
    assert found.se == pytest.approx(wanted["se"], abs=1e-9)
    assert found.df == pytest.approx(wanted["df"], abs=1e-6)


def test_students_t_agrees_with_scipy() -> None:
    for df in (1.0, 2.5, 3.0, 9.802, 25.43, 80.0, 400.0, 3000.0):
        assert student_975(df) == pytest.approx(float(stats.t.ppf(0.975, df)), rel=1e-11)


def test_overlap_is_the_golden_one() -> None:
    for case in GOLDEN["nap"]:
        direction = DIRECTIONS[case["direction"]]
        assert nap(case["baseline"], case["treatment"], direction) == Fraction(*case["nap"])


def test_overlap_comes_out_of_a_diary() -> None:
    case = GOLDEN["nap"][0]
    phase = two_phases("sleep", case["baseline"], case["treatment"], "vas", "week")
    assert phase["items"]["sleep"]["nap"] == float(Fraction(*case["nap"]))


@pytest.mark.parametrize("case", GOLDEN["sustained"])
@pytest.mark.parametrize("preset", ["week", "two_week", "stanford", "pregabalin"])
def test_sustained_is_the_golden_one_whatever_the_preset(case: dict[str, Any], preset: str) -> None:
    before = [case["baseline_mean"]] * 14
    phase = two_phases("pain", before, case["treatment"], "vas", preset)
    onset = case["onset_day"]
    assert phase["sustained_from"] == (None if onset is None else day(14 + onset))


def test_completion_counts_expected_days() -> None:
    case = GOLDEN["completion"]
    logged = case["on_time"] + case["late"]
    lines = ["date,pain,note,ruler,status,revision,submitted_at,zone"]
    for offset in range(logged):
        status = "on_time" if offset < case["on_time"] else "late"
        lines.append(f"{day(offset)},3,,nrs,{status},1,{day(offset)}T20:00:00Z,UTC")
    phases = phases_of(("baseline", 0, case["window_days"]))
    days = analyze("\n".join(lines), phases, "nrs", "pain30", "week")["days"]
    assert [days["logged"], days["expected"]] == case["completion"]
    assert days["late"] == case["late"]
    assert days["missing"] == case["missing"]
    assert [days["logged"] - days["late"], days["expected"]] == case["on_time_rate"]


def test_a_running_phase_ends_after_the_last_row_and_never_before_its_start() -> None:
    diary = diary_of({"pain": {0: 5, 20: 5}})
    open_now = analyze(diary, phases_of(("treatment", 4, None)), "nrs", "pain30", "week")
    assert open_now["phases"][0]["end"] is None
    assert open_now["phases"][0]["window"]["end"] == day(21)
    ahead = analyze(diary, phases_of(("treatment", 30, None)), "nrs", "pain30", "week")
    assert ahead["phases"][0]["window"] is None
    assert ahead["days"]["expected"] == 14


def test_without_phases_only_the_days_are_counted() -> None:
    diary = diary_of({"pain": {0: 5, 3: "declined", 9: "", 4: ""}})
    found = analyze(diary, None, "nrs", "pain30", "week")
    assert found["phases"] == []
    assert found["baseline"] is None
    assert found["days"] == {"expected": 10, "logged": 2, "late": 0, "missing": 8}


def test_a_blinded_phase_says_nothing() -> None:
    diary = diary_of({"pain": dict.fromkeys(range(40), 5)})
    phases = phases_of(("blinded", 10, 20), ("treatment", 20, 40))
    found = analyze(diary, phases, "nrs", "pain30", "week")
    assert found["baseline"] == {"start": day(6), "end": day(20), "days": 14}
    assert found["phases"][0]["reason"] == "blinded"
    assert found["phases"][0]["items"] == {}
    assert found["phases"][1]["verdict"] == "non_responder"


def test_pregabalin_takes_the_last_seven_answers_of_each_item() -> None:
    pain = dict.fromkeys(range(10), 8) | dict.fromkeys(range(11, 21, 2), 4) | {30: 2, 40: 2}
    diary = diary_of({"pain": pain, "sleep": dict.fromkeys(range(20), 5)})
    phases = phases_of(("baseline", 0, 10), ("treatment", 10, 60))
    phase = analyze(diary, phases, "nrs", "pain30", "pregabalin")["phases"][0]
    assert phase["window"] == {"start": day(11), "end": day(41), "days": 30}
    assert phase["items"]["pain"]["baseline_days"] == 7
    assert phase["items"]["pain"]["evaluation_sum"] == 24
    assert phase["items"]["sleep"]["evaluation_days"] == 7
    assert phase["verdict"] == "responder"
    assert phase["early"] is False


def test_another_ruler_in_a_window_is_never_mixed() -> None:
    lines = ["date,pain,note,ruler,status,revision,submitted_at,zone"]
    lines += [f"{day(i)},5,,{'vas' if i < 14 else 'nrs'},on_time,1,,UTC" for i in range(40)]
    phases = phases_of(("baseline", 0, 14), ("treatment", 14, 40))
    phase = analyze("\n".join(lines), phases, "nrs", "pain30", "week")["phases"][0]
    assert phase["reason"] == "scale_changed"
    assert phase["items"]["pain"]["baseline_days"] == 0
    assert phase["items"]["pain"]["points"] is None


def test_pgic_is_read_after_the_start_and_before_the_windows_end() -> None:
    pain = dict.fromkeys(range(14), 8) | dict.fromkeys(range(14, 40), 4)
    phases = phases_of(("baseline", 0, 14), ("treatment", 14, 40))
    for cells, verdict, reason in (
        ({20: 5, 30: 2}, "responder", None),
        ({30: 3}, "non_responder", None),
        ({14: 1, 40: 1}, "not_assessable", "no_pgic"),
        ({20: "declined"}, "not_assessable", "no_pgic"),
    ):
        diary = diary_of({"pain": pain, "pgic": cells})
        phase = analyze(diary, phases, "nrs", "pain_pgic", "week")["phases"][0]
        assert (phase["verdict"], phase["reason"]) == (verdict, reason)
        assert set(phase["items"]) == {"pain"}
