"""Studies: what one can be, how far it has come, which days it sees."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tracker.domain.plans import PlanRefused
from tracker.domain.questionnaire import Ruler
from tracker.domain.spans import Span
from tracker.domain.studies import (
    MOST_DELAY,
    OWN_PLAN,
    Draft,
    Participant,
    Protocol,
    Study,
    StudyRefused,
    StudyState,
    checked,
    clean_consent,
    clean_reason,
    code_of,
)

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
PROTOCOL = Protocol("crossover2013", "naltrexone", Decimal("4.5"))
DRAFT = Draft("Lamps", PROTOCOL, Ruler.VAS, ("stress",), 28, 8)
PART = Participant("moth", "s", "P-001", 1, NOW, date(2026, 1, 1))


def test_a_draft_is_cleaned_and_its_items_put_in_order() -> None:
    rough = replace(DRAFT, title=" Lamps ", items=("stress", "astrology", "function"))
    assert checked(rough) == replace(DRAFT, items=("function", "stress"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": " "}, "title"),
        ({"protocol": replace(PROTOCOL, medicine="")}, "medicine"),
        ({"size": 0}, "1 to 1000"),
        ({"size": 1_001}, "1 to 1000"),
        ({"least_nights": 15}, "14 nights"),
        ({"least_nights": -1}, "14 nights"),
    ],
)
def test_what_no_study_can_be_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(StudyRefused) as refused:
        checked(replace(DRAFT, **change))
    assert says in refused.value.in_words(str)


def test_a_study_follows_a_plan_that_was_moved_so_far_and_no_further() -> None:
    plan = PROTOCOL.steps()
    agreed = date(2026, 1, 1) + timedelta(days=plan.days)
    for until, end in (
        (None, agreed),
        (agreed - timedelta(days=30), agreed),
        (agreed + timedelta(days=30), agreed + timedelta(days=30)),
        (agreed + timedelta(days=300), agreed + MOST_DELAY),
    ):
        assert replace(PART, until=until).span(plan) == Span(date(2026, 1, 1), end)
    left = replace(PART, until=agreed + timedelta(days=9), left_on=date(2026, 2, 1))
    assert left.span(plan).end == date(2026, 2, 1)


def test_pairs_are_a_plan_of_their_own() -> None:
    pairs = Protocol(OWN_PLAN, "naltrexone", None, 2, 14, 7, 14)
    plan = checked(replace(DRAFT, protocol=pairs)).protocol.steps()
    assert (len(plan.orders), plan.days) == (4, 14 + 4 * 14 + 3 * 7)
    with pytest.raises(PlanRefused):
        checked(replace(DRAFT, protocol=replace(pairs, pairs=9)))
    with pytest.raises(PlanRefused):
        checked(replace(DRAFT, protocol=replace(pairs, period_days=9_999)))


def test_a_study_is_open_once_it_has_words_and_a_key() -> None:
    made = Study("s", DRAFT, NOW)
    assert made.state is StudyState.PREPARING
    assert replace(made, consent=1).state is StudyState.PREPARING
    ready = replace(made, consent=1, public=b"key")
    assert ready.state is StudyState.OPEN
    assert not ready.tells_arms
    closed = replace(ready, closed_at=NOW)
    assert closed.state is StudyState.CLOSED
    told = replace(closed, unblinded_at=NOW)
    assert (told.state, told.tells_arms) == (StudyState.UNBLINDED, True)


def test_an_open_label_study_needs_no_key() -> None:
    draft = replace(DRAFT, protocol=replace(PROTOCOL, plan="open_label"))
    made = Study("s", draft, NOW, consent=1)
    assert (made.state, made.tells_arms, made.is_drawn) == (StudyState.OPEN, True, False)


def test_the_core_items_are_always_asked() -> None:
    made = Study("s", DRAFT, NOW)
    core = ("pain", "fatigue", "sleep", "mood", "dream_vividness", "dream_distress")
    assert made.asked == (*core, "stress")
    assert made.seen == (*core, "stress", "dose_taken", "tolerability", "pgic")


@pytest.mark.parametrize(
    ("left", "days"),
    [
        (None, 22 * 7),
        (date(2026, 1, 11), 10),
        (date(2025, 12, 30), 0),
        (date(2027, 1, 1), 22 * 7),
    ],
)
def test_a_study_sees_the_days_of_its_plan_until_one_leaves(left: date | None, days: int) -> None:
    start = PART.start
    seen = replace(PART, left_on=left).span(PROTOCOL.steps())
    assert seen == Span(start, start + timedelta(days=days))


def test_codes_count_on_beyond_a_thousand() -> None:
    assert [code_of(1), code_of(1_000)] == ["P-001", "P-1000"]


def test_consent_and_reasons_are_never_empty() -> None:
    assert clean_consent(" a\r\nb ") == "a\nb"
    assert clean_reason(" an operation ") == "an operation"
    with pytest.raises(StudyRefused):
        clean_consent(" ")
    with pytest.raises(StudyRefused):
        clean_reason("")
