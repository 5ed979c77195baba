"""Outcomes: what one person's phase adds to a group report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tracker.domain.completion import Days
from tracker.domain.phases import Phase, in_order
from tracker.domain.questionnaire import PAIN
from tracker.domain.responder import Rule
from tracker.domain.scoresheets import ScoreSheet
from tracker.domain.statistics import Flag, Reason
from tracker.domain.verdicts import PhaseResult, Question, decide_phase
from tracker.domain.windows import ARMS, Preset, baseline_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """One person in one arm.

    `responder` is the rule's answer, None (with its `reason`) where it can't be determined.
    `percent` is the improvement of pain, `pgic` the last answer that lies in time, `tolerability`
    the mean of the phase's weekly answers; each None where there is none. `days` counts the
    phase's nights. `side_effects` says of each that the person was asked about whether they had
    it; a file carries none.
    """

    responder: bool | None
    reason: Reason | None = None
    is_early: bool = False
    has_low_baseline: bool = False
    percent: Fraction | None = None
    pgic: int | None = None
    tolerability: Fraction | None = None
    days: Days = field(default_factory=Days)
    side_effects: Mapping[str, bool] = field(default_factory=dict)


def arm_of(phase: Phase) -> str | None:
    """Return the arm that `phase` belongs to: its label, else its kind; None where to none."""
    return (phase.label or phase.kind.value) if phase.kind in ARMS else None


def outcomes_of(
    sheet: ScoreSheet, phases: Sequence[Phase], rule: Rule, preset: Preset
) -> dict[str, Outcome]:
    """Judge one person: an outcome for each arm, of its last phase where it has several.

    Raises:
        PhasesRefused: the phases can't stand together.
    """
    ordered = in_order(phases)
    baseline = baseline_of(ordered, sheet.closed_until)
    question = Question(
        series=sheet.series,
        rule=rule,
        preset=preset,
        baseline=baseline if baseline is not None and sheet.days(baseline).logged else None,
        closed_until=sheet.closed_until,
    )
    last = {arm: phase for phase in ordered if (arm := arm_of(phase)) is not None}
    return {arm: _outcome(sheet, question, phase) for arm, phase in last.items()}


def _outcome(sheet: ScoreSheet, question: Question, phase: Phase) -> Outcome:
    decided = decide_phase(question, phase)
    return outcome_of(decided, sheet.days(decided.span))


def outcome_of(decided: PhaseResult, days: Days) -> Outcome:
    """Return what a verdict on a phase adds to its arm."""
    pain = decided.items.get(PAIN.key)
    return Outcome(
        responder=decided.verdict.truth,
        reason=decided.reason,
        is_early=decided.early,
        has_low_baseline=Flag.LOW_BASELINE in decided.flags,
        percent=None if pain is None else pain.percent,
        pgic=decided.pgic,
        tolerability=decided.tolerability.mean,
        days=days,
    )
