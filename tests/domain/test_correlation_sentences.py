"""Which nights and days were compared is said in words, for every kind of pair."""

import itertools

import pytest

from tracker.domain.correlation_sentences import WHEN, direction, names, when
from tracker.domain.correlations import Link
from tracker.domain.questionnaire import DOSE_TAKEN, DREAM_VIVIDNESS, MOOD, PAIN, SLEEP, Item
from tracker.domain.voice import Voice

ENGLISH = Voice(str, lambda one, many, count: one if count == 1 else many)


@pytest.mark.parametrize(
    ("first", "second", "lag", "words", "in_order"),
    [
        (SLEEP, PAIN, 0, "a night and the day after it", ("Sleep", "Pain")),
        (PAIN, SLEEP, 0, "a night and the day after it", ("Sleep", "Pain")),
        (PAIN, SLEEP, 1, "a day and the night after it", ("Pain", "Sleep")),
        (SLEEP, PAIN, 1, "a night and the second day after it", ("Sleep", "Pain")),
        (DOSE_TAKEN, DREAM_VIVIDNESS, 0, "the same night", ("Dose taken", "Dream vividness")),
        (SLEEP, DREAM_VIVIDNESS, 1, "a night and the next night", ("Sleep", "Dream vividness")),
        (PAIN, MOOD, 0, "the same day", ("Pain", "Mood")),
        (PAIN, MOOD, 1, "a day and the next day", ("Pain", "Mood")),
    ],
)
def test_the_night_of_an_entry_came_before_its_day(
    first: Item, second: Item, lag: int, words: str, in_order: tuple[str, str]
) -> None:
    found = Link(first, second, lag, 90, 0.5)
    assert when(found, ENGLISH) == words
    assert names(found, ENGLISH) == in_order


@pytest.mark.parametrize(
    ("first", "second", "r", "words"),
    [
        (PAIN, MOOD, 0.4, "When Pain was scored higher, Mood tended to be scored higher."),
        (PAIN, MOOD, -0.4, "When Pain was scored higher, Mood tended to be scored lower."),
        (DOSE_TAKEN, PAIN, 0.4, "When the dose was taken, Pain tended to be scored higher."),
        (DOSE_TAKEN, PAIN, -0.4, "When the dose was taken, Pain tended to be scored lower."),
        (SLEEP, DOSE_TAKEN, 0.4, "When Sleep was scored higher, the dose was taken more often."),
        (SLEEP, DOSE_TAKEN, -0.4, "When Sleep was scored higher, the dose was taken less often."),
    ],
)
def test_the_direction_is_one_plain_sentence(
    first: Item, second: Item, r: float, words: str
) -> None:
    assert direction(Link(first, second, 0, 90, r), ENGLISH) == words


def test_every_pair_of_questions_has_its_words() -> None:
    for first, second in itertools.permutations((SLEEP, DOSE_TAKEN, PAIN, MOOD), 2):
        for lag in (0, 1):
            assert when(Link(first, second, lag, 90, 0.5), ENGLISH) in WHEN.values()
