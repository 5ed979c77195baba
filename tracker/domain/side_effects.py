"""Side effects: what a person noticed, and on which days they were asked about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tracker.domain.occasions import last_days
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.words import N_, Refused

ASKED_EVERY: Final = timedelta(weeks=2)  # [S] the 2013 trial's visits
ASKED_IN: Final = frozenset({PhaseKind.PLACEBO, PhaseKind.TREATMENT, PhaseKind.BLINDED})


class Effect(StrEnum):
    """What may be noticed, in the order of evidence [S]."""

    VIVID_DREAMS = "vivid_dreams"
    HEADACHE = "headache"
    NAUSEA = "nausea"
    INSOMNIA = "insomnia"
    DIARRHOEA = "diarrhoea"
    ANXIETY = "anxiety"
    FAST_HEARTBEAT = "fast_heartbeat"
    MOOD_CHANGE = "mood_change"
    OTHER = "other"


class Severity(StrEnum):
    """How strong it is."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class Action(StrEnum):
    """What the person did about it."""

    NONE = "none"
    TOLD = "told_clinician"
    STOPPED = "stopped"


EFFECTS: Final[Mapping[Effect, str]] = MappingProxyType(
    {
        Effect.VIVID_DREAMS: N_("Vivid dreams"),
        Effect.HEADACHE: N_("Headache"),
        Effect.NAUSEA: N_("Nausea"),
        Effect.INSOMNIA: N_("Insomnia"),
        Effect.DIARRHOEA: N_("Diarrhoea"),
        Effect.ANXIETY: N_("Anxiety"),
        Effect.FAST_HEARTBEAT: N_("Fast heartbeat"),
        Effect.MOOD_CHANGE: N_("Mood change"),
        Effect.OTHER: N_("Something else"),
    }
)
SEVERITIES: Final[Mapping[Severity, str]] = MappingProxyType(
    {
        Severity.MILD: N_("mild"),
        Severity.MODERATE: N_("moderate"),
        Severity.SEVERE: N_("severe"),
    }
)
ACTIONS: Final[Mapping[Action, str]] = MappingProxyType(
    {
        Action.NONE: N_("Nothing"),
        Action.TOLD: N_("Told my clinician"),
        Action.STOPPED: N_("Stopped the medicine"),
    }
)


class SideEffectRefused(Refused):
    """The side effect can't be as it was told."""


@dataclass(frozen=True, slots=True)
class SideEffect:
    """One side effect.

    `start` is its first diary day, `end` is exclusive, None while it lasts. `reported` is the
    diary day on which the person told of it, and so was asked about all others too. `name` is in
    the person's words, "" unless `effect` is `other`.
    """

    effect: Effect
    start: date
    severity: Severity
    reported: date
    end: date | None = None
    bothersome: bool = False
    action: Action = Action.NONE
    name: str = ""

    @property
    def span(self) -> Span:
        """The days that it lasted; one that lasts has no last day yet."""
        return Span(self.start, self.end or date.max)

    def touches(self, span: Span) -> bool:
        """True where it was there on one day of `span` at least."""
        return self.start < span.end and span.start < self.span.end


def clean_effect(told: SideEffect, today: date) -> SideEffect:
    """Return `told` where it can be; a name is kept of `other` alone.

    Raises:
        SideEffectRefused: it has no name, starts after `today`, or ends before it starts.
    """
    if told.effect is Effect.OTHER and not told.name:
        raise SideEffectRefused(N_("Say in a word or two what it is."))
    if told.start > today:
        raise SideEffectRefused(N_("The first day can't lie in the future."))
    if told.end is not None and told.end <= told.start:
        raise SideEffectRefused(N_("The last day can't lie before the first."))
    if told.end is not None and told.end > today + ONE_DAY:
        raise SideEffectRefused(N_("The last day can't lie in the future. Leave it empty."))
    return replace(
        told,
        name=told.name if told.effect is Effect.OTHER else "",
        reported=max(told.reported, told.start),
    )


def worst_of(effects: Iterable[SideEffect]) -> Severity | None:
    """Return how strong the strongest is; None where there is none."""
    order = [*Severity]
    return max((each.severity for each in effects), key=order.index, default=None)


def asked_days(effects: Iterable[SideEffect], checks: Iterable[date]) -> Sequence[date]:
    """Return the days on which the person was asked, in order.

    `checks` are those on which nothing new was told; on the others an effect was.
    """
    return sorted({*checks, *(effect.reported for effect in effects)})


def had_in(
    phase: Phase, effects: Sequence[SideEffect], checks: Iterable[date], closed_until: date
) -> Mapping[str, bool]:
    """Return by its key which side effects the person had in `phase`, of those asked about.

    Days count from the one after `start` on, as scores do: a dose is taken at bedtime. Being asked
    on the day after the phase's last still tells of the phase. Nobody asked in between is in any
    denominator, so the mapping is empty: silence is no "no". An effect that was there before and
    lasts is had in the phase as well.

    >>> phase = Phase(PhaseKind.TREATMENT, date(2026, 1, 1), date(2026, 3, 1))
    >>> dreams = SideEffect(Effect.VIVID_DREAMS, date(2026, 1, 9), Severity.MILD, date(2026, 1, 9))
    >>> had = had_in(phase, [dreams], [], date(2026, 3, 1))
    >>> had["vivid_dreams"], had["headache"], len(had)
    (True, False, 9)
    >>> had_in(phase, [], [], date(2026, 3, 1))
    {}
    """
    days = Span(phase.start + ONE_DAY, phase.span(closed_until).end)
    heard = Span(days.start, days.end + ONE_DAY)
    if not any(day in heard for day in asked_days(effects, checks)):
        return {}
    had = {effect.effect for effect in effects if days.days and effect.touches(days)}
    return {effect.value: effect in had for effect in Effect}


def last_asked(effects: Iterable[SideEffect], checks: Iterable[date], until: date) -> date | None:
    """Return the last day up to `until` on which they were asked; None where they never were."""
    return max((day for day in asked_days(effects, checks) if day <= until), default=None)


def is_due(phases: Iterable[Phase], asked: date | None, today: date) -> bool:
    """True where two weeks of a phase with a medicine, real or not, went by unasked, or it ends.

    A phase closes with the question, in its last three days or on the day after: else nobody would
    be asked in a period of two weeks, nor about the last days of a longer one.

    Args:
        phases: as they are stored; of a blinded one nothing but its days is looked at.
        asked: when the person was asked last, None where they never were.
        today: their diary day.
    """
    return any(
        phase.kind in ASKED_IN and (_is_time(phase, asked, today) or _closes(phase, asked, today))
        for phase in phases
    )


def _is_time(phase: Phase, asked: date | None, today: date) -> bool:
    since = max(phase.start, asked or phase.start)
    return today in Span(phase.start, phase.end or date.max) and today >= since + ASKED_EVERY


def _closes(phase: Phase, asked: date | None, today: date) -> bool:
    last = last_days(phase)
    if last is None or not last.start <= today <= last.end:
        return False
    return asked is None or asked < last.start
