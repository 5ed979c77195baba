"""How the figures were made and where the rules come from, for the foot of the first page."""

from collections.abc import Mapping
from typing import Final

from tracker.domain import wording
from tracker.domain.responder import Rule
from tracker.domain.words import N_
from tracker.exports.summary.values import Json, Summary

SELF_REPORTED: Final = N_(
    "Self-reported, not a validated instrument; nobody watches these entries in real time."
)
# [S] where each rule was published.
SOURCES: Final[Mapping[Rule, str]] = {
    Rule.YOUNGER2013: "Younger et al., Arthritis Rheum 2013;65:529-538",
    Rule.PAIN30: "Dworkin et al. (IMMPACT), J Pain 2008;9:105-121",
    Rule.PAIN50: "Dworkin et al. (IMMPACT), J Pain 2008;9:105-121",
    Rule.FM30_SHORT: "Arnold et al., 2012",
    Rule.FM30_LONG: "Arnold et al., 2012",
    Rule.PAIN_PGIC: "Dworkin et al. (IMMPACT), J Pain 2008;9:105-121",
}
PERCENT: Final = N_(
    "Percent: baseline mean less evaluation mean, of the baseline mean; where higher is better, of "
    "its distance to the best score. Missing nights are never filled in. A phase's first day is in "
    "no window. The 95 % interval allows for nights that resemble the night before."
)
SOURCE: Final = N_(
    "Rule: %(source)s. Bands: Dworkin et al., J Pain 2008;9:105-121. Placebo rate: Due Bruun et "
    "al. (FINAL), 2024. Questions modelled on the diary of the 2013 trial."
)


def lines(summary: Summary) -> list[Json]:
    """Return the sentences of the foot."""
    say = summary.voice.say
    return [
        say(wording.UNCERTAIN),
        say(PERCENT),
        say(SOURCE, source=SOURCES[summary.report.rule]),
    ]
