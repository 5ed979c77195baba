"""What an answer, a night's status, a ruler or a direction is called in words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from tracker.domain.answers import Answer, AnswerState
from tracker.domain.diary import Entry, Status
from tracker.domain.questionnaire import Direction, Item, Kind, Ruler
from tracker.domain.responder import Verdict
from tracker.domain.words import N_

Translate = Callable[[str], str]

STATES: Final[Mapping[AnswerState, str]] = MappingProxyType(
    {
        AnswerState.ANSWERED: N_("answered"),
        AnswerState.DECLINED: N_("preferred not to say"),
        AnswerState.NOT_APPLICABLE: N_("not applicable"),
        AnswerState.NO_RECALL: N_("no dreams recalled"),
    }
)
MEANINGS: Final[Mapping[AnswerState, str]] = MappingProxyType(
    {
        AnswerState.DECLINED: N_("The question was seen, and the person chose not to answer it."),
        AnswerState.NOT_APPLICABLE: N_(
            "The question had nothing to ask about, such as dreams that are not recalled."
        ),
        AnswerState.NO_RECALL: N_("The person recalls no dreams. It is not a 0."),
    }
)
MISSING: Final = N_("An empty cell: the question was not reached. It is not a 0.")
STATUSES: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.ON_TIME: N_("on time"),
        Status.BEFORE_TIME: N_("before time"),
        Status.LATE: N_("late"),
        Status.IMPORTED: N_("imported"),
    }
)
RULERS: Final[Mapping[Ruler, str]] = MappingProxyType(
    {Ruler.NRS: N_("0 to 10"), Ruler.VAS: N_("0 to 100")}
)
DIRECTIONS: Final[Mapping[Direction, str]] = MappingProxyType(
    {
        Direction.LOWER: N_("lower is better"),
        Direction.HIGHER: N_("higher is better"),
        Direction.NEUTRAL: N_("neither is better"),
    }
)
CHOICES: Final[Mapping[str, str]] = MappingProxyType(
    {"no": N_("no"), "yes": N_("yes"), "not_prescribed": N_("not prescribed")}
)
VERDICTS: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.RESPONDER: N_("responder"),
        Verdict.NON_RESPONDER: N_("not a responder"),
        Verdict.NOT_ASSESSABLE: N_("can't be judged"),
    }
)


def told(item: Item, answer: Answer | None, translate: Translate) -> int | str:
    """Return an answer as a person reads it: a number, else words; "" where it is missing."""
    if answer is None:
        return ""
    if answer.value is None:
        return translate(STATES[answer.state])
    if item.kind is Kind.CHOICE:
        return translate(CHOICES[item.choices[answer.value]])
    return answer.value


def remarks_on(entry: Entry, translate: Translate) -> list[str]:
    """Return what to know of a night beside its status."""
    found = {
        N_("imported"): entry.imported and entry.status is not Status.IMPORTED,
        N_("sent later"): entry.sent_later,
        N_("changed afterwards"): entry.revision > 1,
        N_("two versions, one to be chosen"): entry.conflict,
    }
    remarks = [translate(words) for words, holds in found.items() if holds]
    if entry.entered_by:
        remarks.append(translate(N_("entered by %(name)s")) % {"name": entry.entered_by})
    return remarks
