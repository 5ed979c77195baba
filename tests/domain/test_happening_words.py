"""Side effects and measurements in words: nobody's own are translated, limits stay limits."""

from dataclasses import replace

import pytest

from tests.domain.builders import day
from tests.exports.test_text import ENGLISH
from tracker.domain import happening_words as words
from tracker.domain.measurements import Measurement, all_series, change_of, read_value
from tracker.domain.side_effects import Action, Effect, Severity, SideEffect

DREAMS = SideEffect(Effect.VIVID_DREAMS, day(0), Severity.MILD, day(1))
OWN = replace(DREAMS, effect=Effect.OTHER, name="Headache", end=day(2))


def test_only_the_lists_words_are_translated() -> None:
    assert words.effect_name(DREAMS, str.upper) == "VIVID DREAMS"
    assert words.effect_name(OWN, str.upper) == "Headache"


def test_people_read_the_last_day() -> None:
    assert words.effect_days(DREAMS, ENGLISH) == "since 1 Jan 2026"
    assert words.effect_days(OWN, ENGLISH) == "1 Jan 2026 to 2 Jan 2026"


def test_remarks_say_what_there_is_to_say() -> None:
    assert words.effect_remarks(DREAMS, ENGLISH) == "mild"
    whole = replace(DREAMS, bothersome=True, action=Action.STOPPED)
    assert words.effect_remarks(whole, ENGLISH) == "mild, bothersome, Stopped the medicine"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("20", "12.5", "-7.5 (-37.5 %)"),
        ("20", "25.00", "+5.00 (+25.0 %)"),
        ("3", "2", "-1 (-33.3 %)"),
        ("20", "20.0", "0.0 (0.0 %)"),
        ("10000", "9999", "-1 (0.0 %)"),
        ("0", "3", "+3"),
        ("-2", "-3", "-1"),
        ("<2", "3", "\N{EN DASH}"),
    ],
)
def test_a_change_has_its_sign_and_a_percent_that_is_cut_never_rounded(
    before: str, after: str, said: str
) -> None:
    told = words.change_of(change_of(read_value(before), read_value(after)), ENGLISH)
    assert told.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-") == said


def test_the_newest_value_is_told_against_the_baseline() -> None:
    def told(*values: str) -> str:
        found = [
            Measurement("ESR", read_value(value), day(number), "mm/h")
            for number, value in enumerate(values)
        ]
        return words.newest_change(all_series(found, ())[0], ENGLISH)

    assert told("20") == ""
    assert told("20", "25").startswith("+5 (+25.0")
    assert told("20", "25").endswith(") from 20")
    assert told("<2", "3") == "baseline < 2"


def test_what_a_series_is_compared_with_is_said() -> None:
    first = Measurement("ESR", read_value("20"), day(0), "mm/h")
    (series,) = all_series([first], ())
    assert words.compared(series.baseline, ENGLISH).startswith(
        "Change from 20 mm/h on 1 Jan 2026, the first value"
    )
    before = replace(series.baseline, is_first=False)
    assert "the last value of the baseline or before it" in words.compared(before, ENGLISH)
