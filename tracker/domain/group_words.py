"""A group report in words and tables, as page, PDF and terminal print it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from tracker.domain import verdict_words, wording
from tracker.domain.figures import DASH
from tracker.domain.group_sheets import (
    BY_RULE,
    METHOD,
    ONE_BY_ONE,
    PAIRING,
    RELEASE,
    Asked,
    Figure,
    Row,
    Sheet,
    Table,
)
from tracker.domain.phases import PhaseKind
from tracker.domain.questionnaire import PGIC
from tracker.domain.responder import WORDING, Rule
from tracker.domain.side_effects import EFFECTS, Effect
from tracker.domain.statistics import Reason, shown
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
from tracker.domain.verdict_words import SHORT_REASONS
from tracker.domain.voice import Voice
from tracker.domain.words import N_

NBSP: Final = "\N{NO-BREAK SPACE}"
SHORTEST_P: Final = 0.0001
MAIN_STEPS: Final = (30, 50)  # T of the curve that stand among the main figures
FEW: Final = 5  # a number withheld from a release is below, or so near to all


def sheet(
    report: ToldReport,
    asked: Asked,
    voice: Voice,
    rules: Mapping[Rule, ToldReport] = MappingProxyType({}),
) -> Sheet:
    """Return a report in the words of `voice`; `rules` are the same people by other rules."""
    return _Writer(report, asked, voice).sheet(rules)


def arm_name(name: str, voice: Voice) -> str:
    """Return what an arm is called: a label as it is, a kind of phase in words."""
    kinds = {kind.value: words for kind, words in wording.KINDS.items() if kind in PhaseKind}
    return voice.say(kinds[name]) if name in kinds else name


def cell_words(told: Cell, n: Cell = Withheld.BESIDE) -> str:
    """Return a number of people, who are some of `n`, or what is told instead.

    >>> cell_words(9), cell_words(Withheld.UNDER), cell_words(Withheld.ALL_BUT, 28)
    ('9', '< 5', '> 23')
    """
    if isinstance(told, int):
        return str(told)
    if told is Withheld.UNDER:
        return f"< {FEW}"
    return f"> {n - FEW}" if told is Withheld.ALL_BUT and isinstance(n, int) else DASH


@dataclass(frozen=True, slots=True)
class _Writer:
    report: ToldReport
    asked: Asked
    voice: Voice

    @property
    def names(self) -> Sequence[str]:
        return [arm_name(name, self.voice) for name in self.report.arms]

    def sheet(self, rules: Mapping[Rule, ToldReport]) -> Sheet:
        say, arms = self.voice.say, self.report.arms
        rule, preset, ruler = self.asked.rule, self.asked.preset, self.asked.ruler
        return Sheet(
            counted=say(N_("People in this report: %(n)s"), n=cell_words(self.report.n)),
            asked=[
                say(
                    N_("Rule “%(rule)s”: %(wording)s."),
                    rule=say(verdict_words.RULE_NAMES[rule]),
                    wording=say(WORDING[rule]),
                ),
                say(N_("Compared are %(days)s."), days=say(verdict_words.PRESET_WORDING[preset])),
                say(N_("Scores from 0 to %(high)d."), high=ruler.maximum),
            ],
            answers=[
                (name, self.share(arm.responders, arm))
                for name, arm in zip(self.names, arms.values(), strict=True)
            ],
            main=Table(say(N_("Arm by arm")), ["", *self.names], [*self.main()]),
            paired=None if self.report.paired is None else self.paired(self.report.paired),
            rules=self.rules(rules) if rules else None,
            curves=[self.curve(*one) for one in zip(self.names, arms.values(), strict=True)],
            pgic=self.pgic(),
            effects=self.effects(),
            method=[*self.method()],
        )

    def main(self) -> Iterator[Row]:
        say, arms = self.voice.say, [*self.report.arms.values()]
        yield say(N_("People")), [Figure(cell_words(arm.n)) for arm in arms]
        improvement = [self.mean(arm.improvement, arm, N_("%(mean)s %%")) for arm in arms]
        yield say(N_("Mean improvement of pain")), improvement
        yield say(N_("Responders by the rule")), [self.share(arm.responders, arm) for arm in arms]
        for at in MAIN_STEPS:
            name = say(N_("Pain at least %(percent)d %% better"), percent=at)
            yield name, [self.share(arm.at[at][0], arm) for arm in arms]
        yield say(N_("Less pain at all")), [self.share(arm.less_pain, arm) for arm in arms]
        if any(arm.ends for arm in arms):
            yield say(N_("Improvement among these")), [self.ends(arm) for arm in arms]
        improved = [self.share(arm.improved, arm) for arm in arms]
        yield say(N_("Overall change, much or very much improved")), improved
        tolerability = [self.mean(arm.tolerability, arm, N_("%(mean)s")) for arm in arms]
        yield say(N_("Tolerability, 0 to 100")), tolerability
        yield say(N_("Nights written")), [self.nights(arm) for arm in arms]
        yield from self.remarks(arms)

    def remarks(self, arms: Sequence[ToldArm]) -> Iterator[Row]:
        """Yield what to know of the judging; who is not judged, and why."""
        say = self.voice.say
        reasons = dict.fromkeys(one for arm in arms for one in arm.reasons)
        counts = [
            (N_("Can be judged by the rule"), [arm.assessable for arm in arms]),
            *((SHORT_REASONS[one], [_reason(arm, one) for arm in arms]) for one in reasons),
            (N_("Wrote no night of it"), [arm.silent for arm in arms]),
            (N_("Judged early"), [arm.early for arm in arms]),
            (N_("Low baseline"), [arm.low_baseline for arm in arms]),
        ]
        for place, (name, told) in enumerate(counts):
            if place == 0 or any(one.count for one in told):
                yield say(name), [self.count(one, arm) for one, arm in zip(told, arms, strict=True)]

    def paired(self, paired: ToldPairs) -> Table:
        say, cell = self.voice.say, cell_words
        first, second = (arm_name(arm, self.voice) for arm in paired.arms)
        difference = paired.mean_difference
        points = DASH if difference is None else self.voice.shown(shown(difference))
        p = paired.mcnemar_p
        rows = (
            (N_("People in both arms"), cell(paired.n), ""),
            (
                N_("Mean difference of improvement, %(first)s less %(second)s"),
                self.kept(N_("%(points)s points"), points=points),
                self.number(paired.compared, paired.n),
            ),
            (N_("Responders in both"), cell(paired.both), ""),
            (N_("Responders in %(first)s only"), cell(paired.first_only), ""),
            (N_("Responders in %(second)s only"), cell(paired.second_only), ""),
            (N_("Responders in neither"), cell(paired.neither), ""),
            (N_("McNemar's exact test, two-sided"), self.probability(p), ""),
        )
        made = [
            (say(name, first=first, second=second), [Figure(text, more)])
            for name, text, more in rows
        ]
        return Table(say(N_("The same people in both arms")), ["", ""], made, say(PAIRING))

    def rules(self, rules: Mapping[Rule, ToldReport]) -> Table:
        say = self.voice.say
        rows = [
            (
                say(verdict_words.RULE_NAMES[rule]),
                [self.by_rule(report.arms[name]) for name in self.report.arms],
            )
            for rule, report in rules.items()
        ]
        title = say(N_("Responders by every rule"))
        return Table(title, ["", *self.names], rows, say(BY_RULE))

    def by_rule(self, arm: ToldArm) -> Figure:
        """Return who responds; not of a rule whose questions nobody was asked."""
        if not arm.assessable.count:
            return Figure(DASH, self.voice.say(N_("nobody can be judged")))
        return self.share(arm.responders, arm)

    def curve(self, name: str, arm: ToldArm) -> Table:
        say = self.voice.say
        heads = [say(N_("Pain better by at least")), say(N_("of all")), say(N_("of those judged"))]
        rows = [
            (
                say(N_("%(percent)d %%"), percent=at),
                [self.share(told, arm) for told in arm.at[at]],
            )
            for at in STEPS
        ]
        return Table(name, heads, rows)

    def pgic(self) -> Table | None:
        """Return how often each answer was given; None where none was."""
        say, arms = self.voice.say, self.report.arms.values()
        if not any(cell for arm in arms for cell in arm.pgic.values()):
            return None
        rows: list[Row] = [
            (f"{answer} {say(words)}", [Figure(cell_words(arm.pgic[answer])) for arm in arms])
            for answer, words in enumerate(PGIC.steps, 1)
            if any(isinstance(arm.pgic[answer], int) for arm in arms)
        ]
        about = say(PGIC.question) if rows else say(ONE_BY_ONE)
        total = [cell_words(arm.improved.n, arm.n) for arm in arms]
        rows.append((say(N_("Answered")), [Figure(one) for one in total]))
        return Table(say(N_("Overall change")), ["", *self.names], rows, about)

    def effects(self) -> Table | None:
        """Return how many had each side effect; None where nobody was asked."""
        arms = self.report.arms.values()
        known = dict.fromkeys(key for arm in arms for key in arm.side_effects)
        if not known:
            return None
        nobody: Cell = Withheld.UNDER if self.report.is_release else 0
        none = ToldShare(nobody, nobody)
        rows = [
            (
                self.voice.say(EFFECTS[Effect(key)]),
                [self.share(arm.side_effects.get(key, none), arm) for arm in arms],
            )
            for key in known
        ]
        return Table(
            self.voice.say(N_("Side effects")),
            ["", *self.names],
            rows,
            self.voice.say(N_("Of those who were asked about them in the phase.")),
        )

    def method(self) -> Iterator[str]:
        for text in METHOD:
            yield self.voice.say(text)
        if self.report.is_release:
            yield self.voice.say(RELEASE, dash=DASH)
        yield self.voice.say(wording.PLACEBO_RATE)

    def count(self, told: ToldShare, arm: ToldArm) -> Figure:
        """Return `9 / 28`; whom it is of is a part of the arm."""
        return Figure(f"{cell_words(told.count, told.n)} / {cell_words(told.n, arm.n)}")

    def share(self, told: ToldShare, arm: ToldArm) -> Figure:
        """Return `9 / 28`, with the percent and its interval below; no percent of nobody."""
        counted, share = self.count(told, arm), told.share
        if share is None or share.wilson95 is None:
            return counted
        low, high = (self.voice.number(limit) for limit in share.wilson95)
        percent = self.voice.shown(shown(Fraction(100 * share.count, share.n)))
        interval = self.kept(N_("(%(low)s to %(high)s)"), low=low, high=high)
        told_percent = self.voice.say(N_("%(percent)s %%"), percent=percent)
        return Figure(counted.text, f"{told_percent} {interval}")

    def mean(self, told: ToldMean, arm: ToldArm, words: str) -> Figure:
        say = self.voice.say
        n = self.number(told.n, arm.n)
        if told.mean is None:
            return Figure(DASH, n)
        return Figure(say(words, mean=self.voice.shown(shown(told.mean))), n)

    def ends(self, arm: ToldArm) -> Figure:
        if arm.ends is None:
            return Figure(DASH)
        least, most = (self.voice.shown(shown(end)) for end in arm.ends)
        return Figure(self.voice.say(N_("%(least)s to %(most)s %%"), least=least, most=most))

    def nights(self, arm: ToldArm) -> Figure:
        say, done = self.voice.say, arm.completion
        percent = DASH if done is None else self.voice.shown(shown(100 * done))
        text = DASH if done is None else say(N_("%(percent)s %%"), percent=percent)
        if arm.nights is None:
            return Figure(text)
        words = N_("%(logged)d / %(expected)d, %(late)d late")
        nights = arm.nights
        counted = say(words, logged=nights.logged, expected=nights.expected, late=nights.late)
        return Figure(text, counted)

    def kept(self, words: str, **values: object) -> str:
        """Return words that stay on one line."""
        return self.voice.say(words, **values).replace(" ", NBSP)

    def number(self, told: Cell, n: Cell) -> str:
        """Return of how many people a mean is: n = 28, or what is told instead."""
        words = cell_words(told, n)
        return self.kept(N_("n = %(n)s"), n=words) if words[0].isdigit() else f"n{NBSP}{words}"

    def probability(self, p: Fraction | None) -> str:
        if p is None:
            return DASH
        if p < SHORTEST_P:
            return f"p < {self.voice.shown(str(SHORTEST_P))}".replace(" ", NBSP)
        return f"p = {self.voice.number(p, 4)}".replace(" ", NBSP)


def _reason(arm: ToldArm, reason: Reason) -> ToldShare:
    return ToldShare(arm.reasons.get(reason, 0), arm.n)
