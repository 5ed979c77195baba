"""Diaries and phases for tests of the domain, from a few scores."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tracker.domain.answers import Answer, answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import ITEMS, Ruler
from tracker.domain.report import Report, build_report
from tracker.domain.responder import Rule
from tracker.domain.series import Series, series_of
from tracker.domain.windows import Preset

FIRST = date(2026, 1, 1)
Scores = Sequence[int | None]


def day(number: int) -> date:
    """Give the diary day so many days after the first."""
    return FIRST + timedelta(days=number)


def placed(scores: Scores, start: int = 0) -> dict[date, int]:
    """Give scores by day, one a day from day `start` on; None is missing."""
    return {day(start + n): score for n, score in enumerate(scores) if score is not None}


def spread(total: int, days: int) -> list[int]:
    """Give so many whole scores with that sum, as even as can be."""
    return [total // days + (n < total % days) for n in range(days)]


def diary_of(items: Mapping[str, Mapping[date, int]], ruler: Ruler = Ruler.VAS) -> Diary:
    """Give a diary of these scores of these items."""
    nights: dict[date, dict[str, Answer]] = {}
    for key, scores in items.items():
        for when, score in scores.items():
            nights.setdefault(when, {})[key] = answered(score)
    return Diary(
        ruler,
        {key: ITEMS[key] for key in items},
        {when: entry(when, answers, ruler) for when, answers in sorted(nights.items())},
    )


def entry(
    when: date,
    answers: Mapping[str, Answer],
    ruler: Ruler = Ruler.VAS,
    status: Status = Status.ON_TIME,
) -> Entry:
    """Give one night."""
    return Entry(when, answers, ruler, status)


def series(key: str, scores: Mapping[date, int], ruler: Ruler = Ruler.VAS) -> Series:
    """Give the series of one item."""
    return series_of(diary_of({key: scores}, ruler), ITEMS[key])


def phases_of(*lengths: tuple[PhaseKind, int | None]) -> tuple[Phase, ...]:
    """Give phases that follow each other from the first day on; a length of None is running."""
    found = []
    start = FIRST
    for kind, length in lengths:
        end = None if length is None else start + timedelta(days=length)
        found.append(Phase(kind, start, end))
        start = end or start
    return tuple(found)


def two_phases(baseline: int = 14, treatment: int | None = None) -> tuple[Phase, ...]:
    """Give a baseline and a treatment."""
    return phases_of((PhaseKind.BASELINE, baseline), (PhaseKind.TREATMENT, treatment))


def report_of(
    diary: Diary,
    phases: Sequence[Phase],
    rule: Rule = Rule.PAIN30,
    preset: Preset = Preset.WEEK,
) -> Report:
    """Give the report of a diary that ends with its last entry."""
    closed_until = max(diary.entries, default=FIRST) + timedelta(days=1)
    return build_report(diary, phases, rule, preset, closed_until)
