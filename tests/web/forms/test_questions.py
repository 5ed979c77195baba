"""Test how each kind of question is drawn."""

from tracker.domain.occasions import Asked
from tracker.domain.questionnaire import (
    DOSE_TAKEN,
    PAIN,
    PGIC,
    TOLERABILITY,
    Item,
    Questionnaire,
    Ruler,
)
from tracker.web.forms.questions import Question, in_words, questions


def drawn(item: Item, chosen: str = "", ruler: Ruler = Ruler.NRS) -> Question:
    """Draw one question that is asked beside pain."""
    asked = Asked(Questionnaire(1, ruler, (PAIN,)), (item,))
    return questions(asked, {item.key: chosen}, {}, str)[-1]


def test_a_choice_has_a_button_for_each_answer() -> None:
    only = drawn(DOSE_TAKEN, "yes", Ruler.VAS)
    assert not only.is_slider
    assert [cell.value for cell in only.cells] == ["no", "yes", "not_prescribed", "declined"]
    assert in_words(DOSE_TAKEN, "not_prescribed", str) == "Not prescribed"


def test_the_overall_change_has_a_row_for_each_of_its_seven_wordings() -> None:
    change = drawn(PGIC)
    assert change.question == "Since the start of the study, my overall status is:"
    assert [cell.label for cell in change.cells if cell.shape == "row"] == [
        "1 Very Much Improved",
        "2 Much Improved",
        "3 Minimally Improved",
        "4 No Change",
        "5 Minimally Worse",
        "6 Much Worse",
        "7 Very Much Worse",
    ]
    assert [cell.value for cell in change.cells] == [*"1234567", "declined"]
    assert (change.low, change.high) == ("", "")
    assert in_words(PGIC, "7", str) == "7 Very Much Worse"
    assert in_words(PGIC, "declined", str) == "Prefer not to say"
    assert in_words(PGIC, "", str) == ""


def test_tolerability_goes_to_100_on_either_ruler() -> None:
    for ruler in Ruler:
        asked = drawn(TOLERABILITY, "88", ruler)
        assert (asked.is_slider, asked.maximum, asked.number) == (True, 100, "88")


def test_only_what_tonight_alone_asks_passes() -> None:
    assert not drawn(DOSE_TAKEN).passes
    assert drawn(TOLERABILITY).passes
    assert drawn(PGIC).passes
    asked = Asked(Questionnaire(1, Ruler.NRS, (PAIN, PGIC)))
    assert not any(one.passes for one in questions(asked, {}, {}, str))
