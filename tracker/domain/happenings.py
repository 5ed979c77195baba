"""Happenings: what a diary has beside its nights and phases, for whoever may read it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tracker.domain.measurements import Measurement
from tracker.domain.side_effects import SideEffect
from tracker.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Happenings:
    """Side effects by start, the days on which nothing new was told, measurements by day."""

    effects: tuple[SideEffect, ...] = ()
    checks: tuple[date, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    def __bool__(self) -> bool:
        """True where there is anything but a "nothing new"."""
        return bool(self.effects or self.measurements)

    def within(self, span: Span) -> "Happenings":
        """Return what lies in `span`; a side effect that reaches beyond is cut to it.

        One that ends with or after the span's end looks as if it lasted: nothing that comes later
        is told.
        """
        return Happenings(
            effects=tuple(_cut(one, span) for one in self.effects if one.touches(span)),
            checks=tuple(day for day in self.checks if day in span),
            measurements=tuple(one for one in self.measurements if one.day in span),
        )


NOTHING: Final = Happenings()


def readable(all_of_it: Happenings, span: Span, *, treatment: bool) -> Happenings:
    """Return what somebody else may read who may read the days of `span`.

    `treatment` says whether medicines, side effects and measurements may be read at all.
    """
    return all_of_it.within(span) if treatment else NOTHING


def _cut(effect: SideEffect, span: Span) -> SideEffect:
    start = max(effect.start, span.start)
    ends_inside = effect.end is not None and effect.end < span.end
    return replace(
        effect,
        start=start,
        end=effect.end if ends_inside else None,
        reported=max(start, min(effect.reported, span.end)),
    )
