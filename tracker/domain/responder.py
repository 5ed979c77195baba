"""The responder rules, in the three-valued logic of Kleene: yes, no, can't be determined."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from tracker.domain.statistics import RESPONDER_PERCENT
from tracker.domain.words import N_

PGIC_IMPROVED: Final = 2  # 1 very much improved, 2 much improved
REASON_ORDER: Final = (  # the first undetermined of these gives the phase its reason
    "pain",
    "function",
    "fatigue",
    "sleep",
    "mood",
    "stress",
    "memory",
    "pgic",
)


class Verdict(StrEnum):
    """What a rule says of a phase."""

    RESPONDER = "responder"
    NON_RESPONDER = "non_responder"
    NOT_ASSESSABLE = "not_assessable"

    @classmethod
    def of(cls, value: bool | None) -> "Verdict":  # noqa: FBT001 - a truth value, not a switch
        """Return the verdict that a truth value stands for; None can't be determined."""
        if value is None:
            return cls.NOT_ASSESSABLE
        return cls.RESPONDER if value else cls.NON_RESPONDER

    @property
    def truth(self) -> bool | None:
        """The truth value that it stands for; None can't be determined."""
        return None if self is Verdict.NOT_ASSESSABLE else self is Verdict.RESPONDER


class Rule(StrEnum):
    """A responder rule by name."""

    YOUNGER2013 = "younger2013"
    PAIN30 = "pain30"
    PAIN50 = "pain50"
    FM30_SHORT = "fm30_short"
    FM30_LONG = "fm30_long"
    PAIN_PGIC = "pain_pgic"


@dataclass(frozen=True, slots=True)
class Improves:
    """The item improves by at least `threshold` percent; `pgic`: it says much improved."""

    key: str
    threshold: int = RESPONDER_PERCENT


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of `parts` hold: all of them is AND, one of them is OR."""

    count: int
    parts: tuple["Improves | AtLeast", ...]


PAIN30: Final = Improves("pain")
DEFINITIONS: Final[Mapping[Rule, AtLeast]] = MappingProxyType(
    {
        # [S] Younger 2013
        Rule.YOUNGER2013: AtLeast(
            2, (PAIN30, AtLeast(1, (Improves("fatigue"), Improves("sleep"))))
        ),
        Rule.PAIN30: AtLeast(1, (PAIN30,)),
        Rule.PAIN50: AtLeast(1, (Improves("pain", 50),)),
        # [S] Arnold 2012
        Rule.FM30_SHORT: AtLeast(
            3,
            (
                PAIN30,
                Improves("function", 10),
                AtLeast(1, (Improves("sleep"), Improves("fatigue"))),
            ),
        ),
        Rule.FM30_LONG: AtLeast(
            3,
            (
                PAIN30,
                Improves("function", 10),
                AtLeast(
                    2,
                    (
                        Improves("sleep"),
                        Improves("fatigue"),
                        Improves("mood"),
                        Improves("stress"),
                        Improves("memory"),
                    ),
                ),
            ),
        ),
        Rule.PAIN_PGIC: AtLeast(2, (PAIN30, Improves("pgic"))),
    },
)
WORDING: Final[Mapping[Rule, str]] = MappingProxyType(
    {
        Rule.YOUNGER2013: N_(
            "at least 30 % less pain, and at least 30 % less fatigue or 30 % better sleep"
        ),
        Rule.PAIN30: N_("at least 30 % less pain"),
        Rule.PAIN50: N_("at least 50 % less pain"),
        Rule.FM30_SHORT: N_(
            "at least 30 % less pain, daily activities at least 10 % better, "
            "and at least 30 % better sleep or less fatigue"
        ),
        Rule.FM30_LONG: N_(
            "at least 30 % less pain, daily activities at least 10 % better, and at least 30 % "
            "better in two of sleep, fatigue, mood, stress and memory"
        ),
        Rule.PAIN_PGIC: N_(
            "at least 30 % less pain, and overall “much improved” or “very much improved”"
        ),
    },
)


def at_least(count: int, values: Sequence[bool | None]) -> bool | None:
    """Say whether at least `count` of `values` are true, where None is not known.

    >>> at_least(2, [True, None]), at_least(2, [False, None]), at_least(1, [True, None])
    (None, False, True)
    """
    yes = sum(value is True for value in values)
    if yes >= count:
        return True
    unknown = sum(value is None for value in values)
    return False if yes + unknown < count else None


def decide(part: Improves | AtLeast, known: Callable[[str], bool | None]) -> bool | None:
    """Say whether `part` holds, given what is known of each item key."""
    if isinstance(part, Improves):
        return known(part.key)
    return at_least(part.count, [decide(each, known) for each in part.parts])


@cache
def thresholds(rule: Rule) -> Mapping[str, int]:
    """Return the keys that `rule` looks at, each with its percent, in order of importance.

    >>> dict(thresholds(Rule.FM30_SHORT))
    {'pain': 30, 'function': 10, 'fatigue': 30, 'sleep': 30}
    """
    found = {part.key: part.threshold for part in _parts(DEFINITIONS[rule])}
    return MappingProxyType({key: found[key] for key in REASON_ORDER if key in found})


def _parts(part: Improves | AtLeast) -> Iterator[Improves]:
    if isinstance(part, Improves):
        yield part
    else:
        for each in part.parts:
            yield from _parts(each)
