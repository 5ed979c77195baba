"""The responder rules in three-valued logic: True is R, False is N, None is "?"."""

from collections.abc import Mapping, Sequence

RULES = {
    "younger2013": {"pain": 30, "fatigue": 30, "sleep": 30},
    "pain30": {"pain": 30},
    "pain50": {"pain": 50},
    "fm30_short": {"pain": 30, "function": 10, "fatigue": 30, "sleep": 30},
    "fm30_long": {
        "pain": 30,
        "function": 10,
        "fatigue": 30,
        "sleep": 30,
        "mood": 30,
        "stress": 30,
        "memory": 30,
    },
    "pain_pgic": {"pain": 30},
}
REASON_ORDER = ("pain", "function", "fatigue", "sleep", "mood", "stress", "memory", "pgic")

Answer = bool | None


def every(parts: Sequence[Answer]) -> Answer:
    """Join three-valued parts by AND."""
    if False in parts:
        return False
    return None if None in parts else True


def some(parts: Sequence[Answer], least: int = 1) -> Answer:
    """Tell whether at least so many of three-valued parts hold."""
    yes = sum(1 for part in parts if part is True)
    unknown = sum(1 for part in parts if part is None)
    if yes >= least:
        return True
    return False if yes + unknown < least else None


def decide(rule: str, parts: Mapping[str, Answer]) -> Answer:
    """Apply a rule to its parts: R is True, N is False, ? is None."""
    if rule == "younger2013":
        return every([parts["pain"], some([parts["fatigue"], parts["sleep"]])])
    if rule == "fm30_short":
        either = some([parts["sleep"], parts["fatigue"]])
        return every([parts["pain"], parts["function"], either])
    if rule == "fm30_long":
        five = [parts[key] for key in ("sleep", "fatigue", "mood", "stress", "memory")]
        return every([parts["pain"], parts["function"], some(five, 2)])
    if rule == "pain_pgic":
        return every([parts["pain"], parts["pgic"]])
    return parts["pain"]


def first_reason(parts: Mapping[str, Answer], reasons: Mapping[str, str]) -> str:
    """Give the reason of the first part that can't be determined."""
    unknown = (key for key in REASON_ORDER if key in parts and parts[key] is None)
    return reasons[next(unknown)]
