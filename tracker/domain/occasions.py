"""Occasions: the diary days on which a question that isn't asked every night is due."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import (
    DOSE_TAKEN,
    OCCASIONAL,
    PGIC,
    TOLERABILITY,
    Item,
    Questionnaire,
)
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.windows import ARMS

DOSED: Final = ARMS | {PhaseKind.BLINDED}  # the kinds of phase in which something is taken
WEEK: Final = timedelta(weeks=1)
FOUR_WEEKS: Final = timedelta(weeks=4)
LAST_DAYS: Final = timedelta(days=3)  # [O] of a phase, and before four weeks are full
DAYS_AFTER: Final = timedelta(days=4)  # [O] from that day on, itself included
REACH: Final = timedelta(days=6)  # from any day of an occasion, no other of its days is further
AHEAD: Final = 84  # days that are searched for the next occasion

Answered = Mapping[str, Collection[date]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one night's form asks: the person's own questions, and those `besides` of this day."""

    version: Questionnaire
    besides: tuple[Item, ...] = ()

    @property
    def whole(self) -> Questionnaire:
        """Everything that the form asks, in order."""
        return self.version.also(self.besides)

    @property
    def passing(self) -> frozenset[str]:
        """The keys of those that the nights after may not ask; a dose is asked about each night."""
        return frozenset(item.key for item in self.besides if item != DOSE_TAKEN)


def due_on(
    day: date, phases: Sequence[Phase], answered: Answered, *, took_medicine: bool = False
) -> tuple[Item, ...]:
    """Return what the night of `day` is asked beside the person's own questions.

    Args:
        day: the diary day.
        phases: the person's, in order; a blinded one is known by its whole span alone.
        answered: for tolerability and PGIC, the days near `day` that answer or decline.
        took_medicine: whether a medicine was active in the night before, whatever the phases say.
    """
    due = {
        DOSE_TAKEN: took_medicine or was_dosed(day, phases),
        TOLERABILITY: _is_open(tolerability_days(day, phases), day, answered, TOLERABILITY),
        PGIC: _is_open(pgic_days(day, phases), day, answered, PGIC),
    }
    return tuple(item for item in OCCASIONAL if due[item])


def was_dosed(day: date, phases: Sequence[Phase]) -> bool:
    """Say whether the night before `day` lies in a phase in which something is taken.

    The dose of night D is asked about on D + 1: first on the day after the start, for on the
    start itself nothing was taken yet; last on the day of the end, for the night before it was
    the phase's last.

    >>> phase = Phase(PhaseKind.PLACEBO, date(2026, 1, 15), date(2026, 1, 17))
    >>> [was_dosed(date(2026, 1, day), [phase]) for day in (15, 16, 17, 18)]
    [False, True, True, False]
    """
    night = day - ONE_DAY
    return any(
        phase.kind in DOSED and phase.start <= night and (phase.end is None or night < phase.end)
        for phase in phases
    )


def tolerability_days(day: date, phases: Sequence[Phase]) -> Span | None:
    """Return the days of the weekly question that `day` is one of; None where there are none.

    A week after the start of a phase it is due, and until the next one is, or the phase ends.

    >>> phase = Phase(PhaseKind.TREATMENT, date(2026, 1, 1), date(2026, 1, 12))
    >>> tolerability_days(date(2026, 1, 7), [phase])
    >>> tolerability_days(date(2026, 1, 10), [phase])
    Span(start=datetime.date(2026, 1, 8), end=datetime.date(2026, 1, 12))
    """
    for phase in phases:
        if phase.kind in DOSED and _is_within(phase, day):
            weeks = (day - phase.start) // WEEK
            begin = phase.start + weeks * WEEK
            return Span(begin, min(begin + WEEK, phase.end or date.max)) if weeks else None
    return None


def pgic_days(day: date, phases: Sequence[Phase]) -> Span | None:
    """Return the days of the question about overall change that `day` is one of, else None.

    They are the last three of each phase in which something is taken, so that an answer lies after
    its start and before its end. And every four weeks, counted from the first phase after the
    baseline, the seven around that day; these give way where such a phase ends within a week of it.
    An answer on a phase's first day, or between phases, would count for none: it is not asked then.
    """
    if not any(_is_within(p, day) for p in phases if p.kind is not PhaseKind.BASELINE):
        return None
    around = (*_phase_ends(phases), *_four_weeks(day, phases))
    return next((span for span in around if day in span), None)


def next_pgic(today: date, phases: Sequence[Phase], answered: Answered) -> date | None:
    """Return the next day, `today` or later, that asks about overall change; None in 12 weeks."""
    days = (today + ahead * ONE_DAY for ahead in range(AHEAD))
    given = answered.get(PGIC.key, ())
    return next(
        (
            day
            for day in days
            if (span := pgic_days(day, phases)) is not None
            and not any(each in span for each in given)
        ),
        None,
    )


def _is_open(span: Span | None, day: date, answered: Answered, item: Item) -> bool:
    """Say whether no other day of the occasion has an answer; that of `day` is still its form's."""
    given = answered.get(item.key, ())
    return span is not None and not any(each in span and each != day for each in given)


def _is_within(phase: Phase, day: date) -> bool:
    return phase.start < day and (phase.end is None or day < phase.end)


def last_days(phase: Phase) -> Span | None:
    """Return the days at a phase's end that ask how it was, its start left out; None while open.

    >>> last_days(Phase(PhaseKind.PLACEBO, date(2026, 1, 1), date(2026, 1, 15)))
    Span(start=datetime.date(2026, 1, 12), end=datetime.date(2026, 1, 15))
    >>> last_days(Phase(PhaseKind.PLACEBO, date(2026, 1, 1)))
    """
    if phase.end is None:
        return None
    return Span(max(phase.start + ONE_DAY, phase.end - LAST_DAYS), phase.end)


def _phase_ends(phases: Sequence[Phase]) -> Iterator[Span]:
    for phase in phases:
        days = last_days(phase) if phase.kind in DOSED else None
        if days is not None:
            yield days


def _four_weeks(day: date, phases: Sequence[Phase]) -> Iterator[Span]:
    """Yield the days around the end of the four weeks that `day` is nearest to."""
    begun = _study_start(phases)
    if begun is None:
        return
    middle = begun + (day - begun + FOUR_WEEKS / 2) // FOUR_WEEKS * FOUR_WEEKS
    if middle > begun and not any(abs(end.end - middle) <= WEEK for end in _phase_ends(phases)):
        yield Span(middle - LAST_DAYS, middle + DAYS_AFTER)


def _study_start(phases: Sequence[Phase]) -> date | None:
    """Return the start of the first phase after the first baseline, or of all without one."""
    baselines = [phase.start for phase in phases if phase.kind is PhaseKind.BASELINE]
    since = min(baselines, default=date.min)
    later = [p.start for p in phases if p.kind is not PhaseKind.BASELINE and p.start > since]
    return min(later, default=None)
