"""Scopes: what of a diary someone else may read, and what that leaves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Final

from tracker.domain.answers import Answer
from tracker.domain.diary import Diary, Entry, closed_until
from tracker.domain.phases import Phase, PhaseKind, as_of
from tracker.domain.questionnaire import Ruler
from tracker.domain.revisions import Deed, Origin, Outcome, Revision, open_conflicts
from tracker.domain.spans import Span
from tracker.domain.verdicts import Withheld
from tracker.domain.windows import ARMS, baseline_of
from tracker.domain.words import N_, Refused


class ScopeRefused(Refused):
    """Nobody could read anything by this scope."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a diary may be read.

    `first` is the first diary day, None for all from the beginning; `end` is exclusive, None where
    the nights to come may be read too. `items` are the keys of the items, None for all, those added
    later among them. `treatment`: medicines, side effects and measurements may be read.
    """

    first: date | None = None
    end: date | None = None
    items: frozenset[str] | None = None
    notes: bool = False
    treatment: bool = False
    pdf: bool = False

    @property
    def span(self) -> Span:
        """The diary days that may be read."""
        return Span(self.first or date.min, self.end or date.max)

    def shows(self, key: str) -> bool:
        """True where the item `key` may be read."""
        return self.items is None or key in self.items

    def covers(self, span: Span) -> bool:
        """True where every day of `span` may be read."""
        return self.span.start <= span.start and span.end <= self.span.end


MAY_PAIR: Final = ARMS | {PhaseKind.BLINDED}
WHOLE: Final = Scope(notes=True, treatment=True, pdf=True)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a diary that a scope lets through; it says nothing of the other nights.

    `phases` are cut to the scope's days; one that ends with or after them is open. `withheld` says
    which figures would rest on more than is let through. `closed_until` is the day after the last
    closed day that is let through.
    """

    scope: Scope
    diary: Diary
    phases: tuple[Phase, ...]
    withheld: Withheld
    closed_until: date


def clean_scope(scope: Scope) -> Scope:
    """Return `scope` where something can be read by it.

    Raises:
        ScopeRefused: no day, or no item, lies in it.
    """
    if scope.first is not None and scope.end is not None and scope.end <= scope.first:
        raise ScopeRefused(N_("The last night can't lie before the first."))
    if scope.items is not None and not scope.items:
        raise ScopeRefused(N_("Choose at least one question that may be read."))
    return scope


def excerpt_of(
    diary: Diary,
    phases: Sequence[Phase],
    scope: Scope,
    today: date,
    changed: Iterable[Revision] = (),
) -> Excerpt:
    """Return what `scope` lets through of a diary and its phases.

    Args:
        diary: all nights of one person.
        phases: theirs, in any order.
        scope: what may be read.
        today: the person's diary day.
        changed: all revisions of the nights that have several, by day and number.
    """
    cut = cut_diary(diary, scope, changed)
    until = min(closed_until(cut, today), scope.span.end)
    known = as_of(phases, until)
    baseline = baseline_of(known, until)
    seen, clipped = cut_phases(known, scope)
    return Excerpt(
        scope=scope,
        diary=cut,
        phases=seen,
        withheld=Withheld(
            baseline=baseline is not None and not scope.covers(baseline),
            phases=clipped,
            items=scope.items,
            cycles=any(
                phase.kind in MAY_PAIR and phase.start < scope.span.start for phase in known
            ),
        ),
        closed_until=until,
    )


def cut_diary(diary: Diary, scope: Scope, changed: Iterable[Revision] = ()) -> Diary:
    """Return the part of `diary` that `scope` lets through.

    How a night came about (its status, whether it was edited, who entered it) is told by what may
    be read of it: a change of a hidden answer leaves no mark.

    Args:
        diary: all nights of one person.
        scope: what may be read.
        changed: all revisions of the nights that have several, by day and number.
    """
    histories = {day: list(found) for day, found in groupby(changed, key=lambda each: each.day)}
    span = scope.span
    found = {
        day: cut
        for day, entry in diary.entries.items()
        if day in span and (cut := _cut_entry(entry, scope, histories.get(day, ()))) is not None
    }
    answered = {key for entry in found.values() for key in entry.answers}
    return Diary(
        ruler=_ruler(found, diary.ruler),
        items=MappingProxyType({k: item for k, item in diary.items.items() if k in answered}),
        entries=MappingProxyType(found),
        pauses=tuple(
            Span(max(pause.start, span.start), min(pause.end, span.end))
            for pause in diary.pauses
            if pause.start < span.end and span.start < pause.end
        ),
    )


def cut_phases(phases: Sequence[Phase], scope: Scope) -> tuple[tuple[Phase, ...], frozenset[date]]:
    """Return `phases` cut to the days of `scope`, and the starts of those that begun before.

    What was taken in them is left out where the scope keeps medicines back.

    >>> from tracker.domain.phases import PhaseKind
    >>> phase = Phase(PhaseKind.TREATMENT, date(2026, 1, 15), date(2026, 4, 9))
    >>> cut, clipped = cut_phases([phase], Scope(date(2026, 2, 1), date(2026, 3, 1)))
    >>> (cut[0].start.isoformat(), cut[0].end, len(clipped))
    ('2026-02-01', None, 1)
    """
    span = scope.span
    seen = [
        phase
        for phase in phases
        if phase.start < span.end and (phase.end is None or span.start < phase.end)
    ]
    cut = tuple(
        replace(
            phase,
            start=max(phase.start, span.start),
            end=None if phase.end is None or phase.end >= span.end else phase.end,
            medicine=phase.medicine if scope.treatment else "",
            dose_mg=phase.dose_mg if scope.treatment else None,
        )
        for phase in seen
    )
    return cut, frozenset(span.start for phase in seen if phase.start < span.start)


def _ruler(entries: Mapping[date, Entry], otherwise: Ruler) -> Ruler:
    """Return the ruler of the newest night that may be read: a later change is not told."""
    return entries[max(entries)].ruler if entries else otherwise


def _cut_entry(entry: Entry, scope: Scope, history: Sequence[Revision]) -> Entry | None:
    """Return what may be read of a night; None where nothing of it may."""
    seen = _Seen(_shown(entry.answers, scope), entry.note if scope.notes else "")
    if seen.is_empty:
        return None
    if len(history) < 2:  # noqa: PLR2004 - a night that was saved once tells of itself
        return replace(entry, answers=seen.answers, note=seen.note)
    steps = _steps(history, scope)
    scored = next((one for one, step in steps if step.answers), None)
    first = scored or steps[0][0]
    # A file may state a number of its own; what it brought is never below that.
    number = history[0].number - 1 + len(steps)
    return replace(
        entry,
        answers=seen.answers,
        note=seen.note,
        status=first.status,
        revision=number,
        submitted_at=first.saved_at,
        zone=first.zone,
        imported=first.origin is Origin.IMPORT,
        sent_later=first.sent_later,
        conflict=any(_see(one, scope) != seen for one in open_conflicts(history)),
        entered_by=next((one.entered_by for one, _seen in reversed(steps) if one.entered_by), ""),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What may be read of one revision."""

    answers: Mapping[str, Answer]
    note: str

    @property
    def is_empty(self) -> bool:
        return not self.answers and not self.note


def _shown(answers: Mapping[str, Answer], scope: Scope) -> Mapping[str, Answer]:
    return MappingProxyType({key: each for key, each in answers.items() if scope.shows(key)})


def _see(revision: Revision, scope: Scope) -> _Seen:
    return _Seen(_shown(revision.answers, scope), revision.note if scope.notes else "")


def _steps(history: Sequence[Revision], scope: Scope) -> Sequence[tuple[Revision, _Seen]]:
    """Return the revisions that changed what may be read of their night, oldest first."""
    steps: list[tuple[Revision, _Seen]] = []
    stands = _Seen(MappingProxyType({}), "")
    for one in history:
        if one.outcome is Outcome.CONFLICT:
            continue
        seen = _Seen(MappingProxyType({}), "") if one.deed is Deed.DELETE else _see(one, scope)
        if seen != stands:
            steps.append((one, seen))
            stands = seen
    return steps
