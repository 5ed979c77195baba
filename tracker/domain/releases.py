"""A group report for release: nobody may learn from it of fewer than five people.

Every number of people is a cell, and so is what two numbers tell by their difference. Which figures
stand in one another, and what is not protected: docs/decisions/0027-releases.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from tracker.domain.groups import Arm, Average, GroupReport
from tracker.domain.pairs import Paired
from tracker.domain.proportions import Share
from tracker.domain.responder import Rule
from tracker.domain.statistics import RESPONDER_PERCENT
from tracker.domain.told_groups import (
    STEPS,
    Cell,
    ToldArm,
    ToldMean,
    ToldPairs,
    ToldReport,
    ToldShare,
    Withheld,
)

LEAST: Final = 5  # people in a cell that is told
FIRST_STEPS: Final = (30, 50)  # of the curve; the others are told where these leave room
PAIN_ALONE: Final = frozenset({Rule.PAIN30, Rule.PAIN50})


def released(report: GroupReport, rule: Rule) -> ToldReport:
    """Return as much of `report`, judged by `rule`, as a release may tell."""
    arms = {name: _arm(arm, rule) for name, arm in report.arms.items()}
    n: Cell = report.n if report.n >= LEAST else Withheld.UNDER
    if isinstance(n, int) and any(arm.n is Withheld.UNDER for arm in arms.values()):
        n = Withheld.BESIDE  # the small arm would be what is left of it
    paired = None if report.paired is None else _pairs(report, report.paired)
    return ToldReport(n, arms, paired, is_release=True)


def cell(count: int) -> Cell:
    """Return a number of people that stands alone.

    >>> cell(5), cell(4).value
    (5, 'under_5')
    """
    return count if count >= LEAST else Withheld.UNDER


def part(count: int, n: int) -> Cell:
    """Return how many of `n` people something is true of, where both sides are large enough.

    >>> part(9, 28), part(4, 28).value, part(24, 28).value
    (9, 'under_5', 'all_but_under_5')
    """
    if count < LEAST:
        return Withheld.UNDER
    return count if n - count >= LEAST else Withheld.ALL_BUT


def base(count: int, n: int) -> Cell:
    """Return how many of `n` people a figure is of: all of them, or a part with both sides large.

    >>> base(28, 28), base(26, 28).value
    (28, 'all_but_under_5')
    """
    return count if count == n >= LEAST else part(count, n)


def _apart(cell: Cell, same: Iterable[Cell] = (), far: Iterable[Cell] = ()) -> Cell:
    """Return `cell` where it tells of nobody by its difference to others that are told.

    Args:
        cell: a number of people.
        same: others that it stands in, or that stand in it: as many, or five apart.
        far: others of which it is a true part, or that are one of it: five apart.
    """
    if not isinstance(cell, int):
        return cell
    gaps = [abs(cell - one) for one in same if isinstance(one, int)]
    wide = [abs(cell - one) for one in far if isinstance(one, int)]
    is_clear = all(gap == 0 or gap >= LEAST for gap in gaps) and all(gap >= LEAST for gap in wide)
    return cell if is_clear else Withheld.BESIDE


def _arm(arm: Arm, rule: Rule) -> ToldArm:
    n = arm.n
    if n < LEAST:
        return _nothing(arm)
    responders = part(arm.responders.count, n)
    assessable = _apart(base(arm.assessable, n), far=[responders])
    judged = _apart(base(arm.improvement.n, n), same=[assessable], far=[responders])
    reached = _curve(arm, rule, responders, [assessable, judged])
    parts = [responders, *reached.values()]
    less_pain = _apart(part(arm.less_pain.count, n), same=parts, far=[assessable, judged])
    improved = _of_some(arm.improved, n)
    if rule is Rule.PAIN_PGIC:  # all its responders are improved
        improved = ToldShare(_apart(improved.count, far=[responders]), improved.n)
    wrote = _apart(base(n - arm.silent, n), [assessable, judged], [*parts, less_pain])
    silent = part(arm.silent, n)
    return ToldArm(
        n=n,
        responders=ToldShare(responders, n),
        improvement=ToldMean(_mean(arm.improvement), judged),
        less_pain=ToldShare(less_pain, n),
        at={at: (ToldShare(cell, n), ToldShare(cell, judged)) for at, cell in reached.items()},
        improved=improved,
        pgic=_all_or_none(arm.pgic),
        tolerability=ToldMean(_mean(arm.tolerability), base(arm.tolerability.n, n)),
        side_effects={name: _of_some(share, n) for name, share in arm.side_effects.items()},
        completion=_cut_share(arm.nights.completion),
        assessable=ToldShare(assessable, n),
        silent=ToldShare(silent if isinstance(wrote, int) else _besides(silent), n),
        early=ToldShare(part(arm.early, n), n),
        low_baseline=ToldShare(part(arm.low_baseline, n), n),
    )


def _curve(arm: Arm, rule: Rule, responders: Cell, bases: Sequence[Cell]) -> Mapping[int, Cell]:
    """Return how many reach each of `STEPS`: the first ones first, others where there is room."""
    told: dict[int, Cell] = {}
    for at in dict.fromkeys((*FIRST_STEPS, *STEPS)):
        # Who responds by a rule reaches its percent of pain, and by pain alone nobody else does.
        is_nested = rule in PAIN_ALONE or at <= RESPONDER_PERCENT
        same = [*told.values(), *([responders] if is_nested else [])]
        told[at] = _apart(part(arm.curve.itt(at).count, arm.n), same, bases)
    return {at: told[at] for at in STEPS}


def _nothing(arm: Arm) -> ToldArm:
    """Return an arm of fewer than five people: nothing but that."""
    few, none = ToldShare(Withheld.UNDER, Withheld.UNDER), ToldMean(None, Withheld.UNDER)
    return ToldArm(
        n=Withheld.UNDER,
        responders=few,
        improvement=none,
        less_pain=few,
        at=dict.fromkeys(STEPS, (few, few)),
        improved=few,
        pgic=dict.fromkeys(arm.pgic, Withheld.UNDER),
        tolerability=none,
        side_effects=dict.fromkeys(arm.side_effects, few),
        completion=None,
        assessable=few,
        silent=few,
        early=few,
        low_baseline=few,
    )


def _of_some(share: Share, n: int) -> ToldShare:
    """Return a share of those of `n` people who were asked."""
    return ToldShare(part(share.count, share.n), base(share.n, n))


def _besides(told: Cell) -> Cell:
    return Withheld.BESIDE if isinstance(told, int) else told


def _all_or_none(cells: Mapping[int, int]) -> Mapping[int, Cell]:
    """Return cells that add up to a known number: one of them alone could be reckoned."""
    if min(cells.values()) >= LEAST:
        return cells
    return dict.fromkeys(cells, Withheld.BESIDE)


def _mean(average: Average) -> Fraction | None:
    """Return a mean of five people or more, cut after one decimal: a sum could be told from it."""
    return _cut(average.mean) if average.n >= LEAST else None


def _cut(value: Fraction | None) -> Fraction | None:
    """Return `value` without what comes after its first decimal, which is how it is printed.

    >>> _cut(Fraction(2996, 100)), _cut(Fraction(-4, 100))
    (Fraction(299, 10), Fraction(0, 1))
    """
    return None if value is None else Fraction(int(value * 10), 10)


def _cut_share(share: Fraction | None) -> Fraction | None:
    """Return a share without what comes after the first decimal of its percent."""
    cut = _cut(None if share is None else 100 * share)
    return None if cut is None else cut / 100


def _pairs(report: GroupReport, paired: Paired) -> ToldPairs:
    n = cell(paired.n)
    counts = (paired.both, paired.first_only, paired.second_only, paired.neither)
    is_told = min(counts) >= LEAST
    both, first, second, neither = counts if is_told else (Withheld.BESIDE,) * 4
    judged = [report.arms[arm].improvement.n for arm in paired.arms]
    compared = base(paired.compared, paired.n) if isinstance(n, int) else Withheld.UNDER
    # The difference of two means and the mean of differences: between them stands who is in one.
    is_apart = all(one == paired.compared or one - paired.compared >= LEAST for one in judged)
    if not is_apart:
        compared = _besides(compared)
    has_mean = is_apart and paired.compared >= LEAST
    return ToldPairs(
        paired.arms,
        n=n,
        both=both,
        first_only=first,
        second_only=second,
        neither=neither,
        mean_difference=_cut(paired.mean_difference) if has_mean else None,
        compared=compared,
        mcnemar_p=paired.mcnemar_p if is_told else None,
    )
