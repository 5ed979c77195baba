"""What plans, their keys' holders and the reasons for opening are called in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tracker.domain.started_plans import OpenedBy, Why
from tracker.domain.words import N_

PAIRS: Final = "pairs"
OWN: Final = "own"
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "crossover2013": N_("Crossover, as in the 2013 trial"),
        "pilot2009": N_("Pilot, as in 2009"),
        "cytokine2015": N_("Ten weeks, as in the cytokine study"),
        "final2024": N_("One arm, as in the FINAL trial"),
        "open_label": N_("Open label, with a titration"),
        PAIRS: N_("Pairs for one person"),
        OWN: N_("A plan of your own"),
    }
)
# [S] measurement standard, section 8: what each trial did, in plain words.
SOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "crossover2013": N_(
            "2 weeks of baseline, then 12 weeks of the drug and 4 of placebo in an order that is "
            "drawn, then 4 weeks of follow-up. Younger and others 2013: 4.5 mg, neither the person "
            "nor the doctor knew the order."
        ),
        "pilot2009": N_(
            "2 weeks of baseline, 2 of placebo, 8 of the drug, 2 of washout. Younger and Mackey "
            "2009: 4.5 mg. Everyone had the same order, so nothing is drawn."
        ),
        "cytokine2015": N_(
            "2 weeks of baseline, then 8 of the drug. Parkitny and Younger 2017: 4.5 mg. "
            "There was no placebo, so nothing is drawn."
        ),
        "final2024": N_(
            "1 week of baseline, then 12 weeks of either the drug or a placebo: a coin decides. "
            "Due Bruun and others 2024: up to 6 mg, raised over 4 weeks; neither the person nor "
            "the doctor knew which."
        ),
        "open_label": N_(
            "2 weeks of baseline, 4 of titration as prescribed, 12 of treatment. Nothing is drawn "
            "and nothing hidden."
        ),
        PAIRS: N_(
            "An N-of-1 trial: the drug and a placebo for equally long, several times, the order "
            "drawn anew in each pair. It needs somebody who packs both to look alike."
        ),
        OWN: N_("Up to eight phases of your own, one after another."),
    }
)
WHY: Final[Mapping[Why, str]] = MappingProxyType(
    {
        Why.PLANNED_END: N_("The plan has come to its end"),
        Why.SIDE_EFFECT: N_("A side effect"),
        Why.EMERGENCY: N_("An emergency"),
        Why.OTHER: N_("Another reason"),
    }
)
OPENED_BY: Final[Mapping[OpenedBy, str]] = MappingProxyType(
    {
        OpenedBy.OWNER: N_("by the diary's owner"),
        OpenedBy.HOLDER: N_("by the key's holder"),
        OpenedBy.STUDY: N_("by the study"),
    }
)
