"""A group report as the object that `cohort --json` prints, ready for any JSON writer."""

from collections.abc import Mapping

from tracker.domain.cumulative import THRESHOLDS, Curve
from tracker.domain.groups import Arm, GroupReport
from tracker.domain.pairs import Paired
from tracker.domain.proportions import Share
from tracker.domain.questionnaire import Ruler
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.exports.verdict import Json, number


def group(report: GroupReport, ruler: Ruler, rule: Rule, preset: Preset) -> dict[str, Json]:
    """Return `report` as one JSON object: every key present, floats nearest to the exact values."""
    return {
        "n": report.n,
        "ruler": ruler.value,
        "rule": rule.value,
        "preset": preset.value,
        "arms": {name: _arm(arm, rule) for name, arm in report.arms.items()},
        "paired": None if report.paired is None else _paired(report.paired),
    }


def _arm(arm: Arm, rule: Rule) -> dict[str, Json]:
    return {
        "n": arm.n,
        "silent": arm.silent,
        "assessable": arm.assessable,
        "reasons": {reason.value: count for reason, count in arm.reasons.items()},
        "early": arm.early,
        "low_baseline": arm.low_baseline,
        "mean_percent": number(arm.improvement.mean),
        "responders": {rule.value: _share(arm.responders)},
        "less_pain": {
            **_share(arm.less_pain),
            "least": number(arm.least),
            "most": number(arm.most),
        },
        "cumulative": _curve(arm.curve),
        "pgic": {
            "answers": {str(answer): count for answer, count in arm.pgic.items()},
            "improved": _share(arm.improved),
        },
        "tolerability": {"mean": number(arm.tolerability.mean), "n": arm.tolerability.n},
        "completion": number(arm.nights.completion),
        "nights": {
            "expected": arm.nights.expected,
            "logged": arm.nights.logged,
            "late": arm.nights.late,
        },
        "side_effects": _side_effects(arm.side_effects),
    }


def _share(share: Share) -> dict[str, Json]:
    limits = share.wilson95
    return {
        "count": share.count,
        "n": share.n,
        "wilson95": None if limits is None else [number(limit) for limit in limits],
    }


def _curve(curve: Curve) -> Json:
    return [
        [at, [each.count, each.n], [seen.count, seen.n]]
        for at in THRESHOLDS
        for each, seen in [(curve.itt(at), curve.observed(at))]
    ]


def _side_effects(shares: Mapping[str, Share]) -> dict[str, Json]:
    return {effect: _share(share) for effect, share in shares.items()}


def _paired(paired: Paired) -> dict[str, Json]:
    return {
        "arms": list(paired.arms),
        "n": paired.n,
        "mean_difference": number(paired.mean_difference),
        "compared": paired.compared,
        "both": paired.both,
        "first_only": paired.first_only,
        "second_only": paired.second_only,
        "neither": paired.neither,
        "mcnemar_p": number(paired.mcnemar_p),
    }
