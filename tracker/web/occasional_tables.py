"""The answers to what is not asked every night, as two small tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.answers import Answer, write_answer
from tracker.domain.diary import Diary
from tracker.domain.figures import DASH
from tracker.domain.occasional import occasional_of
from tracker.domain.questionnaire import DOSE_TAKEN, PGIC, TOLERABILITY, Item
from tracker.domain.spans import Span
from tracker.web import figures
from tracker.web.forms.questions import in_words
from tracker.web.words import _


@dataclass(frozen=True, slots=True)
class Tables:
    """Overall change and tolerability, the newest first, and how many nights say what of the dose.

    Each is empty where no night shown has an answer.
    """

    heads: Sequence[str]
    checks: Sequence[Sequence[str]]
    dose: str
    doses: Sequence[tuple[str, str]]


def tables_of(diary: Diary, shown: Span) -> Tables:
    """Return what the nights of `shown` answer."""
    found = occasional_of(diary, shown)
    return Tables(
        heads=[_("Day"), figures.name_of(PGIC), _("Tolerability, 0 to 100")],
        checks=[
            (
                figures.dated_day(one.day),
                _said(PGIC, one.change),
                _said(TOLERABILITY, one.tolerability),
            )
            for one in reversed(found.checks)
        ],
        dose=figures.name_of(DOSE_TAKEN),
        doses=[
            (_said(DOSE_TAKEN, answer), str(count))
            for answer, count in sorted(found.doses.items(), key=lambda each: -each[1])
        ],
    )


def _said(item: Item, answer: Answer | None) -> str:
    return in_words(item, write_answer(item, answer), _) or DASH
