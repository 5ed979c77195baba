"""Completion counts expected days, never entries."""

from dataclasses import replace
from fractions import Fraction

from tests.domain.builders import day, entry
from tests.domain.golden import GOLDEN, fraction
from tracker.domain.answers import DECLINED, answered
from tracker.domain.completion import Days, count_days
from tracker.domain.diary import Diary, Status
from tracker.domain.questionnaire import ITEMS, Ruler
from tracker.domain.spans import Span

PAIN = {"pain": answered(50)}
FORTNIGHT = Span(day(0), day(14))


def diary(*statuses: Status, pauses: tuple[Span, ...] = ()) -> Diary:
    nights = {day(n): entry(day(n), PAIN, status=status) for n, status in enumerate(statuses)}
    return Diary(Ruler.VAS, {"pain": ITEMS["pain"]}, nights, pauses)


def test_completion_is_the_golden_one() -> None:
    case = GOLDEN["completion"]
    days = count_days(
        diary(*[Status.ON_TIME] * case["on_time"], *[Status.LATE] * case["late"]), FORTNIGHT
    )
    assert days.missing == case["missing"]
    assert days.completion == fraction(case["completion"])
    assert days.on_time_rate == fraction(case["on_time_rate"])


def test_every_status_is_counted_apart() -> None:
    days = count_days(diary(*Status, Status.LATE), FORTNIGHT)
    assert (days.on_time, days.before_time, days.late, days.logged) == (1, 1, 2, 5)


def test_how_a_night_came_cuts_across_its_status() -> None:
    kept = diary(Status.ON_TIME)
    night = replace(kept.entries[day(0)], imported=True, sent_later=True, revision=2)
    night = replace(night, entered_by="Wren")
    days = count_days(replace(kept, entries={day(0): night}), FORTNIGHT)
    assert (days.on_time, days.imported, days.sent_later) == (1, 1, 1)
    assert (days.edited, days.helped) == (1, 1)


def test_a_paused_day_is_not_expected_whether_written_or_not() -> None:
    days = count_days(diary(*[Status.ON_TIME] * 5, pauses=(Span(day(4), day(7)),)), FORTNIGHT)
    assert (days.expected, days.paused, days.logged, days.missing) == (11, 3, 4, 7)


def test_a_state_is_an_entry_and_a_note_alone_is_none() -> None:
    declined = entry(day(0), {"pain": DECLINED})
    note = replace(entry(day(1), {}), note="a bad night")
    kept = Diary(Ruler.VAS, {}, {day(0): declined, day(1): note})
    assert count_days(kept, FORTNIGHT).logged == 1


def test_where_nothing_is_expected_there_is_no_rate() -> None:
    assert Days().completion is None
    assert Days().on_time_rate is None
    assert Days(expected=2, on_time=1).on_time_rate == Fraction(1, 2)
