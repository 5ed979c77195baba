"""Improvements as a picture: what is filled, where the marks stand, how names are cut."""

from xml.etree.ElementTree import Element

from tests.charts import courses
from tests.charts.test_trend import kinds, texts
from tracker.charts import drawing
from tracker.charts.answer import draw_improvements, shown_percent
from tracker.domain.diary import Diary
from tracker.domain.improvement import ItemResult
from tracker.domain.questionnaire import PAIN
from tracker.domain.responder import Rule
from tracker.domain.statistics import Reason, Tally


def drawn(kept: Diary, rule: Rule = Rule.YOUNGER2013) -> Element:
    results = list(courses.report(kept, rule=rule).phases[0].items.values())
    return courses.parsed(draw_improvements(results, str))


def test_an_item_is_filled_where_it_meets_its_mark_and_hollow_where_not() -> None:
    picture = drawn(courses.diary(courses.course(40)))
    assert len(kinds(picture, "c-met")) == 3, "pain, fatigue and the own symptom fall"
    assert len(kinds(picture, "c-unmet")) == 1, "sleep is worse"


def test_neutral_items_have_no_row() -> None:
    assert "Dream vividness" not in texts(drawn(courses.diary(courses.course(40))), "c-name")


def test_an_item_that_cannot_be_judged_has_a_row_without_a_mark() -> None:
    picture = drawn(courses.diary(dict.fromkeys(range(3), 50)))
    assert "Pain" in texts(picture, "c-name")
    assert set(texts(picture, "c-figure")) == {"\N{EN DASH}"}
    for kind in ("c-met", "c-unmet", "c-whisker"):
        assert not kinds(picture, kind)


def test_scores_that_did_not_vary_have_no_whisker() -> None:
    picture = drawn(courses.diary({n: 70 if n < 15 else 40 for n in range(40)}))
    assert kinds(picture, "c-met")
    assert not kinds(picture, "c-whisker")


def test_the_mark_is_the_one_the_rule_sets() -> None:
    kept = courses.diary(courses.course(40))
    assert texts(drawn(kept, Rule.YOUNGER2013), "c-goal-name") == ["30 % better"]
    assert texts(drawn(kept, Rule.PAIN50), "c-goal-name") == ["mark of the rule"]


def test_a_figure_beyond_the_scale_widens_it() -> None:
    picture = drawn(courses.diary({n: 20 if n < 15 else 90 for n in range(40)}))
    assert "\N{MINUS SIGN}350.0 %" in texts(picture, "c-figure")
    zero = kinds(picture, "c-zero")[0].attrib["d"]
    assert float(zero.removeprefix("M").split()[0]) < 246


def test_a_long_name_stands_on_two_lines_and_is_cut_after_them() -> None:
    names = texts(drawn(courses.diary(courses.course(40))), "c-name")
    assert any(name.startswith("Legs") for name in names)
    assert any(name.endswith("…") for name in names)


def test_names_wrap_at_spaces_only() -> None:
    assert drawing.wrap("Schmerzempfindlichkeit", 60, 10) == ("Schmerze…",)
    assert drawing.wrap("a b c d e f g h i j k", 30, 10) == ("a b c", "d e…")
    assert drawing.wrap("one two", 25, 10) == ("one", "two")
    assert drawing.wrap("日本語 日本語", 40, 10) == ("日本語", "日本語")


def test_a_percent_is_printed_with_a_true_minus() -> None:
    assert (
        shown_percent(ItemResult(PAIN, 30, Tally(), Tally(), Reason.NO_BASELINE)) == "\N{EN DASH}"
    )
