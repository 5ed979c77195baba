"""Diaries of noise, to see how often something is told of them, and how often a true link is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from tracker.domain.answers import answered
from tracker.domain.correlations import bars, correlation, correlations_of
from tracker.domain.departures import ranks
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, FATIGUE, PAIN, Ruler

FIRST: Final = date(2026, 1, 1)
SHORTEST, LONGEST = 84, 180  # days
MIDDLE, DEVIATION = 5.5, 1.8  # of the 0 to 10 ruler
STEP: Final = 2.5  # points by which a treatment moves every question, down
WRITTEN, ANSWERED = 0.88, 0.97  # of the nights; of a night's questions
MOST_TOLD: Final = 0.12  # of the diaries of noise


@dataclass(frozen=True, slots=True)
class Course:
    """How diaries of noise go: the correlation of a day with the next, of pain with fatigue.

    `days` is None for a length drawn by lot; `has_step` where a treatment moves all at once.
    """

    phi: float
    together: float = 0.0
    days: int | None = None
    has_step: bool = False


def diary(rng: Random, course: Course) -> tuple[Diary, Sequence[Phase]]:
    """Return a diary of the core questions, AR(1) each, and its phases."""
    days = course.days or rng.randint(SHORTEST, LONGEST)
    written = 1.0 if course.days else WRITTEN
    began = days // 4
    values = _drawn(rng, course)
    entries = {}
    for number in range(days):
        moved = STEP if course.has_step and number > began else 0.0
        day = FIRST + timedelta(number)
        answers = {
            item.key: answered(min(10, max(0, round(MIDDLE - moved + DEVIATION * value))))
            for item, value in zip(CORE, values, strict=True)
            if rng.random() < ANSWERED
        }
        if rng.random() < written:
            entries[day] = Entry(day, answers, Ruler.NRS, Status.ON_TIME)
        kept = math.sqrt(1 - course.phi**2)
        drawn = _drawn(rng, course)
        values = [course.phi * old + kept * new for old, new in zip(values, drawn, strict=True)]
    start = FIRST + timedelta(began)
    phases = (Phase(PhaseKind.BASELINE, FIRST, start), Phase(PhaseKind.TREATMENT, start))
    items = {item.key: item for item in CORE}
    return Diary(Ruler.NRS, items, entries), phases if course.has_step else ()


def _drawn(rng: Random, course: Course) -> Sequence[float]:
    pain, fatigue, *others = (rng.gauss(0, 1) for _item in CORE)
    along = course.together * pain + math.sqrt(1 - course.together**2) * fatigue
    return [pain, along, *others]


def told(course: Course, count: int, seed: int) -> int:
    """Return of how many diaries something is told."""
    rng = Random(f"{seed}/{course}")
    return sum(_tells(*diary(rng, course)) for _ in range(count))


def found(course: Course, count: int, seed: int) -> int:
    """Return in how many diaries pain and fatigue of the same day are told."""
    rng = Random(f"{seed}/{course}")
    return sum(_tells(*diary(rng, course), is_true=True) for _ in range(count))


def _tells(kept: Diary, phases: Sequence[Phase], *, is_true: bool = False) -> bool:
    until = max(kept.entries) + timedelta(1)
    links = correlations_of(kept, phases, until).links
    if not is_true:
        return bool(links)
    pair = {PAIN.key, FATIGUE.key}
    return any({one.first.key, one.second.key} == pair and one.lag == 0 for one in links)


def told_naively(course: Course, count: int, seed: int) -> int:
    """Return of how many diaries a shuffle of single days tells something.

    By the normal limit of that shuffle, of plain ranks, 5 % for each two questions on one day.
    """
    rng = Random(f"{seed}/{course}")
    return sum(_tells_naively(diary(rng, course)[0]) for _ in range(count))


def _tells_naively(kept: Diary) -> bool:
    scores = [kept.scores(item.key) for item in CORE]
    for place, first in enumerate(scores):
        for second in scores[:place]:
            days = [day for day in first if day in second]
            ones, twos = (
                [rank - 0.5 for rank in ranks([one[day] for day in days])]
                for one in (first, second)
            )
            r = correlation(ones, twos)
            if math.erfc(abs(r) * math.sqrt((len(days) - 1) / 2)) <= next(bars(1)):
                return True
    return False
