"""A group report in plain words and figures, for a terminal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tracker.domain import wording
from tracker.domain.groups import Arm, GroupReport
from tracker.domain.pairs import Paired
from tracker.domain.proportions import Share
from tracker.domain.questionnaire import PGIC, Ruler
from tracker.domain.responder import WORDING, Rule
from tracker.domain.statistics import shown
from tracker.domain.told_groups import STEPS
from tracker.domain.windows import Preset
from tracker.domain.words import N_

SHORTEST_P: Final = 0.0001
# What the words above mean, and what they don't.
DEFINITIONS: Final = (
    N_(
        "Each person is judged as by “tracker analyze”: each phase against that person's own "
        "baseline, which is the first baseline phase, or else the 14 days before the first placebo "
        "or treatment. Improvement is the percent by which mean pain is lower than in the baseline."
    ),
    N_(
        "An arm is a label, or the kind of phase where there is none. Where someone has several "
        "phases of one arm, the last counts."
    ),
    N_(
        "Responders are of all people of the arm: who can't be judged counts as none. In the "
        "table, “of all” does the same (intention to treat, ITT), and “of those judged” leaves out "
        "who has no percent (observed)."
    ),
    N_(
        "Intervals are Wilson's, 95 %%: so far may the share of people like these lie from the one "
        "that was seen."
    ),
    N_("Percents are cut after one decimal, limits of intervals are rounded."),
)
PAIRING: Final = N_(
    "McNemar's exact test looks at those alone who respond in one arm only. Its p means something "
    "only where the order of the arms was drawn by lot."
)


def plain_group(
    report: GroupReport,
    asked: tuple[Ruler, Rule, Preset],
    translate: Callable[[str], str],
) -> str:
    """Return what a person reads: each arm, the pairs, then what the words mean."""
    return "\n".join(_Writer(report, asked, translate).lines()) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    report: GroupReport
    asked: tuple[Ruler, Rule, Preset]
    translate: Callable[[str], str]

    def lines(self) -> Iterator[str]:
        yield self.say(N_("People: %(n)d"), n=self.report.n)
        yield ""
        if not self.report.arms:
            yield self.say(N_("Nobody has a placebo or a treatment phase, so there is no arm."))
            yield ""
        for name, arm in self.report.arms.items():
            yield from self.arm(name, arm)
            yield ""
        if self.report.paired is not None:
            yield from self.paired(self.report.paired)
            yield ""
        yield from self.meaning()

    def arm(self, name: str, arm: Arm) -> Iterator[str]:
        yield self.say(N_("Arm “%(name)s”: %(n)d people"), name=name, n=arm.n)
        yield from ("  " + line for line in self.judged(arm))
        yield from ("  " + line for line in self.curve(arm))
        if arm.improved.n:
            yield "  " + self.say(
                N_("Overall change, much or very much improved: %(share)s"),
                share=self.share(arm.improved),
            )
            yield "    " + self.answers(arm)
        if arm.tolerability.n:
            yield "  " + self.say(
                N_("Tolerability: mean %(mean)s of 100 (n = %(n)d)"),
                mean=shown(arm.tolerability.mean),
                n=arm.tolerability.n,
            )
        for effect, share in arm.side_effects.items():
            yield "  " + self.say(
                N_("Side effect %(effect)s: %(share)s"), effect=effect, share=self.share(share)
            )
        yield "  " + self.nights(arm)

    def judged(self, arm: Arm) -> Iterator[str]:
        rule = self.asked[1]
        yield self.say(
            N_("Mean improvement of pain: %(percent)s (n = %(n)d)"),
            percent=_percent(arm.improvement.mean),
            n=arm.improvement.n,
        )
        yield self.say(
            N_("Responders by %(rule)s: %(share)s"),
            rule=rule.value,
            share=self.share(arm.responders),
        )
        yield self.say(N_("Less pain at all: %(share)s"), share=self.share(arm.less_pain))
        if arm.least is not None and arm.most is not None:
            yield "  " + self.say(
                N_("among these from %(least)s to %(most)s"),
                least=_percent(arm.least),
                most=_percent(arm.most),
            )
        yield self.say(
            N_("Can be judged by the rule: %(count)d / %(n)d"), count=arm.assessable, n=arm.n
        )
        for reason, count in arm.reasons.items():
            yield f"  {count}: {self.say(wording.REASONS[reason])}"
        if arm.silent:
            yield self.say(N_("Wrote no night of it: %(count)d / %(n)d"), count=arm.silent, n=arm.n)
        if arm.early:
            yield self.say(N_("Judged early: %(count)d / %(n)d"), count=arm.early, n=arm.n)
        if arm.low_baseline:
            yield self.say(N_("Low baseline: %(count)d / %(n)d"), count=arm.low_baseline, n=arm.n)

    def curve(self, arm: Arm) -> Iterator[str]:
        yield self.say(N_("Pain improved by at least"))
        heads = ("", self.say(N_("of all")), self.say(N_("of those judged")))
        yield "  {:>6}  {:<36}  {}".format(*heads).rstrip()
        for at in STEPS:
            both = self.share(arm.curve.itt(at)), self.share(arm.curve.observed(at))
            yield "  {:>4} %  {:<36}  {}".format(at, *both)

    def answers(self, arm: Arm) -> str:
        low, high = self.say(PGIC.low), self.say(PGIC.high)
        counts = ", ".join(f"{answer}: {count}" for answer, count in arm.pgic.items())
        return self.say(
            N_("%(counts)s (1 is “%(low)s”, 7 is “%(high)s”)"), counts=counts, low=low, high=high
        )

    def nights(self, arm: Arm) -> str:
        nights = arm.nights
        done = nights.completion
        return self.say(
            N_("Nights written: %(logged)d / %(expected)d%(percent)s, %(late)d late"),
            logged=nights.logged,
            expected=nights.expected,
            percent="" if done is None else f", {_percent(100 * done)}",
            late=nights.late,
        )

    def paired(self, paired: Paired) -> Iterator[str]:
        first, second = paired.arms
        yield self.say(
            N_("In both arms, “%(first)s” and “%(second)s”: %(n)d people"),
            first=first,
            second=second,
            n=paired.n,
        )
        if not paired.n:
            return
        yield "  " + self.say(
            N_("Mean difference of improvement, first arm less second: %(points)s (n = %(n)d)"),
            points=self.say(N_("%(points)s points"), points=shown(paired.mean_difference)),
            n=paired.compared,
        )
        yield "  " + self.say(
            N_(
                "Responders in both: %(both)d, in the first only: %(first)d, in the second only: "
                "%(second)d, in neither: %(neither)d"
            ),
            both=paired.both,
            first=paired.first_only,
            second=paired.second_only,
            neither=paired.neither,
        )
        yield "  " + self.say(
            N_("McNemar's exact test, two-sided: p %(p)s"), p=_probability(paired.mcnemar_p)
        )

    def meaning(self) -> Iterator[str]:
        ruler, rule, preset = self.asked
        yield self.say(
            N_("Rule %(rule)s: %(wording)s."), rule=rule.value, wording=self.say(WORDING[rule])
        )
        yield self.say(
            N_("Window %(preset)s: %(wording)s. A phase's start day is in no window."),
            preset=preset.value,
            wording=self.say(wording.PRESETS[preset]),
        )
        yield self.say(
            N_("Ruler %(ruler)s: scores from 0 to %(high)d."), ruler=ruler.value, high=ruler.maximum
        )
        yield ""
        yield self.say(N_("How to read this:"))
        told = DEFINITIONS if self.report.paired is None else (*DEFINITIONS, PAIRING)
        yield from ("  " + self.say(each).replace("%%", "%") for each in told)
        yield "  " + self.say(wording.PLACEBO_RATE)

    def share(self, share: Share) -> str:
        """Return `9 / 28, 32.1 %` and its interval; no percent of nobody."""
        counted = f"{share.count} / {share.n}"
        if share.wilson95 is None:
            return counted
        low, high = (f"{limit:.1f}" for limit in share.wilson95)
        percent = _percent(Fraction(100 * share.count, share.n))
        return self.say(
            N_("%(counted)s, %(percent)s (%(low)s to %(high)s)"),
            counted=counted,
            percent=percent,
            low=low,
            high=high,
        )

    def say(self, text: str, **values: object) -> str:
        """Return `text` in the reader's language, its places filled where it has any."""
        said = self.translate(text)
        return said % values if values else said


def _percent(value: Fraction | None) -> str:
    return "n/a" if value is None else f"{shown(value)} %"


def _probability(p: Fraction) -> str:
    return f"< {SHORTEST_P}" if p < SHORTEST_P else f"= {float(p):.4f}"
