"""The words of a verdict: names of rules and windows, bands, and a kind sentence a reason."""

from collections.abc import Mapping
from typing import Final

from tracker.domain.intervals import NoInterval
from tracker.domain.responder import Rule, Verdict
from tracker.domain.statistics import Band, Reason
from tracker.domain.windows import Preset
from tracker.domain.words import N_

RULE_NAMES: Final[Mapping[Rule, str]] = {
    Rule.YOUNGER2013: N_("The 2013 trial"),
    Rule.PAIN30: N_("Pain 30 %"),
    Rule.PAIN50: N_("Pain 50 %"),
    Rule.FM30_SHORT: N_("Fibromyalgia, short"),
    Rule.FM30_LONG: N_("Fibromyalgia, long"),
    Rule.PAIN_PGIC: N_("Pain and overall change"),
}
PRESET_NAMES: Final[Mapping[Preset, str]] = {
    Preset.WEEK: N_("Last 7 days"),
    Preset.STANFORD: N_("Last 3 days"),
    Preset.TWO_WEEK: N_("Last 14 days"),
    Preset.PREGABALIN: N_("Last 7 answered days"),
}
PRESET_WORDING: Final[Mapping[Preset, str]] = {
    Preset.WEEK: N_("the last 7 days of the phase, against the whole baseline"),
    Preset.STANFORD: N_("the last 3 days of the phase, against the whole baseline"),
    Preset.TWO_WEEK: N_("the last 14 days of the phase, against the whole baseline"),
    Preset.PREGABALIN: N_(
        "for each question, the last 7 answered days of the phase, "
        "against the last 7 answered days of the baseline"
    ),
}
BAND_NAMES: Final[Mapping[Band, str]] = {
    Band.MUCH_WORSE: N_("much worse"),
    Band.WORSE: N_("worse"),
    Band.LITTLE_CHANGE: N_("little change"),
    Band.MINIMAL: N_("a little better"),
    Band.MODERATE: N_("moderately better"),
    Band.SUBSTANTIAL: N_("substantially better"),
}
SHORT_REASONS: Final[Mapping[Reason, str]] = {
    Reason.SCALE_CHANGED: N_("Not judged: two rulers"),
    Reason.NO_BASELINE: N_("Not judged: no night of a baseline"),
    Reason.PHASE_BOUNDARY: N_("Not judged: phase too short"),
    Reason.TOO_FEW_DAYS: N_("Not judged: too few days"),
    Reason.BASELINE_ZERO: N_("Not judged: baseline without symptom"),
    Reason.BASELINE_TOO_LOW: N_("Not judged: baseline too low"),
    Reason.NO_PGIC: N_("Not judged: overall change not asked"),
    Reason.BLINDED: N_("Not judged: still blinded"),
    Reason.NOT_SHARED: N_("Not judged: not shared"),
}
REASONS: Final[Mapping[Reason, str]] = {
    Reason.SCALE_CHANGED: N_(
        "The nights that would be compared were answered on two different rulers. "
        "Scores on different rulers can't be compared."
    ),
    Reason.NO_BASELINE: N_(
        "There are no nights from before this phase, so there is nothing to compare with. "
        "A baseline can't be made up afterwards. The trends still show how things go."
    ),
    Reason.PHASE_BOUNDARY: N_(
        "This phase doesn't hold enough days yet. The day it starts on is left out."
    ),
    Reason.TOO_FEW_DAYS: N_("Too few nights are answered to compare."),
    Reason.BASELINE_ZERO: N_(
        "In the baseline this was at its best every night, so a percent can't be taken of it."
    ),
    Reason.BASELINE_TOO_LOW: N_(
        "In the baseline this was so mild that a percent would say little. "
        "The change in points is below."
    ),
    Reason.NO_PGIC: N_(
        "This rule also needs the question about overall change, "
        "and there is no answer to it in this phase."
    ),
    Reason.BLINDED: N_(
        "What this phase holds is not revealed yet, so no verdict is given until it is."
    ),
    Reason.NOT_SHARED: N_(
        "Some of the nights or questions that this rests on are not shared, so it is not given."
    ),
}
NO_INTERVALS: Final[Mapping[NoInterval, str]] = {
    NoInterval.TOO_FEW_DAYS: N_("no interval: too few nights"),
    NoInterval.MEAN_ZERO: N_("no interval: a mean is at its best"),
    NoInterval.DID_NOT_VARY: N_("no interval: the scores did not vary"),
}
# Of a running phase, and of one that is over.
LOWER: Final = (
    N_("Pain is %(size)s %% lower than in the baseline. The mark is %(mark)d %%."),
    N_("Pain was %(size)s %% lower than in the baseline. The mark is %(mark)d %%."),
)
HIGHER: Final = (
    N_("Pain is %(size)s %% higher than in the baseline. The mark is %(mark)d %% lower."),
    N_("Pain was %(size)s %% higher than in the baseline. The mark is %(mark)d %% lower."),
)
UNCHANGED: Final = (
    N_("Pain is the same as in the baseline. The mark is %(mark)d %% lower."),
    N_("Pain was the same as in the baseline. The mark is %(mark)d %% lower."),
)
VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.RESPONDER: (
        N_("By this rule, the diary shows a response at this point."),
        N_("By this rule, the diary showed a response at the end of this phase."),
    ),
    Verdict.NON_RESPONDER: (
        N_("By this rule, the diary does not show a response at this point."),
        N_("By this rule, the diary did not show a response at the end of this phase."),
    ),
    Verdict.NOT_ASSESSABLE: (
        N_("By this rule, it can't be said yet whether there is a response."),
        N_("By this rule, it can't be said whether there was a response in this phase."),
    ),
}
