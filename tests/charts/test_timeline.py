"""Side effects and measurements lie under a trend, on its own days."""

from dataclasses import replace

from tests.charts import courses
from tests.exports.happened import ALL, DREAMS, ESR, OTHER, later
from tracker.charts import drawing, paper
from tracker.charts.timeline import MOST, draw_timeline, measured_days, rows_of
from tracker.charts.trend import draw_trend
from tracker.domain.happenings import NOTHING, Happenings
from tracker.domain.spans import Span

SHOWN = Span(later(0), later(20))


def test_each_side_effect_is_a_bar_and_each_day_of_measurements_a_dot() -> None:
    svg = draw_timeline(ALL, SHOWN, str)
    assert svg is not None
    picture = drawing.write(svg)
    assert svg.get("viewBox") == "0 0 308 72"
    assert '<rect class="c-happened" x="61.2" y="18" width="37.2" height="6"' in picture
    assert '<rect class="c-happened" x="210" y="42" width="62" height="6"' in picture
    assert picture.count("h0") == 3
    for name in ("=1+1 cold &lt;feet&gt;", "Vivid dreams", "Measured"):
        assert f">{name}<" in picture


def test_the_same_one_twice_is_one_row() -> None:
    again = replace(DREAMS, start=later(2), reported=later(2), end=later(3))
    (row,) = rows_of(Happenings((again, DREAMS)), SHOWN, str)
    assert row.spans == [again.span, DREAMS.span]


def test_only_what_touches_the_days_shown_is_drawn() -> None:
    early = Span(later(0), later(2))
    assert draw_timeline(ALL, early, str) is None
    assert draw_timeline(NOTHING, SHOWN, str) is None
    assert measured_days(ALL, Span(later(0), later(3))) == [later(2)]
    only = draw_timeline(Happenings((OTHER,)), SHOWN, str)
    assert only is not None
    assert "c-measured" not in drawing.write(only)
    assert draw_timeline(Happenings(measurements=ESR), SHOWN, str) is not None


def test_no_more_rows_than_a_phone_has_room_for() -> None:
    many = tuple(replace(OTHER, name=f"effect {number}") for number in range(MOST + 3))
    assert len(rows_of(Happenings(many), SHOWN, str)) == MOST


def test_a_saved_picture_has_the_strip_under_its_own_days_and_says_so_aloud() -> None:
    kept = courses.diary(courses.course(28))
    report = courses.report(kept)
    trend = draw_trend(report, report.trends["pain"], courses.whole(kept), courses.wording())
    strip = draw_timeline(ALL, SHOWN, str)
    assert strip is not None
    before = [drawing.write(svg) for svg in (trend, strip)]
    whole = paper.stacked(trend, strip)
    assert [drawing.write(svg) for svg in (trend, strip)] == before
    width, height = trend.attrib["viewBox"].split()[2:]
    assert whole.get("viewBox") == f"0 0 {width} {float(height) + 72:g}"
    assert len(list(whole.iter("title"))) == 1
    assert "Side effects and measurements" in whole.attrib["aria-label"]
    assert f'<g transform="translate(0 {height})">' in drawing.write(whole)
    file = paper.write(whole, "pain", "Pain")
    assert "class=" not in file
    assert ">Vivid dreams<" in file
