"""What was answered to the questions that are not asked every night."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.answers import Answer
from tracker.domain.diary import Diary
from tracker.domain.questionnaire import DOSE_TAKEN, PGIC, TOLERABILITY
from tracker.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Check:
    """One night's answers on overall change and tolerability, None where it has none."""

    day: date
    change: Answer | None
    tolerability: Answer | None


@dataclass(frozen=True, slots=True)
class Occasional:
    """The nights with such an answer, in order, and how many nights say what of the dose."""

    checks: tuple[Check, ...]
    doses: Mapping[Answer, int]


def occasional_of(diary: Diary, span: Span) -> Occasional:
    """Return what the nights of `span` answer."""
    nights = [entry for day, entry in sorted(diary.entries.items()) if day in span]
    checks = (
        Check(entry.day, entry.answers.get(PGIC.key), entry.answers.get(TOLERABILITY.key))
        for entry in nights
    )
    return Occasional(
        checks=tuple(one for one in checks if one.change or one.tolerability),
        doses=Counter(
            answer for entry in nights if (answer := entry.answers.get(DOSE_TAKEN.key)) is not None
        ),
    )
