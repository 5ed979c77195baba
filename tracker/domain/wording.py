"""What a verdict, a reason, a band or a preset is called in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tracker.domain.intervals import NoInterval
from tracker.domain.phases import PhaseKind
from tracker.domain.responder import Verdict
from tracker.domain.statistics import Band, Reason
from tracker.domain.windows import Preset
from tracker.domain.words import N_

VERDICTS: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.RESPONDER: N_("By this rule, the diary shows a response."),
        Verdict.NON_RESPONDER: N_("By this rule, the diary does not show a response."),
        Verdict.NOT_ASSESSABLE: N_("This can't be judged: %(reason)s."),
    },
)
REASONS: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.SCALE_CHANGED: N_("the scores are on two different rulers (scale_changed)"),
        Reason.NO_BASELINE: N_("no nights were written before the first dose (no_baseline)"),
        Reason.PHASE_BOUNDARY: N_(
            "the phase has fewer days after its start than the window needs (phase_boundary)"
        ),
        Reason.TOO_FEW_DAYS: N_("too few days were answered (too_few_days)"),
        Reason.BASELINE_ZERO: N_(
            "the baseline has no symptom at all, so nothing can improve (baseline_zero)"
        ),
        Reason.BASELINE_TOO_LOW: N_(
            "the baseline is below 10 % of the ruler, so a percent says nothing (baseline_too_low)"
        ),
        Reason.NO_PGIC: N_("the overall change was not asked in time (no_pgic)"),
        Reason.BLINDED: N_("the phase is still blinded (blinded)"),
        Reason.NOT_SHARED: N_("some of what it rests on is not shared (not_shared)"),
    },
)
BANDS: Final[Mapping[Band, str]] = MappingProxyType(
    {
        Band.MUCH_WORSE: N_("much worse"),
        Band.WORSE: N_("worse"),
        Band.LITTLE_CHANGE: N_("little change"),
        Band.MINIMAL: N_("minimally better"),
        Band.MODERATE: N_("moderately better"),
        Band.SUBSTANTIAL: N_("substantially better"),
    },
)
NO_INTERVALS: Final[Mapping[NoInterval, str]] = MappingProxyType(
    {
        NoInterval.TOO_FEW_DAYS: N_("no interval: fewer than 4 days"),
        NoInterval.MEAN_ZERO: N_("no interval: a mean is at the end of the ruler"),
        NoInterval.DID_NOT_VARY: N_("no interval: scores did not vary"),
    },
)
PRESETS: Final[Mapping[Preset, str]] = MappingProxyType(
    {
        Preset.WEEK: N_("the phase's last 7 days"),
        Preset.STANFORD: N_("the phase's last 3 days"),
        Preset.TWO_WEEK: N_("the phase's last 14 days"),
        Preset.PREGABALIN: N_("the last 7 answered days of baseline and phase"),
    },
)
KINDS: Final[Mapping[PhaseKind, str]] = MappingProxyType(
    {
        PhaseKind.BASELINE: N_("Baseline"),
        PhaseKind.PLACEBO: N_("Placebo"),
        PhaseKind.TREATMENT: N_("Treatment"),
        PhaseKind.WASHOUT: N_("Washout"),
        PhaseKind.FOLLOW_UP: N_("Follow-up"),
        PhaseKind.BLINDED: N_("Blinded phase"),
    },
)
# [S] Due Bruun 2024 (FINAL). It stands beside every verdict, always.
PLACEBO_RATE: Final = N_(
    "In the largest randomised trial (FINAL 2024, n = 99), 28 % of people on placebo (14 of 50) "
    "had at least 30 % less pain, against 45 % (22 of 49) on the drug, a difference that the "
    "trial did not find significant."
)
UNCERTAIN: Final = N_(
    "One person's percent is uncertain: the interval says how far it may be off. The diary alone "
    "can't tell what caused a change."
)
EARLY: Final = N_(
    "This is early: the window ends within 28 days of the start, and the trials saw benefit after "
    "one to three months."
)
LOW_BASELINE: Final = N_(
    "The baseline is below 40 % of the ruler, lower than the trials required: read the percent "
    "with care."
)
