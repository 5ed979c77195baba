"""Side effects and measurements in the appointment's PDF: a line each kind, on the one page."""

from dataclasses import replace
from datetime import timedelta

from tests.appointments import printed, texts
from tests.charts.courses import FIRST
from tests.exports.test_summary import NBSP, diary
from tracker.domain.happenings import Happenings
from tracker.domain.measurements import Measurement, read_value
from tracker.domain.side_effects import Effect, Severity, SideEffect
from tracker.domain.spans import Span
from tracker.web.appointments import Wish


def happened(effects: int, series: int) -> Happenings:
    """Give so many side effects, and so many series of two values each."""
    told = SideEffect(Effect.OTHER, FIRST, Severity.SEVERE, FIRST, bothersome=True)
    days = (FIRST, FIRST + timedelta(40))
    return Happenings(
        effects=tuple(
            replace(told, name=f"effect <{number}>", start=FIRST + timedelta(number))
            for number in range(effects)
        ),
        measurements=tuple(
            Measurement(f"IL-{number}", read_value(value), day, "pg/mL")
            for number in range(series)
            for day, value in zip(days, ("20", "12.5"), strict=True)
        ),
    )


def test_side_effects_and_measurements_stand_on_the_one_page() -> None:
    (page,) = texts(printed(diary(60), Wish(question="Why four?"), happened=happened(2, 1)))
    page = page.replace(NBSP, " ").replace("\N{MINUS SIGN}", "-")
    for words in (
        "Side effects: effect <1> (since 2 Sep 2026, severe, bothersome), effect <0> (since",
        "Measurements: IL-0 (12.5 pg/mL, 11 Oct 2026, -7.5 (-37.5 %) from 20)",
        "Why four?",
        "page 1 of 1",
    ):
        assert words in page, words


def test_of_many_the_newest_stand_there_and_the_rest_is_counted() -> None:
    (page,) = texts(printed(diary(60), happened=happened(9, 8)))
    assert "effect <8>" in page
    assert "effect <2>" not in page
    assert "and 3 more" in page
    assert "and 2 more" in page


def test_a_side_effect_of_other_days_is_left_out() -> None:
    shown = Wish(span=Span(FIRST + timedelta(30), FIRST + timedelta(60)))
    over = happened(1, 0)
    ended = replace(over.effects[0], end=FIRST + timedelta(3))
    (page,) = texts(printed(diary(60), shown, happened=replace(over, effects=(ended,))))
    assert "Side effects" not in page
