"""A diary day is the evening's local date, whatever clocks and readers do."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import day, diary_of, entry, placed
from tests.domain.golden import GOLDEN
from tracker.domain.answers import DECLINED
from tracker.domain.diary import (
    DayTooOld,
    Diary,
    FutureDay,
    Status,
    closing,
    diary_day,
    status_at,
    status_on_arrival,
)
from tracker.domain.questionnaire import FIRST, ITEMS, PAIN, Ruler
from tracker.domain.spans import Span
from tracker.domain.words import Refused

ZONES = ("America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Pacific/Auckland", "UTC")
instants = st.integers(1_100_000_000, 1_900_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
zones = st.sampled_from([ZoneInfo(name) for name in ZONES])
rollovers = st.times(max_value=time(12)).map(lambda each: each.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    "case", GOLDEN["diary_day_rollover_0400"], ids=lambda case: case["instant"]
)
def test_every_golden_night_lands_on_its_day(case: dict[str, Any]) -> None:
    instant = datetime.fromisoformat(case["instant"])
    assert diary_day(instant, ZoneInfo(case["zone"])).isoformat() == case["diary_day"]


@given(instants, zones, rollovers)
def test_an_instant_before_the_closing_is_never_a_later_day(
    instant: datetime, zone: ZoneInfo, rollover: time
) -> None:
    today = diary_day(instant, zone, rollover)
    assert instant < closing(today, zone, rollover)
    local = instant.astimezone(zone)
    assert today in (local.date(), local.date() - timedelta(days=1))


@given(instants, zones, st.integers(1, 400))
def test_days_only_go_forward_as_hours_pass(instant: datetime, zone: ZoneInfo, hours: int) -> None:
    later = instant + timedelta(hours=hours)
    assert diary_day(later, zone) >= diary_day(instant, zone)


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("saved_at", "status"),
    [
        ("2026-01-10T08:00+01:00", Status.BEFORE_TIME),
        ("2026-01-10T16:59:59+01:00", Status.BEFORE_TIME),
        ("2026-01-10T17:00+01:00", Status.ON_TIME),
        ("2026-01-11T03:59:59+01:00", Status.ON_TIME),
        ("2026-01-11T04:00+01:00", Status.LATE),
        ("2026-01-13T04:00+01:00", Status.LATE),
    ],
)
def test_when_a_night_was_saved_says_how_it_stands(saved_at: str, status: Status) -> None:
    assert status_at(day(9), datetime.fromisoformat(saved_at), BERLIN) is status


def test_two_days_after_its_closing_a_day_takes_no_scores() -> None:
    with pytest.raises(DayTooOld, match="more than 48 hours ago"):
        status_at(day(9), datetime.fromisoformat("2026-01-13T04:00:01+01:00"), BERLIN)


def test_a_day_that_has_not_begun_takes_no_scores() -> None:
    with pytest.raises(FutureDay, match="2026-01-10 has not begun"):
        status_at(day(9), datetime.fromisoformat("2026-01-10T03:59+01:00"), BERLIN)


def test_what_arrives_more_than_a_week_after_save_is_late() -> None:
    saved_at = datetime(2026, 1, 10, 20, tzinfo=UTC)
    week = timedelta(days=7)
    assert status_on_arrival(Status.ON_TIME, saved_at, saved_at + week) is Status.ON_TIME
    after = saved_at + week + timedelta(seconds=1)
    assert status_on_arrival(Status.ON_TIME, saved_at, after) is Status.LATE


def test_a_diary_gives_the_scores_of_its_own_ruler_only() -> None:
    diary = diary_of({"pain": placed([60, None, 40])})
    other = entry(day(1), diary.entries[day(0)].answers, Ruler.NRS)
    declined = entry(day(3), {"pain": DECLINED})
    mixed = Diary(Ruler.VAS, diary.items, {**diary.entries, day(1): other, day(3): declined})
    assert mixed.scores("pain") == {day(0): 60, day(2): 40}
    assert mixed.scores("pain", Span(day(1), day(3))) == {day(2): 40}
    assert mixed.scores("sleep") == {}


def test_a_pause_has_its_first_day_and_not_its_end() -> None:
    diary = Diary(Ruler.VAS, {}, {}, (Span(day(1), day(2)),))
    assert [diary.is_paused(day(n)) for n in range(3)] == [False, True, False]


def test_a_questionnaire_finds_what_it_asks() -> None:
    assert FIRST.item("pain") is PAIN
    assert FIRST.item("pgic") is None


def test_only_an_own_symptom_is_worded_by_the_person() -> None:
    assert not any(item.is_own for item in ITEMS.values())


def test_a_refusal_speaks_the_readers_language() -> None:
    refused = Refused("%(day)s is over.", day=date(2026, 1, 1))
    assert str(refused) == "2026-01-01 is over."
    assert refused.in_words(lambda text: text.replace("is over", "est finie")) == (
        "2026-01-01 est finie."
    )


def test_a_status_is_a_word_of_the_files() -> None:
    assert [status.value for status in Status] == ["on_time", "before_time", "late", "imported"]
