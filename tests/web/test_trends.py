"""The trends page: picture, figures beside it, periods, the file, the figure for zooming."""

import html
import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import plotly.graph_objects
import pytest
from flask import Flask

from tests.applications import MakeApp
from tests.charts import courses
from tests.charts.courses import BASELINE, FIRST, OWN, TREATMENT
from tests.storage.nights import counted
from tests.web import happened, lint, stored
from tests.web.client import Visitor, page_text, sign_up
from tracker.domain.diary import Diary, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Ruler

PHASES = (BASELINE, TREATMENT)


def page(visitor: Visitor, path: str = "/trends/") -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return page_text(answer)


def cells(text: str) -> list[list[str]]:
    """Return the rows of all tables of a page, as words."""
    return [[lint.text_of(cell) for cell in row] for row in lint.parsed(text).iter("tr")]


def links(text: str) -> dict[str, str]:
    """Return the addresses of a page's links by their words."""
    return {lint.text_of(each): each.attrib["href"] for each in anchors(text)}


def anchors(text: str) -> list[Element]:
    return [each for each in lint.parsed(text).iter("a") if "href" in each.attrib]


@pytest.fixture
def reader(owner: Visitor) -> Visitor:
    """Return a person with 81 nights, a baseline and a treatment."""
    stored.keep(owner, courses.diary(courses.course(81)), PHASES)
    return owner


def test_without_a_night_the_page_says_how_the_first_one_gets_there(owner: Visitor) -> None:
    text = page(owner)
    assert "No night is logged yet" in text
    assert "<svg" not in text.partition("<main")[2].partition("</main>")[0]


def test_one_night_is_a_picture_with_one_dot(owner: Visitor) -> None:
    stored.keep(owner, courses.diary({80: 50}))
    text = page(owner)
    assert 'class="c-night"' in text
    assert "With a baseline and a treatment phase" in text
    assert "1 night in figures" in text


def test_the_figures_stand_beside_the_picture(reader: Visitor) -> None:
    rows = cells(page(reader))
    assert ["Baseline, 1 Sep to 14 Sep", "69.7", "14 of 14"] in rows
    assert ["14 Nov to 20 Nov", "45.1", "7 of 7"] in rows
    assert ["Change", "\N{MINUS SIGN}24.6", "35.2 % better"] in rows


def test_an_item_without_direction_changes_in_points_only(reader: Visitor) -> None:
    rows = cells(page(reader, "/trends/?item=dream_vividness"))
    assert ["Change", "\N{MINUS SIGN}24.6", "\N{EN DASH}"] in rows


def test_before_the_first_phase_the_last_days_stand_alone(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81)))
    rows = cells(page(owner))
    assert ["Last 7 days, 14 Nov to 20 Nov", "45.1", "7 of 7"] in rows
    assert "Change" not in {row[0] for row in rows}


def test_a_running_baseline_has_its_mean(owner: Visitor) -> None:
    running = Phase(PhaseKind.BASELINE, stored.day("2026-11-11"))
    stored.keep(owner, courses.diary(courses.course(81)), [running])
    assert ["Baseline, 11 Nov to 20 Nov", "44.8", "10 of 10"] in cells(page(owner))


def test_a_treatment_without_nights_before_it_has_no_change_in_percent(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81)), [Phase(PhaseKind.TREATMENT, FIRST)])
    rows = cells(page(owner))
    assert ["Change", "\N{EN DASH}", "\N{EN DASH}"] in rows


def test_only_a_phase_without_baseline_kind_has_no_baseline_row(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81)), [Phase(PhaseKind.WASHOUT, FIRST)])
    names = [row[0] for row in cells(page(owner))]
    assert not [name for name in names if name.startswith("Baseline")]
    assert "Change" in names


def test_provenance_of_every_night_stands_in_the_table(owner: Visitor) -> None:
    others = (
        courses.entry(70, 41, status=Status.LATE, revision=2),
        courses.entry(71, 42, status=Status.BEFORE_TIME),
    )
    stored.keep(owner, courses.diary(courses.course(81), Ruler.VAS, *others), PHASES)
    rows = cells(page(owner))
    assert ["10 Nov 2026", "41", "logged late, edited"] in rows
    assert ["11 Nov 2026", "42", "before the evening"] in rows
    assert ["12 Nov 2026", "41", ""] in rows


def test_imported_and_conflicting_nights_are_named(owner: Visitor) -> None:
    imported = courses.entry(70, 41, status=Status.LATE, imported=True, conflict=True)
    stored.keep(owner, courses.diary(courses.course(81), Ruler.VAS, imported))
    assert ["10 Nov 2026", "41", "logged late, imported, two answers differ"] in cells(page(owner))


def test_a_period_and_an_item_are_one_tap_away(reader: Visitor) -> None:
    found = links(page(reader))
    four = page(reader, found["4 weeks"])
    assert "28 nights in figures" in four
    assert "24 Oct to 20 Nov" in four
    query = parse_qs(urlsplit(links(four)["Sleep"]).query)
    assert query == {"item": ["sleep"], "from": ["2026-10-24"], "to": ["2026-11-20"]}
    assert "Higher is better" in page(reader, links(four)["Sleep"])
    assert "81 nights in figures" in page(reader, found["All"])


@pytest.mark.parametrize(
    ("weeks", "days"),
    [
        (14, "15 Aug to 20 Nov"),
        (26, "23 May to 20 Nov"),
        (27, "29 Aug to 20 Nov"),
    ],
)
def test_twelve_weeks_reach_back_to_the_baseline_within_half_a_year(
    owner: Visitor, weeks: int, days: str
) -> None:
    first = 81 - 7 * weeks
    start = FIRST + timedelta(first)
    spans = [
        Phase(PhaseKind.BASELINE, start, start + timedelta(14)),
        Phase(PhaseKind.TREATMENT, start + timedelta(14)),
    ]
    stored.keep(owner, courses.diary(dict.fromkeys(range(first, 81), 50)), spans)
    text = page(owner)
    assert days in text
    current = [lint.text_of(each) for each in anchors(text) if each.get("aria-current") == "page"]
    assert ("All" in current) is (weeks < 27)


def test_a_long_diary_without_baseline_opens_at_twelve_weeks(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(dict.fromkeys(range(-40, 81), 50)))
    assert "29 Aug to 20 Nov" in page(owner)


def test_days_outside_the_diary_are_left_out(reader: Visitor) -> None:
    text = page(reader, "/trends/?item=pain&from=0001-01-01&to=9999-12-31")
    assert "81 nights in figures" in text
    assert "No night of these days" in page(reader, "/trends/?from=2027-01-01&to=2027-02-01")


@pytest.mark.parametrize("query", ["from=yesterday", "to=2026-02-30", "from=2026-W01-1"])
def test_a_day_that_is_none_is_a_bad_request(reader: Visitor, query: str) -> None:
    assert reader.get(f"/trends/?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/trends/", "/trends/figure.json", "/trends/picture.svg"])
def test_an_item_that_is_not_asked_is_not_there(reader: Visitor, path: str) -> None:
    assert reader.get(f"{path}?item=headache").status_code == 404


def test_a_diary_without_items_has_no_figure(owner: Visitor) -> None:
    kept = courses.diary({80: 50})
    stored.keep(owner, Diary(kept.ruler, {"sleep": kept.items["sleep"]}, {}))
    assert owner.get("/trends/figure.json").status_code == 200


def test_nights_on_the_other_ruler_are_counted(owner: Visitor) -> None:
    others = [courses.entry(n, 5, Ruler.NRS) for n in (60, 61)]
    stored.keep(owner, courses.diary(courses.course(81), Ruler.VAS, *others))
    assert "2 nights of these days were answered on the other ruler" in page(owner)
    week = "/trends/?item=pain&from=2026-11-14&to=2026-11-20"
    assert "other ruler" not in page(owner, week)


def test_own_words_show_as_typed_and_stay_out_of_addresses(reader: Visitor) -> None:
    text = page(reader, f"/trends/?item={OWN.key}")
    assert html.escape(OWN.name) in text
    assert '<a href="x">' not in text
    for address in links(text).values():
        assert "Legs" not in address
    file = reader.get(f"/trends/picture.svg?item={OWN.key}")
    assert file.headers["Content-Disposition"] == f"attachment; filename={OWN.key}.svg"


def test_the_picture_is_saved_as_a_file_of_its_own(reader: Visitor) -> None:
    address = links(page(reader))["Save picture"]
    file = reader.get(address)
    assert file.mimetype == "image/svg+xml"
    root = courses.parsed(file.text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "class=" not in file.text
    assert "style" not in file.text


def test_plotly_takes_the_figure_and_it_is_small(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81)), PHASES)
    answer = owner.get("/trends/figure.json?item=pain&from=2026-09-01&to=2026-11-20")
    assert answer.mimetype == "application/json"
    assert plotly.graph_objects.Figure(json.loads(answer.text)).to_dict()["data"]
    assert len(answer.data) < 12_000


def test_a_year_of_nights_is_a_figure_of_at_most_12_kilobytes(make_app: MakeApp) -> None:
    visitor = sign_up(make_app(CLOCK="2027-09-01T19:30:00Z"))
    stored.keep(visitor, courses.diary(courses.course(365)), PHASES)
    answer = visitor.get("/trends/figure.json?from=2026-09-01&to=2027-08-31")
    assert len(answer.data) <= 12_000


@pytest.mark.parametrize("length", [1, 81])
def test_the_page_takes_four_statements_whatever_the_length(owner: Visitor, length: int) -> None:
    stored.keep(owner, courses.diary(courses.course(length)), PHASES)
    for path in ("/trends/", "/trends/figure.json", "/trends/picture.svg"):
        with counted() as statements:
            assert owner.get(path).status_code == 200
        assert len(statements) <= 4, statements


def test_strangers_sign_in_first_and_others_see_their_own(
    reader: Visitor, stranger: Visitor, other: Visitor
) -> None:
    for path in ("/trends/", "/response/", "/phases/", "/phases/new"):
        assert stranger.get(path).status_code == 303
    assert stranger.get("/trends/figure.json").status_code == 401
    assert "81 nights" in page(reader)
    assert "No night is logged yet" in page(other)


def test_every_word_of_the_page_can_be_translated(app: Flask) -> None:
    visitor = sign_up(app, "Wren")
    visitor.language = "qps"
    others = (
        courses.entry(70, 41, status=Status.LATE, revision=2),
        courses.entry(71, 42, imported=True),
        courses.entry(72, 42, conflict=True),
    )
    stored.keep(visitor, courses.diary(courses.course(81), Ruler.VAS, *others), PHASES)
    kept = {"Evenfall", "TEST", "CLOCK", "Wren", "naltrexone", "Legs", "arms", "href", "amp"}
    assert not lint.untranslated(page(visitor, "/trends/?item=pain"), kept)


def test_a_page_written_from_the_right_keeps_time_from_left_to_right(app: Flask) -> None:
    visitor = sign_up(app, "Wren")
    visitor.language = "qps-plocm"
    stored.keep(visitor, courses.diary(courses.course(81)), PHASES)
    text = page(visitor)
    assert 'dir="rtl"' in text
    assert 'direction="ltr"' in text


def test_a_phase_that_just_began_shows_the_last_days(owner: Visitor) -> None:
    start = FIRST + timedelta(78)
    began = (Phase(PhaseKind.BASELINE, FIRST, start), Phase(PhaseKind.TREATMENT, start))
    stored.keep(owner, courses.diary(courses.course(81)), began)
    names = [row[0] for row in cells(page(owner))]
    assert "Last 7 days, 14 Nov to 20 Nov" in names


def test_side_effects_and_measurements_lie_under_the_nights(owner: Visitor) -> None:
    who = stored.keep(owner, courses.diary(courses.course(81)))
    assert "c-happened" not in owner.get("/trends/").text
    made = stored.installation(owner.app)
    with made.database.writing() as session:
        happened.with_happenings(session, who, stored.NOW, "cold <feet>")
    page = owner.get("/trends/").text
    assert "c-happened" in page
    assert ">cold &lt;feet&gt;<" in owner.get("/trends/picture.svg").text
    assert "c-measured" in page
    assert "1 side effect in these days" in page
    shapes = owner.get("/trends/figure.json").json["layout"]["shapes"]  # type: ignore[index]
    assert {"effect", "measured"} <= {shape["name"] for shape in shapes}
    before = owner.get("/trends/?to=2026-10-20").text
    assert "cold" not in before
