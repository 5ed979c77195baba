"""A report as the object that `analyze --json` prints, ready for any JSON writer."""

from collections.abc import Mapping
from fractions import Fraction

from tracker.domain.improvement import ItemResult
from tracker.domain.report import PhaseResult, Report
from tracker.domain.spans import Span

Json = bool | int | float | str | None | list["Json"] | dict[str, "Json"]


def verdict(report: Report) -> dict[str, Json]:
    """Return `report` as one JSON object: every key present, floats nearest to the exact values."""
    return {
        "ruler": report.ruler.value,
        "rule": report.rule.value,
        "preset": report.preset.value,
        "baseline": _span(report.baseline),
        "phases": [_phase(result) for result in report.phases],
        "days": {
            "expected": report.days.expected,
            "logged": report.days.logged,
            "late": report.days.late,
            "missing": report.days.missing,
        },
    }


def _phase(result: PhaseResult) -> dict[str, Json]:
    phase = result.phase
    return {
        "phase": phase.kind.value,
        "label": phase.label,
        "start": phase.start.isoformat(),
        "end": None if phase.end is None else phase.end.isoformat(),
        "window": _span(result.window),
        "verdict": result.verdict.value,
        "reason": None if result.reason is None else result.reason.value,
        "early": result.early,
        "flags": [flag.value for flag in result.flags],
        "sustained_from": (
            None if result.sustained_from is None else result.sustained_from.isoformat()
        ),
        "items": _items(result.items),
    }


def _items(items: Mapping[str, ItemResult]) -> dict[str, Json]:
    return {key: _item(item) for key, item in items.items()}


def _item(item: ItemResult) -> dict[str, Json]:
    return {
        "baseline_sum": item.baseline.sum,
        "baseline_days": item.baseline.days,
        "evaluation_sum": item.evaluation.sum,
        "evaluation_days": item.evaluation.days,
        "percent": number(item.percent),
        "shown": item.shown,
        "points": number(item.points),
        "responder": item.responder,
        "reason": None if item.reason is None else item.reason.value,
        "ci95": None if item.ci95 is None else [number(limit) for limit in item.ci95],
        "band": None if item.band is None else item.band.value,
        "nap": number(item.nap),
        "flags": [flag.value for flag in item.flags],
    }


def _span(span: Span | None) -> Json:
    if span is None:
        return None
    return {"start": span.start.isoformat(), "end": span.end.isoformat(), "days": span.days}


def number(value: Fraction | float | None) -> float | None:
    """Return the nearest float; adding zero makes -0.0 plain."""
    return None if value is None else float(value) + 0.0
