"""What happened beside the nights is cut to the days that may be read."""

from dataclasses import replace

from tests.domain.builders import day
from tracker.domain.happenings import NOTHING, Happenings
from tracker.domain.measurements import Measurement, read_value
from tracker.domain.side_effects import Effect, Severity, SideEffect
from tracker.domain.spans import Span

DREAMS = SideEffect(Effect.VIVID_DREAMS, day(5), Severity.MILD, day(6), day(15))
ESR = Measurement("ESR", read_value("12"), day(10))
ALL = Happenings((DREAMS,), (day(4), day(12)), (ESR,))


def test_what_lies_inside_stays_as_it_is() -> None:
    assert ALL.within(Span(day(0), day(30))) == ALL


def test_a_side_effect_is_cut_and_its_later_end_not_told() -> None:
    cut = ALL.within(Span(day(8), day(12)))
    assert cut.effects == (replace(DREAMS, start=day(8), end=None, reported=day(8)),)
    assert (cut.checks, cut.measurements) == ((), (ESR,))
    told_later = replace(DREAMS, reported=day(40))
    (seen,) = Happenings((told_later,)).within(Span(day(0), day(15))).effects
    assert (seen.end, seen.reported) == (None, day(15))


def test_outside_nothing_is_left() -> None:
    assert ALL.within(Span(day(15), day(30))) == NOTHING
    assert not NOTHING
    assert not Happenings(checks=(day(1),))
    assert ALL
