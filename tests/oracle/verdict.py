"""The verdict of a diary file, as `tracker analyze --json` must give it."""

from collections.abc import Sequence
from typing import Any

from tests.oracle.files import Diary, Phase, iso, read_diary, read_phases, values_on
from tests.oracle.items import Frame, evaluation_days, item_of
from tests.oracle.rules import RULES, Answer, decide, first_reason
from tests.oracle.sustained import sustained_day

MAXIMA = {"nrs": 10, "vas": 100}
VERDICTS = {True: "responder", False: "non_responder", None: "not_assessable"}


def analyze(
    diary_csv: str, phases_csv: str | None, ruler: str, rule: str, preset: str
) -> dict[str, Any]:
    """Give the object of `tracker analyze --json` for the texts of valid files."""
    diary = read_diary(diary_csv, ruler)
    phases = None if phases_csv is None else read_phases(phases_csv, diary.rows)
    baseline = baseline_of(phases or [])
    frame = Frame(diary, MAXIMA[ruler], rule, preset, baseline)
    expected = expected_days(diary, phases, baseline)
    logged = expected & diary.entries
    return {
        "ruler": ruler,
        "rule": rule,
        "preset": preset,
        "baseline": None if baseline is None else span(baseline),
        "phases": [judge(frame, phase) for phase in phases or [] if phase.kind != "baseline"],
        "days": {
            "expected": len(expected),
            "logged": len(logged),
            "late": len(logged & diary.late),
            "missing": len(expected) - len(logged),
        },
    }


def span(days: range) -> dict[str, Any]:
    """Write a half-open span of days."""
    return {"start": iso(days.start), "end": iso(days.stop), "days": len(days)}


def baseline_of(phases: Sequence[Phase]) -> range | None:
    """Give the first baseline phase, else the 14 days before the first placebo or treatment."""
    for phase in phases:
        if phase.kind == "baseline":
            return range(phase.start, phase.end)
    for phase in phases:
        if phase.kind in {"placebo", "treatment"}:
            return range(phase.start - 14, phase.start)
    return None


def expected_days(diary: Diary, phases: Sequence[Phase] | None, baseline: range | None) -> set[int]:
    """Give the days on which an entry was expected."""
    if phases is None:
        return set(range(min(diary.rows), max(diary.rows) + 1)) if diary.rows else set()
    expected = set() if baseline is None else set(baseline)
    for phase in phases:
        expected |= set(range(phase.start, phase.end))
    return expected


def judge(frame: Frame, phase: Phase) -> dict[str, Any]:
    """Give the object of one phase that is not a baseline."""
    result: dict[str, Any] = {
        "phase": phase.kind,
        "label": phase.label,
        "start": iso(phase.start),
        "end": None if phase.open else iso(phase.end),
        "window": None,
        "verdict": "not_assessable",
        "reason": "blinded",
        "early": False,
        "flags": [],
        "sustained_from": None,
        "items": {},
    }
    if phase.kind != "blinded":
        window = window_of(frame, phase)
        if window is not None:
            result["window"] = span(window)
            result["early"] = phase.kind == "treatment" and window.stop - 1 < phase.start + 28
        keys = sorted({*RULES[frame.rule], *frame.diary.directions})
        result["items"] = {key: item_of(frame, phase, key) for key in keys}
        fill_verdict(result, frame, phase, window)
        result["sustained_from"] = sustained_from(frame, phase)
    return result


def fill_verdict(result: dict[str, Any], frame: Frame, phase: Phase, window: range | None) -> None:
    """Write what the rule makes of the items."""
    items = {key: result["items"][key] for key in RULES[frame.rule]}
    parts: dict[str, Answer] = {key: item["responder"] for key, item in items.items()}
    reasons = {key: item["reason"] for key, item in items.items()}
    if frame.rule == "pain_pgic":
        parts["pgic"] = pgic_of(frame.diary, phase, window)
        reasons["pgic"] = "no_pgic"
    verdict = decide(frame.rule, parts)
    result["verdict"] = VERDICTS[verdict]
    result["reason"] = first_reason(parts, reasons) if verdict is None else None
    result["flags"] = sorted({flag for item in items.values() for flag in item["flags"]})


def sustained_from(frame: Frame, phase: Phase) -> str | None:
    """Give the date from which pain stays lower, from a baseline on the asked ruler only."""
    days = frame.baseline_days()
    if any(day in frame.diary.foreign.get("pain", set()) for day in days):
        return None
    found = sustained_day(frame.diary.scores.get("pain", {}), days, phase, frame.maximum)
    return None if found is None else iso(found)


def pgic_of(diary: Diary, phase: Phase, window: range | None) -> Answer:
    """Judge the last PGIC answer after the start and before the window's end."""
    answer = last_pgic(diary, phase, window)
    return None if answer is None else answer <= 2


def last_pgic(diary: Diary, phase: Phase, window: range | None) -> int | None:
    """Give the last PGIC answer after the start and before the window's end."""
    if window is None:
        return None
    answers = values_on(diary.pgic, range(phase.start + 1, window.stop))
    return answers[max(answers)] if answers else None


def window_of(frame: Frame, phase: Phase) -> range | None:
    """Give the window of a phase: of the calendar, or with `pregabalin` of the days used."""
    used: list[int] = []
    for item in RULES[frame.rule]:
        used += evaluation_days(frame, phase, item) or []
    return range(min(used), max(used) + 1) if used else None
