"""What is said about one item in one phase."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.figures import (
    Comparison,
    badness,
    band,
    interval,
    nap,
    need,
    rho_of,
    shown,
)
from tests.oracle.files import DIRECTIONS, NEUTRAL, Diary, Phase, values_on
from tests.oracle.rules import RULES

WINDOW_DAYS = {"week": 7, "stanford": 3, "two_week": 14}
PREGABALIN_DAYS = 7
WITHOUT_POINTS = ("scale_changed", "no_baseline", "phase_boundary", "too_few_days")


@dataclass(frozen=True, slots=True)
class Frame:
    """All that does not change from phase to phase; baseline days are None where there are none."""

    diary: Diary
    maximum: int
    rule: str
    preset: str
    baseline: range | None

    def baseline_days(self) -> range:
        """Give the days of the baseline, no day where there is none."""
        return range(0) if self.baseline is None else self.baseline

    def has_baseline(self) -> bool:
        """Tell whether the baseline exists and holds an entry."""
        return any(day in self.diary.entries for day in self.baseline_days())

    def answered(self, item: str, days: Iterable[int]) -> list[int]:
        """Give those days on which an item was answered, on whatever ruler."""
        scores = self.diary.scores.get(item, {})
        foreign = self.diary.foreign.get(item, set())
        return [day for day in days if day in scores or day in foreign]


def evaluation_days(frame: Frame, phase: Phase, item: str) -> Sequence[int] | None:
    """Give the days on which an item is evaluated, None where the phase is too short for them."""
    if frame.preset == "pregabalin":
        after_start = frame.answered(item, range(phase.start + 1, phase.end))
        return after_start[-PREGABALIN_DAYS:]
    length = WINDOW_DAYS[frame.preset]
    if phase.end - (phase.start + 1) < length:
        return None
    return range(phase.end - length, phase.end)


def item_of(frame: Frame, phase: Phase, item: str) -> dict[str, Any]:
    """Give the object of one item in one phase."""
    scores = frame.diary.scores.get(item, {})
    direction = frame.diary.directions.get(item) or DIRECTIONS[item]
    before: Sequence[int] = frame.baseline_days()
    if frame.preset == "pregabalin":
        before = frame.answered(item, before)[-PREGABALIN_DAYS:]
    after = evaluation_days(frame, phase, item)
    baseline = list(values_on(scores, before).values())
    evaluation = list(values_on(scores, after or []).values())
    comparison = Comparison(
        sum(baseline), len(baseline), sum(evaluation), len(evaluation), direction, frame.maximum
    )
    reason = reason_of(frame, item, comparison, before, after)
    result = blank_item(comparison, reason)
    if reason not in WITHOUT_POINTS:
        result["points"] = float(comparison.points())
        if direction != NEUTRAL:
            result["nap"] = float(nap(baseline, evaluation, direction))
    if reason is None and direction != NEUTRAL:
        fill_percent(result, comparison, RULES[frame.rule].get(item, 30))
        rho = rho_of(
            values_on(scores, frame.baseline_days()),
            values_on(scores, range(phase.start + 1, phase.end)),
        )
        result["ci95"] = interval_of(comparison, baseline, evaluation, rho)
    return result


def fill_percent(result: dict[str, Any], comparison: Comparison, threshold: int) -> None:
    """Write the percent and all that follows from it."""
    percent = comparison.percent()
    result["percent"] = float(percent)
    result["shown"] = shown(percent)
    result["responder"] = comparison.responds(threshold)
    result["band"] = band(percent)
    result["flags"] = ["low_baseline"] if comparison.low_baseline() else []


def blank_item(comparison: Comparison, reason: str | None) -> dict[str, Any]:
    """Give the object of an item about which nothing more can be said."""
    return {
        "baseline_sum": comparison.baseline_sum,
        "baseline_days": comparison.baseline_days,
        "evaluation_sum": comparison.evaluation_sum,
        "evaluation_days": comparison.evaluation_days,
        "percent": None,
        "shown": "n/a",
        "points": None,
        "responder": None,
        "reason": reason,
        "ci95": None,
        "band": None,
        "nap": None,
        "flags": [],
    }


def reason_of(
    frame: Frame,
    item: str,
    comparison: Comparison,
    before: Sequence[int],
    after: Sequence[int] | None,
) -> str | None:
    """Give the first reason why an item can't be judged."""
    if frame.diary.foreign.get(item, set()) & {*before, *(after or [])}:
        return "scale_changed"
    if not frame.has_baseline():
        return "no_baseline"
    if after is None:
        return "phase_boundary"
    if frame.preset == "pregabalin":
        enough_before = enough_after = PREGABALIN_DAYS
    else:
        enough_before, enough_after = need(len(before)), need(len(after))
    if comparison.baseline_days < enough_before or comparison.evaluation_days < enough_after:
        return "too_few_days"
    return None if comparison.direction == NEUTRAL else comparison.baseline_reason()


def interval_of(
    comparison: Comparison,
    baseline: Sequence[int],
    evaluation: Sequence[int],
    rho: Fraction,
) -> list[float] | None:
    """Give the interval of an item, on deficits where higher is better."""
    direction, maximum = comparison.direction, comparison.maximum
    found = interval(
        [badness(value, 1, direction, maximum) for value in baseline],
        [badness(value, 1, direction, maximum) for value in evaluation],
        rho,
    )
    return None if found is None else [found.low, found.high]
