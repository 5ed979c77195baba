"""The rules follow Kleene's logic: what isn't known stays not known unless it can't matter."""

from itertools import product

import pytest

from tests.domain.golden import GOLDEN, TRUTH
from tracker.domain.responder import (
    DEFINITIONS,
    WORDING,
    Rule,
    Verdict,
    at_least,
    decide,
    thresholds,
)

LETTERS = {value: letter for letter, value in TRUTH.items()}


@pytest.mark.parametrize(("letters", "verdict"), GOLDEN["composite_pain_fatigue_sleep"].items())
def test_the_composite_rule_follows_its_truth_table(letters: str, verdict: str) -> None:
    known = dict(zip(("pain", "fatigue", "sleep"), (TRUTH[each] for each in letters), strict=True))
    assert decide(DEFINITIONS[Rule.YOUNGER2013], known.__getitem__) is TRUTH[verdict]


def test_the_truth_table_is_whole() -> None:
    assert len(GOLDEN["composite_pain_fatigue_sleep"]) == 27


@pytest.mark.parametrize(("letters", "verdict"), GOLDEN["at_least_2_of_5"].items())
def test_at_least_two_of_five_counts_what_is_unknown(letters: str, verdict: str) -> None:
    assert at_least(2, [TRUTH[each] for each in letters]) is TRUTH[verdict]


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_says_what_all_completions_of_the_unknown_agree_on(rule: Rule) -> None:
    keys = tuple(thresholds(rule))
    definition = DEFINITIONS[rule]
    for values in product((True, False, None), repeat=len(keys)):
        known = dict(zip(keys, values, strict=True))
        choices = [(True, False) if value is None else (value,) for value in values]
        outcomes = {
            decide(definition, dict(zip(keys, each, strict=True)).__getitem__)
            for each in product(*choices)
        }
        expected = outcomes.pop() if len(outcomes) == 1 else None
        assert decide(definition, known.__getitem__) is expected


def test_every_rule_has_its_thresholds_and_its_wording() -> None:
    assert dict(thresholds(Rule.PAIN50)) == {"pain": 50}
    assert dict(thresholds(Rule.PAIN_PGIC)) == {"pain": 30, "pgic": 30}
    assert dict(thresholds(Rule.FM30_LONG)) == {
        "pain": 30,
        "function": 10,
        "fatigue": 30,
        "sleep": 30,
        "mood": 30,
        "stress": 30,
        "memory": 30,
    }
    assert set(DEFINITIONS) == set(WORDING) == set(Rule)


def test_a_truth_value_is_a_verdict() -> None:
    assert [Verdict.of(value) for value in (True, False, None)] == list(Verdict)
