"""The group report: many people's outcomes, arm by arm and in pairs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tracker.domain.cumulative import Curve, curve_of_steps, step_of
from tracker.domain.means import RunningMean
from tracker.domain.outcomes import Outcome
from tracker.domain.pairs import Paired
from tracker.domain.proportions import Share
from tracker.domain.responder import PGIC_IMPROVED
from tracker.domain.statistics import Reason

PAIR: Final = 2  # arms that are compared person by person
PGIC_ANSWERS: Final = range(1, 8)  # 1 very much improved to 7 very much worse


@dataclass(frozen=True, slots=True)
class Average:
    """A mean over `n` people; None where there are none."""

    mean: Fraction | None
    n: int


@dataclass(frozen=True, slots=True)
class Nights:
    """The nights of all people of an arm, from each phase's start to its end."""

    expected: int
    logged: int
    late: int

    @property
    def completion(self) -> Fraction | None:
        """Logged of expected nights; None where none is expected."""
        return Fraction(self.logged, self.expected) if self.expected else None


@dataclass(frozen=True, slots=True)
class Arm:
    """What is said of one arm.

    `n` people have the phase, `silent` of them without a night in it. `responders` are of all of
    them: whoever can't be judged is no responder there (`reasons` counts why). `improvement` is
    the mean percent of pain over those who have one, `less_pain` how many of all have a percent
    above 0, `least` and `most` the ends of these percents, None where nobody has. `pgic` counts
    each answer given, `improved` those of 1 or 2 among them. `side_effects` are of those who were
    asked, each with its own number.
    """

    n: int
    silent: int
    assessable: int
    reasons: Mapping[Reason, int]
    early: int
    low_baseline: int
    responders: Share
    improvement: Average
    less_pain: Share
    least: Fraction | None
    most: Fraction | None
    curve: Curve
    pgic: Mapping[int, int]
    improved: Share
    tolerability: Average
    nights: Nights
    side_effects: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class GroupReport:
    """Many people, judged by one rule and one preset.

    `n` counts everyone, `arms` are in the order in which they were named. `paired` is None unless
    there are exactly two arms.
    """

    n: int
    arms: Mapping[str, Arm]
    paired: Paired | None


def group_report(people: Iterable[Mapping[str, Outcome]], arms: Sequence[str]) -> GroupReport:
    """Return the group report of `people`, each of whom is looked at once and not kept.

    Args:
        people: each person's outcome in each arm that they were in, perhaps in none.
        arms: the name of each arm, in order.
    """
    tallies = {arm: _ArmTally() for arm in arms}
    pairs = _PairTally() if len(arms) == PAIR else None
    n = 0
    for outcomes in people:
        n += 1
        for arm, outcome in outcomes.items():
            tallies[arm].add(outcome)
        if pairs is not None and len(outcomes) == PAIR:
            pairs.add(outcomes[arms[0]], outcomes[arms[1]])
    return GroupReport(
        n=n,
        arms={arm: tally.arm for arm, tally in tallies.items()},
        paired=None if pairs is None else pairs.paired((arms[0], arms[1])),
    )


class _ArmTally:
    """Counts one arm, person by person."""

    def __init__(self) -> None:
        self._answers: Counter[bool | None] = Counter()
        self._reasons: Counter[Reason] = Counter()
        self._silent = self._early = self._low_baseline = 0
        self._percents, self._tolerability = RunningMean(), RunningMean()
        self._steps: Counter[int | None] = Counter()
        self._less_pain = 0
        self._least: Fraction | None = None
        self._most: Fraction | None = None
        self._pgic: Counter[int] = Counter()
        self._expected = self._logged = self._late = 0
        self._had: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Take one more person in."""
        self._answers[outcome.responder] += 1
        self._silent += not outcome.days.logged
        self._early += outcome.is_early
        self._low_baseline += outcome.has_low_baseline
        self._steps[step_of(outcome.percent)] += 1
        self._expected += outcome.days.expected
        self._logged += outcome.days.logged
        self._late += outcome.days.late
        if outcome.reason is not None:
            self._reasons[outcome.reason] += 1
        if outcome.percent is not None:
            self._improve(outcome.percent)
        if outcome.pgic is not None:
            self._pgic[outcome.pgic] += 1
        if outcome.tolerability is not None:
            self._tolerability.add(outcome.tolerability)
        for effect, had in outcome.side_effects.items():
            self._asked[effect] += 1
            self._had[effect] += had

    def _improve(self, percent: Fraction) -> None:
        self._percents.add(percent)
        if percent > 0:
            self._less_pain += 1
            self._least = percent if self._least is None else min(self._least, percent)
            self._most = percent if self._most is None else max(self._most, percent)

    @property
    def arm(self) -> Arm:
        """What was counted so far."""
        n = self._answers.total()
        improved = sum(self._pgic[answer] for answer in range(1, PGIC_IMPROVED + 1))
        return Arm(
            n=n,
            silent=self._silent,
            assessable=n - self._answers[None],
            reasons={reason: self._reasons[reason] for reason in Reason if self._reasons[reason]},
            early=self._early,
            low_baseline=self._low_baseline,
            responders=Share(self._answers[True], n),
            improvement=Average(self._percents.mean, self._percents.n),
            less_pain=Share(self._less_pain, n),
            least=self._least,
            most=self._most,
            curve=curve_of_steps(self._steps),
            pgic={answer: self._pgic[answer] for answer in PGIC_ANSWERS},
            improved=Share(improved, self._pgic.total()),
            tolerability=Average(self._tolerability.mean, self._tolerability.n),
            nights=Nights(self._expected, self._logged, self._late),
            side_effects={
                effect: Share(self._had[effect], asked) for effect, asked in self._asked.items()
            },
        )


class _PairTally:
    """Counts the people who were in both of two arms."""

    def __init__(self) -> None:
        self._responded: Counter[tuple[bool, bool]] = Counter()
        self._differences = RunningMean()

    def add(self, first: Outcome, second: Outcome) -> None:
        """Take one more person in."""
        self._responded[first.responder is True, second.responder is True] += 1
        if first.percent is not None and second.percent is not None:
            self._differences.add(first.percent - second.percent)

    def paired(self, arms: tuple[str, str]) -> Paired:
        """Return what was counted so far."""
        return Paired(
            arms,
            both=self._responded[True, True],
            first_only=self._responded[True, False],
            second_only=self._responded[False, True],
            neither=self._responded[False, False],
            compared=self._differences.n,
            mean_difference=self._differences.mean,
        )
