"""A group report for release as JSON: the keys of `cohort --json`, null where a number is withheld.

What a release never tells (single people's ends, reasons, the curve between its steps, nights) is
null or empty; `withheld` says of each number that is not told why.
"""

from collections.abc import Iterable, Iterator, Mapping

from tracker.domain.questionnaire import Ruler
from tracker.domain.releases import LEAST
from tracker.domain.responder import Rule
from tracker.domain.told_groups import (
    Cell,
    ToldArm,
    ToldPairs,
    ToldReport,
    ToldShare,
    Withheld,
)
from tracker.domain.windows import Preset
from tracker.exports.verdict import Json, number


def released_group(report: ToldReport, ruler: Ruler, rule: Rule, preset: Preset) -> dict[str, Json]:
    """Return what is told of `report` as one JSON object."""
    return {
        "n": _number(report.n),
        "ruler": ruler.value,
        "rule": rule.value,
        "preset": preset.value,
        "release": {"least_cell": LEAST, "n": _reason(report.n)},
        "arms": {name: _arm(arm, rule) for name, arm in report.arms.items()},
        "paired": None if report.paired is None else _pairs(report.paired),
    }


def _arm(arm: ToldArm, rule: Rule) -> dict[str, Json]:
    return {
        "n": _number(arm.n),
        "silent": _number(arm.silent.count),
        "assessable": _number(arm.assessable.count),
        "reasons": {},
        "early": _number(arm.early.count),
        "low_baseline": _number(arm.low_baseline.count),
        "mean_percent": number(arm.improvement.mean),
        "responders": {rule.value: _share(arm.responders)},
        "less_pain": {**_share(arm.less_pain), "least": None, "most": None},
        "cumulative": [_step(at, *both) for at, both in arm.at.items()],
        "pgic": {
            "answers": {str(answer): _number(cell) for answer, cell in arm.pgic.items()},
            "improved": _share(arm.improved),
        },
        "tolerability": {
            "mean": number(arm.tolerability.mean),
            "n": _number(arm.tolerability.n),
        },
        "completion": number(arm.completion),
        "nights": {"expected": None, "logged": None, "late": None},
        "side_effects": {effect: _share(told) for effect, told in arm.side_effects.items()},
        "withheld": {
            name: cell.value for name, cell in _cells(arm, rule) if isinstance(cell, Withheld)
        },
    }


def _cells(arm: ToldArm, rule: Rule) -> Iterator[tuple[str, Cell]]:
    """Yield every number of people of an arm by its place in the object."""
    yield "n", arm.n
    yield "silent", arm.silent.count
    yield "assessable", arm.assessable.count
    yield "early", arm.early.count
    yield "low_baseline", arm.low_baseline.count
    yield "mean_percent", arm.improvement.n
    for name, told in (
        (f"responders.{rule.value}", arm.responders),
        ("less_pain", arm.less_pain),
        ("pgic.improved", arm.improved),
        *((f"side_effects.{effect}", told) for effect, told in arm.side_effects.items()),
    ):
        yield f"{name}.count", told.count
        yield f"{name}.n", told.n
    for at, (of_all, _judged) in arm.at.items():
        yield f"cumulative.{at}", of_all.count
    for answer, cell in arm.pgic.items():
        yield f"pgic.answers.{answer}", cell
    yield "tolerability.n", arm.tolerability.n


def _step(at: int, of_all: ToldShare, observed: ToldShare) -> Json:
    return [at, _pair(of_all), _pair(observed)]


def _pair(told: ToldShare) -> Json:
    return [_number(told.count), _number(told.n)]


def _share(told: ToldShare) -> dict[str, Json]:
    limits = None if told.share is None else told.share.wilson95
    return {
        "count": _number(told.count),
        "n": _number(told.n),
        "wilson95": None if limits is None else [number(limit) for limit in limits],
    }


def _pairs(paired: ToldPairs) -> dict[str, Json]:
    cells: Mapping[str, Cell] = {
        "n": paired.n,
        "compared": paired.compared,
        "both": paired.both,
        "first_only": paired.first_only,
        "second_only": paired.second_only,
        "neither": paired.neither,
    }
    return {
        "arms": list(paired.arms),
        **{name: _number(cell) for name, cell in cells.items()},
        "mean_difference": number(paired.mean_difference),
        "mcnemar_p": number(paired.mcnemar_p),
        "withheld": _withheld(cells.items()),
    }


def _withheld(cells: Iterable[tuple[str, Cell]]) -> dict[str, Json]:
    return {name: cell.value for name, cell in cells if isinstance(cell, Withheld)}


def _number(cell: Cell) -> int | None:
    return cell if isinstance(cell, int) else None


def _reason(cell: Cell) -> str | None:
    return cell.value if isinstance(cell, Withheld) else None
