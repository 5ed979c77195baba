"""Make diaries with a known course, for tests of pictures and pages."""

import calendar
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, fromstring

from tracker.charts.drawing import Wording
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.medicines import Medicine
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import (
    DREAM_VIVIDNESS,
    FATIGUE,
    PAIN,
    SLEEP,
    Direction,
    Item,
    Ruler,
)
from tracker.domain.report import Report, build_report
from tracker.domain.responder import Rule
from tracker.domain.spans import Span
from tracker.domain.windows import Preset

FIRST: Final = date(2026, 9, 1)
OWN: Final = Item(
    "own_k3x9w2m4q7t1", 'Legs <a href="x">&amp; arms</a>', "?", "none", "all", Direction.LOWER
)
BASELINE: Final = Phase(PhaseKind.BASELINE, FIRST, FIRST + timedelta(14))
TREATMENT: Final = Phase(
    PhaseKind.TREATMENT, FIRST + timedelta(14), None, "", "naltrexone", Decimal("4.50")
)
MONTHS: Final = calendar.month_abbr  # "" for 0

Scores = Mapping[int, int]


def parsed(picture: str) -> Element:
    """Return the elements of a picture that we drew ourselves."""
    return fromstring(picture)  # noqa: S314 - our own markup, made a moment ago


def wording(translate: Callable[[str], str] = str) -> Wording:
    """Return English days and what `translate` makes of words."""

    def month(day: date) -> str:
        return MONTHS[day.month]

    return Wording(
        translate=translate,
        day=lambda day: f"{day.day} {month(day)}",
        dated=lambda day: f"{day.day} {month(day)} {day.year}",
        month=month,
    )


def course(length: int, skip: Iterable[int] = ()) -> Scores:
    """Return pain by number of the day: about 70 for two weeks, then about 45."""
    left_out = set(skip)
    return {n: (70 if n < 15 else 45) + (n * 7) % 9 - 4 for n in range(length) if n not in left_out}


def entry(n: int, score: int, ruler: Ruler = Ruler.VAS, **told: object) -> Entry:
    """Return day `n` with every item at `score`, as `told`."""
    values = {item.key: answered(score) for item in (PAIN, FATIGUE, SLEEP, DREAM_VIVIDNESS, OWN)}
    day = FIRST + timedelta(n)
    return Entry(day, values, ruler, **{"status": Status.ON_TIME, **told})  # type: ignore[arg-type]  # any field


def diary(scores: Scores, ruler: Ruler = Ruler.VAS, *others: Entry) -> Diary:
    """Return the diary of `scores`; `others` take the place of their days."""
    nights = [*(entry(n, score, ruler) for n, score in scores.items()), *others]
    items = {item.key: item for item in (PAIN, FATIGUE, SLEEP, DREAM_VIVIDNESS, OWN)}
    return Diary(ruler, items, {night.day: night for night in nights})


def report(
    kept: Diary,
    phases: Iterable[Phase] = (BASELINE, TREATMENT),
    rule: Rule = Rule.YOUNGER2013,
    medicines: Iterable[Medicine] = (),
) -> Report:
    """Return the report on the day after the last night."""
    end = max(kept.entries, default=FIRST) + timedelta(1)
    return build_report(kept, list(phases), rule, Preset.WEEK, end, medicines=medicines)


def whole(kept: Diary) -> Span:
    """Return the days from the first night to the last."""
    return Span(min(kept.entries), max(kept.entries) + timedelta(1))
