"""One writing of a night: when it was saved, and how it joins what already stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from tracker.domain.answers import NO_RECALL, NOT_APPLICABLE, Answer, AnswerState
from tracker.domain.diary import SENT_LATER_AFTER
from tracker.domain.questionnaire import DREAM_DISTRESS, DREAM_VIVIDNESS, MOOD, Ruler

SKEW_FLAGGED_OVER: Final = timedelta(minutes=2)  # [O] the phone's clock against ours
LOW_MOOD_SHARE: Final = 10  # [O] percent of M, at or below: the help card stands beside "Saved"

_NOTE: Final = "note"  # among item keys, none of which is called so


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a night was saved (the phone's clock set right), and when it arrived; both UTC.

    `measured_at` is what the phone's clock said at Save, `skew` how far that clock ran ahead of
    ours when it sent; each is None where the request didn't tell.
    """

    saved_at: datetime
    received_at: datetime
    measured_at: datetime | None = None
    skew: timedelta | None = None

    @property
    def sent_later(self) -> bool:
        """True where the night waited on the phone before it arrived."""
        return self.received_at - self.saved_at > SENT_LATER_AFTER


def stamp(
    measured_at: datetime | None,
    phone_now: datetime | None,
    received_at: datetime,
) -> Stamp:
    """Set the phone's clock right by the offset seen in the request that sends the night.

    A Save that would lie after its own arrival counts as saved on arrival.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 1, 1, 21, tzinfo=UTC)
    >>> hour = timedelta(hours=1)
    >>> stamp(nine, nine + 2 * hour, nine + 3 * hour).saved_at == nine + hour
    True
    """
    skew = None if phone_now is None else phone_now - received_at
    if measured_at is None:
        return Stamp(received_at, received_at, None, skew)
    saved_at = measured_at if skew is None else measured_at - skew
    return Stamp(min(saved_at, received_at), received_at, measured_at, skew)


@dataclass(frozen=True, slots=True)
class Content:
    """What a night holds: no key for a missing answer, "" for no note."""

    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """True where nothing was answered and nothing written."""
        return not self.answers and not self.note


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request says: an absent key and a `note` of None leave things as they are.

    An answer of None clears; so does a note of "".
    """

    answers: Mapping[str, Answer | None]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """How a writing joins what stands.

    `content` is the night with the writing in it; where `clashes` names items (or "note") that
    both sides changed differently, `kept` is the night with only the undisputed part of it.
    `is_merged` tells that the night had moved on since the writer last saw it.
    """

    content: Content
    kept: Content
    clashes: frozenset[str]
    is_merged: bool


def join(sent: Sent, head: Content, base: Content | None = None) -> Joined:
    """Lay `sent` over `head`, given that its writer saw `base` (None: unknown, nothing clashes).

    >>> from tracker.domain.answers import answered
    >>> one, two = answered(1), answered(2)
    >>> list(join(Sent({"pain": one}), Content({"sleep": two}), Content()).content.answers)
    ['sleep', 'pain']
    >>> join(Sent({"pain": one}), Content({"pain": two}), Content()).clashes
    frozenset({'pain'})
    """
    standing = _flat(head)
    seen = standing if base is None else _flat(base)
    told: dict[str, Answer | str | None] = dict(sent.answers)
    if sent.note is not None:
        told[_NOTE] = sent.note or None
    meant = {key: value for key, value in told.items() if base is None or value != seen.get(key)}
    clashes = frozenset(
        key
        for key, value in meant.items()
        if standing.get(key) != seen.get(key) and standing.get(key) != value
    )
    undisputed = {key: value for key, value in meant.items() if key not in clashes}
    return Joined(
        content=_content(standing | meant),
        kept=_content(standing | undisputed),
        clashes=clashes,
        is_merged=standing != seen,
    )


def very_low_mood(answers: Mapping[str, Answer], ruler: Ruler) -> bool:
    """True where the mood is at most 10 % of M.

    >>> from tracker.domain.answers import answered
    >>> [very_low_mood({"mood": answered(n)}, Ruler.NRS) for n in (0, 1, 2)]
    [True, True, False]
    """
    mood = answers.get(MOOD.key)
    return (
        mood is not None
        and mood.value is not None
        and 100 * mood.value <= LOW_MOOD_SHARE * ruler.maximum
    )


def _flat(content: Content) -> dict[str, Answer | str | None]:
    note: dict[str, Answer | str | None] = {_NOTE: content.note} if content.note else {}
    return {**content.answers, **note}


def _content(flat: Mapping[str, Answer | str | None]) -> Content:
    answers = {key: value for key, value in flat.items() if isinstance(value, Answer)}
    note = flat.get(_NOTE)
    return Content(_settle_dreams(answers), note if isinstance(note, str) else "")


def _settle_dreams(answers: dict[str, Answer]) -> Mapping[str, Answer]:
    """Where no dream is recalled its distress doesn't apply; where one is, it may be missing.

    A person who has switched the question off keeps no state for it either way.
    """
    vividness = answers.get(DREAM_VIVIDNESS.key)
    if vividness == NO_RECALL:
        answers[DREAM_DISTRESS.key] = NOT_APPLICABLE
    elif (
        vividness is not None
        and vividness.state is AnswerState.ANSWERED
        and answers.get(DREAM_DISTRESS.key) == NOT_APPLICABLE
    ):
        del answers[DREAM_DISTRESS.key]
    return MappingProxyType(answers)
