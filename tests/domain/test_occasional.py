"""Test what is gathered of the answers that are not given every night."""

from tests.domain.builders import day, diary_of
from tracker.domain.answers import answered
from tracker.domain.occasional import Check, occasional_of
from tracker.domain.spans import Span


def test_the_nights_that_answer_and_what_they_say_of_the_dose() -> None:
    diary = diary_of(
        {
            "pain": {day(n): 4 for n in range(9)},
            "pgic": {day(5): 2, day(8): 7},
            "tolerability": {day(2): 0, day(5): 90},
            "dose_taken": {day(1): 1, day(2): 0, day(3): 1, day(8): 2},
        }
    )
    found = occasional_of(diary, Span(day(0), day(8)))
    assert found.checks == (
        Check(day(2), None, answered(0)),
        Check(day(5), answered(2), answered(90)),
    )
    assert found.doses == {answered(1): 2, answered(0): 1}


def test_a_diary_without_any_has_none() -> None:
    found = occasional_of(diary_of({"pain": {day(0): 4}}), Span(day(0), day(9)))
    assert (found.checks, found.doses) == ((), {})
