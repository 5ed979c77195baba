"""What is told of a group report: all of it, or as much as a release may tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tracker.domain.groups import Arm, Average, GroupReport, Nights
from tracker.domain.pairs import Paired
from tracker.domain.proportions import Share
from tracker.domain.statistics import Reason

STEPS: Final = (10, 20, 30, 40, 50, 70)  # T of the curve that tables have room for


class Withheld(StrEnum):
    """Why a number of people is not told."""

    UNDER = "under_5"  # it is fewer than five
    ALL_BUT = "all_but_under_5"  # it is all but fewer than five
    BESIDE = "tells_under_5"  # beside another number it would tell of fewer than five


Cell = int | Withheld  # a number of people, or why it is not told


@dataclass(frozen=True, slots=True)
class ToldShare:
    """So many of so many people, as far as both are told."""

    count: Cell
    n: Cell

    @property
    def share(self) -> Share | None:
        """The share; None where one of its numbers is withheld."""
        if isinstance(self.count, int) and isinstance(self.n, int):
            return Share(self.count, self.n)
        return None


@dataclass(frozen=True, slots=True)
class ToldMean:
    """A mean over `n` people; None where there is none, or it is withheld."""

    mean: Fraction | None
    n: Cell


@dataclass(frozen=True, slots=True)
class ToldArm:
    """What is told of one arm; see `groups.Arm` for what each figure means.

    `at` has the curve at `STEPS`: of all people, and of those judged. `reasons`, `ends` (the least
    and the most improvement) and `nights` are empty or None in a release.
    """

    n: Cell
    responders: ToldShare
    improvement: ToldMean
    less_pain: ToldShare
    at: Mapping[int, tuple[ToldShare, ToldShare]]
    improved: ToldShare
    pgic: Mapping[int, Cell]
    tolerability: ToldMean
    side_effects: Mapping[str, ToldShare]
    completion: Fraction | None
    assessable: ToldShare
    silent: ToldShare
    early: ToldShare
    low_baseline: ToldShare
    reasons: Mapping[Reason, int] = field(default_factory=dict)
    ends: tuple[Fraction, Fraction] | None = None
    nights: Nights | None = None


@dataclass(frozen=True, slots=True)
class ToldPairs:
    """What is told of the people who were in both of two arms; see `pairs.Paired`."""

    arms: tuple[str, str]
    n: Cell
    both: Cell
    first_only: Cell
    second_only: Cell
    neither: Cell
    mean_difference: Fraction | None
    compared: Cell
    mcnemar_p: Fraction | None


@dataclass(frozen=True, slots=True)
class ToldReport:
    """What is told of a group; `is_release` where small numbers are withheld."""

    n: Cell
    arms: Mapping[str, ToldArm]
    paired: ToldPairs | None
    is_release: bool = False


def whole(report: GroupReport) -> ToldReport:
    """Return all that a report says."""
    return ToldReport(
        n=report.n,
        arms={name: _arm(arm) for name, arm in report.arms.items()},
        paired=None if report.paired is None else _pairs(report.paired),
    )


def _arm(arm: Arm) -> ToldArm:
    ends = None if arm.least is None or arm.most is None else (arm.least, arm.most)
    return ToldArm(
        n=arm.n,
        responders=_share(arm.responders),
        improvement=_mean(arm.improvement),
        less_pain=_share(arm.less_pain),
        at={at: (_share(arm.curve.itt(at)), _share(arm.curve.observed(at))) for at in STEPS},
        improved=_share(arm.improved),
        pgic=arm.pgic,
        tolerability=_mean(arm.tolerability),
        side_effects={effect: _share(share) for effect, share in arm.side_effects.items()},
        completion=arm.nights.completion,
        assessable=ToldShare(arm.assessable, arm.n),
        silent=ToldShare(arm.silent, arm.n),
        early=ToldShare(arm.early, arm.n),
        low_baseline=ToldShare(arm.low_baseline, arm.n),
        reasons=arm.reasons,
        ends=ends,
        nights=arm.nights,
    )


def _pairs(paired: Paired) -> ToldPairs:
    return ToldPairs(
        paired.arms,
        n=paired.n,
        both=paired.both,
        first_only=paired.first_only,
        second_only=paired.second_only,
        neither=paired.neither,
        mean_difference=paired.mean_difference,
        compared=paired.compared,
        mcnemar_p=paired.mcnemar_p,
    )


def _share(share: Share) -> ToldShare:
    return ToldShare(share.count, share.n)


def _mean(average: Average) -> ToldMean:
    return ToldMean(average.mean, average.n)
