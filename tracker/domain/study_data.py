"""What a study may use of its people's diaries: the nights of the plan, the items it asks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from types import MappingProxyType

from tracker.domain.blinding import shown
from tracker.domain.diary import Diary
from tracker.domain.groups import GroupReport, group_report
from tracker.domain.outcomes import Outcome, arm_of, outcomes_of
from tracker.domain.phases import Phase, PhaseKind, in_order
from tracker.domain.plans import Plan
from tracker.domain.questionnaire import ITEMS
from tracker.domain.responder import Rule
from tracker.domain.scoresheets import sheet_of
from tracker.domain.side_effects import SideEffect, had_in
from tracker.domain.spans import ONE_DAY
from tracker.domain.studies import Participant, Study
from tracker.domain.windows import Preset


@dataclass(frozen=True, slots=True)
class Volunteer:
    """One participant as the study's data has them: no name, no note, no helper's name.

    `start` is the first day of the plan; `diary` is on the study's ruler. `effects` have no
    words of their own; `checks` are the days on which nothing new was noticed.
    """

    code: str
    start: date
    diary: Diary
    phases: tuple[Phase, ...]
    effects: tuple[SideEffect, ...] = ()
    checks: tuple[date, ...] = ()

    @property
    def closed_until(self) -> date:
        """The day after the last night: as where a file ends, so that both say the same."""
        nights = self.diary.entries
        return max(nights) + ONE_DAY if nights else date.min

    def study_day(self, day: date) -> int:
        """Return the number of a day: 1 is the first of the plan."""
        return (day - self.start).days + 1

    def phase_on(self, day: date) -> Phase | None:
        """Return the phase that a day lies in."""
        return next((each for each in self.phases if day in each.span(day)), None)


def volunteer(study: Study, part: Participant, diary: Diary, phases: Iterable[Phase]) -> Volunteer:
    """Return what the study may use of somebody's diary and phases.

    What they wrote on phases of their own stays theirs: a label or a medicine counts where it is
    the plan's.
    """
    plan = study.draft.protocol.steps()
    span, seen = part.span(plan), frozenset(study.seen)
    entries = {}
    for day, entry in sorted(diary.entries.items()):
        answers = {key: one for key, one in entry.answers.items() if key in seen}
        if day in span and answers:
            kept = MappingProxyType(answers)
            entries[day] = replace(entry, answers=kept, note="", entered_by="", zone="")
    cut = tuple(
        replace(_as_planned(phase, plan), end=min(phase.end or span.end, span.end))
        for phase in in_order([*phases])
        if phase.start in span
    )
    items = {key: ITEMS[key] for key in study.seen}
    return Volunteer(part.code, part.start, Diary(study.draft.ruler, items, entries), cut)


def _as_planned(phase: Phase, plan: Plan) -> Phase:
    """Return `phase` without words that are not the plan's.

    The letter of a period says when it came; once opened it would part an arm by time.
    """
    is_hidden = phase.kind is PhaseKind.BLINDED
    steps = shown(plan) if is_hidden else chain(plan.before, *plan.orders, plan.after)
    label = phase.label if phase.label in {step.label for step in steps} else ""
    if phase.medicine in plan.medicines:
        return replace(phase, label=label)
    return replace(phase, label=label, medicine="", dose_mg=None)


def with_effects(
    study: Study,
    part: Participant,
    one: Volunteer,
    effects: Iterable[SideEffect],
    checks: Iterable[date],
) -> Volunteer:
    """Return `one` with the side effects that the study may use: told of in its days, unworded."""
    span = part.span(study.draft.protocol.steps())
    return replace(
        one,
        effects=tuple(replace(each, name="") for each in effects if each.reported in span),
        checks=tuple(day for day in checks if day in span),
    )


def study_report(people: Sequence[Volunteer], rule: Rule, preset: Preset) -> GroupReport:
    """Return the group report of a study: what `cohort` says of its files."""
    return group_report(
        (_outcomes(one, rule, preset) for one in people),
        [*dict.fromkeys(_arms(people))],
    )


def _outcomes(one: Volunteer, rule: Rule, preset: Preset) -> dict[str, Outcome]:
    sheet, until = sheet_of(one.diary, rule, one.closed_until), one.closed_until
    last = {arm_of(phase): phase for phase in one.phases}
    return {
        arm: replace(outcome, side_effects=had_in(last[arm], one.effects, one.checks, until))
        for arm, outcome in outcomes_of(sheet, one.phases, rule, preset).items()
    }


def _arms(people: Iterable[Volunteer]) -> Iterator[str]:
    for one in people:
        for phase in one.phases:
            arm = arm_of(phase)
            if arm is not None:
                yield arm
