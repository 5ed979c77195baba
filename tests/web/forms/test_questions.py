"""Test how questions are drawn that no page asks yet."""

from tracker.domain.questionnaire import DOSE_TAKEN, Questionnaire, Ruler
from tracker.web.forms.questions import in_words, questions


def test_a_choice_has_a_button_for_each_answer() -> None:
    asked = Questionnaire(1, Ruler.VAS, (DOSE_TAKEN,))
    (only,) = questions(asked, {"dose_taken": "yes"}, {}, str)
    assert not only.is_slider
    assert [cell.value for cell in only.cells] == ["no", "yes", "not_prescribed", "declined"]
    assert in_words(DOSE_TAKEN, "not_prescribed", str) == "Not prescribed"
