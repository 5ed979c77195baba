"""The page of what goes with what: plain, with its n, what is needed, and what it does not mean."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from tests.web import lint, stored
from tests.web.client import Visitor, page_text
from tools.noise import Course, diary
from tracker.domain.answers import answered
from tracker.domain.diary import Diary
from tracker.domain.questionnaire import DOSE_TAKEN

NOT_CAUSE = "does not say that one causes the other"
MOVE = timedelta(90)  # so that the diary ends before the tests' evening


def text(visitor: Visitor) -> str:
    return lint.text_of(lint.parsed(page_text(visitor.get("/together/"))))


def made(seed: int, course: Course) -> Diary:
    kept, _phases = diary(Random(seed), course)
    moved = {day + MOVE: replace(one, day=day + MOVE) for day, one in kept.entries.items()}
    return replace(kept, entries=moved)


def test_a_link_is_told_in_a_sentence_with_its_days_and_strength(owner: Visitor) -> None:
    stored.keep(owner, made(3, Course(0.6, 0.75, days=120)))
    said = text(owner)
    assert "When Pain was scored higher, Fatigue tended to be scored higher." in said
    assert "Compared: the same day, 11" in said
    assert "45 pairs of questions were compared" in said
    assert NOT_CAUSE in said
    page = page_text(owner.get("/together/"))
    assert page.count('class="spark"') >= 2
    assert 'href="/together/"' in page_text(owner.get("/trends/"))


def test_the_dose_of_a_night_has_a_strip_without_what_was_not_prescribed(owner: Visitor) -> None:
    kept = made(3, Course(0.6, 0.0, days=120))
    rng, entries = Random(1), {}
    for place, (day, one) in enumerate(kept.entries.items()):
        taken = rng.randint(0, 1)
        answers = {"dose_taken": answered(2 if place > 110 else taken), "pain": answered(8 * taken)}
        entries[day] = replace(one, answers={**one.answers, **answers})
    items = {**kept.items, DOSE_TAKEN.key: DOSE_TAKEN}
    stored.keep(owner, replace(kept, items=items, entries=entries))
    assert "When the dose was taken, Pain tended to be scored higher." in text(owner)


def test_noise_says_that_nothing_stood_out_and_what_that_does_not_mean(owner: Visitor) -> None:
    stored.keep(owner, made(6, Course(0.6, days=100)))
    said = text(owner)
    assert "Nothing stood out clearly enough from chance to be told." in said
    assert "That does not mean that nothing goes with anything" in said
    assert NOT_CAUSE in said


def test_too_few_nights_say_how_many_are_needed(owner: Visitor) -> None:
    assert "This needs at least 30 pairs of days" in text(owner)
    assert "Log tonight" in text(owner)
    stored.keep(owner, made(3, Course(0.6, days=20)))
    said = text(owner)
    assert "There are 20 so far." in said or "There are 19 so far." in said
