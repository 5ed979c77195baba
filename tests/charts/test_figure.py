"""Figures for Plotly: accepted by Plotly's own objects, small, and with harmless words."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import plotly
import plotly.graph_objects
from plotly.offline import get_plotlyjs_version

from tests.charts import courses
from tests.charts.courses import OWN
from tracker.charts.figure import DAY_MS, Figure, build_figure
from tracker.domain.diary import Diary, Status
from tracker.domain.happenings import Happenings
from tracker.domain.measurements import Measurement, read_value
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Ruler
from tracker.domain.side_effects import Effect, Severity, SideEffect
from tracker.domain.spans import Span

VENDORED = Path("tracker/web/static/vendor/plotly-basic.min.js")


def figure(kept: Diary, key: str = "pain", shown: Span | None = None) -> Figure:
    report = courses.report(kept)
    return build_figure(report, report.trends[key], shown or courses.whole(kept), str)


def trace(made: Figure, meta: str) -> Figure:
    found: Figure = next(each for each in made["data"] if each["meta"] == meta)
    return found


def test_plotly_accepts_every_figure() -> None:
    for key in ("pain", "sleep", "dream_vividness", OWN.key):
        made = figure(courses.diary(courses.course(40)), key)
        assert plotly.graph_objects.Figure(made).to_dict()["data"]


def test_side_effects_and_measurements_are_lines_that_plotly_accepts() -> None:
    kept = courses.diary(courses.course(40))
    report = courses.report(kept)
    first = courses.FIRST
    told = SideEffect(Effect.OTHER, first, Severity.MILD, first, name="<b>cold</b> feet")
    later = first + timedelta(days=9)
    happened = Happenings(
        (told, replace(told, effect=Effect.NAUSEA, name="", end=later)),
        measurements=(Measurement("ESR", read_value("20"), later),),
    )
    shown = courses.whole(kept)
    made = build_figure(report, report.trends["pain"], shown, str, happened)
    assert plotly.graph_objects.Figure(made).to_dict()["layout"]["shapes"]
    lasting, over, tick = made["layout"]["shapes"][-3:]
    assert lasting["label"]["text"] == "&lt;b&gt;cold&lt;/b&gt; feet"
    assert (lasting["x0"], lasting["x1"]) == (first.isoformat(), shown.end.isoformat())
    assert (over["x1"], over["y0"], over["y1"]) == (later.isoformat(), 0.89, 0.89)
    assert (tick["name"], tick["x0"], tick["x1"]) == ("measured", *[later.isoformat()] * 2)


def test_the_script_we_carry_is_the_one_that_plotly_checks_against() -> None:
    head = VENDORED.read_text(encoding="utf-8")[:200]
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in head


def test_a_gap_is_a_null_so_no_line_crosses_it() -> None:
    mean = trace(figure(courses.diary(courses.course(60, skip=range(35, 45)))), "mean")
    assert None in mean["y"]
    assert mean["connectgaps"] is False
    assert mean["dx"] == DAY_MS


def test_each_kind_of_night_is_a_trace_of_its_own() -> None:
    others = (
        courses.entry(4, 60, revision=2),
        courses.entry(5, 60, conflict=True),
        courses.entry(6, 61, status=Status.LATE),
        courses.entry(7, 62, status=Status.IMPORTED, imported=True),
        courses.entry(8, 62, entered_by="Wren"),
    )
    made = figure(courses.diary(courses.course(28), Ruler.VAS, *others))
    assert [each["meta"] for each in made["data"]] == [
        "night",
        "imported",
        "late",
        "edited",
        "helped",
        "conflict",
        "mean",
    ]
    late = trace(made, "late")
    assert (late["x0"], late["y"]) == ("2026-09-07", [61])


def test_a_day_keeps_its_place_whatever_is_missing_before_it() -> None:
    nights = trace(figure(courses.diary({0: 5, 3: 7}, Ruler.NRS)), "night")
    assert nights["x0"] == "2026-09-01"
    assert nights["y"] == [5, None, None, 7]


def test_a_year_is_at_most_12_kilobytes() -> None:
    kept = courses.diary(
        courses.course(365),
        Ruler.VAS,
        *(courses.entry(n, 55, status=Status.LATE) for n in range(0, 365, 9)),
        *(courses.entry(n, 55, imported=True, status=Status.IMPORTED) for n in range(1, 365, 9)),
        *(courses.entry(n, 55, revision=3) for n in range(2, 365, 9)),
    )
    made = json.dumps(figure(kept), separators=(",", ":"))
    assert len(made) <= 12_000


def test_own_words_show_as_typed() -> None:
    kept = courses.diary(courses.course(28))
    label = Phase(PhaseKind.TREATMENT, courses.TREATMENT.start, None, "<b>x</b>")
    report = courses.report(kept, (courses.BASELINE, label))
    made = build_figure(report, report.trends[OWN.key], courses.whole(kept), str)
    assert made["layout"]["title"]["text"] == ('Legs &lt;a href="x"&gt;&amp;amp; arms&lt;/a&gt;')
    names = [each["label"]["text"] for each in made["layout"]["shapes"] if "label" in each]
    assert names == ["Baseline", "&lt;b&gt;x&lt;/b&gt;"]


def test_days_without_a_night_make_a_figure_without_traces() -> None:
    kept = courses.diary(courses.course(10))
    empty = Span(courses.FIRST.replace(year=2027), courses.FIRST.replace(year=2027, day=5))
    assert figure(kept, shown=empty)["data"] == []
