"""Dose steps in pictures: a thin line on its day, its text where there is room."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from tests.charts import courses
from tests.charts.courses import FIRST
from tests.charts.test_trend import kinds, path, texts
from tracker.charts import drawing
from tracker.charts.figure import build_figure
from tracker.charts.trend import draw_trend
from tracker.domain.medicines import ChangedBy, Dose, Medicine
from tracker.domain.spans import Span


def steps(amounts: Mapping[int, str], name: str = "LDN") -> Medicine:
    """Give a medicine whose dose changes on these days."""
    doses = (
        Dose(FIRST + timedelta(n), Decimal(amount), ChangedBy.CLINICIAN)
        for n, amount in amounts.items()
    )
    return Medicine(name, FIRST, doses=(*doses,))


def figures(
    medicines: Iterable[Medicine], shown: Span | None = None
) -> tuple[list[str], str, list[tuple[str, str]]]:
    """Return the texts and lines of the picture, and days and texts of the Plotly figure."""
    kept = courses.diary(courses.course(80))
    report = courses.report(kept, medicines=medicines)
    span, trend = shown or courses.whole(kept), report.trends["pain"]
    picture = courses.parsed(drawing.write(draw_trend(report, trend, span, courses.wording())))
    made = build_figure(report, trend, span, str)
    shapes = [one for one in made["layout"]["shapes"] if one["name"] == "dose"]
    assert len(kinds(picture, "c-dose")) == len(shapes)
    found = [(one["x0"], one["label"]["text"]) for one in shapes]
    return texts(picture, "c-dose-name"), path(picture, "c-dose"), found


def test_each_step_is_a_line_with_its_dose() -> None:
    names, lines, found = figures([steps({14: "1.50", 42: "4.5"})])
    assert names == ["1.5 mg", "4.5 mg"]
    assert lines == "M67.4 24V182M154.2 24V182"
    assert found == [("2026-09-15", "1.5 mg"), ("2026-10-13", "4.5 mg")]


def test_of_several_medicines_each_is_named() -> None:
    several = [steps({14: "1.5"}), steps({14: "25"}, "A <b>"), Medicine("Third", FIRST)]
    _names, lines, found = figures(several)
    assert lines.count("M") == 1
    assert found == [("2026-09-15", "A &lt;b&gt; 25 mg, LDN 1.5 mg")]


def test_a_text_without_room_is_left_out_and_its_line_stays() -> None:
    names, lines, _found = figures([steps({14: "1.5", 15: "3", 79: "4.5"})])
    assert names == ["3 mg", "4.5 mg"]
    assert lines.count("M") == 3


def test_steps_outside_the_days_shown_are_not_drawn() -> None:
    shown = Span(FIRST + timedelta(20), date(2026, 11, 1))
    assert figures([steps({14: "1.5"})], shown) == ([], "", [])
    assert figures([]) == ([], "", [])
