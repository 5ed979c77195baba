"""A trend as a picture: what it shows, what it leaves out, and whose words it escapes."""

import itertools
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from xml.etree.ElementTree import Element

import pytest

from tests.charts import courses
from tests.charts.courses import BASELINE, FIRST, OWN, TREATMENT
from tracker.charts import drawing, marks, paper
from tracker.charts.marks import Mark
from tracker.charts.trend import PAGE, PHONE, draw_strip, draw_trend
from tracker.domain.diary import Diary, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Ruler
from tracker.domain.spans import Span

SVG = "{http://www.w3.org/2000/svg}"


def drawn(
    kept: Diary,
    key: str = "pain",
    phases: Sequence[Phase] = (BASELINE, TREATMENT),
    shown: Span | None = None,
) -> Element:
    report = courses.report(kept, phases)
    span = shown or courses.whole(kept)
    picture = draw_trend(report, report.trends[key], span, courses.wording())
    return courses.parsed(drawing.write(picture))


def kinds(picture: Element, kind: str) -> list[Element]:
    return [each for each in picture.iter() if kind in each.get("class", "").split()]


def path(picture: Element, kind: str) -> str:
    return "".join(each.get("d", "") for each in kinds(picture, kind))


def texts(picture: Element, kind: str) -> list[str]:
    return [each.text or "" for each in kinds(picture, kind)]


def test_every_night_is_one_dot_and_late_nights_are_hollow() -> None:
    late = courses.entry(20, 50, status=Status.LATE)
    picture = drawn(courses.diary(courses.course(28), Ruler.VAS, late))
    assert path(picture, "c-night").count("M") == 27
    assert path(picture, "c-late").count("M") == 1


def test_imported_edited_and_conflicting_nights_have_marks_of_their_own() -> None:
    others = (
        courses.entry(3, 60, imported=True, status=Status.IMPORTED),
        courses.entry(4, 60, revision=2),
        courses.entry(5, 60, conflict=True),
        courses.entry(6, 60, entered_by="Wren"),
    )
    picture = drawn(courses.diary(courses.course(28), Ruler.VAS, *others))
    assert path(picture, "c-imported").count("M") == 1
    assert path(picture, "c-edited").count("M") == 1
    assert path(picture, "c-conflict").count("M") == 1
    assert path(picture, "c-helped").count("M") == 1


def test_the_mean_breaks_where_nights_are_missing() -> None:
    kept = courses.diary(courses.course(60, skip=range(35, 45)))
    runs = path(drawn(kept), "c-mean").split("M")[1:]
    assert len(runs) == 3, "baseline, before the gap, after the gap"
    assert path(drawn(kept, phases=()), "c-mean").count("M") == 2


def test_a_mean_that_stands_on_one_day_alone_is_a_dot() -> None:
    kept = courses.diary({0: 60, 2: 62, 5: 64, 6: 58})
    assert re.fullmatch(r"M[\d.]+ [\d.]+h0", path(drawn(kept, phases=()), "c-mean"))


def test_levels_are_named_at_the_right_edge_and_never_touch() -> None:
    picture = drawn(courses.diary(courses.course(40)))
    feet = [
        float(each.attrib["y"])
        for each in (*kinds(picture, "c-level"), *kinds(picture, "c-mark-name"))
    ]
    assert texts(picture, "c-mark-name") == ["\N{MINUS SIGN}30 %"]
    assert abs(feet[0] - feet[1]) >= 12


def test_where_higher_is_better_the_mark_lies_above() -> None:
    kept = courses.diary(dict.fromkeys(range(30), 40))
    picture = drawn(kept, "sleep")
    assert texts(picture, "c-mark-name") == ["+30 %"]
    assert "Higher is better" in texts(picture, "c-note")


def test_a_neutral_item_has_its_baseline_mean_and_no_mark() -> None:
    picture = drawn(courses.diary(courses.course(40)), "dream_vividness")
    assert kinds(picture, "c-before")
    assert not kinds(picture, "c-mark")
    assert "Higher is more" in texts(picture, "c-note")


def test_without_phases_there_is_no_level_no_band_and_no_ribbon() -> None:
    picture = drawn(courses.diary(courses.course(40)), phases=())
    for kind in ("c-before", "c-mark", "c-baseline", "c-usual", "c-phase"):
        assert not kinds(picture, kind)


def test_a_single_night_stands_in_the_picture() -> None:
    picture = drawn(courses.diary({0: 6}, Ruler.NRS), phases=())
    assert path(picture, "c-night").count("M") == 1
    assert texts(picture, "c-tick") == ["1 Sep"]
    assert "10" in texts(picture, "c-note")


def test_phases_are_named_by_label_else_medicine_and_dose_else_kind() -> None:
    phases = (
        BASELINE,
        Phase(PhaseKind.TREATMENT, FIRST + timedelta(14), FIRST + timedelta(42), "First try"),
        Phase(
            PhaseKind.TREATMENT,
            FIRST + timedelta(42),
            FIRST + timedelta(70),
            "",
            "naltrexone",
            Decimal("4.50"),
        ),
        Phase(PhaseKind.WASHOUT, FIRST + timedelta(70), None),
    )
    picture = drawn(courses.diary(courses.course(98)), phases=phases)
    assert texts(picture, "c-phase-name") == ["Before", "First try", "4.5 mg", "Washout"]


def test_a_label_that_does_not_fit_is_cut_and_one_without_room_is_left_out() -> None:
    narrow = (
        BASELINE,
        Phase(PhaseKind.TREATMENT, FIRST + timedelta(14), FIRST + timedelta(16), "short one"),
        Phase(PhaseKind.TREATMENT, FIRST + timedelta(16), None, "a label " * 12),
    )
    picture = drawn(courses.diary(courses.course(98)), phases=narrow)
    assert len(kinds(picture, "c-phase")) == 3
    assert len(texts(picture, "c-phase-name")) == 2
    assert texts(picture, "c-phase-name")[1].endswith("…")


def test_a_phase_outside_the_days_shown_leaves_no_mark() -> None:
    kept = courses.diary(courses.course(60))
    picture = drawn(kept, shown=Span(FIRST + timedelta(30), FIRST + timedelta(60)))
    assert len(kinds(picture, "c-phase")) == 1
    assert not kinds(picture, "c-baseline")
    assert path(picture, "c-night").count("M") == 30


def test_own_words_show_as_typed() -> None:
    kept = courses.diary(courses.course(20))
    label = replace_label(TREATMENT, "<b>bold</b> &lt;")
    picture = drawn(kept, OWN.key, (BASELINE, label))
    title = picture.find(f"{SVG}title")
    assert title is not None
    assert title.text == 'Legs <a href="x">&amp; arms</a>'
    assert not [each for each in picture.iter() if each.tag == f"{SVG}a"]


def replace_label(phase: Phase, label: str) -> Phase:
    return Phase(phase.kind, phase.start, phase.end, label)


def test_three_years_stay_small_and_name_years() -> None:
    kept = courses.diary(courses.course(1095))
    picture = drawn(kept)
    assert len(drawing.write(picture)) < 36_000
    assert "c-many" in kinds(picture, "c-night")[0].attrib["class"]
    assert texts(picture, "c-tick")[0].startswith("1 Sep 2026")
    assert "2028" in texts(picture, "c-tick")


def test_a_century_of_nights_does_not_break_the_axis() -> None:
    kept = courses.diary({0: 50, 36_500: 50})
    names = [text for text in texts(drawn(kept, phases=()), "c-tick") if text.isdigit()]
    assert 1 <= len(names) <= 10


def test_names_on_the_axis_never_overlap() -> None:
    for length in (2, 9, 30, 84, 98, 200, 365, 1095):
        picture = drawn(courses.diary(courses.course(length)))
        reach = sorted(extent(each) for each in kinds(picture, "c-tick") if is_date(each))
        for (_, right), (left, _) in itertools.pairwise(reach):
            assert right < left, length


def is_date(text: Element) -> bool:
    return float(text.attrib["y"]) > 220


def extent(text: Element) -> tuple[float, float]:
    wide = drawing.length(text.text or "", 10)
    x = float(text.attrib["x"])
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "start")]
    return left, left + wide


@pytest.mark.parametrize("ruler", list(Ruler))
def test_every_mark_lies_within_the_picture(ruler: Ruler) -> None:
    kept = courses.diary({n: (0, ruler.maximum)[n % 2] for n in range(60)}, ruler)
    for key in ("pain", "sleep"):
        picture = drawn(kept, key)
        for each in picture.iter(f"{SVG}text"):
            assert 0 <= float(each.attrib["y"]) <= PHONE.height
            assert 0 <= float(each.attrib["x"]) <= PHONE.width


def test_time_runs_from_left_to_right_in_every_language() -> None:
    assert drawn(courses.diary(courses.course(20))).get("direction") == "ltr"


def test_the_legend_lists_the_marks_present_and_no_others() -> None:
    kept = courses.diary(courses.course(28), Ruler.VAS, courses.entry(20, 50, status=Status.LATE))
    trend = courses.report(kept).trends["pain"]
    assert marks.marks_in(trend, courses.whole(kept)) == [
        Mark.NIGHT,
        Mark.LATE,
        Mark.MEAN,
        Mark.MARK,
        Mark.USUAL,
    ]
    first = Span(FIRST, FIRST + timedelta(3))
    without = courses.report(kept, ()).trends["pain"]
    assert marks.marks_in(without, first) == [Mark.NIGHT]


def test_every_mark_has_a_picture_in_the_legend() -> None:
    others = (
        courses.entry(3, 60, imported=True, status=Status.IMPORTED),
        courses.entry(4, 60, revision=2),
        courses.entry(5, 60, conflict=True),
        courses.entry(6, 60, status=Status.LATE),
        courses.entry(7, 60, entered_by="Wren"),
    )
    kept = courses.diary(courses.course(28), Ruler.VAS, *others)
    trend = courses.report(kept).trends["pain"]
    entries = marks.legend(trend, courses.whole(kept), str.upper)
    assert [each.mark for each in entries] == list(Mark)
    for each in entries:
        assert f"c-{each.mark}" in each.picture
        assert each.meaning.isupper()


def test_a_saved_picture_needs_no_style_sheet() -> None:
    kept = courses.diary(courses.course(98))
    report = courses.report(kept)
    for key in ("pain", OWN.key):
        picture = draw_trend(report, report.trends[key], courses.whole(kept), courses.wording())
        before = drawing.write(picture)
        file = courses.parsed(paper.write(picture, key, "Pain & more"))
        assert drawing.write(picture) == before
        assert not [each for each in file.iter() if each.get("class")]
        assert next(each.text for each in file.iter(f"{SVG}text")) == "Pain & more"
        for each in file.iter(f"{SVG}path"):
            assert each.get("stroke", "").startswith("#")


def test_days_that_hold_no_night_are_drawn_empty() -> None:
    kept = courses.diary(courses.course(10))
    picture = drawn(kept, phases=(), shown=Span(date(2027, 1, 1), date(2027, 1, 1)))
    assert not kinds(picture, "c-night")
    assert texts(picture, "c-tick") == ["1 Jan"]


def test_a_strip_shows_the_same_nights_without_a_word() -> None:
    kept = courses.diary(courses.course(28))
    report = courses.report(kept)
    strip = draw_strip(report, report.trends["sleep"], Span(FIRST, FIRST + timedelta(20)))
    assert not list(strip.iter("text"))
    assert path(strip, "c-night").count("M") == 20
    assert len(kinds(strip, "c-baseline")) == 1


def test_on_paper_a_dot_has_a_length_for_programs_that_draw_no_point() -> None:
    kept = courses.diary({0: 60})
    report = courses.report(kept, ())
    picture = draw_trend(
        report, report.trends["pain"], courses.whole(kept), courses.wording(), PAGE
    )
    coloured = paper.coloured(picture, "pain")
    assert [each.get("stroke") for each in coloured if "h.01" in each.get("d", "")] == ["#a85a12"]
    assert path(picture, "c-night").endswith("h0"), "the picture itself stays as it was"
